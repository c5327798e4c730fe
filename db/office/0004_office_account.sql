-- Who a person of the office is to the machine, and what proved who acted.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE staff ADD COLUMN account bigint;  -- the user id of the machine's login; NULL: none yet
CREATE UNIQUE INDEX staff_account ON staff (account) WHERE account IS NOT NULL;

-- "uid:1000 花子" or "role:ledger"; beside operator_name, which says for whom it was done.
ALTER TABLE audit_leaf ADD COLUMN proven text;
