-- How many people stood due and late with each series at the end of a day's last roll: what is drawn over time. Nobody
-- is named, and nothing is made anew: a day of which no roll is left is a gap.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE standing_day (
    day    integer NOT NULL,
    series text    NOT NULL,
    due    bigint  NOT NULL,
    late   bigint  NOT NULL,
    PRIMARY KEY (day, series)
);
