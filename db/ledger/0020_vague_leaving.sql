-- The day on which somebody died or left may be partly unknown: last_day is the latest reading, the earliest lies so
-- many days before it. Whoever left before this was kept stands as known to the day until the register tells again.
-- SPDX-License-Identifier: Apache-2.0
ALTER TABLE residence ADD COLUMN vague_days integer NOT NULL DEFAULT 0;
