-- Whose letters lie in an envelope to be pulled is asked by the first page of everybody's day: who left lately, not who ever lived here.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX residence_ended_lately ON residence (last_day, person_id) WHERE to_act = 2147483647 AND ending > 1;
