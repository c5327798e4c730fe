-- What one person asks for and another decides (src/domain/approval). A request is never changed but for
-- its state and who decided, and never removed.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE approval (
    approval_no   bigint  PRIMARY KEY,
    kind          text    NOT NULL,  -- ApprovalKind of the program: dose_cancel …
    subject       text    NOT NULL,  -- what is asked for, in words
    reason        text    NOT NULL,  -- why
    payload       bytea   NOT NULL,  -- what is to be done, in the form of its kind
    content       bytea   NOT NULL,  -- keyed digest of what it would change, as it was when asked
    state         integer NOT NULL,  -- ApprovalState
    asked_by      text    NOT NULL,
    asked_proof   text    NOT NULL,
    asked_at      bigint  NOT NULL,  -- microseconds, UTC
    last_day      integer NOT NULL,  -- on which it may be granted or carried out
    decided_by    text,
    decided_proof text,
    decided_at    bigint,
    decision      text               -- why it was refused
);
CREATE INDEX approval_state ON approval (state, approval_no);
