-- From when until when a duty is held, and in which department: what a roster says. A grant without a row has no end.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE staff_term (
    grant_no   bigint  PRIMARY KEY REFERENCES staff_duty (grant_no),
    department text    NOT NULL,
    begins_on  integer NOT NULL,  -- civil day numbers, both included
    ends_on    integer NOT NULL
);

-- Two terms of one duty may follow each other.
DROP INDEX staff_duty_open;
CREATE INDEX staff_duty_open ON staff_duty (staff_no, programme, duty) WHERE ended_at IS NULL;
