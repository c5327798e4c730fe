-- Forms of the screens: the numbers that were used up, and what was typed and is not done yet.
-- SPDX-License-Identifier: Apache-2.0

-- Taken in the transaction of the change that the form asked for: so it is done at most once.
CREATE TABLE desk_form (
    number   bytea  PRIMARY KEY,  -- keyed digest of the number that the form carried
    content  bytea  NOT NULL,     -- keyed digest of what stood in it
    taken_at bigint NOT NULL,
    led_to   text                 -- where the first answer led; NULL: the server died before it was said
);
CREATE INDEX desk_form_taken ON desk_form (taken_at);

CREATE TABLE desk_draft (
    staff_no   bigint NOT NULL REFERENCES staff (staff_no),
    place      bytea  NOT NULL,  -- keyed digest of which form about whom
    session_no bigint NOT NULL,
    open       text   NOT NULL,  -- where that session finds the form
    typed      text   NOT NULL,  -- sealed for its writer
    kept_at    bigint NOT NULL,
    PRIMARY KEY (staff_no, place)
);
