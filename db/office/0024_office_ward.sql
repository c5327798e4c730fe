-- In which wards a duty is held that is held for a term: codes of the ward, apart by a blank. '': in the whole city.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE staff_term ADD COLUMN wards text NOT NULL DEFAULT '';
