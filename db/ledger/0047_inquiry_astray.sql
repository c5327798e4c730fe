-- News of an inquiry that came under numbers of which none is the person's: asked for again until one is, or somebody settles it.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE inquiry ADD COLUMN astray_no bigint;  -- its place in the feed of results; NULL: nothing waits
CREATE INDEX inquiry_astray ON inquiry (astray_no) WHERE astray_no IS NOT NULL;
