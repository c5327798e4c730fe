// How much one file may change: the kinds of effect of a feed (feed_kind.h), and the share of the residents
// from which a person must look before it takes effect.
//
// A swapped column or a broken extract reads without one bad row and changes everybody at once: 3,540 of
// 3,540 protected, all letters stopped. No real day moves so many, so such a file is held like a full copy
// that shrank (full_copy_held), and another person decides.
// Units   per mille of those who were residents before the file; below FEED_SHARE_LEAST people nothing is
//         held, so that a small place and a day with one family's news pass.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_state.h"

enum { FEED_SHARE_LEAST = 20 };

const char *feed_kind_words(FeedKind kind);
int feed_kind_permille(FeedKind kind);

// What a row makes of a person; `was` NULL: nobody whom we knew. Of somebody who is no resident, before and
// after, nothing is counted: nobody writes to them. `ends_protection`: the row says that a measure ended,
// though the state keeps it. Numbers, refused rows and events of people whom nobody knew are the caller's to add.
FeedKinds feed_kinds_of(const PersonState *was, const PersonState *is, bool ends_protection);

// Do `people` of `residents` (before the file) need a second look?
bool feed_share_held(FeedKind kind, int64_t people, int64_t residents);
// Are so many of a file's rows refused, people named, that it is wrong as a whole? More than half of them.
bool feed_refused_held(int64_t refused, int64_t rows);
