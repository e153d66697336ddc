-- States are drawn in docs/queue-states.md. Times are Unix milliseconds.

CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY,
    channel     TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    chat        TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    body        BLOB    NOT NULL,
    state       INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,
    received_at INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (channel, key)
);

CREATE INDEX inbox_pending ON inbox (channel, chat, id) WHERE state = 0;

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    channel     TEXT    NOT NULL,
    chat        TEXT    NOT NULL,
    inbox_id    INTEGER,
    message     TEXT    NOT NULL,
    state       INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    unknowns    INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,
    message_id  TEXT,
    created_at  INTEGER NOT NULL,
    finished_at INTEGER
);

CREATE INDEX outbox_waiting ON outbox (channel, chat, id) WHERE state < 2;
-- What the web page's chat reads again after a lost connection.
CREATE INDEX outbox_web ON outbox (chat, id) WHERE channel = 'web' AND state = 2;

-- A lane is a chat's place in a queue. due_at: when a worker may claim it (NULL: nothing waits; while claimed: when the lease ends).
-- free_at: before it the messenger's limit for the chat forbids another call.
CREATE TABLE lane (
    queue   TEXT    NOT NULL,
    channel TEXT    NOT NULL,
    chat    TEXT    NOT NULL,
    due_at  INTEGER,
    claimed INTEGER NOT NULL DEFAULT 0,
    fence   INTEGER NOT NULL DEFAULT 0,
    free_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (queue, channel, chat)
) WITHOUT ROWID;

CREATE INDEX lane_due ON lane (queue, channel, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE conversation (
    channel    TEXT    NOT NULL,
    chat       TEXT    NOT NULL,
    first_name TEXT,
    topic      TEXT,
    greeted    INTEGER NOT NULL DEFAULT 0,
    blocked    INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (channel, chat)
) WITHOUT ROWID;

CREATE TABLE poll_marker (
    channel TEXT PRIMARY KEY,
    marker  TEXT
) WITHOUT ROWID;

-- Written by the health check, to know that writing works.
CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
);
