// How an inquiry stands, as lists and pages say it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "inquiry_rows.h"
#include "list_words.h"

extern const ListCode inquiry_statuses[];  // ended by a code of NULL, here and below
extern const ListCode inquiry_results[];

Str inquiry_status_code(const InquiryRow *row);  // "UNSENT", "03"
// It is a person's turn: nobody took it, its news name somebody else, or it has ended, with an answer or without.
bool inquiry_over(const InquiryRow *row);
// "照会中", "終了しました: 該当データなし": one line for a person.
Str inquiry_words(const InquiryRow *row, Arena *arena);
