-- Which row was decided by an act: a dose that ended by a decision says so when its row comes again.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX intake_decision_act ON intake_decision (act_no);
