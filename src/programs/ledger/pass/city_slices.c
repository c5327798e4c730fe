// SPDX-License-Identifier: Apache-2.0
#include "city_slices.h"

#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <unistd.h>

#include "counter_rows.h"
#include "progress.h"

enum { TRIES_MOST = 3, CITY_BYTES = 64 << 20, PERSON_BYTES = 64 << 20 };
static const ptrdiff_t tables_bytes = 1 << 30, list_bytes = 1 << 30, texts_bytes = 1 << 30;

typedef struct Slice {
    const CitySlices *slices;
    const Office *office;
    const Act *told;  // of whose note the first slice says how far it is; NULL: there is none
    KnownAt known;
    int32_t first, last;  // persons
    SliceMemory memory;
    SliceMemory reserved;  // as it was reserved, to be given back
    sem_t *pictured;       // posted once the slice has its picture, or will never have one
    pthread_t thread;
    bool begun;
    // Answers of the thread.
    void *work;
    int32_t next_act;  // of the ledger that was seen
    bool whole;        // the slice came to its end
    Error err;         // where it did not
} Slice;

// ---- in the thread of a slice

static bool judge_all(Slice *slice, Store *store, Arena *city, Arena scratch)
{
    const CitySlices *slices = slice->slices;
    CityRows *rows;
    CityPerson person;
    int64_t done = 0;
    bool begun = slices->moved
                     ? city_rows_begin_moved(store, slices->moved, slice->first, slice->last, city,
                                             &rows, &slice->err)
                     : city_rows_begin(store, slices->knowledge, slice->known, slice->first,
                                       slice->last, city, &rows, &slice->err);
    if (!begun) return false;
    // The slices are of one length: the first one speaks for all.
    Progress progress = progress_begin(
        (ProgressOf){.act = slice->told, .words = slices->words, .total = (int64_t)slice->last - slice->first + 1});
    while (city_rows_next(rows, &person)) {
        slices->judge(slice->work, &person, scratch);
        if (slice->first == 0) progress_show(&progress, ++done);
    }
    return city_rows_end(rows, &slice->err);
}

static bool picture_taken(Slice *slice, Store **store)
{
    Error *err = &slice->err;
    bool taken = office_store(slice->office, &slice->memory.tables, store, err) && store_begin_read(*store, err) &&
                 number_next(*store, NUMBER_ACT, &slice->next_act, err);
    (void)sem_post(slice->pictured);
    return taken;
}

static bool work_through(Slice *slice, Store *store)
{
    Error *err = &slice->err;
    slice->work = slice->slices->begin(slice->slices->asked, &slice->memory, store, err);
    if (!slice->work) return false;
    Arena city = arena_reserve(CITY_BYTES), scratch = arena_reserve(PERSON_BYTES);
    Arena whole = city;
    bool judged = judge_all(slice, store, &city, scratch);
    arena_release(whole);
    arena_release(scratch);
    if (!judged || !store_commit(store, err)) return false;
    slice->slices->end(slice->work);
    return true;
}

static void *be_slice(void *argument)
{
    Slice *slice = argument;
    Store *store = NULL;
    slice->whole = picture_taken(slice, &store) && work_through(slice, store);
    store_close(store);
    return NULL;
}

// ---- in the thread that asked

static int slice_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > SLICES_MOST ? SLICES_MOST : (int)cores;
}

static SliceMemory memory_reserve(void)
{
    return (SliceMemory){arena_reserve(tables_bytes), arena_reserve(list_bytes),
                         arena_reserve(texts_bytes)};
}

static bool slice_begin(Slice *slice, Error *err)
{
    assert(slice->pictured);
    assert(!slice->begun);
    slice->memory.list = slice->reserved.list;
    slice->memory.texts = slice->reserved.texts;
    slice->begun = pthread_create(&slice->thread, NULL, be_slice, slice) == 0;
    return slice->begun ||
           FAIL(
               err, E_BUSY,
               .words = S(
                   "処理を並べて始められません。ほかの処理が終わってからもう一度実行してください。"));
}

static bool slices_begin(Slice *all, int count, int32_t persons, Error *err)
{
    for (int i = 0; i < count; i++) {
        all[i].first = (int32_t)((int64_t)persons * i / count);
        all[i].last =
            i == count - 1 ? INT32_MAX : (int32_t)((int64_t)persons * (i + 1) / count) - 1;
        if (!slice_begin(&all[i], err)) return false;
    }
    return true;
}

// Waits for all; the first error is the one that is told.
static bool slices_wait(Slice *all, int count, bool begun, Error *err)
{
    bool whole = begun;
    for (int i = 0; i < count; i++) {
        if (!all[i].begun) continue;
        (void)pthread_join(all[i].thread, NULL);
        all[i].begun = false;
        if (whole && !all[i].whole) *err = all[i].err;
        whole = whole && all[i].whole;
    }
    return whole;
}

static bool saw_one_ledger(const Slice *all, int count)
{
    for (int i = 1; i < count; i++)
        if (all[i].next_act != all[0].next_act) return false;
    return true;
}

// In the writing turn nobody else writes while the pictures are taken; it is given back before anybody is judged.
static bool run_once(Slice *all, int count, int32_t persons, Store *turn, Error *err)
{
    assert(count > 0 && count <= SLICES_MOST);
    sem_t pictured;
    if (turn && !store_begin(turn, err)) return false;
    (void)sem_init(&pictured, 0, 0);
    for (int i = 0; i < count; i++) all[i].pictured = &pictured;
    bool begun = slices_begin(all, count, persons, err);
    for (int i = 0; i < count && all[i].begun; i++)
        while (sem_wait(&pictured) != 0) continue;  // a signal came
    if (turn) store_rollback(turn);
    bool ran = slices_wait(all, count, begun, err);
    (void)sem_destroy(&pictured);
    return ran;
}

// Until they have seen one ledger, the last time in the turn: whoever asks is not told to come again because others go on
// writing. What the tables hold serves the next try as well.
static bool run_all(Slice *all, int count, int32_t persons, Store *turn, Error *err)
{
    for (int i = 1; i <= TRIES_MOST; i++) {
        if (!run_once(all, count, persons, i == TRIES_MOST ? turn : NULL, err)) return false;
        if (saw_one_ledger(all, count)) return true;
    }
    // Somebody wrote without the turn, by SQL.
    return FAIL(err, E_BUSY,
                .words =
                    S("ほかの処理が登録を続けています。終わってからもう一度実行してください。"));
}

bool city_slices_run(const Ledger *ledger, const CitySlices *slices, SliceWorks *works, Error *err)
{
    Slice all[SLICES_MOST] = {0};
    int32_t persons;
    if (!number_next(ledger->act->store, NUMBER_PERSON, &persons, err)) return false;
    works->count = slice_count();
    for (int i = 0; i < works->count; i++) {
        all[i] =
            (Slice){.slices = slices, .office = ledger->act->office, .known = ledger->known, .reserved = memory_reserve()};
        all[i].memory = all[i].reserved;
    }
    // Whose own store is at work has the turn already, or takes another one.
    if (ledger->act->note) all[0].told = ledger->act;
    Store *turn = ledger->act->store, *own = NULL;
    bool ready = store_is_idle(turn) || office_store(ledger->act->office, ledger->act->arena, &own, err);
    bool ran = ready && run_all(all, works->count, persons, own ? own : turn, err);
    store_close(own);
    works->next_act = all[0].next_act;
    for (int i = 0; i < works->count; i++) {
        works->at[i] = all[i].work;
        works->kept[i] = all[i].reserved;
        arena_release(all[i].reserved.tables);
    }
    return ran;
}

void slice_works_forget(SliceWorks *works)
{
    assert(works->count >= 0 && works->count <= SLICES_MOST);
    for (int i = 0; i < works->count; i++) {
        arena_release(works->kept[i].list);
        arena_release(works->kept[i].texts);
    }
    works->count = 0;
}

// ---- what was found

// The part whose next element comes first; -1: all are empty.
static int first_part(const SortedParts *left, int (*order)(const void *, const void *))
{
    int first = -1;
    for (int i = 0; i < left->count; i++)
        if (left->at[i].count && (first < 0 || order(left->at[i].at, left->at[first].at) < 0))
            first = i;
    return first;
}

void *parts_merged(const SortedParts *parts, int (*order)(const void *, const void *),
                   ptrdiff_t *total)
{
    assert(parts->count >= 0);
    assert(parts->size > 0);
    SortedParts left = *parts;
    *total = 0;
    for (int i = 0; i < parts->count; i++) *total += parts->at[i].count;
    if (!*total) return NULL;
    Arena whole = arena_reserve(*total * parts->size);
    char *out = whole.at;
    for (int i; (i = first_part(&left, order)) >= 0; out += parts->size) {
        memcpy(out, left.at[i].at, (size_t)parts->size);
        left.at[i].at += parts->size;
        left.at[i].count--;
    }
    return whole.at;
}
