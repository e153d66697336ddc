-- What the watch over subscriptions and certificates found, for every node to tell and for the next start. Times are Unix milliseconds.

-- state: JSON, see Watchdog/WatchState.cs. subject: a channel, or 'certificates'.
CREATE TABLE watch (
    subject    TEXT   COLLATE "C" PRIMARY KEY,
    state      TEXT   NOT NULL,
    checked_at BIGINT NOT NULL
);

-- How deliveries to the webhooks of all nodes went. refused_since: the first refusal after accepted_at, or after the one before that.
CREATE TABLE delivery (
    channel       TEXT   COLLATE "C" PRIMARY KEY,
    accepted_at   BIGINT,
    refused_at    BIGINT,
    refused_since BIGINT,
    reason        TEXT
);
