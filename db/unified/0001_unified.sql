-- Unified (団体内統合宛名): whose Individual Number is which, and by which number a person goes between systems.
-- SPDX-License-Identifier: Apache-2.0
--
-- Of a person nothing stands here in clear but numbers given inside the city and how things stand: Individual Numbers and
-- the facts that are compared are sealed, and found by keyed index alone.

-- How far the register's sequence of numbers has been followed. One row, number 1.
CREATE TABLE register_cursor (
    cursor_no integer PRIMARY KEY,
    epoch     text    NOT NULL,
    next_no   bigint  NOT NULL,
    whole     integer NOT NULL,  -- 1: nothing more lay behind it when it was asked last
    taken_at  bigint  NOT NULL
);

CREATE TABLE unified_person (
    person_id   integer PRIMARY KEY,
    unified_no  text    NOT NULL,   -- 統一識別番号
    status      integer NOT NULL,   -- 1 resident, 2 moved out, 3 dead, 9 otherwise removed
    hidden      integer NOT NULL,   -- 1: protected
    withdrawn   integer NOT NULL,   -- 1: registered by mistake
    facts       bytea   NOT NULL,   -- kana, birth date, sex, address; sealed
    confirmed   integer NOT NULL,   -- 1: a person has looked at facts that cannot be compared as they are
    numbered_at bigint  NOT NULL,
    -- 情報提供用個人識別符号, as the intermediate server said last; the code itself is never here
    code_step    integer NOT NULL,  -- what is owed: CodeOwed (unified_person_rows.h)
    code_state   integer NOT NULL,  -- CodeState
    code_failure integer NOT NULL,  -- CodeFailure
    code_doubted integer NOT NULL,
    acquisition  bytea              -- 処理通番 that goes with step 2
);
CREATE UNIQUE INDEX unified_person_no ON unified_person (unified_no);
CREATE INDEX unified_person_owed ON unified_person (code_step, person_id) WHERE code_step > 0;

-- 宛名番号 of the person; one may have several.
CREATE TABLE addressee_number (
    addressee_no text    NOT NULL,
    person_id    integer NOT NULL,
    known_at     bigint  NOT NULL
);
CREATE UNIQUE INDEX addressee_number_no ON addressee_number (addressee_no);
CREATE INDEX addressee_number_person ON addressee_number (person_id, addressee_no);

-- 個人番号 by generation (枝番), sealed. The highest is the current one; the others find and are never handed out.
CREATE TABLE individual_number (
    number_id    integer PRIMARY KEY,
    person_id    integer NOT NULL,
    generation   integer NOT NULL,
    number_index bytea   NOT NULL,
    sealed       bytea   NOT NULL,
    from_at      bigint  NOT NULL,
    to_at        bigint             -- NULL: current
);
CREATE UNIQUE INDEX individual_number_index ON individual_number (number_index);
CREATE UNIQUE INDEX individual_number_generation ON individual_number (person_id, generation);

-- What a person must look at.
CREATE TABLE unified_work (
    work_no      integer PRIMARY KEY,
    kind         text    NOT NULL,  -- unified_work.h
    stops        integer NOT NULL,  -- 0 nothing, 1 that a code is asked for, 2 all that goes through unified
    person_id    integer NOT NULL,  -- 0: nobody who is numbered
    other_id     integer NOT NULL,  -- of a clash the other one; 0: nobody
    addressee_no text,              -- of the change that could not be taken
    said         bytea,             -- its number and facts; sealed
    since        bigint  NOT NULL,
    done_at      bigint,
    done_by      text,
    decision     text,              -- accepted, dismissed
    reason       text
);
CREATE INDEX unified_work_open ON unified_work (person_id, work_no) WHERE done_at IS NULL;
CREATE INDEX unified_work_other ON unified_work (other_id, work_no) WHERE done_at IS NULL;

-- How far the intermediate server's news of codes were taken. One row, number 1.
CREATE TABLE code_cursor (
    cursor_no integer PRIMARY KEY,
    next_no   bigint  NOT NULL
);
