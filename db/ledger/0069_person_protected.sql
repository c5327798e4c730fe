-- Who is under protection is asked at each opening of the trail's page: few of a city.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX person_protected ON person (addressee_no) WHERE protected = 1;
