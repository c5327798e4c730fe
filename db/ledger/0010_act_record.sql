-- The audit record of each act: an act without one was not done through any door.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE act ADD COLUMN record_no bigint;  -- audit_leaf; NULL: of before acts named it
