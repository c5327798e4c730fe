-- Rows of the feed that were refused, or taken and minded, as the list of them says it: so the list can be written again.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE feed_listed (
    listed_no integer PRIMARY KEY,
    file_no   integer NOT NULL,
    line      integer NOT NULL,
    sealed    bytea   NOT NULL  -- item, code, message, row, what became of it; without Individual Numbers, but of persons
);
CREATE INDEX feed_listed_file ON feed_listed (file_no, listed_no);
