-- Where protected people were before the protection, as keyed indexes: a clinic's row that names an old address is
-- still recognised, and the database alone tells no address.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE match_place (
    person_id integer NOT NULL,
    place_key text    NOT NULL,  -- HMAC of the folded block, with the ledger's key
    PRIMARY KEY (person_id, place_key)
)
--sqlite: WITHOUT ROWID
;
