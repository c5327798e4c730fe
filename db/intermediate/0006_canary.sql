-- Invented citizens in the copies of others, read from here each day (canary.h).
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE canary (
    canary_no  bigint  PRIMARY KEY,
    unified_no text    NOT NULL,
    provider   text    NOT NULL,
    dataset    text    NOT NULL,
    days       integer NOT NULL,  -- as old as the copy may be
    since      bigint  NOT NULL,
    asked_at   bigint  NOT NULL,  -- 0: never
    inquiry_no text    NOT NULL,  -- under way; empty: none is
    read_at    bigint  NOT NULL,  -- 0: never
    result     integer NOT NULL,  -- LinkageResult of the last reading that ended
    as_of      integer NOT NULL   -- of the copy that was read
);
CREATE UNIQUE INDEX canary_whose ON canary (provider, dataset, unified_no);

-- Their inquiries are not the ledger's to hear of.
CREATE TABLE canary_inquiry (
    inquiry_no text PRIMARY KEY
);
