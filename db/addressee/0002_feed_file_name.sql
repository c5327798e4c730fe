-- A day without events is a file with a header only: its bytes are those of every other such day, so
-- bytes alone no longer tell two files apart.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE feed_file_named (
    file_no     integer PRIMARY KEY,
    name        text    NOT NULL,
    sha256      text    NOT NULL,
    full_copy   integer NOT NULL,  -- 1 = ALL, 0 = DIF
    sequence    integer NOT NULL,  -- 1 to 999, then 1 again
    made_on     integer NOT NULL,  -- day in the name
    state       integer NOT NULL,  -- 1 applied, 2 held by the guard
    imported_by text    NOT NULL,
    imported_at bigint  NOT NULL,
    approved_by text,
    approved_at bigint,
    applied_no  integer,           -- 1, 2, 3 … in order of application; NULL while held
    row_count   integer NOT NULL,
    applied     integer NOT NULL,
    unchanged   integer NOT NULL,
    refused     integer NOT NULL,
    vanished    integer NOT NULL,  -- residents whom a full copy no longer lists
    UNIQUE (sha256, name)
);
INSERT INTO feed_file_named
 (file_no, name, sha256, full_copy, sequence, made_on, state, imported_by, imported_at, approved_by,
  approved_at, applied_no, row_count, applied, unchanged, refused, vanished)
 SELECT file_no, name, sha256, full_copy, sequence, made_on, state, imported_by, imported_at,
        approved_by, approved_at, applied_no, row_count, applied, unchanged, refused, vanished
 FROM feed_file;
DROP TABLE feed_file;
ALTER TABLE feed_file_named RENAME TO feed_file;
