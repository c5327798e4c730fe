-- At which place of the sequence of changes a number became known: with the version of its row, or by itself. So that
-- whoever follows numbers (/numbers) misses none. A number of before gets the place of the version that it came with.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE person_number ADD COLUMN change_no bigint NOT NULL DEFAULT 0;
UPDATE person_number SET change_no = (SELECT coalesce(max(v.change_no), 0) FROM register_version v
    WHERE v.person_id = person_number.person_id AND v.file_no <= person_number.from_file);
CREATE INDEX person_number_change ON person_number (change_no, person_id);
CREATE INDEX person_number_person ON person_number (person_id, number_id);
