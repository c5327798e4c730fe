-- The files of a batch of notices, written down before there is one, so that none of them lies about without its record.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE notice_file (
    draft  text    PRIMARY KEY,  -- where it lies until the batch is committed
    path   text    NOT NULL,     -- where it lies then
    run_no integer NOT NULL,
    sha256 text,                 -- NULL: its batch is not committed; the draft goes away
    fate   integer NOT NULL      -- 0 waits for its name, 1 has it, 2 was lost before it had it
);
