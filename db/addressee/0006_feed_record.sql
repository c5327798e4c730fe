-- The audit record of each file that was taken: a file without one came through no door.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE feed_file ADD COLUMN record_no bigint;  -- audit_leaf; NULL: of before files named it
