-- Long work that somebody asked for at a screen: what it is, how far it came, what came out. Who asked for what exactly
-- stands sealed in the ticket.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE work_order (
    order_no integer PRIMARY KEY,
    kind     text    NOT NULL,
    words    text    NOT NULL,  -- what was asked for; nobody is named
    asked_by text    NOT NULL,
    asked_at bigint  NOT NULL,  -- microseconds, UTC
    ticket   text    NOT NULL,
    state    integer NOT NULL,  -- 1 asked for, 2 at work, 3 done, 4 failed
    ended_at bigint  NOT NULL,  -- 0: not yet
    said     text    NOT NULL,  -- what came out, in words
    made     text    NOT NULL   -- batches or files that came out, one a line
);
