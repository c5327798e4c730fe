// What somebody chose of the due list, as one text: "MR2|401064|60|" and the key of the line before.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_page.h"

typedef struct DueAsked {
    Str series, ward;  // empty: all
    int64_t within;    // -1: any
    AskedKey after;
} DueAsked;

Str due_asked_text(const DueAsked *asked, Arena *arena);
// The conditions alone, from the beginning: the list that they mean.
Str due_asked_whole(const DueAsked *asked, Arena *arena);
// E_USAGE when it cannot be read.
MUST bool due_asked_read(Str text, DueAsked *asked, Error *err);
// A page of it on the day, so many lines.
DuePageWanted due_asked_page(const Ledger *ledger, const DueAsked *asked, Day as_of, int lines);
