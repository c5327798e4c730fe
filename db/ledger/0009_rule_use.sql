-- By which rules the ledger judged since when: a row where an act judged by others than the one before it.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE rule_use (
    from_act  integer PRIMARY KEY,
    version   text    NOT NULL,  -- hash of the compiled rules
    law_as_of integer            -- the day whose law they hold
);
