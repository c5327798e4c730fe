// The columns of the ledger's lists in words, for whoever opens them with a spreadsheet.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "list_words.h"
#include "schedule.h"

// Vaccines, statuses and reasons as the rules call them. NULL: nothing is judged in this list.
const ListWords *ledger_list_words(const Schedule *schedule, Arena *arena);
