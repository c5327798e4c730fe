-- Whether somebody's rights were looked at again, by whom, and what came of it.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE staff_review (
    review_no   bigint  PRIMARY KEY,
    staff_no    bigint  NOT NULL REFERENCES staff (staff_no),
    keeps       integer NOT NULL,  -- 1: they are needed; 0: they are to be changed
    words       text    NOT NULL,
    reviewed_at bigint  NOT NULL,
    reviewed_by text    NOT NULL,
    record_no   bigint  NOT NULL
);
CREATE INDEX staff_review_staff ON staff_review (staff_no, review_no);
