-- The stored doses that the question of a row under review is about, each with its person: a later row of the same
-- number takes the question over, and nobody's dose is answered for by another's.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE intake_doubted (
    row_id    integer NOT NULL,
    rank      integer NOT NULL,
    ref       integer NOT NULL,  -- dose_id; below zero an examination's record_id
    person_id integer NOT NULL,
    PRIMARY KEY (row_id, rank)
)
--sqlite: WITHOUT ROWID
;

-- 1: the row carries 訂正, and what it corrects may stand; 0: nothing was stored under its number before it.
ALTER TABLE intake_waiting ADD COLUMN corrects integer NOT NULL DEFAULT 0;
UPDATE intake_waiting SET corrects = 1 WHERE row_id IN (SELECT row_id FROM intake_row WHERE corrects = 1);
