// The second look at a batch: would exactly these papers be drawn now?
// SPDX-License-Identifier: Apache-2.0
#include "notice_inside.h"

#include <assert.h>
#include <stdlib.h>

#include "counter_rows.h"
#include "notice_reprint.h"

enum { TOUCHED_BYTES = 1 << 28 };

ptrdiff_t notice_person_end(const DueRows *due, ptrdiff_t first)
{
    assert(first >= 0 && first < due->count);
    ptrdiff_t end = first + 1;
    while (end < due->count && due->at[end].person_id == due->at[first].person_id) end++;
    return end;
}

int notice_by_id(const void *left, const void *right)
{
    const PersonPlace *a = left, *b = right;
    return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

int32_t notice_history_before(const Batch *b)
{
    return b->asked->way == NOTICES_REPRINT ? 0 : b->book.before_run;
}

static bool in_batch(const Batch *b, ptrdiff_t first, ptrdiff_t end)
{
    for (ptrdiff_t i = first; i < end; i++)
        if (b->in[i] != NOTICE_NONE) return true;
    return false;
}

static bool has(const Batch *b, ptrdiff_t first, ptrdiff_t end, int k)
{
    for (ptrdiff_t i = first; i < end; i++)
        if (b->in[i] == k) return true;
    return false;
}

// Would every paper of this person be drawn the same now, and none besides?
static bool still_same(const Batch *b, ptrdiff_t first, ptrdiff_t end, const PersonLetters *now)
{
    for (int k = 0; k < NOTICE_STACKS; k++) {
        bool had = has(b, first, end, k), gets = now->paper[k].dose_count > 0;
        if (had != gets) return false;
        if (had && !papers_still(b->stacks[k].papers, &now->paper[k])) return false;
    }
    return true;
}

static void take_out(Batch *b, ptrdiff_t first, ptrdiff_t end)
{
    for (int k = 0; k < NOTICE_STACKS; k++)
        if (has(b, first, end, k))
            papers_hold(b->stacks[k].papers, b->due.at[first].who, PAPER_P105,
                        S("抽出後に異動または接種の登録がありました。"));
    for (ptrdiff_t i = first; i < end; i++) b->in[i] = NOTICE_NONE;
}

static bool look_at_one(Batch *b, const PersonPlace *place, bool *changed, Error *err)
{
    DueRows now;
    Arena scratch = b->person;
    PersonLetters letters = {0};
    ptrdiff_t end = notice_person_end(&b->due, place->first);
    if (!in_batch(b, place->first, end)) return true;
    if (!due_of_person(b->again, b->ledger->act->store, place->person_id, &now, err)) return false;
    if (b->asked->sent) notice_sent_only(b->asked->sent, b->ledger->schedule, &now, NULL);
    if (now.count) {
        NoticePortion portion;
        if (!notice_portion_read(b->ledger->act->store, notice_history_before(b), &place->person_id, 1,
                                 &scratch, &portion, err))
            return false;
        NoticeKnown known = notice_known(&portion, place->person_id, &scratch);
        letters_of_person(&b->book, now.at, now.count, &known, &scratch, &letters);
    }
    if (still_same(b, place->first, end, &letters)) return true;
    take_out(b, place->first, end);
    *changed = true;
    return true;
}

bool notice_look_again(Batch *b, bool *changed, Error *err)
{
    int32_t next;
    TouchedIds touched;
    Store *store = b->ledger->act->store;
    *changed = false;
    if (!number_next(store, NUMBER_ACT, &next, err)) return false;
    if (next - 1 == b->last_act) return true;
    Arena whole = arena_reserve(TOUCHED_BYTES), arena = whole;
    bool read = notice_touched(store, b->last_act, &arena, &touched, err) &&
                notice_book_again(&b->book, b->arena, err) && ledger_products_again(b->ledger, err);
    if (!b->again) b->again = due_again(b->ledger, &b->wanted, b->arena);
    for (ptrdiff_t i = 0; read && i < touched.count; i++) {
        const PersonPlace sought = {touched.at[i], 0};
        const PersonPlace *place = b->places.count
                                       ? bsearch(&sought, b->places.at, (size_t)b->places.count,
                                                 sizeof *b->places.at, notice_by_id)
                                       : NULL;
        if (place) read = look_at_one(b, place, changed, err);
    }
    arena_release(whole);
    if (read) b->last_act = next - 1;
    return read;
}

bool notice_look_aside(Batch *b, bool *changed, Error *err)
{
    Store *store = b->ledger->act->store;
    return store_begin_read(store, err) && notice_look_again(b, changed, err) && store_commit(store, err);
}
