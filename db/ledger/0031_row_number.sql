-- A row number (行番号) as numbers are compared: 3, ３ and 03 are one row. NULL: as it was written.
-- And whom a row under review may mean, asked by the person.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE intake_row ADD COLUMN number text;
ALTER TABLE intake_waiting ADD COLUMN number text;

UPDATE intake_row SET number =
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    label, '０', '0'), '１', '1'), '２', '2'), '３', '3'), '４', '4'), '５', '5'), '６', '6'), '７', '7'), '８', '8'), '９', '9')
  WHERE label LIKE '0%' OR label LIKE '０%' OR label LIKE '１%' OR label LIKE '２%' OR label LIKE '３%' OR label LIKE '４%'
     OR label LIKE '５%' OR label LIKE '６%' OR label LIKE '７%' OR label LIKE '８%' OR label LIKE '９%';
UPDATE intake_row SET number = coalesce(nullif(ltrim(number, '0'), ''), '0')
  WHERE number IS NOT NULL AND ltrim(number, '0123456789') = '';
UPDATE intake_waiting SET number = (SELECT r.number FROM intake_row r WHERE r.row_id = intake_waiting.row_id);

DROP INDEX intake_waiting_label;
CREATE INDEX intake_waiting_label ON intake_waiting (month, (coalesce(number, label)), row_id) WHERE to_act = 2147483647;
CREATE INDEX intake_candidate_person ON intake_candidate (person_id, row_id);
