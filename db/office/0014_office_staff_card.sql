-- Whose card is whose: the key that its certificate proves. A card is ended, never changed; a person has one.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE staff_card (
    card_no      bigint PRIMARY KEY,
    staff_no     bigint NOT NULL REFERENCES staff (staff_no),
    card_key     text   NOT NULL,  -- "sha256//...", of the key in its certificate
    bound_at     bigint NOT NULL,
    bound_by     text   NOT NULL,
    record_no    bigint NOT NULL,  -- of the binding
    ended_at     bigint,           -- NULL: still so
    ended_record bigint,
    proof        bytea  NOT NULL   -- keyed digest of the row (src/office/staff/entry_proof.h)
);
CREATE UNIQUE INDEX staff_card_key ON staff_card (card_key) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX staff_card_open ON staff_card (staff_no) WHERE ended_at IS NULL;

ALTER TABLE desk_session ADD COLUMN card_key text;  -- with which it was begun; NULL: the card of an office for practice
