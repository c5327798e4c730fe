-- What lets somebody in proves that our programs wrote it, and tries are counted for a name at a place.
-- SPDX-License-Identifier: Apache-2.0

-- The keyed digest of the row (src/office/staff/entry_proof.h): a row without its own opens nothing. Those of
-- before, of offices for practice alone, have none: passwords are given anew.
DELETE FROM desk_session;
DELETE FROM staff_password;
ALTER TABLE staff_password ADD COLUMN record_no bigint;
ALTER TABLE staff_password ADD COLUMN proof bytea;

ALTER TABLE desk_session ADD COLUMN record_no bigint;     -- of the sign-in
ALTER TABLE desk_session ADD COLUMN ended_record bigint;  -- of what ended it
ALTER TABLE desk_session ADD COLUMN proof bytea;

-- Of a name, as typed, at a place: a browser in which that name signed in before, a session that is locked, or
-- an address of the network. Whether anybody has the name does not matter.
CREATE TABLE desk_try (
    place        bytea   PRIMARY KEY,  -- keyed digest of both
    name         bytea   NOT NULL,     -- of the name alone: a new password opens every place
    is_known     integer NOT NULL,     -- that name signed in here before
    failures     integer NOT NULL,     -- wrong passwords since the last right one
    closed_until bigint  NOT NULL,     -- microseconds, UTC; 0: open
    last_at      bigint  NOT NULL
);
CREATE INDEX desk_try_name ON desk_try (name);
CREATE INDEX desk_try_old ON desk_try (is_known, last_at);

ALTER TABLE staff_signin DROP COLUMN closed_until;
ALTER TABLE staff_signin ADD COLUMN last_terminal text;  -- of the last sign-in

CREATE INDEX desk_session_open ON desk_session (staff_no) WHERE ended_at IS NULL;
CREATE INDEX desk_session_ended ON desk_session ((coalesce(ended_record, 0))) WHERE ended_at IS NOT NULL;
