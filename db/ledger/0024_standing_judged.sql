-- Who was judged after a day: of them a list of changes since that day cannot say that nothing changed.
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX standing_person_judged ON standing_person (judged_on, person_id);
