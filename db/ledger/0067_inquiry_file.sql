-- Files of inquiries (一括照会): who brought them, and who granted that they leave.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE inquiry_file (
    file_no    integer PRIMARY KEY,
    name       text    NOT NULL,
    file_index text    NOT NULL UNIQUE,  -- keyed digest of its bytes: the same file is taken once
    row_count  integer NOT NULL,
    refused    integer NOT NULL,         -- rows that became no inquiry
    reason     text    NOT NULL,
    brought_by text    NOT NULL,
    brought_at bigint  NOT NULL,
    granted_by text,
    granted_at bigint  NOT NULL          -- 0: it waits for a second person, and none of its inquiries leaves
);
--postgresql: ALTER TABLE inquiry_file ALTER COLUMN file_no TYPE bigint;
INSERT INTO given_number (name, last) VALUES ('inquiry_file', 0);

ALTER TABLE inquiry ADD COLUMN file_no bigint;  -- the file that asked for it; NULL: it was asked for alone
ALTER TABLE inquiry ADD COLUMN items bigint;    -- bits of what is asked for; NULL: every item
CREATE INDEX inquiry_file_no ON inquiry (file_no) WHERE file_no IS NOT NULL;
