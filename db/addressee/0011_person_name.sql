-- Under which names a person is found: folded, of every version there is, former names too.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE person_name (
    name_key  text    NOT NULL,
    person_id integer NOT NULL,
    PRIMARY KEY (name_key, person_id)
)
--sqlite: WITHOUT ROWID
;

-- 1 = the person's names are filed; 0: stored before there were such rows, filed with the next file of the register.
ALTER TABLE person ADD COLUMN named integer NOT NULL DEFAULT 0;
CREATE INDEX person_unnamed ON person (person_id) WHERE named = 0;
