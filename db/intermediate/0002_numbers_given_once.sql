-- Numbers are given once, also by a server that was put back from an older copy (given_number): they may then be larger than
-- 32 bits hold. The sequences go on above what was given before them.
-- SPDX-License-Identifier: Apache-2.0
--postgresql: ALTER TABLE inquiry ALTER COLUMN inquiry_id TYPE bigint;
--postgresql: ALTER TABLE provision ALTER COLUMN provision_id TYPE bigint;
--postgresql: ALTER TABLE incident ALTER COLUMN incident_no TYPE bigint;
--postgresql: ALTER TABLE copy_record ALTER COLUMN record_no TYPE bigint;

INSERT INTO given_number (name, last) SELECT 'inquiry', coalesce(max(inquiry_id), 0) FROM inquiry;
INSERT INTO given_number (name, last) SELECT 'inquiry_change', coalesce(max(change_no), 0) FROM inquiry;
INSERT INTO given_number (name, last) SELECT 'code_change', coalesce(max(change_no), 0) FROM code_hold;
INSERT INTO given_number (name, last) SELECT 'provision', coalesce(max(provision_id), 0) FROM provision;
INSERT INTO given_number (name, last) SELECT 'record', coalesce(max(record_no), 0) FROM provision_record;
INSERT INTO given_number (name, last) SELECT 'incident', coalesce(max(incident_no), 0) FROM incident;
INSERT INTO given_number (name, last) SELECT 'copy', coalesce(max(record_no), 0) FROM copy_record;
