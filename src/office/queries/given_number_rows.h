// Numbers that others remember: given once and never again, one sequence a name.
//
// Older copy  an office that was put back from a copy does not know what it gave after that copy was taken. So its sequences
//             go on at the moment at which it was put back: above everything that was ever given, as long as fewer than
//             one number a microsecond were (a count: one a millisecond). An office that was never put back counts 1, 2, 3.
// Cursors     numbers by which others follow (letters, changes) begin at the moment of the act anyway: `least`. They hold
//             also where somebody laid the files of a database back by hand.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "instant.h"
#include "store.h"

// Inside a writing transaction: the next of `name`, above `least` too (of a table that was numbered before: its highest).
MUST bool given_number_next(Store *store, Str name, int64_t least, int64_t *number, Error *err);
// The same of a count that must stay below 10^12 (numbering_rule.h); it goes on at the millisecond since 2020.
MUST bool given_count_next(Store *store, Str name, int64_t least, int64_t *count, Error *err);
// The office was put back from a copy at this moment; in the transaction in which it begins again.
MUST bool given_numbers_leap(Store *store, Instant at, Error *err);
