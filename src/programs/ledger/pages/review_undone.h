// The last decision of whoever looks, as the pages of a review offer to take it back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_routes.h"
#include "review_undo.h"

typedef struct UndoOffer {
    Str said;
    Path go;  // NULL: there is nothing to take back
    Str origin, once;
} UndoOffer;

// Of a file; 0: of any.
MUST bool undo_offered(Visit *visit, int32_t file_no, UndoOffer *offer, Error *err);
// Of one decision, by the address of that file or of any (0); `go` NULL: its file is closed.
MUST bool undo_offer_of(Visit *visit, int32_t file_no, const DecidedRow *row, UndoOffer *offer, Error *err);
Str decided_said(const DecidedRow *row, Arena *arena);  // "行3 受理（14:02 花子）"
