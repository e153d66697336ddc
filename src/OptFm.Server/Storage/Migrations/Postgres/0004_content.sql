-- What the nodes answer from: FAQ, phrases and price list, in versions. See docs/decisions/0012-content-in-the-database.md.

-- The version in force of each. Its rows are what an import locks.
CREATE TABLE content_head (
    name    TEXT   COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL
);

INSERT INTO content_head (name, version) VALUES ('faq', 0), ('phrases', 0), ('price', 0);

-- Every version there was. sha256: of the file's bytes, in hex. mapping: the price list's columns, if they were described beside it.
CREATE TABLE content (
    name        TEXT   COLLATE "C" NOT NULL,
    version     BIGINT NOT NULL,
    sha256      TEXT   COLLATE "C" NOT NULL,
    size        BIGINT NOT NULL,
    mapping     BYTEA,
    file        TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (name, version)
);

CREATE INDEX content_file ON content (name, sha256);

-- The bytes of the last versions, in slices compressed one by one, so that nobody holds a large price list twice.
CREATE TABLE content_part (
    sha256    TEXT    COLLATE "C" NOT NULL,
    part      INTEGER NOT NULL,
    bytes     BYTEA   NOT NULL,
    stored_at BIGINT  NOT NULL,
    PRIMARY KEY (sha256, part)
);

-- Compressed already.
ALTER TABLE content_part ALTER COLUMN bytes SET STORAGE EXTERNAL;
