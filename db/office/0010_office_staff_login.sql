-- Every login that was ever bound to somebody: one person is known again at whichever door, also when the
-- login has been given to another name since.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE staff_login (
    bind_no   bigint PRIMARY KEY,
    staff_no  bigint NOT NULL REFERENCES staff (staff_no),
    account   bigint NOT NULL,  -- the user id of the machine's login
    record_no bigint            -- of the binding; NULL: of before records were kept
);
CREATE INDEX staff_login_staff ON staff_login (staff_no);
CREATE INDEX staff_login_account ON staff_login (account);

INSERT INTO staff_login (bind_no, staff_no, account, record_no)
    SELECT staff_no, staff_no, account, account_record FROM staff WHERE account IS NOT NULL;
