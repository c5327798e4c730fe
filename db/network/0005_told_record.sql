-- What organisations told of their own records, so that a citizen sees each access once with what the three say of it. `said` is
-- the message without the code (record_told): organisations, what was asked for and when, and nothing of the person.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE told_record (
    inquirer     text    NOT NULL,
    inquiry_no   text    NOT NULL,
    role         integer NOT NULL,  -- RecordRole
    person_index bytea,             -- keyed, of the link; NULL: it named nobody
    told_at      bigint  NOT NULL,
    said         bytea   NOT NULL,
    PRIMARY KEY (inquirer, inquiry_no, role)
);
CREATE INDEX told_record_person ON told_record (person_index);
CREATE INDEX told_record_age ON told_record (told_at);
