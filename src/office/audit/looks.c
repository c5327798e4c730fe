// SPDX-License-Identifier: Apache-2.0
#include "looks.h"

#include <assert.h>
#include <string.h>

// What a thread waits for; on its stack.
typedef struct LookAsked {
    const AuditLeaf *leaf;
    struct LookAsked *next;
    int64_t leaf_no;
    bool settled, good;
    Error why;
} LookAsked;

void looks_begin(Looks *looks, const Trail *trail, Str program, Arena *arena)
{
    *looks = (Looks){.trail = trail_of(trail->keys, trail->epochs.data_dir,
                                       str_join(arena, program, S("-looks")), arena)};
    looks->trail.words = "閲覧の証跡";
    looks->trail.other = trail;
    looks->trail.shown_after = LOOKS_SHOWN_AFTER;
    (void)pthread_mutex_init(&looks->lock, NULL);
    (void)pthread_cond_init(&looks->settled, NULL);
}

void looks_close(Looks *looks)
{
    if (!looks->trail.keys) return;
    assert(!looks->waiting);
    assert(!looks->at_work);
    store_close(looks->store);
    (void)pthread_cond_destroy(&looks->settled);
    (void)pthread_mutex_destroy(&looks->lock);
    *looks = (Looks){0};
}

// ---- one commit

static LookAsked *oldest_first(LookAsked *newest)
{
    LookAsked *turned = NULL;
    while (newest) {
        LookAsked *next = newest->next;
        newest->next = turned;
        turned = newest;
        newest = next;
    }
    return turned;
}

static bool all_appended(Looks *looks, LookAsked *all, Error *err)
{
    for (LookAsked *one = all; one; one = one->next)
        if (!audit_append(looks->store, &looks->trail, one->leaf, &one->leaf_no, err)) return false;
    return true;
}

static void commit(Looks *looks, LookAsked *all)
{
    Error why = {0};
    bool good = store_begin(looks->store, &why) && all_appended(looks, all, &why) &&
                store_commit(looks->store, &why);
    if (!good) store_rollback(looks->store);
    for (LookAsked *one = all; one; one = one->next) {
        one->good = good;
        one->why = why;
    }
}

// ---- those who wait

// The first who comes works for all that have come by then; the others wait, and the next one works.
bool looks_append(Looks *looks, const AuditLeaf *leaf, int64_t *shown_no, Error *err)
{
    LookAsked mine = {.leaf = leaf};
    assert(looks->store);
    assert(looks->trail.other);
    (void)pthread_mutex_lock(&looks->lock);
    mine.next = looks->waiting;
    looks->waiting = &mine;
    while (!mine.settled && looks->at_work)
        (void)pthread_cond_wait(&looks->settled, &looks->lock);
    if (!mine.settled) {
        LookAsked *all = oldest_first(looks->waiting);
        looks->waiting = NULL;
        looks->at_work = true;
        (void)pthread_mutex_unlock(&looks->lock);
        commit(looks, all);
        (void)pthread_mutex_lock(&looks->lock);
        looks->at_work = false;
        // Whoever is settled may go, and its stack with it: the way on is read before.
        for (LookAsked *one = all, *next; one; one = next) {
            next = one->next;
            one->settled = true;
        }
        (void)pthread_cond_broadcast(&looks->settled);
    }
    (void)pthread_mutex_unlock(&looks->lock);
    assert(!mine.good || mine.leaf_no > 0);
    *shown_no = mine.leaf_no + LOOKS_SHOWN_AFTER;
    return mine.good || error_pass(err, &mine.why);
}

bool looks_begin_anew(Looks *looks, const AuditLeaf *leaf, Error *err)
{
    assert(!looks->at_work);
    if (store_begin(looks->store, err) &&
        audit_append_anew(looks->store, &looks->trail, leaf, NULL, err) &&
        store_commit(looks->store, err))
        return true;
    store_rollback(looks->store);
    return false;
}
