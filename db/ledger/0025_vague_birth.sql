-- Residents whose birth date lacks its day: few, and counted on the first page of every day.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX person_vague_birth ON person (person_id) WHERE birth % 100 = 0 AND withdrawn = 0 AND status = 1;
