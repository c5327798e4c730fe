-- Differences of two days, kept so that a page of one is read and nobody is judged for it.
-- SPDX-License-Identifier: Apache-2.0
--
-- Nothing here is known from elsewhere: it is judged from the rows of persons as they stood up to act_no, and goes with the
-- nightly erasing. Nobody is named: name, birth date and protection are those of the person when the line is read.
CREATE TABLE change_list (
    list_no   integer PRIMARY KEY,
    state     integer NOT NULL,  -- 1 being made, 2 whole, 3 a newer one of the same days has taken its place
    from_day  integer NOT NULL,
    to_day    integer NOT NULL,
    judged_by text    NOT NULL,  -- version of the rules, and of the engine
    act_no    integer NOT NULL,  -- the last act that was known
    made_at   bigint  NOT NULL   -- microseconds, UTC
);
CREATE INDEX change_list_days ON change_list (from_day, to_day, list_no);

CREATE TABLE change_line (
    list_no       integer NOT NULL,
    place         integer NOT NULL,  -- in the order of the list, from 1
    way           integer NOT NULL,  -- 0 newly due, 1 late, 2 finished, 3 due no more, 4 other
    person_id     integer NOT NULL,
    series        text    NOT NULL,
    cause         text    NOT NULL,  -- TIME, DOSE, PERSON, RULE, FACT
    from_status   text    NOT NULL,
    to_status     text    NOT NULL,
    from_position text    NOT NULL,  -- '' no next dose
    to_position   text    NOT NULL,
    detail        text    NOT NULL,
    PRIMARY KEY (list_no, place)
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX change_line_way ON change_line (list_no, way, place);
