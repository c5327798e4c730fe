-- 支援措置 that an officer entered: the register's own stand in its versions alone.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE measure (
    measure_no integer PRIMARY KEY,
    person_id  integer NOT NULL,
    kind       text    NOT NULL,
    begins_on  integer NOT NULL,
    ends_on    integer NOT NULL,  -- its last day; nothing ends with it
    entered_by text    NOT NULL,
    entered_at bigint  NOT NULL,
    ended_by   text,              -- the second person; NULL: it stands, or a later one took its place
    ended_at   bigint
);
CREATE INDEX measure_person ON measure (person_id, measure_no);
