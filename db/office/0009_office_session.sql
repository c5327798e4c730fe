-- Who signed in on a screen, with what, for which purpose, and until when.
-- SPDX-License-Identifier: Apache-2.0

-- Passwords are never changed: one is ended by the next, and the ended ones may not come back.
CREATE TABLE staff_password (
    password_no bigint  PRIMARY KEY,
    staff_no    bigint  NOT NULL REFERENCES staff (staff_no),
    salt        bytea   NOT NULL,
    hash        bytea   NOT NULL,  -- PBKDF2, HMAC-SHA-512
    rounds      integer NOT NULL,
    set_at      bigint  NOT NULL,
    set_by      text    NOT NULL,
    ended_at    bigint             -- NULL: the one that counts
);
CREATE UNIQUE INDEX staff_password_open ON staff_password (staff_no) WHERE ended_at IS NULL;

-- Of each person who ever tried: wrong passwords since the last right one, and the last time.
CREATE TABLE staff_signin (
    staff_no     bigint  PRIMARY KEY REFERENCES staff (staff_no),
    failures     integer NOT NULL,
    closed_until bigint  NOT NULL,  -- microseconds, UTC; 0: open
    last_at      bigint             -- of the last sign-in; NULL: there was none
);

CREATE TABLE desk_session (
    session_no bigint  PRIMARY KEY,
    cookie     bytea   NOT NULL,  -- keyed digest of what the browser holds
    staff_no   bigint  NOT NULL REFERENCES staff (staff_no),
    purpose    text    NOT NULL,  -- of the work, as chosen
    began_at   bigint  NOT NULL,
    seen_at    bigint  NOT NULL,  -- the last request of the person
    locked     integer NOT NULL,
    ended_at   bigint
);
CREATE UNIQUE INDEX desk_session_cookie ON desk_session (cookie);
