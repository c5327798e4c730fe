-- What waits for a person, and who opened and closed it.
-- SPDX-License-Identifier: Apache-2.0
--
-- Kinds are the table in queries/work.c. The same work is open once at most: kind, person, row and subject
-- tell it from others. Words never hold a name, an address or a clinic, so that a protected person's line
-- can be shown.

CREATE TABLE work (
    work_id   integer PRIMARY KEY,
    kind      text    NOT NULL,
    person_id integer NOT NULL,  -- 0: nobody known yet
    row_id    integer NOT NULL,  -- the submission row it hangs on; 0: none
    subject   text    NOT NULL,  -- series, fact or day where one person has several; '' = none
    words     text    NOT NULL,
    from_act  integer NOT NULL,
    to_act    integer NOT NULL   -- the act that settled it; 2147483647 = still open
);
CREATE INDEX work_open ON work (to_act, kind, person_id, row_id, work_id);
