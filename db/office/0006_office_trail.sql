-- The trail ends where its last record stands; the head is kept outside the database too (audit.h). Every
-- day has a key of its own, and the key of the day before signs where that day ended and which key is next.
-- SPDX-License-Identifier: Apache-2.0

DROP TABLE audit_head;

CREATE TABLE audit_epoch (
    epoch_no    bigint  PRIMARY KEY,  -- 1, 2, 3 … without a gap
    begins_on   integer NOT NULL,     -- the day in Japan
    public_key  bytea   NOT NULL,     -- Ed25519
    after_leaf  bigint  NOT NULL,     -- the last record of the epochs before; 0 none
    after_chain bytea,                -- and its chain; NULL before the first record
    signature   bytea                 -- of all this, by the key of the epoch before; NULL in the first
);
--sqlite: CREATE TRIGGER audit_epoch_stays BEFORE UPDATE ON audit_epoch BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_epoch_remains BEFORE DELETE ON audit_epoch BEGIN SELECT RAISE(ABORT, 'append only'); END;
--postgresql: CREATE TRIGGER audit_epoch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_epoch FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- The record of what gave a duty, took it away, bound a login. NULL: of before records were kept here.
ALTER TABLE staff ADD COLUMN account_record bigint;
ALTER TABLE staff_duty ADD COLUMN granted_record bigint;
ALTER TABLE staff_duty ADD COLUMN ended_record bigint;
