// What each consumer of the register (consumer.h) is given, as two people decided.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "consumer.h"
#include "store.h"

typedef struct ConsumerRight {
    int64_t right_no;  // 0: what it was founded with
    const Consumer *consumer;
    ToldItems given;
    Str reason, granted_by;
    Instant granted_at;
} ConsumerRight;

// The one that counts.
MUST bool consumer_right(Store *store, const Consumer *consumer, Arena *arena, ConsumerRight *right, Error *err);
// Inside the writing transaction; `right_no` is given there.
MUST bool consumer_right_insert(Store *store, const ConsumerRight *right, Arena scratch, Error *err);

// How a consumer sees the register: what it is given, and the epoch under which it may keep that. Another right is another
// epoch, so that everything is told anew; with what it was founded with it is the register's own.
typedef struct ConsumerView {
    const Consumer *consumer;
    ToldItems given, withheld;  // withheld: of the most that it may be given
    Str epoch;
} ConsumerView;

// Of a role that is none of them: E_RIGHT. Where the epoch must be made, inside a writing transaction (change_epoch).
MUST bool consumer_view(Store *store, Str role, Arena *arena, ConsumerView *view, Error *err);
// The same, of whoever is given anything: else E_RIGHT, in words.
MUST bool consumer_view_given(Store *store, Str role, Arena *arena, ConsumerView *view, Error *err);
