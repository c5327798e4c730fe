-- Operators and what they may do. A grant is ended, never changed or removed.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE staff (
    staff_no      bigint PRIMARY KEY,
    name          text   NOT NULL UNIQUE,
    registered_at bigint NOT NULL,
    registered_by text   NOT NULL
);

CREATE TABLE staff_duty (
    grant_no   bigint PRIMARY KEY,
    staff_no   bigint NOT NULL REFERENCES staff (staff_no),
    programme  text   NOT NULL,
    duty       text   NOT NULL,
    granted_at bigint NOT NULL,
    granted_by text   NOT NULL,
    ended_at   bigint,                  -- NULL: still so
    ended_by   text
);
CREATE UNIQUE INDEX staff_duty_open ON staff_duty (staff_no, programme, duty) WHERE ended_at IS NULL;

-- What belongs together: the ring of keys that sealed this database's columns.
CREATE TABLE office_setting (
    name  text PRIMARY KEY,
    value text NOT NULL
);
