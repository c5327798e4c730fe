-- A decision about a row under review is taken back until its file is closed: it ends, and the row is decided anew.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE intake_decision_ended (
    row_id      integer NOT NULL,
    act_no      integer NOT NULL,     -- who, when and why
    to_act      integer NOT NULL DEFAULT 2147483647,  -- it was taken back; no row has two that stand
    outcome     integer NOT NULL,     -- as intake_row: accepted, with a warning, returned, duplicate
    person_id   integer,              -- whom the row means; NULL: it was returned
    dose_id     integer,              -- what was stored for it
    dose_status integer NOT NULL,
    reasons     text,
    codes       text,
    message     text,
    PRIMARY KEY (row_id, act_no)
);
INSERT INTO intake_decision_ended (row_id, act_no, outcome, person_id, dose_id, dose_status, reasons, codes, message)
SELECT row_id, act_no, outcome, person_id, dose_id, dose_status, reasons, codes, message FROM intake_decision;
DROP TABLE intake_decision;
ALTER TABLE intake_decision_ended RENAME TO intake_decision;
CREATE INDEX intake_decision_act ON intake_decision (act_no);
CREATE UNIQUE INDEX intake_decision_stands ON intake_decision (row_id) WHERE to_act = 2147483647;
CREATE INDEX intake_decision_undone ON intake_decision (to_act) WHERE to_act < 2147483647;

-- Nothing of such a file waits for a decision, and none is taken back any more.
CREATE TABLE intake_closed (
    file_no integer PRIMARY KEY,
    act_no  integer NOT NULL
);
