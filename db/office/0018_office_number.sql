-- What an office sets for itself: a number is ended by the next, never changed. None: the program's own counts.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE office_number (
    number_no    bigint PRIMARY KEY,
    name         text   NOT NULL,  -- "lock-seconds": src/office/staff/numbers.h
    value        bigint NOT NULL,
    set_at       bigint NOT NULL,
    set_by       text   NOT NULL,
    record_no    bigint NOT NULL,
    ended_at     bigint            -- NULL: the one that counts
);
CREATE UNIQUE INDEX office_number_open ON office_number (name) WHERE ended_at IS NULL;
