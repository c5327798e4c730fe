-- Of several addressee numbers of a person one may have been given by mistake: the person is none while another stands.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE addressee_number ADD COLUMN withdrawn integer NOT NULL DEFAULT 0;  -- 1: registered by mistake
UPDATE addressee_number SET withdrawn = 1
    WHERE person_id IN (SELECT person_id FROM unified_person WHERE withdrawn = 1);
