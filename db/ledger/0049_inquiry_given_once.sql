-- Numbers of inquiries are given once, also by a ledger that was put back from an older copy (given_number); news that cannot be
-- read wait by their place; and what of the doses lies elsewhere is counted by the records in the order in which it was laid.
-- SPDX-License-Identifier: Apache-2.0
--postgresql: ALTER TABLE inquiry ALTER COLUMN inquiry_id TYPE bigint;
INSERT INTO given_number (name, last) SELECT 'inquiry', coalesce(max(inquiry_id), 0) FROM inquiry;

CREATE TABLE inquiry_news (
    feed_no bigint PRIMARY KEY,  -- their place in the feed of results
    about   text   NOT NULL,     -- item and value of what could not be read
    since   bigint NOT NULL
);

CREATE TABLE copy_record_numbered (
    dose_id    integer PRIMARY KEY,  -- its key over there: "D" and this number
    copy_no    bigint  NOT NULL,     -- in the order in which they were laid
    version    bigint  NOT NULL,     -- grows with each delivery of this record
    hash       bytea   NOT NULL,     -- SHA-256 of its items, as both sides make it
    judged_act integer NOT NULL,     -- of the judgement that it was made from
    hidden     integer NOT NULL,     -- 1: made without the place, for the person is protected
    deleted    integer NOT NULL      -- 1: taken back over there
);
INSERT INTO copy_record_numbered (dose_id, copy_no, version, hash, judged_act, hidden, deleted)
    SELECT dose_id, row_number() OVER (ORDER BY dose_id), version, hash, judged_act, hidden, deleted FROM copy_record;
DROP TABLE copy_record;
ALTER TABLE copy_record_numbered RENAME TO copy_record;
CREATE UNIQUE INDEX copy_record_no ON copy_record (copy_no);
INSERT INTO given_number (name, last) SELECT 'copy', coalesce(max(copy_no), 0) FROM copy_record;
