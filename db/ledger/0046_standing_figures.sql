-- What figures of the office are counted from, so that no page reads the city: month of birth and ward beside the
-- statuses of a person, and how many next doses are expected in a month. Rows of before are believed by no engine of now
-- (standing_state.judged_by): the next roll makes everything anew.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE standing_person ADD COLUMN born integer NOT NULL DEFAULT 0;  -- as 202610; 0: the month is not known
ALTER TABLE standing_person ADD COLUMN ward text NOT NULL DEFAULT '';    -- as standing.ward
CREATE INDEX standing_person_born ON standing_person (born, ward, statuses) WHERE statuses <> '';

ALTER TABLE standing ADD COLUMN month integer NOT NULL DEFAULT 0;  -- in which the dose is expected, as 202610

-- How many rows there are of each kind but for those with a contraindication, counted by the store like standing_count.
CREATE TABLE standing_month (
    series   text    NOT NULL,
    position text    NOT NULL,
    month    integer NOT NULL,
    persons  integer NOT NULL,
    PRIMARY KEY (series, position, month)
)
--sqlite: WITHOUT ROWID
;
INSERT INTO standing_month (series, position, month, persons)
 SELECT series, position, month, count(*) FROM standing WHERE contraindicated = 0 GROUP BY series, position, month;
--sqlite: CREATE TRIGGER standing_month_comes AFTER INSERT ON standing WHEN NEW.contraindicated = 0 BEGIN
--sqlite:  INSERT INTO standing_month (series, position, month, persons) VALUES (NEW.series, NEW.position, NEW.month, 1)
--sqlite:  ON CONFLICT (series, position, month) DO UPDATE SET persons = persons + 1; END;
--sqlite: CREATE TRIGGER standing_month_goes AFTER DELETE ON standing WHEN OLD.contraindicated = 0 BEGIN
--sqlite:  UPDATE standing_month SET persons = persons - 1
--sqlite:  WHERE series = OLD.series AND position = OLD.position AND month = OLD.month; END;

--postgresql: CREATE FUNCTION standing_month_counted() RETURNS trigger LANGUAGE plpgsql AS '
--postgresql: BEGIN
--postgresql:  INSERT INTO standing_month AS c (series, position, month, persons)
--postgresql:  SELECT series, position, month, CAST(TG_ARGV[0] AS integer) * count(*) FROM counted
--postgresql:   WHERE contraindicated = 0 GROUP BY series, position, month
--postgresql:  ON CONFLICT (series, position, month) DO UPDATE SET persons = c.persons + excluded.persons;
--postgresql:  RETURN NULL;
--postgresql: END';
--postgresql: CREATE TRIGGER standing_month_comes AFTER INSERT ON standing REFERENCING NEW TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION standing_month_counted('1');
--postgresql: CREATE TRIGGER standing_month_goes AFTER DELETE ON standing REFERENCING OLD TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION standing_month_counted('-1');

-- The ward of somebody who comes under protection goes here too with the act that says so.
--sqlite: DROP TRIGGER standing_hidden;
--sqlite: CREATE TRIGGER standing_hidden AFTER UPDATE OF protected ON person WHEN NEW.protected = 1 AND OLD.protected = 0 BEGIN
--sqlite:  DELETE FROM standing WHERE person_id = NEW.person_id;
--sqlite:  UPDATE standing_person SET ward = '' WHERE person_id = NEW.person_id; END;
--postgresql: CREATE OR REPLACE FUNCTION standing_hide() RETURNS trigger LANGUAGE plpgsql AS '
--postgresql: BEGIN
--postgresql:  DELETE FROM standing WHERE person_id = NEW.person_id;
--postgresql:  UPDATE standing_person SET ward = '''' WHERE person_id = NEW.person_id;
--postgresql:  RETURN NULL;
--postgresql: END';
