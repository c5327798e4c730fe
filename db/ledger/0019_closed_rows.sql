-- What an act closed, or judged, is found without reading the rest: records count it (audit_tally).
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX dose_closed ON dose (to_act, dose_id) WHERE to_act < 2147483647;
CREATE INDEX dose_origin_closed ON dose_origin (to_act, origin_id) WHERE to_act < 2147483647;
CREATE INDEX not_given_closed ON not_given (to_act, record_id) WHERE to_act < 2147483647;
CREATE INDEX person_fact_closed ON person_fact (to_act, fact_id) WHERE to_act < 2147483647;
CREATE INDEX clinic_closed ON clinic (to_act, clinic_id) WHERE to_act < 2147483647;
CREATE INDEX claim_closed ON claim (to_act, claim_id) WHERE to_act < 2147483647;
CREATE INDEX dose_judgement_begun ON dose_judgement (from_act, dose_id);
CREATE INDEX dose_judgement_closed ON dose_judgement (to_act, dose_id) WHERE to_act < 2147483647;
