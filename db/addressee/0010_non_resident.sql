-- People who are registered by hand (住登外者), and how it was proven who they are.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE non_resident (
    person_id integer PRIMARY KEY,
    count_no  bigint  NOT NULL  -- of the numbering rule, 1, 2, 3 …; 0 = the number came with the person
);

CREATE TABLE identity_check (
    check_no    integer PRIMARY KEY,
    person_id   integer NOT NULL,
    change_no   integer,           -- the version that it stands behind; NULL: nothing changed
    checked_on  integer NOT NULL,
    document    text    NOT NULL,  -- what was shown
    checked_by  text    NOT NULL,  -- who saw it
    recorded_at bigint  NOT NULL
);
CREATE INDEX identity_check_person ON identity_check (person_id, checked_on);

-- Who was born on a day, in any version: asked before somebody is registered by hand.
CREATE INDEX register_version_birth ON register_version (birth, person_id);
