-- PostgreSQL has tables here for several servers of one database; this one has one server.

-- When the chat's latest calls ended, as far as its limits ask; NULL: none that matters.
ALTER TABLE lane ADD COLUMN calls TEXT;
