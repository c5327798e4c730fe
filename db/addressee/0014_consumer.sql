-- What each program that asks this one is given (提供先の項目), as two people decided: the newest row counts. A consumer without one
-- is given what it was founded with (consumer.h).
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE consumer_right (
    right_no   integer PRIMARY KEY,
    consumer   text    NOT NULL,  -- role of its certificate
    items      text    NOT NULL,  -- names between blanks; empty = nothing
    reason     text    NOT NULL,
    granted_by text    NOT NULL,
    granted_at bigint  NOT NULL
);
CREATE INDEX consumer_right_consumer ON consumer_right (consumer, right_no);
