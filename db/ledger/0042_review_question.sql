-- A row under review about which somebody else is asked: the clinic, or a second person.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE review_question (
    row_id      integer PRIMARY KEY,
    asked_on    integer NOT NULL,  -- business day
    asked_by    text    NOT NULL,
    question    text    NOT NULL,  -- of the clinic; of a second person the reason
    approval_no bigint  NOT NULL   -- the request that a second person decides; 0: the clinic is asked
);
