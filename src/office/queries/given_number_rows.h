// Numbers that others remember: given once and never again, one sequence a name.
//
// Older copy  an office that was put back from a copy does not know what it gave after that copy was taken. So its sequences
//             go on at the moment at which it was put back: above everything that was ever given, as long as between two
//             restores fewer were given on the average than one a microsecond (of a count: one a millisecond; of what people
//             read and type: ten a second). An office that was never put back counts 1, 2, 3.
// Cursors     numbers by which others follow (letters, changes) begin at the moment of the act anyway: `least`. They hold
//             also where somebody laid the files of a database back by hand.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "instant.h"
#include "store.h"

// Inside a writing transaction: the next of `name`, above `least` too.
MUST bool given_number_next(Store *store, Str name, int64_t least, int64_t *number, Error *err);
// The same of a count that must stay below 10^12 (numbering_rule.h), and of what people read and type: ten digits at most, for
// longer ones are masked on their way out (outlet.h). E_LIMIT: there are none left, for the clock runs decades ahead.
MUST bool given_count_next(Store *store, Str name, int64_t *count, Error *err);
MUST bool given_short_next(Store *store, Str name, int64_t *number, Error *err);
// The office was put back from a copy at this moment; in the transaction in which it begins again.
MUST bool given_numbers_leap(Store *store, Instant at, Error *err);
