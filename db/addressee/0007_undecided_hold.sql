-- A hold says what the refused row spoke of, and stands until that is decided.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE person_hold ADD COLUMN event_reason integer NOT NULL DEFAULT 0;  -- as the refused row said it; 0 = unreadable
ALTER TABLE person_hold ADD COLUMN occurred_on integer;                      -- the earliest reading; NULL = unreadable
ALTER TABLE person_hold ADD COLUMN decided_at bigint;                        -- NULL with held = 1: open
ALTER TABLE person_hold ADD COLUMN decided_by text;                          -- "register", or who decided
ALTER TABLE person_hold ADD COLUMN decision text;                            -- that person's reason

-- Of what was held before, the newest is open where the person is still held.
UPDATE person_hold SET decided_at = 0, decided_by = 'register'
 WHERE person_id IN (SELECT person_id FROM person WHERE held = 0)
    OR change_no < (SELECT max(h.change_no) FROM person_hold h WHERE h.person_id = person_hold.person_id);

CREATE INDEX person_hold_open ON person_hold (person_id) WHERE held = 1 AND decided_at IS NULL;
