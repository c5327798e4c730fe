-- Special circumstances (特別の事情): a fact of one vaccine with a beginning and an end, recognised by somebody on a day.
-- SPDX-License-Identifier: Apache-2.0
--
-- Such a fact is known from the day of its recognition (since), whether the circumstance has ended or not; what
-- it opens hangs on began and ended. Facts of the old kind, long_term_recovered, stay as they are: they know
-- neither vaccine nor beginning, open nothing and are listed as work.

ALTER TABLE person_fact ADD COLUMN began integer;          -- the day the circumstance began; NULL: no such fact
ALTER TABLE person_fact ADD COLUMN ended integer;          -- the day it was over; NULL: it still runs
ALTER TABLE person_fact ADD COLUMN recognised_on integer;  -- 認定日, where the file names it
ALTER TABLE person_fact ADD COLUMN recognised_by text;     -- 認定者
