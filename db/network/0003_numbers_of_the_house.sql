-- Numbers are given once in the way of the house: given_number (db/office) takes over what was given.
-- SPDX-License-Identifier: Apache-2.0
INSERT INTO given_number (name, last) SELECT name, last FROM counter;
DROP TABLE counter;
