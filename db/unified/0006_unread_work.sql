-- What waits for one addressee number ends when the register can be read again: asked at every change of the register.
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX unified_work_addressee ON unified_work (addressee_no, work_no) WHERE done_at IS NULL;
