// SPDX-License-Identifier: Apache-2.0
#include "feed_share.h"

static const struct {
    int permille;
    const char *words;
} kinds[] = {
#define X(name, permille, words) {permille, words},
    FEED_KINDS(X)
#undef X
};

const char *feed_kind_words(FeedKind kind)
{
    return kinds[kind].words;
}

int feed_kind_permille(FeedKind kind)
{
    return kinds[kind].permille;
}

static FeedKinds bit_if(bool changed, FeedKind kind)
{
    return (FeedKinds)changed << kind;
}

static FeedKinds left_kinds(const PersonState *was, const PersonState *is)
{
    if (was->status == is->status) return 0;
    return bit_if(is->status == STATUS_DEAD, FEED_KIND_DIED) |
           bit_if(is->status == STATUS_MOVED_OUT, FEED_KIND_MOVED_OUT) |
           bit_if(is->status == STATUS_REMOVED, FEED_KIND_REMOVED);
}

static bool address_changed(const PersonState *was, const PersonState *is)
{
    return !str_equal(was->address, is->address) || !str_equal(was->building, is->building) ||
           !str_equal(was->municipality_code, is->municipality_code);
}

FeedKinds feed_kinds_of(const PersonState *was, const PersonState *is, bool ends_protection)
{
    return left_kinds(was, is) |
           bit_if(is->protection == PROTECTION_OWN && was->protection != PROTECTION_OWN,
                  FEED_KIND_PROTECTED) |
           bit_if(ends_protection, FEED_KIND_UNPROTECTED) |
           bit_if(!str_equal(was->name, is->name), FEED_KIND_RENAMED) |
           bit_if(!str_equal(was->name_kana, is->name_kana), FEED_KIND_KANA_CHANGED) |
           bit_if(!partial_date_equal(was->birth, is->birth), FEED_KIND_BIRTH_CHANGED) |
           bit_if(was->sex != is->sex, FEED_KIND_SEX_CHANGED) |
           bit_if(address_changed(was, is), FEED_KIND_ADDRESS_CHANGED) |
           bit_if(!str_equal(was->household_no, is->household_no), FEED_KIND_HOUSEHOLD_CHANGED);
}

bool feed_share_held(FeedKind kind, int64_t people, int64_t residents)
{
    enum { WHOLE = 1000 };
    bool known = residents > 0;  // the first load changes nobody
    return known && people >= FEED_SHARE_LEAST && people * WHOLE > residents * kinds[kind].permille;
}
