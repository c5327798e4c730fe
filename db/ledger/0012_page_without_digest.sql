-- A page keeps no digest of what was known of the person: nobody read it, and whoever guesses an address could
-- try it out on the digest, also after the person came under protection.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE print_page DROP COLUMN snapshot_sha256;
