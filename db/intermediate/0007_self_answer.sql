-- What a citizen asked at the portal, answered and not yet sent: gone when the network has it.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE self_answer (
    answer_no bigint PRIMARY KEY,
    view_id   bytea  NOT NULL,
    envelope  bytea  NOT NULL
);
CREATE UNIQUE INDEX self_answer_view ON self_answer (view_id);
