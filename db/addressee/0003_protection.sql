-- Protection by household: who shares one is found by a keyed index, for the number itself is sealed with
-- the place of whoever is protected.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE person ADD COLUMN household_key bigint NOT NULL DEFAULT 0;  -- of the newest version; 0 = not made yet
ALTER TABLE person ADD COLUMN protection integer NOT NULL DEFAULT 0;    -- 1 own, 2 of the household, 3 ended
CREATE INDEX person_household ON person (household_key, person_id);
CREATE INDEX person_protected ON person (protection, household_key) WHERE protection > 0;
