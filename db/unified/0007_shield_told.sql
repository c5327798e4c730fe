-- Whether the intermediate server has heard that somebody is protected, or no longer: it hides what the citizen could see.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE unified_person ADD COLUMN shield_told integer NOT NULL DEFAULT 0;  -- 1: told as protected
CREATE INDEX unified_person_shield ON unified_person (person_id) WHERE hidden <> shield_told;
