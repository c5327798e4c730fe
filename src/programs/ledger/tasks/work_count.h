// How much of each kind of work there is, without making its rows: what the first page of a day is made of.
//
// Rows of the ledger are counted as they stand; whose answer hangs on the day of a vague birth date, by what is kept of
// where everybody stands (standing.h), so a person who was touched since the last roll is counted as before.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "work_count_rows.h"

// Kinds that hold up nothing but letters (contraindicated, refused, mail_returned) are not counted.
MUST bool work_counts(const Ledger *ledger, Day as_of, Arena *arena, WorkCounts *counts,
                      Error *err);

enum { CORRECTED_DAYS = 14 };  // so long a corrected birth date is work
enum { ENVELOPE_DAYS = 14 };   // so long a batch may still lie in the house
