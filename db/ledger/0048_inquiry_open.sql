-- Inquiries that nobody has settled, among all that were ever asked: counted on the first page of each day.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX inquiry_open ON inquiry (inquiry_id) WHERE settled_at IS NULL;
