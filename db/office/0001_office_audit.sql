-- The audit trail: one row for one act. Rows come and never change; leaf_hash and chain prove it
-- (src/office/audit/audit.h says how).
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE audit_leaf (
    leaf_no       bigint  PRIMARY KEY,  -- 1, 2, 3 … without a gap
    at            bigint  NOT NULL,     -- microseconds, UTC
    business_day  integer NOT NULL,
    operator_name text    NOT NULL,
    terminal      text,
    program       text    NOT NULL,
    act           integer NOT NULL,     -- AuditAct
    purpose       text    NOT NULL,
    command       text    NOT NULL,
    whose_index   bytea,                -- keyed index of the person's number; NULL nobody's in particular
    result        integer NOT NULL,     -- AuditResult
    rows_seen     bigint  NOT NULL,
    rows_taken    bigint  NOT NULL,
    rows_refused  bigint  NOT NULL,
    content       bytea,                -- SHA-256 of the file or list
    detail        text,
    leaf_hash     bytea   NOT NULL,     -- SHA-256(0x00, leaf)
    chain         bytea   NOT NULL      -- HMAC-SHA-256(key, chain before, leaf_hash)
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX audit_leaf_person ON audit_leaf (whose_index, leaf_no);

-- Where the trail ends. The only row of the trail that moves.
CREATE TABLE audit_head (
    one     integer PRIMARY KEY CHECK (one = 1),
    leaf_no bigint  NOT NULL,
    chain   bytea                       -- NULL before the first leaf
);
INSERT INTO audit_head (one, leaf_no) VALUES (1, 0);

--sqlite: CREATE TRIGGER audit_leaf_stays BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_leaf_remains BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append only'); END;
--postgresql: CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''append only''; END';
--postgresql: CREATE TRIGGER audit_leaf_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf FOR EACH STATEMENT EXECUTE FUNCTION append_only();
