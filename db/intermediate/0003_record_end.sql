-- Records of provision go after seven years, and not before: the table loses no row that is younger than what was said last.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE record_end (
    one            integer PRIMARY KEY CHECK (one = 1),
    written_before bigint  NOT NULL
);
INSERT INTO record_end (one, written_before) VALUES (1, 0);
--sqlite: DROP TRIGGER provision_record_remains;
--sqlite: CREATE TRIGGER provision_record_remains BEFORE DELETE ON provision_record WHEN OLD.written_at >= (SELECT written_before FROM record_end) BEGIN SELECT RAISE(ABORT, 'kept for seven years'); END;
--postgresql: DROP TRIGGER provision_record_stays ON provision_record;
--postgresql: CREATE TRIGGER provision_record_stays BEFORE UPDATE OR TRUNCATE ON provision_record FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--postgresql: CREATE FUNCTION record_remains() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF OLD.written_at >= (SELECT written_before FROM record_end) THEN RAISE EXCEPTION ''kept for seven years''; END IF; RETURN OLD; END';
--postgresql: CREATE TRIGGER provision_record_remains BEFORE DELETE ON provision_record FOR EACH ROW EXECUTE FUNCTION record_remains();
