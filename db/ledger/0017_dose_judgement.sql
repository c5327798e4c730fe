-- How a dose was judged is a row of its own: nothing of a dose ever changes but its end.
-- SPDX-License-Identifier: Apache-2.0
--
-- One row of a dose stands at most. It ends with the dose, or when the dose is judged anew; the new one begins with
-- that act. Of doses judged before this the series and the position were not kept.

CREATE TABLE dose_judgement (
    dose_id     integer NOT NULL,
    from_act    integer NOT NULL,
    to_act      integer NOT NULL,
    legal_class integer NOT NULL,  -- 1 routine A, 2 routine B, 3 special, 4 city's own, 5 voluntary, 6 insurance,
                                   -- 9 unknown
    status      integer NOT NULL,  -- 0 not judged, 1 valid, 2 invalid, 3 counted
    series      text,              -- to which it belongs, as the rules call it
    position    text,              -- its place there
    reasons     text,              -- codes of the rules, in their order
    rules       integer,           -- rule_use.from_act: by which rules; NULL: before the ledger kept that
    PRIMARY KEY (dose_id, from_act)
)
--sqlite: WITHOUT ROWID
;
INSERT INTO dose_judgement (dose_id, from_act, to_act, legal_class, status, reasons, rules)
SELECT d.dose_id, d.from_act, d.to_act, d.legal_class, coalesce(x.dose_status, r.dose_status, 0),
       coalesce(x.reasons, r.reasons), (SELECT max(u.from_act) FROM rule_use u WHERE u.from_act <= d.from_act)
  FROM dose d LEFT JOIN intake_row r ON r.row_id = d.row_id AND r.dose_id = d.dose_id
  LEFT JOIN intake_decision x ON x.row_id = d.row_id AND x.dose_id = d.dose_id;
ALTER TABLE dose DROP COLUMN legal_class;

-- What the program promises the store holds, whoever writes: both are ended once and else never changed, and a
-- judgement ends with its dose.
--sqlite: CREATE TRIGGER dose_is_kept BEFORE UPDATE OF dose_id, person_id, product_no, given_on, funding, override, provenance, from_act, replaces, reason, row_id, kind, claimed_position, clinic_code, clinic_name, volume_ml100, maker, lot, expires_on, doctor, venue, origin_id ON dose BEGIN SELECT RAISE(ABORT, 'a dose is ended, not changed'); END;
--sqlite: CREATE TRIGGER dose_ends_once BEFORE UPDATE OF to_act ON dose WHEN OLD.to_act < 2147483647 BEGIN SELECT RAISE(ABORT, 'a dose is ended once'); END;
--sqlite: CREATE TRIGGER dose_judgement_is_kept BEFORE UPDATE OF dose_id, from_act, legal_class, status, series, position, reasons, rules ON dose_judgement BEGIN SELECT RAISE(ABORT, 'a judgement is ended, not changed'); END;
--sqlite: CREATE TRIGGER dose_judgement_ends_once BEFORE UPDATE OF to_act ON dose_judgement WHEN OLD.to_act < 2147483647 BEGIN SELECT RAISE(ABORT, 'a judgement is ended once'); END;
--sqlite: CREATE TRIGGER dose_judgement_ends AFTER UPDATE OF to_act ON dose BEGIN UPDATE dose_judgement SET to_act = NEW.to_act WHERE dose_id = NEW.dose_id AND to_act = 2147483647; END;
--postgresql: CREATE FUNCTION ended_not_changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''a row of % is ended, and once'', TG_TABLE_NAME; END';
--postgresql: CREATE TRIGGER dose_is_kept BEFORE UPDATE OF dose_id, person_id, product_no, given_on, funding, override, provenance, from_act, replaces, reason, row_id, kind, claimed_position, clinic_code, clinic_name, volume_ml100, maker, lot, expires_on, doctor, venue, origin_id ON dose FOR EACH STATEMENT EXECUTE FUNCTION ended_not_changed();
--postgresql: CREATE TRIGGER dose_ends_once BEFORE UPDATE OF to_act ON dose FOR EACH ROW WHEN (OLD.to_act < 2147483647) EXECUTE FUNCTION ended_not_changed();
--postgresql: CREATE TRIGGER dose_judgement_is_kept BEFORE UPDATE OF dose_id, from_act, legal_class, status, series, position, reasons, rules ON dose_judgement FOR EACH STATEMENT EXECUTE FUNCTION ended_not_changed();
--postgresql: CREATE TRIGGER dose_judgement_ends_once BEFORE UPDATE OF to_act ON dose_judgement FOR EACH ROW WHEN (OLD.to_act < 2147483647) EXECUTE FUNCTION ended_not_changed();
--postgresql: CREATE FUNCTION judgement_ended() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE dose_judgement SET to_act = NEW.to_act WHERE dose_id = NEW.dose_id AND to_act = 2147483647; RETURN NULL; END';
--postgresql: CREATE TRIGGER dose_judgement_ends AFTER UPDATE OF to_act ON dose FOR EACH ROW EXECUTE FUNCTION judgement_ended();
