-- A link that is doubted here is doubted at the intermediate server too, a code of somebody who was registered by mistake is
-- given back (code_step 3), and news that cannot be read are work.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE unified_person ADD COLUMN doubt integer NOT NULL DEFAULT 0;  -- LinkDoubt (unified_person_rows.h)
CREATE INDEX unified_person_doubt ON unified_person (doubt, person_id) WHERE doubt > 0;

ALTER TABLE unified_work ADD COLUMN feed_no bigint;  -- of news that cannot be read: their place among the news
ALTER TABLE unified_work ADD COLUMN about text;      -- item and value of them
CREATE INDEX unified_work_news ON unified_work (feed_no) WHERE feed_no IS NOT NULL AND done_at IS NULL;

UPDATE unified_person SET doubt = 1 WHERE EXISTS
    (SELECT 1 FROM unified_work w WHERE w.done_at IS NULL AND w.kind IN ('NUMBER_CLASH', 'NUMBER_REVIEW')
     AND (w.person_id = unified_person.person_id OR w.other_id = unified_person.person_id));
UPDATE unified_person SET code_step = 3 WHERE withdrawn = 1 AND code_state <> 0;
