-- Vaccinations abroad: what the paper said, beside the doses that it counts for.
-- SPDX-License-Identifier: Apache-2.0
--
-- A dose known by a CVX code has a product of that name ("CVX 03"); what it counts for is looked up when it
-- is judged (rules/foreign), so that a better table needs no new versions. Only a physician's decision is
-- written down: as a new version of the origin and of its doses.

CREATE TABLE dose_origin (
    origin_id    integer PRIMARY KEY,
    person_id    integer NOT NULL,
    given_on     integer NOT NULL,
    cvx          text    NOT NULL,
    country      text    NOT NULL,  -- ISO 3166-1, two letters
    product_name text,              -- as the paper has it
    source       integer NOT NULL,  -- 1 certificate, 2 booklet, 3 a physician's letter, 4 word of mouth
    decision     integer NOT NULL,  -- 0 none, 1 counts, 2 does not count
    counts_as    text,              -- products of the decision; NULL: those of the table
    physician    text,
    decided_on   integer,
    from_act     integer NOT NULL,
    to_act       integer NOT NULL,
    replaces     integer            -- the version before this one
);
CREATE INDEX dose_origin_person ON dose_origin (person_id, given_on, origin_id);

ALTER TABLE dose ADD COLUMN origin_id integer;
