-- Of a protected person no version keeps a place in clear, the ones before the protection neither. From now
-- on sync forgets them with the change that brings the protection; this does it for those who had it already.
-- SPDX-License-Identifier: Apache-2.0
UPDATE resident_version SET protection = 1, household_no = NULL, municipality_code = NULL,
 postal_code = NULL, town = NULL, lot = NULL, branch = NULL, sub_branch = NULL, address = NULL,
 building = NULL, phone = NULL, from_address = NULL, from_building = NULL, from_municipality = NULL,
 to_address = NULL, to_building = NULL, to_municipality = NULL, mail_recipient = NULL,
 mail_postal_code = NULL, mail_address = NULL, mail_building = NULL
 WHERE protection = 0 AND person_id IN (SELECT person_id FROM person WHERE protected = 1);
UPDATE match_version SET household_no = NULL, address = NULL, building = NULL
 WHERE person_id IN (SELECT person_id FROM person WHERE protected = 1);
