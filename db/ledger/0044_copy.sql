-- 副本: what of the ledger's doses lies at the intermediate server, so that each day only what changed is laid down, and the
-- two can be compared.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE copy_record (
    dose_id    integer PRIMARY KEY,  -- its key over there: "D" and this number
    version    bigint  NOT NULL,     -- grows with each delivery of this record
    hash       bytea   NOT NULL,     -- SHA-256 of its items, as both sides make it
    judged_act integer NOT NULL,     -- of the judgement that it was made from
    hidden     integer NOT NULL,     -- 1: made without the place, for the person is protected
    deleted    integer NOT NULL      -- 1: taken back over there
);

-- The deliveries of the data set. One row, number 1.
CREATE TABLE copy_delivery (
    delivery_no integer PRIMARY KEY,
    sequence    bigint  NOT NULL     -- of the last message that was taken
);
