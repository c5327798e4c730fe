-- Numbers are given once, also by an office that was put back from an older copy (given_number): they may then be larger than
-- 32 bits hold. The sequences go on above what was given before them.
-- SPDX-License-Identifier: Apache-2.0
--postgresql: ALTER TABLE unified_person ALTER COLUMN person_id TYPE bigint;
--postgresql: ALTER TABLE addressee_number ALTER COLUMN person_id TYPE bigint;
--postgresql: ALTER TABLE individual_number ALTER COLUMN number_id TYPE bigint;
--postgresql: ALTER TABLE individual_number ALTER COLUMN person_id TYPE bigint;
--postgresql: ALTER TABLE unified_work ALTER COLUMN work_no TYPE bigint;
--postgresql: ALTER TABLE unified_work ALTER COLUMN person_id TYPE bigint;
--postgresql: ALTER TABLE unified_work ALTER COLUMN other_id TYPE bigint;

INSERT INTO given_number (name, last) SELECT 'person', coalesce(max(person_id), 0) FROM unified_person;
INSERT INTO given_number (name, last) SELECT 'unified', coalesce(max(person_id), 0) FROM unified_person;
INSERT INTO given_number (name, last) SELECT 'number', coalesce(max(number_id), 0) FROM individual_number;
INSERT INTO given_number (name, last) SELECT 'work', coalesce(max(work_no), 0) FROM unified_work;
