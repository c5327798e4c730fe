-- The pages of a batch in the order in which they lie in its file.
-- SPDX-License-Identifier: Apache-2.0
CREATE INDEX print_page_run ON print_page (run_no, sequence, page_no);
