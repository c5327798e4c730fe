-- Whether a row that waits reports a dose: 1, then its letter is held; 0 an examination or a stopped one (接種区分 2, 4).
-- Rows that wait since before this hold as they did.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE intake_waiting ADD COLUMN given integer NOT NULL DEFAULT 1;
