-- What proved who imported a file: whoever approves it must be proven to be somebody else.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE feed_file ADD COLUMN imported_account text;  -- "uid:1000"; NULL: of before this was kept
