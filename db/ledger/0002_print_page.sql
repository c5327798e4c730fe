-- Which page of which paper was printed for whom: what a page tag means (頁札).
-- SPDX-License-Identifier: Apache-2.0
--
-- Nothing can be read from a tag itself. A page that comes back is found here, by who may look.

CREATE TABLE print_page (
    page_id         text    NOT NULL PRIMARY KEY,  -- as in the tag: 30 characters
    run_no          integer NOT NULL,              -- the list it left with
    sequence        integer NOT NULL,              -- of the person in that list, from 1
    person_id       integer NOT NULL,
    paper           text    NOT NULL,              -- as in the foot line
    form_version    text    NOT NULL,
    page_no         integer NOT NULL,              -- of the person, from 1
    page_count      integer NOT NULL,
    snapshot_sha256 text    NOT NULL               -- of what was known of the person when it was drawn
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX print_page_person ON print_page (person_id, run_no, page_no);
