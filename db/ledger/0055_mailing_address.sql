-- 送付先: where post for a person goes, for which purpose, from when until when, as 宛名管理 told it last. Of a protected person
-- there is none. The one address beside a version was never told to anybody.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE mailing_address (
    mailing_id  integer PRIMARY KEY,
    person_id   integer NOT NULL,
    purpose     integer NOT NULL,  -- MailingPurpose (mailing.h)
    begins_on   integer NOT NULL,
    ends_on     integer NOT NULL,  -- its last day
    postal_code text    NOT NULL,
    address     text    NOT NULL,
    building    text,
    from_act    integer NOT NULL,
    to_act      integer NOT NULL
);
CREATE INDEX mailing_address_person ON mailing_address (person_id, to_act, mailing_id);

-- A letter that was drawn before it came is drawn again (person_last_act).
--sqlite: CREATE TRIGGER mailing_address_begins AFTER INSERT ON mailing_address BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.from_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--sqlite: CREATE TRIGGER mailing_address_ends AFTER UPDATE OF to_act ON mailing_address WHEN NEW.to_act < 2147483647 BEGIN
--sqlite:  INSERT INTO person_last_act (person_id, act_no) VALUES (NEW.person_id, NEW.to_act) ON CONFLICT (person_id) DO UPDATE SET act_no = excluded.act_no WHERE act_no < excluded.act_no; END;
--postgresql: CREATE TRIGGER mailing_address_begins AFTER INSERT ON mailing_address REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_from();
--postgresql: CREATE TRIGGER mailing_address_ends AFTER UPDATE ON mailing_address REFERENCING NEW TABLE AS marked FOR EACH STATEMENT EXECUTE FUNCTION person_touched_to();

ALTER TABLE resident_version DROP COLUMN mail_recipient;
ALTER TABLE resident_version DROP COLUMN mail_postal_code;
ALTER TABLE resident_version DROP COLUMN mail_address;
ALTER TABLE resident_version DROP COLUMN mail_building;
