-- What is wrong with a returned row, as its file calls the item: the list of returned rows can be written again. NULL:
-- all of the row, or it was taken before this.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE intake_row ADD COLUMN item text;
