-- Two trails are one: each record says how far the other one had come (src/office/audit/looks.h).
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE audit_leaf ADD COLUMN other_no bigint;    -- the last record of looks; NULL: there was none
ALTER TABLE audit_leaf ADD COLUMN other_chain bytea;
