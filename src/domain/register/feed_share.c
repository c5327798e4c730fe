// SPDX-License-Identifier: Apache-2.0
#include "feed_share.h"

#include <stddef.h>

static const struct {
    int permille;
    const char *words;
} kinds[FEED_KIND_COUNT] = {
#define X(name, permille, words) [FEED_KIND_##name] = {permille, words},
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

// Where somebody goes, and whether a measure begins, tells more than that the item changed.
static FeedKinds status_kinds(int32_t status)
{
    switch ((ResidentStatus)status) {
    case STATUS_DEAD: return feed_kind_bit(FEED_KIND_DIED);
    case STATUS_MOVED_OUT: return feed_kind_bit(FEED_KIND_MOVED_OUT);
    case STATUS_REMOVED: return feed_kind_bit(FEED_KIND_REMOVED);
    case STATUS_RESIDENT:
    case STATUS_NON_RESIDENT: break;  // no file says the latter
    }
    return feed_kind_bit(FEED_KIND_RETURNED);
}

static FeedKinds field_kinds(const PersonState *is, const PersonField *field)
{
    if (field->offset == offsetof(PersonState, status)) return status_kinds(is->status);
    // The household's protection comes and goes with other people's rows.
    if (field->offset == offsetof(PersonState, protection) && is->protection != PROTECTION_OWN) return 0;
    return feed_kind_bit(field->changed);
}

static bool resident(const PersonState *state)
{
    return state->status == STATUS_RESIDENT;
}

FeedKinds feed_kinds_of(const PersonState *was, const PersonState *is, bool ends_protection)
{
    FeedKinds changed = ends_protection ? feed_kind_bit(FEED_KIND_UNPROTECTED) : 0;
    if (!was) return resident(is) ? feed_kind_bit(FEED_KIND_CAME) : 0;
    if (!resident(was)) return resident(is) ? feed_kind_bit(FEED_KIND_RETURNED) : 0;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (!person_field_same(was, is, &person_fields[i]))
            changed |= field_kinds(is, &person_fields[i]);
    return changed;
}

bool feed_share_held(FeedKind kind, int64_t people, int64_t residents)
{
    enum { WHOLE = 1000 };
    bool known = residents > 0;  // the first load changes nobody
    return known && people >= FEED_SHARE_LEAST && people * WHOLE > residents * kinds[kind].permille;
}

bool feed_refused_held(int64_t refused, int64_t rows)
{
    return refused >= FEED_SHARE_LEAST && refused * 2 > rows;
}
