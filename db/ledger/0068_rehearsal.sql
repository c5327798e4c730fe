-- What a rule set that is not in force would change: made by an order (work_order), read by its pages.
-- SPDX-License-Identifier: Apache-2.0
--
-- Nobody is named: name, birth date and protection are those of the person when the line is read. It goes with the nightly
-- erasing.
CREATE TABLE rehearsal (
    rehearsal_no integer PRIMARY KEY,
    whole        integer NOT NULL,  -- 1: every line is there
    rule_set     text    NOT NULL,  -- as it was chosen
    day          integer NOT NULL,  -- for which everybody was judged
    from_version text    NOT NULL,  -- of the rules of the office
    to_version   text    NOT NULL,  -- of the rule set
    judged       bigint  NOT NULL,  -- residents
    changed      bigint  NOT NULL,  -- of them, whose answers differ
    unknown      bigint  NOT NULL,  -- doses of products that the rule set does not know
    made_at      bigint  NOT NULL   -- microseconds, UTC
);

CREATE TABLE rehearsal_line (
    rehearsal_no       integer NOT NULL,
    place              integer NOT NULL,  -- in the order of the list, from 1
    series_place       integer NOT NULL,  -- of the series, in the order of the rules
    change             text    NOT NULL,  -- STATUS, POSITION, DAYS, DOSES: the first that differs
    person_id          integer NOT NULL,
    series             text    NOT NULL,
    vaccine            text    NOT NULL,  -- the series as people call it
    from_status        text    NOT NULL,  -- statuses and verdicts in words
    to_status          text    NOT NULL,
    from_position      text    NOT NULL,  -- '' no next dose
    to_position        text    NOT NULL,
    from_earliest      integer,           -- of these days NULL: none
    to_earliest        integer,
    from_standard_from integer,
    to_standard_from   integer,
    from_standard_to   integer,
    to_standard_to     integer,
    from_last          integer,
    to_last            integer,
    doses              text    NOT NULL,  -- whose verdicts differ
    PRIMARY KEY (rehearsal_no, place)
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX rehearsal_line_kind ON rehearsal_line (rehearsal_no, series_place, change, place);
