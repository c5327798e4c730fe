-- The rules by which the ledger judged, as their files read: what was answered on a day can be answered again after
-- the law, the program or the office's folder has changed.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE rule_text (
    version text NOT NULL,  -- as in rule_use
    name    text NOT NULL,  -- of the file
    body    text NOT NULL,
    PRIMARY KEY (version, name)
)
--sqlite: WITHOUT ROWID
;
