-- The last act that touched a person: what is kept of somebody is believed as long as it was judged from this act.
-- SPDX-License-Identifier: Apache-2.0
--
-- The store marks, whoever writes: a row that begins or ends marks its person with its act. So no statement can
-- forget it, also none that publishes a whole file at once. On PostgreSQL a statement marks all its persons together.

CREATE TABLE person_last_act (
    person_id integer PRIMARY KEY,
    act_no    integer NOT NULL
);
INSERT INTO person_last_act (person_id, act_no)
SELECT person_id, max(act_no) FROM (
    SELECT person_id, from_act AS act_no FROM person
    UNION ALL SELECT person_id, to_act FROM person_before
    UNION ALL SELECT person_id, max(CASE WHEN to_act = 2147483647 THEN from_act ELSE to_act END) FROM residence GROUP BY person_id
    UNION ALL SELECT person_id, max(CASE WHEN to_act = 2147483647 THEN from_act ELSE to_act END) FROM resident_version GROUP BY person_id
    UNION ALL SELECT person_id, max(CASE WHEN to_act = 2147483647 THEN from_act ELSE to_act END) FROM dose GROUP BY person_id
    UNION ALL SELECT person_id, max(CASE WHEN to_act = 2147483647 THEN from_act ELSE to_act END) FROM dose_origin GROUP BY person_id
    UNION ALL SELECT person_id, max(CASE WHEN to_act = 2147483647 THEN from_act ELSE to_act END) FROM not_given GROUP BY person_id
    UNION ALL SELECT person_id, max(CASE WHEN to_act = 2147483647 THEN from_act ELSE to_act END) FROM person_fact GROUP BY person_id
) AS acts GROUP BY person_id;
CREATE INDEX person_last_act_since ON person_last_act (act_no, person_id);

--sqlite: CREATE TRIGGER person_begins AFTER INSERT ON person BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER person_before_begins AFTER INSERT ON person_before BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER residence_begins AFTER INSERT ON residence BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER residence_ends AFTER UPDATE OF to_act ON residence WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER resident_version_begins AFTER INSERT ON resident_version BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER resident_version_ends AFTER UPDATE OF to_act ON resident_version WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER dose_begins AFTER INSERT ON dose BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER dose_ends AFTER UPDATE OF to_act ON dose WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER dose_origin_begins AFTER INSERT ON dose_origin BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER dose_origin_ends AFTER UPDATE OF to_act ON dose_origin WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER not_given_begins AFTER INSERT ON not_given BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER not_given_ends AFTER UPDATE OF to_act ON not_given WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER person_fact_begins AFTER INSERT ON person_fact BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER person_fact_ends AFTER UPDATE OF to_act ON person_fact WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;

--postgresql: CREATE FUNCTION person_touched_from() RETURNS trigger LANGUAGE plpgsql AS '
--postgresql: BEGIN
--postgresql:  INSERT INTO person_last_act (person_id, act_no) SELECT person_id, max(from_act) FROM marked GROUP BY person_id
--postgresql:   ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE person_last_act.act_no < excluded.act_no;
--postgresql:  RETURN NULL;
--postgresql: END';
--postgresql: CREATE FUNCTION person_touched_to() RETURNS trigger LANGUAGE plpgsql AS '
--postgresql: BEGIN
--postgresql:  INSERT INTO person_last_act (person_id, act_no) SELECT person_id, max(to_act) FROM marked WHERE to_act < 2147483647 GROUP BY person_id
--postgresql:   ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE person_last_act.act_no < excluded.act_no;
--postgresql:  RETURN NULL;
--postgresql: END';
--postgresql: CREATE TRIGGER person_begins AFTER INSERT ON person REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER person_before_begins AFTER INSERT ON person_before REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
--postgresql: CREATE TRIGGER residence_begins AFTER INSERT ON residence REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER residence_ends AFTER UPDATE ON residence REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
--postgresql: CREATE TRIGGER resident_version_begins AFTER INSERT ON resident_version REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER resident_version_ends AFTER UPDATE ON resident_version REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
--postgresql: CREATE TRIGGER dose_begins AFTER INSERT ON dose REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER dose_ends AFTER UPDATE ON dose REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
--postgresql: CREATE TRIGGER dose_origin_begins AFTER INSERT ON dose_origin REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER dose_origin_ends AFTER UPDATE ON dose_origin REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
--postgresql: CREATE TRIGGER not_given_begins AFTER INSERT ON not_given REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER not_given_ends AFTER UPDATE ON not_given REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
--postgresql: CREATE TRIGGER person_fact_begins AFTER INSERT ON person_fact REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER person_fact_ends AFTER UPDATE ON person_fact REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();
