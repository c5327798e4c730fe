-- What the tables held when a record was made: one row for each set of rows that grew with it (src/office/audit/
-- tally.h). A row that is gone, added or changed by SQL does not agree with it.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE audit_tally (
    leaf_no   bigint NOT NULL,  -- the record
    set_name  text   NOT NULL,  -- TalliedRows of the program: dose, dose_ended …
    last_key  bigint,           -- up to which key it counts; NULL: the set was empty
    row_count bigint NOT NULL,  -- rows after the tally before
    digest    bytea  NOT NULL,  -- HMAC-SHA-256(key, SHA-256(those rows))
    PRIMARY KEY (leaf_no, set_name)
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX audit_tally_set ON audit_tally (set_name, leaf_no);
--sqlite: CREATE TRIGGER audit_tally_stays BEFORE UPDATE ON audit_tally BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_tally_remains BEFORE DELETE ON audit_tally BEGIN SELECT RAISE(ABORT, 'append only'); END;
--postgresql: CREATE TRIGGER audit_tally_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_tally FOR EACH STATEMENT EXECUTE FUNCTION append_only();

ALTER TABLE audit_leaf ADD COLUMN tallies bytea;  -- SHA-256 of the tallies of this record; NULL: it has none

-- The record of a decision, as a duty names its own.
ALTER TABLE approval ADD COLUMN decided_record bigint;  -- NULL: not decided, or of before this
