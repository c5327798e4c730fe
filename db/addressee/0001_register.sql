-- The addressee program: who is on the resident register, as its feed tells, with both time axes.
-- SPDX-License-Identifier: Apache-2.0
--
-- A version of a person is never changed, but for withdrawn_by, once. Its change_no is its place in
-- the one sequence of changes that the ledger follows.
-- Days are civil day numbers; births are text, "2026-02-00" where the day is not known.
-- The Individual Number stands in one table, sealed, and no statement finds a person by it: its
-- keyed index only tells that a number changed, or stands on two people.

-- One unbroken sequence of changes. Another database, another epoch.
CREATE TABLE change_sequence (
    epoch text NOT NULL
);

CREATE TABLE feed_file (
    file_no     integer PRIMARY KEY,
    name        text    NOT NULL,
    sha256      text    NOT NULL UNIQUE,
    full_copy   integer NOT NULL,  -- 1 = ALL, 0 = DIF
    sequence    integer NOT NULL,  -- 1 to 999, then 1 again
    made_on     integer NOT NULL,  -- day in the name
    state       integer NOT NULL,  -- 1 applied, 2 held by the guard
    imported_by text    NOT NULL,
    imported_at bigint  NOT NULL,
    approved_by text,
    approved_at bigint,
    applied_no  integer,           -- 1, 2, 3 … in order of application; NULL while held
    row_count   integer NOT NULL,
    applied     integer NOT NULL,
    unchanged   integer NOT NULL,
    refused     integer NOT NULL,
    vanished    integer NOT NULL   -- residents whom a full copy no longer lists
);

-- One row a person, the newest version's facts; everything else is in register_version.
CREATE TABLE person (
    person_id    integer PRIMARY KEY,
    addressee_no text    NOT NULL,  -- 15 digits
    status       integer NOT NULL,  -- 1 resident, 2 moved out, 3 dead, 9 otherwise removed
    version_no   integer NOT NULL,  -- the highest
    number_id    integer NOT NULL   -- the current Individual Number; 0 = none is known
);
CREATE UNIQUE INDEX person_addressee_no ON person (addressee_no);

CREATE TABLE register_version (
    change_no         integer PRIMARY KEY,
    person_id         integer NOT NULL,
    version_no        integer NOT NULL,
    event_reason      integer NOT NULL,
    occurred_on       integer NOT NULL,
    reported_on       integer,
    recorded_at       bigint  NOT NULL,
    file_no           integer NOT NULL,
    withdrawn_by      integer NOT NULL,  -- version_no of the person that took it back; 0 = it stands
    withdrawn_person  integer NOT NULL,  -- 1 = registered by mistake
    withdraws         text,              -- version_no that this one takes back: "2 3 4"
    residence         text    NOT NULL,  -- spans as known with it: "first last ending;…"
    household_no      text,
    kind              integer NOT NULL,
    status            integer NOT NULL,
    name              text,
    name_kana         text,
    name_roman        text,
    alias             text,
    alias_kana        text,
    printed_name      integer NOT NULL,
    sex               integer NOT NULL,
    birth             text    NOT NULL,
    relationship      text,
    municipality_code text,
    postal_code       text,
    town              text,
    lot               text,
    branch            text,
    sub_branch        text,
    address           text,
    building          text,
    phone             text,
    resident_from     integer,
    resident_until    integer,
    from_address      text,
    from_building     text,
    from_municipality text,
    to_address        text,
    to_building       text,
    to_municipality   text,
    protection        integer NOT NULL,
    sealed_place      bytea              -- of a protected person: all that says where, sealed
);
CREATE INDEX register_version_person ON register_version (person_id, version_no);

-- 個人番号, sealed. A new number is a new generation; the old one stays and is never handed out again.
CREATE TABLE person_number (
    number_id    integer PRIMARY KEY,
    person_id    integer NOT NULL,
    generation   integer NOT NULL,  -- 0 first, then 1, 2 … (枝番)
    number_index bytea   NOT NULL,  -- HMAC-SHA-256 with the program's key
    sealed       bytea   NOT NULL,
    from_file    integer NOT NULL,
    to_file      integer            -- the file that brought another number; NULL = current
);
CREATE INDEX person_number_index ON person_number (number_index);

-- What a row of the feed asks people to do.
CREATE TABLE register_task (
    task_no   integer PRIMARY KEY,
    person_id integer NOT NULL,
    change_no integer,              -- the version it speaks of; NULL: a row that changed nothing
    effect    text    NOT NULL,     -- RegisterEffect: MASK, REJUDGE …
    file_no   integer NOT NULL,
    done_by   text,
    done_at   bigint
);
CREATE INDEX register_task_person ON register_task (person_id, effect);

-- Rows that were refused, for whoever asks the register about them. What the row said stays in the
-- error file beside the data.
CREATE TABLE feed_refusal (
    refusal_no integer PRIMARY KEY,
    file_no    integer NOT NULL,
    line       integer NOT NULL,
    code       text    NOT NULL,
    item       text
);
CREATE INDEX feed_refusal_file ON feed_refusal (file_no, line);
