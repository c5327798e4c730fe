-- What an organisation hides of a person from the citizen's view (shield.h); by the person, so that it holds for every record of
-- before and to come. The person is the keyed index of the link, as in relay.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE shield (
    organisation   text    NOT NULL,
    person_index   bytea   NOT NULL,
    procedure_code text    NOT NULL,  -- empty: of every one
    hides          integer NOT NULL,  -- bits of ShieldHides
    PRIMARY KEY (person_index, organisation, procedure_code)
);
