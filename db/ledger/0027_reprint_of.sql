-- What a batch prints once more: taken back with the letters that it repeats. 0: nothing.
-- Batches of before repeat the last letter about the same dose that left before them.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE notice_run ADD COLUMN reprint_of integer NOT NULL DEFAULT 0;
UPDATE notice_run SET reprint_of = (SELECT coalesce(max(o.run_no), 0) FROM notice r JOIN notice o
  ON o.person_id = r.person_id AND o.series = r.series AND o.position = r.position AND o.run_no < r.run_no AND o.kind <> 'reprint'
  WHERE r.run_no = notice_run.run_no AND r.kind = 'reprint');
