// How much one file may change: the kinds of effect of a feed, and the share of the residents from which a
// person must look before it takes effect.
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

// kind, per mille, words. The shares lie ten times and more above the busiest real month.
#define FEED_KINDS(X)                                     \
    X(PROTECTED, 10, "支援措置が始まる")                  \
    X(UNPROTECTED, 10, "支援措置の終了が届く")            \
    X(DIED, 10, "死亡する")                               \
    X(MOVED_OUT, 50, "転出する")                          \
    X(REMOVED, 50, "消除される")                          \
    X(RENAMED, 30, "氏名が変わる")                        \
    X(KANA_CHANGED, 100, "氏名カナが変わる")              \
    X(BIRTH_CHANGED, 10, "生年月日が変わる")              \
    X(SEX_CHANGED, 10, "性別が変わる")                    \
    X(ADDRESS_CHANGED, 100, "住所が変わる")               \
    X(HOUSEHOLD_CHANGED, 100, "世帯番号が変わる")         \
    X(NUMBER_MISSING, 50, "個人番号がなくなる")           \
    X(NUMBER_CHANGED, 10, "個人番号が変わる")

typedef enum FeedKind {
#define X(name, permille, words) FEED_KIND_##name,
    FEED_KINDS(X)
#undef X
        FEED_KIND_COUNT
} FeedKind;

const char *feed_kind_words(FeedKind kind);
int feed_kind_permille(FeedKind kind);

typedef uint32_t FeedKinds;  // one bit each
static inline bool feed_kind_in(FeedKinds kinds, FeedKind kind)
{
    return kinds >> kind & 1;
}

// What a row changes of a person whom we know. `ends_protection`: the row says
// that a measure ended, though the state keeps it. Numbers are the caller's to add.
FeedKinds feed_kinds_of(const PersonState *was, const PersonState *is, bool ends_protection);

// Do `people` of `residents` (before the file) need a second look?
bool feed_share_held(FeedKind kind, int64_t people, int64_t residents);
