-- A letter that was taken back before it was posted was never sent: the act that took it back ends its row.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE notice ADD COLUMN to_act integer NOT NULL DEFAULT 2147483647;
CREATE INDEX notice_run_person ON notice (run_no, person_id, notice_id);
