-- The trail of looks: records of what changed nothing, in a turn of their own (src/office/audit/looks.h). A file
-- of its own on SQLite, a schema of its own on PostgreSQL; the tables are those of the trail of changes (db/office).
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE audit_leaf (
    leaf_no       bigint  PRIMARY KEY,
    at            bigint  NOT NULL,
    business_day  integer NOT NULL,
    operator_name text    NOT NULL,
    proven        text,
    terminal      text,
    program       text    NOT NULL,
    act           integer NOT NULL,
    purpose       text    NOT NULL,
    command       text    NOT NULL,
    whose_index   bytea,
    result        integer NOT NULL,
    rows_seen     bigint  NOT NULL,
    rows_taken    bigint  NOT NULL,
    rows_refused  bigint  NOT NULL,
    content       bytea,
    detail        text,
    tallies       bytea,
    other_no      bigint,
    other_chain   bytea,
    leaf_hash     bytea   NOT NULL,
    chain         bytea   NOT NULL
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX audit_leaf_person ON audit_leaf (whose_index, leaf_no);

CREATE TABLE audit_epoch (
    epoch_no    bigint  PRIMARY KEY,
    begins_on   integer NOT NULL,
    public_key  bytea   NOT NULL,
    after_leaf  bigint  NOT NULL,
    after_chain bytea,
    signature   bytea
);
CREATE TABLE audit_tally (
    leaf_no   bigint NOT NULL,
    set_name  text   NOT NULL,
    last_key  bigint,
    row_count bigint NOT NULL,
    digest    bytea  NOT NULL,
    PRIMARY KEY (leaf_no, set_name)
)
--sqlite: WITHOUT ROWID
;
--sqlite: CREATE TRIGGER audit_leaf_stays BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_leaf_remains BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_epoch_stays BEFORE UPDATE ON audit_epoch BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_epoch_remains BEFORE DELETE ON audit_epoch BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_tally_stays BEFORE UPDATE ON audit_tally BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_tally_remains BEFORE DELETE ON audit_tally BEGIN SELECT RAISE(ABORT, 'append only'); END;
--postgresql: CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''append only''; END';
--postgresql: CREATE TRIGGER audit_leaf_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--postgresql: CREATE TRIGGER audit_epoch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_epoch FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--postgresql: CREATE TRIGGER audit_tally_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_tally FOR EACH STATEMENT EXECUTE FUNCTION append_only();
