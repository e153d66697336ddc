-- For whoever watches the server. All may be NULL: traces are off, or the row is older than these columns.

-- The trace that the update belongs to, as a W3C traceparent; NULL while it is not traced.
ALTER TABLE inbox ADD COLUMN trace TEXT;
-- The same of the reply.
ALTER TABLE outbox ADD COLUMN trace TEXT;
-- When the update that the reply answers was stored.
ALTER TABLE outbox ADD COLUMN received_at BIGINT;
