-- Numbers that left the machine are given once, also by an office that was put back from an older copy.
-- SPDX-License-Identifier: Apache-2.0

-- The last one of each sequence; `restored`: the moment at which this office was put back last.
CREATE TABLE given_number (
    name text   PRIMARY KEY,
    last bigint NOT NULL
);
