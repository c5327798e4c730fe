-- A list of many people that a second person has let leave: once, on that day, as it stood when it was approved.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE list_permit (
    permit_no integer PRIMARY KEY,
    asker     text    NOT NULL,  -- who may take it out
    asked     text    NOT NULL,  -- the conditions of the list
    content   text    NOT NULL,  -- keyed digest of its lines
    day       integer NOT NULL,
    taken_at  bigint             -- NULL: not yet
);
CREATE INDEX list_permit_asker ON list_permit (asker, day, permit_no);
