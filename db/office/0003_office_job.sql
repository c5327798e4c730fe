-- Work that takes long: how far it is, so that it goes on after a crash where it was.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE job (
    job_id      bigint  PRIMARY KEY,
    kind        text    NOT NULL,
    input       bytea   NOT NULL,       -- SHA-256 of what it works on
    state       integer NOT NULL,       -- JobState
    cursor_at   text    NOT NULL,
    done        bigint  NOT NULL,
    total       bigint  NOT NULL,
    started_at  bigint  NOT NULL,
    started_by  text    NOT NULL,
    moved_at    bigint  NOT NULL,
    finished_at bigint,
    report      text
);
CREATE INDEX job_kind ON job (kind, job_id);
