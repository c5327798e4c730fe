-- What a member of staff decided about a row under review. The row's own outcome stays as it was first written.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE intake_decision (
    row_id      integer PRIMARY KEY,  -- a row is decided once
    act_no      integer NOT NULL,     -- who, when and why
    outcome     integer NOT NULL,     -- as intake_row: accepted, with a warning, returned, duplicate
    person_id   integer,              -- whom the row means; NULL: it was returned
    dose_id     integer,              -- what was stored for it
    dose_status integer NOT NULL,
    reasons     text,
    codes       text,
    message     text
);
