-- A submission is known again by name and bytes, and its rows wait until somebody settles them.
-- SPDX-License-Identifier: Apache-2.0
--
-- The same bytes under another name are a new file. Files taken before this are known by the digest that they
-- were given then and their name.

CREATE TABLE intake_file_named (
    file_no   integer PRIMARY KEY,
    digest    text    UNIQUE,    -- keyed, of name and bytes; NULL: taken before this
    sha256    text,              -- of the bytes; of files taken before this alone
    name      text    NOT NULL,
    month     integer NOT NULL,  -- 202610; 0 where the name does not say
    row_count integer NOT NULL,
    accepted  integer NOT NULL,
    warned    integer NOT NULL,
    review    integer NOT NULL,
    returned  integer NOT NULL,
    duplicate integer NOT NULL,
    act_no    integer NOT NULL
);
INSERT INTO intake_file_named (file_no, sha256, name, month, row_count, accepted, warned, review, returned, duplicate, act_no)
SELECT file_no, sha256, name, month, row_count, accepted, warned, review, returned, duplicate, act_no FROM intake_file;
DROP TABLE intake_file;
ALTER TABLE intake_file_named RENAME TO intake_file;
CREATE INDEX intake_file_sha256 ON intake_file (sha256);
CREATE INDEX intake_file_month ON intake_file (month, file_no);

-- Which rows carried 訂正 (1), and under which 期回数 somebody was seen without being given anything.
ALTER TABLE intake_row ADD COLUMN corrects integer;
CREATE INDEX intake_row_corrects ON intake_row (file_no, row_id) WHERE corrects = 1;
CREATE INDEX intake_row_label ON intake_row (file_no, label, row_id);
ALTER TABLE not_given ADD COLUMN claimed_position text;

-- Rows under review and rows returned, until the row is sent again or decided. `items` are its items in the
-- order of the contract, separated by U+001F, so that it can be judged anew; like as_read it holds no
-- Individual Number, and of a protected person no address.
CREATE TABLE intake_waiting (
    row_id       integer PRIMARY KEY,
    outcome      integer NOT NULL,  -- 3 review, 4 returned
    month        integer NOT NULL,
    label        text    NOT NULL,
    clinic_code  text,
    person_id    integer NOT NULL,  -- the one person whom it names; 0: nobody, or several
    product_no   integer NOT NULL,  -- 0: not known
    given_on     integer NOT NULL,
    birth        integer NOT NULL,  -- as written
    addressee_no text,              -- as written, where it is a number
    content      text,
    items        text,
    from_act     integer NOT NULL,
    to_act       integer NOT NULL
);
CREATE INDEX intake_waiting_person ON intake_waiting (person_id, row_id) WHERE to_act = 2147483647;
CREATE INDEX intake_waiting_birth ON intake_waiting (birth, row_id) WHERE to_act = 2147483647;
CREATE INDEX intake_waiting_number ON intake_waiting (addressee_no, row_id) WHERE to_act = 2147483647;
CREATE INDEX intake_waiting_content ON intake_waiting (content, row_id) WHERE to_act = 2147483647;
CREATE INDEX intake_waiting_label ON intake_waiting (month, label, row_id) WHERE to_act = 2147483647;

-- What waits under review since before this and names one person alone; its product is not known any more.
INSERT INTO intake_waiting (row_id, outcome, month, label, person_id, product_no, given_on, birth, content, from_act, to_act)
SELECT r.row_id, r.outcome, f.month, r.label, min(c.person_id), 0, 0, 0, r.content, f.act_no, 2147483647
  FROM intake_row r JOIN intake_file f ON f.file_no = r.file_no JOIN intake_candidate c ON c.row_id = r.row_id
 WHERE r.outcome = 3 GROUP BY r.row_id, r.outcome, f.month, r.label, r.content, f.act_no HAVING count(*) = 1;
