-- The network program: what stands between organisations. J-LIS's residents, the core's codes, permits, mail and records.
-- SPDX-License-Identifier: Apache-2.0
--
-- No Individual Number stands here: its keyed index finds whose it is. Resident record codes, codes of people and letters
-- that carry one are sealed. What a provider answers passes as an envelope that nobody here can open.

CREATE TABLE core_key (
    key_no integer PRIMARY KEY,  -- core_keys.h
    sealed bytea   NOT NULL
);

-- Numbers that never come back, also when the rows that had them are gone.
CREATE TABLE counter (
    name text   PRIMARY KEY,
    last bigint NOT NULL
);

-- ---- organisations and the list

CREATE TABLE organisation (
    code        text   PRIMARY KEY,  -- 16 digits
    admitted_at bigint NOT NULL      -- the last time: earlier keys are refused
);

CREATE TABLE suspension (
    code  text   PRIMARY KEY,  -- of an organisation; '*': all linkage
    since bigint NOT NULL
);

CREATE TABLE allow_version (
    version  integer PRIMARY KEY,  -- 1, 2, 3…; the highest is in force
    taken_at bigint  NOT NULL,
    taken_by text    NOT NULL
);

CREATE TABLE allow_body (
    version      integer NOT NULL,
    organisation text    NOT NULL,
    name         text    NOT NULL,
    classes      integer NOT NULL,  -- bits of BodyClass
    PRIMARY KEY (version, organisation)
);

CREATE TABLE allow_row (
    version        integer NOT NULL,
    row_no         integer NOT NULL,
    item           integer NOT NULL,
    affair         text    NOT NULL,
    procedure_code text    NOT NULL,
    inquirers      integer NOT NULL,
    providers      integer NOT NULL,
    dataset        text    NOT NULL,
    items          bigint  NOT NULL,
    first_day      integer NOT NULL,
    last_day       integer NOT NULL,
    PRIMARY KEY (version, row_no)
);

-- ---- J-LIS

CREATE TABLE resident (
    resident_no  integer PRIMARY KEY,
    number_index bytea   NOT NULL,  -- keyed, of the Individual Number of today
    record_index bytea   NOT NULL,  -- keyed, of the resident record code of today
    record_code  bytea   NOT NULL,  -- sealed
    facts_index  bytea   NOT NULL,  -- keyed, of kana, birth date, sex and address
    deleted      integer NOT NULL   -- 1: the record is
);
CREATE UNIQUE INDEX resident_number ON resident (number_index);
CREATE UNIQUE INDEX resident_record ON resident (record_index);

-- ---- the core

-- A changed resident record code: who its link means.
CREATE TABLE link_alias (
    alias_no   integer PRIMARY KEY,
    made_index bytea   NOT NULL,  -- keyed, of the newer link
    means      bytea   NOT NULL   -- sealed: the first one
);
CREATE UNIQUE INDEX link_alias_made ON link_alias (made_index);

CREATE TABLE acquisition (
    number       bytea   PRIMARY KEY,
    organisation text    NOT NULL,
    issued_at    bigint  NOT NULL,
    wish_index   bytea,           -- keyed, of the wish that used it; NULL: nobody has
    outcome      integer,         -- CodeOutcome, of that wish
    person_index bytea            -- keyed, of the link; NULL: no code was made
);
CREATE INDEX acquisition_person ON acquisition (person_index);

-- One inquiry of an organisation: relay.h.
CREATE TABLE relay (
    relay_no       integer PRIMARY KEY,
    asker          text    NOT NULL,  -- whose connection it was
    inquiry_no     text    NOT NULL,
    state          integer NOT NULL,
    refusal        integer NOT NULL,  -- PermitNo
    permit_id      bytea   NOT NULL,  -- zeros: none was issued
    item           integer NOT NULL,
    affair         text    NOT NULL,
    procedure_code text    NOT NULL,
    dataset        text    NOT NULL,
    items          bigint  NOT NULL,
    inquirer       text    NOT NULL,  -- as the question says
    provider       text    NOT NULL,
    key_hash       bytea   NOT NULL,
    undisclosed    integer NOT NULL,
    list_version   bigint  NOT NULL,
    issued_at      bigint  NOT NULL,
    expires_at     bigint  NOT NULL,
    reply_kind     integer NOT NULL,
    reply_refusal  integer NOT NULL,
    reply_at       bigint  NOT NULL,
    asked_at       bigint  NOT NULL,
    code           bytea,             -- sealed: the person's in the inquirer's organisation; NULL: it named nobody
    person_index   bytea              -- keyed, of the link
);
CREATE UNIQUE INDEX relay_asked ON relay (asker, inquiry_no);
CREATE INDEX relay_permit ON relay (permit_id);
CREATE INDEX relay_person ON relay (person_index);

-- 情報提供等記録 of the core, seven years: a later one of the same inquiry replaces the earlier.
CREATE TABLE provision_record (
    record_no   integer PRIMARY KEY,
    relay_no    integer NOT NULL,
    written_at  bigint  NOT NULL,
    result      integer NOT NULL,
    provided_at bigint  NOT NULL
);
CREATE INDEX provision_record_relay ON provision_record (relay_no);

-- What lies in the boxes until it is fetched.
CREATE TABLE letter (
    letter_no     integer PRIMARY KEY,
    organisation  text    NOT NULL,
    kind          integer NOT NULL,
    content_index bytea   NOT NULL,  -- keyed: the same letter lies in a box once
    size          integer NOT NULL,  -- of what is sealed
    sealed        bytea   NOT NULL
);
CREATE UNIQUE INDEX letter_content ON letter (organisation, content_index);
CREATE INDEX letter_box ON letter (organisation, letter_no);
