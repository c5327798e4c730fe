-- Whose looks are asked for is found by an index, and what took a duty, a card or a session away by others.
-- SPDX-License-Identifier: Apache-2.0

-- Who was shown on a list, by the sign that stands for him behind the detail of its record (src/office/audit/shown.h).
CREATE TABLE audit_shown (
    leaf_no bigint NOT NULL,
    sign    text   NOT NULL,  -- 16 letters of a keyed digest of the person's number
    PRIMARY KEY (leaf_no, sign)
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX audit_shown_sign ON audit_shown (sign, leaf_no);

--sqlite: INSERT INTO audit_shown (leaf_no, sign)
--sqlite:  WITH RECURSIVE cut (leaf_no, rest) AS (
--sqlite:   SELECT leaf_no, substr(detail, instr(detail, ' ~') + 2) FROM audit_leaf WHERE instr(detail, ' ~') > 0
--sqlite:   UNION ALL SELECT leaf_no, substr(rest, instr(rest, ' ~') + 2) FROM cut WHERE instr(rest, ' ~') > 0)
--sqlite:  SELECT DISTINCT leaf_no, substr(rest, 1, 16) FROM cut
--sqlite:  WHERE length(rest) >= 16 AND substr(rest, 1, 16) NOT GLOB '*[^a-p]*';
--postgresql: INSERT INTO audit_shown (leaf_no, sign) SELECT DISTINCT l.leaf_no, m.found[1] FROM audit_leaf l
--postgresql:  CROSS JOIN LATERAL regexp_matches(l.detail, ' ~([a-p]{16})', 'g') AS m (found);

--sqlite: CREATE TRIGGER audit_shown_stays BEFORE UPDATE ON audit_shown BEGIN SELECT RAISE(ABORT, 'append only'); END;
--sqlite: CREATE TRIGGER audit_shown_remains BEFORE DELETE ON audit_shown BEGIN SELECT RAISE(ABORT, 'append only'); END;
--postgresql: CREATE TRIGGER audit_shown_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_shown FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE INDEX audit_leaf_entry ON audit_leaf (detail, leaf_no) WHERE command IN ('card', 'password', 'revoke');
CREATE INDEX audit_leaf_sign_in ON audit_leaf (operator_name, leaf_no) WHERE act = 8;
CREATE INDEX audit_leaf_records ON audit_leaf (leaf_no) WHERE command = 'records';
