-- Who looks at a row under review, so that two people never decide the same one.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE review_claim (
    row_id        integer PRIMARY KEY,
    claimed_by    text    NOT NULL,
    claimed_until bigint  NOT NULL  -- microseconds, UTC
);
