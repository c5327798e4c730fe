-- わたしの情報: what a citizen wanted to see of what an organisation keeps. The envelope opens with the key of this one look, which
-- is sealed here; both go with the day.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE self_view (
    view_no      bigint PRIMARY KEY,
    view_id      bytea  NOT NULL,
    person_index bytea  NOT NULL,  -- keyed, of the link
    organisation text   NOT NULL,
    asked_at     bigint NOT NULL,
    sealed_key   bytea  NOT NULL,
    envelope     bytea             -- NULL: nothing came yet
);
CREATE UNIQUE INDEX self_view_id ON self_view (view_id);
CREATE INDEX self_view_whose ON self_view (person_index, organisation, view_no);
