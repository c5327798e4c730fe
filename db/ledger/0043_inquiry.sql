-- 情報照会: what another city was asked about a person, and what it said. An answer without data is kept as what it is:
-- that city had nothing on that day. It is no record of a dose, and no record of none.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE inquiry (
    inquiry_id   integer PRIMARY KEY,  -- 照会番号
    person_id    integer NOT NULL,
    municipality text    NOT NULL,     -- who is asked: six digits
    moved_on     integer,              -- the move it is about; NULL: asked for another reason
    undisclosed  integer NOT NULL,     -- 不開示
    reason       text,                 -- of an officer who confirmed
    asked_by     text    NOT NULL,
    asked_at     bigint  NOT NULL,
    sent_at      bigint,               -- the intermediate server has taken it; NULL: not yet
    refusal      text,                 -- "E106": it did not
    state        integer NOT NULL,     -- InquiryState
    result       integer NOT NULL,     -- LinkageResult
    as_of        integer,              -- day of that city's copies
    answer       bytea,                -- the records that came, as they came
    told_at      bigint,
    settled_at   bigint,               -- somebody has looked through them
    settled_by   text,
    settled_how  text
);
CREATE INDEX inquiry_person ON inquiry (person_id, inquiry_id);
CREATE INDEX inquiry_unsent ON inquiry (inquiry_id) WHERE sent_at IS NULL AND refusal IS NULL;

-- How far the news of inquiries were taken. One row, number 1.
CREATE TABLE inquiry_cursor (
    cursor_no integer PRIMARY KEY,
    next_no   bigint  NOT NULL
);
