-- Where every resident stands with every series, kept so that lists need not judge the whole city.
-- SPDX-License-Identifier: Apache-2.0
--
-- Nothing here is known from elsewhere: it is judged from the rows of a person, by rules and an engine, for days.
-- What is kept of a person is believed from judged_on to the day before turns_on, as long as the person's last act is
-- the one it was judged from (person_last_act). Everything may be thrown away and made anew.

-- The last roll: it has renewed whoever acts up to act_no touched. Of other rules or another engine nothing is believed.
CREATE TABLE standing_state (
    one       integer PRIMARY KEY CHECK (one = 1),
    roll_no   integer NOT NULL,  -- of the roll that began last; an older one that is still at work ends
    judged_by text    NOT NULL,  -- version of the rules, and of the engine
    act_no    integer NOT NULL,  -- -1: being made anew, nothing is believed
    day       integer NOT NULL   -- the last day for which anything was judged
);

CREATE TABLE standing_person (
    person_id integer PRIMARY KEY,
    act_no    integer NOT NULL,  -- the person's last act that was known
    judged_on integer NOT NULL,
    turns_on  integer NOT NULL,  -- the first day on which the answer may be another one
    statuses  text    NOT NULL   -- a letter for each series, in the order of the rules; '' no resident that day
);
CREATE INDEX standing_person_turns ON standing_person (turns_on, person_id);

-- A row for each series that asks for a next dose.
CREATE TABLE standing (
    person_id       integer NOT NULL,
    series          text    NOT NULL,
    status          text    NOT NULL,  -- not_yet, due, late
    contraindicated integer NOT NULL,  -- 1: a contraindication runs; nobody is called late then
    no_letter       integer NOT NULL,  -- 1: by the rules nobody is written to about it
    position        text    NOT NULL,
    earliest        integer NOT NULL,  -- of these days -2147483648: none
    standard_from   integer NOT NULL,
    standard_to     integer NOT NULL,
    last_day        integer NOT NULL,
    last_safe       integer NOT NULL,  -- asked for what is due or late
    ward            text    NOT NULL,  -- code of the municipality; '' not known, or protected
    PRIMARY KEY (person_id, series)
)
--sqlite: WITHOUT ROWID
;
-- Pages of the list, the soonest last safe day first.
CREATE INDEX standing_asked ON standing (last_safe, person_id, series, ward) WHERE status IN ('due', 'late');
CREATE INDEX standing_asked_series ON standing (series, last_safe, person_id, ward) WHERE status IN ('due', 'late');

-- How many rows there are of each kind: the store counts, so that no count can differ from its rows.
CREATE TABLE standing_count (
    series          text    NOT NULL,
    last_safe       integer NOT NULL,
    ward            text    NOT NULL,
    status          text    NOT NULL,
    contraindicated integer NOT NULL,
    persons         integer NOT NULL,
    PRIMARY KEY (series, last_safe, ward, status, contraindicated)
)
--sqlite: WITHOUT ROWID
;
--sqlite: CREATE TRIGGER standing_comes AFTER INSERT ON standing BEGIN
--sqlite:  INSERT INTO standing_count (series, last_safe, ward, status, contraindicated, persons)
--sqlite:  VALUES (NEW.series, NEW.last_safe, NEW.ward, NEW.status, NEW.contraindicated, 1)
--sqlite:  ON CONFLICT (series, last_safe, ward, status, contraindicated) DO UPDATE SET persons = persons + 1; END;
--sqlite: CREATE TRIGGER standing_goes AFTER DELETE ON standing BEGIN
--sqlite:  UPDATE standing_count SET persons = persons - 1 WHERE series = OLD.series AND last_safe = OLD.last_safe
--sqlite:  AND ward = OLD.ward AND status = OLD.status AND contraindicated = OLD.contraindicated; END;

--postgresql: CREATE FUNCTION standing_counted() RETURNS trigger LANGUAGE plpgsql AS '
--postgresql: BEGIN
--postgresql:  INSERT INTO standing_count AS c (series, last_safe, ward, status, contraindicated, persons)
--postgresql:  SELECT series, last_safe, ward, status, contraindicated, CAST(TG_ARGV[0] AS integer) * count(*) FROM counted
--postgresql:   GROUP BY series, last_safe, ward, status, contraindicated
--postgresql:  ON CONFLICT (series, last_safe, ward, status, contraindicated)
--postgresql:   DO UPDATE SET persons = c.persons + excluded.persons;
--postgresql:  RETURN NULL;
--postgresql: END';
--postgresql: CREATE TRIGGER standing_comes AFTER INSERT ON standing REFERENCING NEW TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION standing_counted('1');
--postgresql: CREATE TRIGGER standing_goes AFTER DELETE ON standing REFERENCING OLD TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION standing_counted('-1');

-- The ward of somebody who comes under protection goes with the act that says so, not with the next roll.
--sqlite: CREATE TRIGGER standing_hidden AFTER UPDATE OF protected ON person WHEN NEW.protected = 1 AND OLD.protected = 0 BEGIN
--sqlite:  DELETE FROM standing WHERE person_id = NEW.person_id; END;
--postgresql: CREATE FUNCTION standing_hide() RETURNS trigger LANGUAGE plpgsql AS '
--postgresql: BEGIN
--postgresql:  DELETE FROM standing WHERE person_id = NEW.person_id;
--postgresql:  RETURN NULL;
--postgresql: END';
--postgresql: CREATE TRIGGER standing_hidden AFTER UPDATE OF protected ON person FOR EACH ROW WHEN (NEW.protected = 1 AND OLD.protected = 0) EXECUTE FUNCTION standing_hide();
