-- Up to where the network was told of our records.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE network_place ADD COLUMN record_no bigint NOT NULL DEFAULT 0;
