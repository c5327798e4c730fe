-- What the register did not give the ledger with a version, and with the page that was taken last: bits of items (consumer.h).
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE resident_version ADD COLUMN withheld bigint NOT NULL DEFAULT 0;
ALTER TABLE sync_batch ADD COLUMN withheld bigint NOT NULL DEFAULT 0;
