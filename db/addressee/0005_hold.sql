-- Days that are partly unknown, people who are held back, files that are held for more than one reason.
-- SPDX-License-Identifier: Apache-2.0

-- occurred_on is the earliest reading of the day; the latest lies so many days behind it. 0: it is known.
ALTER TABLE register_version ADD COLUMN vague_days integer NOT NULL DEFAULT 0;

-- 1 = the last row about this person was refused: nobody knows how things stand, so no letter goes.
ALTER TABLE person ADD COLUMN held integer NOT NULL DEFAULT 0;

-- Holds begin and end in the one sequence of changes that the ledger follows.
CREATE TABLE person_hold (
    change_no integer PRIMARY KEY,
    person_id integer NOT NULL,
    held      integer NOT NULL,  -- 1 begins, 0 ends
    file_no   integer NOT NULL,
    line      integer NOT NULL   -- of that file: the row that was refused, or the good one after it
);
CREATE INDEX person_hold_person ON person_hold (person_id, change_no);

-- What the guard saw in a held file, for whoever decides; NULL: it was never held.
ALTER TABLE feed_file ADD COLUMN held_for text;
