-- The intermediate server of one organisation: codes of people for the network, copies for those who ask, what we asked,
-- what we were asked, and the records of both.
-- SPDX-License-Identifier: Apache-2.0
--
-- No Individual Number stands here, no name, no address and no birth: people are known by their 統一識別番号.
-- What an exchange owes is a bit of its row, stored with its state; it is done afterwards, at least once.

-- 符号: at most one person of each. change_no orders what unified is told.
CREATE TABLE code_hold (
    unified_no   text    PRIMARY KEY,
    change_no    bigint  NOT NULL,
    state        integer NOT NULL,  -- CodeState
    doubted      integer NOT NULL,
    acquisition  bytea   NOT NULL,
    asked_at     bigint  NOT NULL,
    code         bytea,             -- NULL: none
    former       bytea,             -- of the epoch before
    epoch        integer NOT NULL,
    former_until bigint  NOT NULL,
    failure      integer NOT NULL   -- CodeFailure
);
CREATE UNIQUE INDEX code_hold_change ON code_hold (change_no);
CREATE UNIQUE INDEX code_hold_code ON code_hold (code) WHERE code IS NOT NULL;
CREATE INDEX code_hold_former ON code_hold (former) WHERE former IS NOT NULL;
CREATE INDEX code_hold_acquisition ON code_hold (acquisition);

-- 処理通番 that the network gave in advance, each to be used once.
CREATE TABLE acquisition (
    acquisition bytea  PRIMARY KEY,
    given_at    bigint NOT NULL
);

-- 副本. Of a deleted one key and version stay, so that a late message does not bring it back.
CREATE TABLE copy_record (
    record_no  integer PRIMARY KEY,
    dataset    text    NOT NULL,
    record_key text    NOT NULL,
    unified_no text    NOT NULL,
    version    bigint  NOT NULL,
    deleted    integer NOT NULL,
    layout     integer NOT NULL,
    marked     bigint  NOT NULL,  -- delivery that named it last
    sealed     bytea              -- its items; NULL when it is deleted
);
CREATE UNIQUE INDEX copy_record_key ON copy_record (dataset, record_key);
CREATE INDEX copy_record_person ON copy_record (unified_no, dataset, record_no);

CREATE TABLE copy_set (
    dataset  text    PRIMARY KEY,
    sequence bigint  NOT NULL,
    digest   bytea   NOT NULL,
    delivery bigint  NOT NULL,  -- of a FULL that is under way; 0 none
    taken    bigint  NOT NULL,
    as_of    bigint  NOT NULL,  -- when they were last made equal with the ledger; 0 never
    held     bigint  NOT NULL,  -- the delivery whose sweep waits for two people; 0 none
    refused  bigint  NOT NULL,  -- records that the last message brought in vain
    answer   bytea   NOT NULL   -- to the last message, for whoever did not hear it
);

-- 自動応答不可: an answer about this person waits for people; dataset empty: of every kind.
CREATE TABLE look_first (
    unified_no text   NOT NULL,
    dataset    text   NOT NULL,
    since      bigint NOT NULL,
    PRIMARY KEY (unified_no, dataset)
);

-- What we ask of others. change_no orders what the ledger is told.
CREATE TABLE inquiry (
    inquiry_id   integer PRIMARY KEY,
    change_no    bigint  NOT NULL,
    inquiry_no   text    NOT NULL,
    unified_no   text    NOT NULL,
    department   text    NOT NULL,
    asked        bytea   NOT NULL,  -- permit_ask_encode
    signed_copy  bytea,             -- our copy of the permit; NULL until it came
    permit_id    bytea,             -- of it
    state        integer NOT NULL,  -- InquiryState
    begun_at     bigint  NOT NULL,
    try_at       bigint  NOT NULL,
    tries        integer NOT NULL,
    unreadable   integer NOT NULL,
    result       integer NOT NULL,  -- LinkageResult
    as_of        integer,
    told_at      bigint  NOT NULL,
    provided_at  bigint  NOT NULL,
    ended_at     bigint  NOT NULL,
    owed         integer NOT NULL,  -- InquiryEffect, not done yet
    public_key   bytea   NOT NULL,
    sealed_key   bytea,             -- the one-time private key; NULL when it was destroyed
    result_key   bytea,             -- sealed: what opens result_data; NULL when it was destroyed
    result_data  bytea,             -- sealed with it alone
    erased_at    bigint  NOT NULL   -- 0: not yet
);
CREATE UNIQUE INDEX inquiry_number ON inquiry (inquiry_no);
CREATE UNIQUE INDEX inquiry_change ON inquiry (change_no);
CREATE UNIQUE INDEX inquiry_permit ON inquiry (permit_id) WHERE permit_id IS NOT NULL;
CREATE INDEX inquiry_owed ON inquiry (inquiry_id) WHERE owed <> 0;
CREATE INDEX inquiry_waiting ON inquiry (try_at) WHERE ended_at = 0;

-- What others ask of us.
CREATE TABLE provision (
    provision_id  integer PRIMARY KEY,
    permit_id     bytea   NOT NULL,
    signed_copy   bytea   NOT NULL,
    inquirer_key  bytea   NOT NULL,
    unified_no    text    NOT NULL,  -- empty: nobody here has that code
    state         integer NOT NULL,  -- ProvisionState
    asked_at      bigint  NOT NULL,
    result        integer NOT NULL,
    reply_kind    integer NOT NULL,
    reply_refusal integer NOT NULL,
    reply_at      bigint  NOT NULL,
    envelope      bytea,             -- sealed to the inquirer's key; NULL: none, or erased
    owed          integer NOT NULL,
    decided       text               -- by which two people; NULL: by nobody
);
CREATE UNIQUE INDEX provision_permit ON provision (permit_id);
CREATE INDEX provision_owed ON provision (provision_id) WHERE owed <> 0;
CREATE INDEX provision_held ON provision (asked_at) WHERE state = 1;

-- 情報提供等記録: kept for seven years, never changed. A later one about a permit stands for the earlier.
CREATE TABLE provision_record (
    record_no    bigint  PRIMARY KEY,
    role         integer NOT NULL,  -- RecordRole
    written_at   bigint  NOT NULL,
    permit_id    bytea   NOT NULL,  -- zeros: none was issued
    inquiry_no   text    NOT NULL,
    unified_no   text    NOT NULL,
    inquirer     text    NOT NULL,
    provider     text    NOT NULL,
    item         integer NOT NULL,
    affair       text    NOT NULL,
    procedure    text    NOT NULL,
    dataset      text    NOT NULL,
    items        bigint  NOT NULL,
    key_hash     bytea   NOT NULL,
    undisclosed  integer NOT NULL,
    list_version bigint  NOT NULL,
    issued_at    bigint  NOT NULL,
    expires_at   bigint  NOT NULL,
    provided_at  bigint  NOT NULL,  -- 0: nothing was
    result       integer NOT NULL,
    who          text    NOT NULL   -- department or people
);
CREATE INDEX provision_record_permit ON provision_record (permit_id, role, record_no);
CREATE INDEX provision_record_person ON provision_record (unified_no, record_no);
--sqlite: CREATE TRIGGER provision_record_stays BEFORE UPDATE ON provision_record BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER provision_record_remains BEFORE DELETE ON provision_record BEGIN SELECT RAISE(ABORT, 'append only'); END;
--postgresql: CREATE TRIGGER provision_record_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON provision_record FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- Where we stand with the network.
CREATE TABLE network_place (
    one         integer PRIMARY KEY CHECK (one = 1),
    letter_no   bigint  NOT NULL,  -- the last letter of our box that was kept
    list        bytea,             -- 照合リスト, as it was signed
    list_wanted integer NOT NULL   -- somebody asked by a newer one
);
INSERT INTO network_place (one, letter_no, list, list_wanted) VALUES (1, 0, NULL, 0);

-- What a person has to look at.
CREATE TABLE incident (
    incident_no integer PRIMARY KEY,
    kind        text    NOT NULL,
    at          bigint  NOT NULL,
    unified_no  text    NOT NULL,  -- empty: nobody's in particular
    about       text    NOT NULL,
    done_at     bigint,
    done_by     text
);
