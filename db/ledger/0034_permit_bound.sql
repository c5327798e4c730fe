-- A permit is bound to whom, what and when it was given for, under its number, and its end to a record of the trail:
-- `content` is now a keyed digest of all of it (src/programs/ledger/lists/list_permit_rows.h). One of before opens nothing any more; it was for one day.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE list_permit ADD COLUMN taken_record bigint;
CREATE INDEX list_permit_taken ON list_permit ((coalesce(taken_record, 0))) WHERE taken_at IS NOT NULL;
