-- Pages ask how many there are up to a day, of every series: the day leads the key. The numbers are counted anew from the rows.
-- What waits for a decision is counted on the first page of everybody's day.
-- SPDX-License-Identifier: Apache-2.0

--sqlite: DROP TRIGGER standing_comes;
--sqlite: DROP TRIGGER standing_goes;
DROP TABLE standing_count;
CREATE TABLE standing_count (
    series          text    NOT NULL,
    last_safe       integer NOT NULL,
    ward            text    NOT NULL,
    status          text    NOT NULL,
    contraindicated integer NOT NULL,
    persons         integer NOT NULL,
    PRIMARY KEY (last_safe, series, ward, status, contraindicated)
)
--sqlite: WITHOUT ROWID
;
INSERT INTO standing_count (series, last_safe, ward, status, contraindicated, persons)
 SELECT series, last_safe, ward, status, contraindicated, count(*) FROM standing
 GROUP BY series, last_safe, ward, status, contraindicated;
--sqlite: CREATE TRIGGER standing_comes AFTER INSERT ON standing BEGIN
--sqlite:  INSERT INTO standing_count (series, last_safe, ward, status, contraindicated, persons)
--sqlite:  VALUES (NEW.series, NEW.last_safe, NEW.ward, NEW.status, NEW.contraindicated, 1)
--sqlite:  ON CONFLICT (series, last_safe, ward, status, contraindicated) DO UPDATE SET persons = persons + 1; END;
--sqlite: CREATE TRIGGER standing_goes AFTER DELETE ON standing BEGIN
--sqlite:  UPDATE standing_count SET persons = persons - 1 WHERE series = OLD.series AND last_safe = OLD.last_safe
--sqlite:  AND ward = OLD.ward AND status = OLD.status AND contraindicated = OLD.contraindicated; END;

CREATE INDEX intake_waiting_open ON intake_waiting (outcome, from_act) WHERE to_act = 2147483647;
