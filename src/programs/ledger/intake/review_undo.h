// A decision about a row under review is taken back, and its file is closed.
//
// Taken back  the dose that the decision stored ends with its claim, the person is judged anew, and the row waits under review as
//             before. The decision stays as a row that has ended, with the record of who took it back.
// Refused     once the file is closed; where the decision changed more than its row and one dose (it corrected or moved a record,
//             stored an examination or a fact, settled another row); where the dose has been corrected or cancelled since.
// Closed      when no row of the file waits for a decision.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "review_undo_rows.h"

// In a transaction of its own, with its record. E_NOT_FOUND: no decision of this row stands; E_CONFLICT: it stays.
MUST bool review_undo(Ledger *ledger, int32_t row_id, Error *err);
// E_CONFLICT: rows wait, or it is closed already.
MUST bool review_file_close(Act *act, int32_t file_no, Error *err);
