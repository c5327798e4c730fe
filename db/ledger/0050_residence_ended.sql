-- Who died or moved away lately, for the envelopes that should not leave: the first page of a day asks for them.
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX residence_ended ON residence (last_day, person_id) WHERE to_act = 2147483647 AND ending > 1;
