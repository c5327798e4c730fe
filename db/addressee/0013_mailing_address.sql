-- 送付先: where post for a person goes, for which purpose, from when until when. Where that is stands sealed for everybody, so that
-- nothing must be hidden when somebody comes under protection.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE mailing_address (
    mailing_no integer PRIMARY KEY,
    person_id  integer NOT NULL,
    change_no  bigint  NOT NULL,  -- place in the one sequence of changes at which the ledger is told all that stand of the person
    purpose    integer NOT NULL,  -- MailingPurpose (mailing.h)
    begins_on  integer NOT NULL,
    ends_on    integer NOT NULL,  -- its last day; nothing has to be done on it
    sealed     bytea   NOT NULL,  -- postal code, address, building
    reason     text    NOT NULL,
    entered_by text    NOT NULL,  -- who granted it
    entered_at bigint  NOT NULL,
    ended_by   text,              -- who granted its end; NULL: it stands
    ended_at   bigint
);
CREATE INDEX mailing_address_person ON mailing_address (person_id, mailing_no);
CREATE INDEX mailing_address_change ON mailing_address (change_no, person_id);
CREATE INDEX mailing_address_ends ON mailing_address (ends_on, mailing_no) WHERE ended_at IS NULL;
