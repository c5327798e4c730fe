-- The numbers of people in the order in which they became known, so that the records count them (tally_rows.h).
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE addressee_number_numbered (
    join_no      bigint  NOT NULL,
    addressee_no text    NOT NULL,
    person_id    bigint  NOT NULL,
    known_at     bigint  NOT NULL,
    withdrawn    integer NOT NULL DEFAULT 0  -- 1: registered by mistake
);
INSERT INTO addressee_number_numbered (join_no, addressee_no, person_id, known_at, withdrawn)
    SELECT row_number() OVER (ORDER BY known_at, addressee_no), addressee_no, person_id, known_at, withdrawn FROM addressee_number;
DROP TABLE addressee_number;
ALTER TABLE addressee_number_numbered RENAME TO addressee_number;
CREATE UNIQUE INDEX addressee_number_join ON addressee_number (join_no);
CREATE UNIQUE INDEX addressee_number_no ON addressee_number (addressee_no);
CREATE INDEX addressee_number_person ON addressee_number (person_id, addressee_no);
INSERT INTO given_number (name, last) SELECT 'join', coalesce(max(join_no), 0) FROM addressee_number;
