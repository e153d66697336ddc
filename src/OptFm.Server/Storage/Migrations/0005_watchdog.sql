-- What the watch over subscriptions and certificates found, for every node to tell and for the next start. Times are Unix milliseconds.

-- state: JSON, see Watchdog/WatchState.cs. subject: a channel, or 'certificates'.
CREATE TABLE watch (
    subject    TEXT    NOT NULL PRIMARY KEY,
    state      TEXT    NOT NULL,
    checked_at INTEGER NOT NULL
) WITHOUT ROWID;

-- How deliveries to the webhooks of all nodes went. refused_since: the first refusal after accepted_at, or after the one before that.
CREATE TABLE delivery (
    channel       TEXT    NOT NULL PRIMARY KEY,
    accepted_at   INTEGER,
    refused_at    INTEGER,
    refused_since INTEGER,
    reason        TEXT
) WITHOUT ROWID;
