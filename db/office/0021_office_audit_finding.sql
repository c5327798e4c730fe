-- What came of looking at a day of somebody's that stood out in the trail. Never changed; another may be added.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE audit_finding (
    finding_no bigint  PRIMARY KEY,
    operator   text    NOT NULL,  -- whose day it was
    on_day     integer NOT NULL,  -- civil day number, by the clock
    result     text    NOT NULL,
    words      text    NOT NULL,
    found_at   bigint  NOT NULL,
    found_by   text    NOT NULL,
    record_no  bigint  NOT NULL
);
CREATE INDEX audit_finding_day ON audit_finding (on_day, operator);
