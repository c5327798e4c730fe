// SPDX-License-Identifier: Apache-2.0
#include "notice_reprint.h"

#include <assert.h>

#include "city_rows.h"
#include "judge.h"
#include "masked.h"
#include "person_state.h"
#include "standing.h"
#include "standing_judge.h"

// Rows are by person: the first of this one.
static ptrdiff_t first_of(const NoticeRows *rows, int32_t person_id)
{
    ptrdiff_t low = 0, high = rows->count;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (rows->at[middle].person_id < person_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Its place among what was sent; -1: it is not there.
static ptrdiff_t place_sent(const NoticeSent *sent, const Schedule *schedule, const DueRow *row)
{
    const NoticeRows *rows = &sent->rows;
    for (ptrdiff_t i = first_of(rows, row->person_id);
         i < rows->count && rows->at[i].person_id == row->person_id; i++)
        if (str_equal(rows->at[i].series, group_id(schedule, row->group)) &&
            str_equal(rows->at[i].position, schedule_text(schedule, row->position)))
            return i;
    return -1;
}

void notice_sent_only(const NoticeSent *sent, const Schedule *schedule, DueRows *rows, bool *due_still)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < rows->count; i++) {
        ptrdiff_t place = place_sent(sent, schedule, &rows->at[i]);
        if (place < 0) continue;
        if (due_still) due_still[place] = true;
        rows->at[kept++] = rows->at[i];
    }
    rows->count = kept;
}

void notice_sent_to(NoticeSent *sent, int32_t person_id)
{
    assert(person_id > 0);
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < sent->rows.count; i++)
        if (sent->rows.at[i].person_id == person_id) sent->rows.at[kept++] = sent->rows.at[i];
    sent->rows.count = kept;
}

// ---- who is gone

static Str why_gone(const Ledger *ledger, const CityPerson *person, const NoticeRow *sent, Day as_of,
                    Arena *arena)
{
    const Schedule *schedule = ledger->schedule;
    int group = group_find(schedule, sent->series);
    if (person->status != STATUS_RESIDENT || !lives_here(person, as_of))
        return S("いまは住民でない人（転出、死亡など）");
    if (group == GROUP_NONE) return S("いまの規則にないワクチン");
    PersonRows rows = rows_now(person);
    Case c = case_of(&ledger->judge, &rows, as_of, arena);
    Status status = case_assess_some(&c, (uint64_t)1 << group, as_of, arena).groups[0].status;
    if (status_asks(status)) return S("いまは次の回の対象の人");
    return str_format(arena, "いまは「%.*s」の人", STR(status_label(schedule, status)));
}

// The rows of one person, from `first` on, that are not due any more.
static bool person_gone(const Ledger *ledger, const NoticesAsked *asked, ptrdiff_t first, ptrdiff_t end,
                        const bool *due_still, Arena *arena, NoticesReport *report, Error *err)
{
    enum { PERSON_BYTES = 64 << 20 };
    CityRows *city;
    CityPerson person;
    const NoticeRow *sent = asked->sent->rows.at;
    Arena scratch = arena_reserve(PERSON_BYTES), whole = scratch;
    int32_t id = sent[first].person_id;
    bool read = city_rows_begin(ledger->act->store, CITY_NOW, ledger->known, id, id, &scratch, &city, err);
    while (read && city_rows_next(city, &person))
        for (ptrdiff_t i = first; i < end; i++) {
            Arena one = scratch;
            if (due_still[i]) continue;
            Str why = why_gone(ledger, &person, &sent[i], asked->as_of, &one);
            *notice_lefts_push(&report->left, arena) =
                (NoticeLeft){person.who, str_copy(arena, masked(person.is_protected, person.name)),
                             sent[i].series, str_copy(arena, why)};
        }
    read = read && city_rows_end(city, err);
    arena_release(whole);
    report->gone++;
    return read;
}

bool notice_sent_gone(const Ledger *ledger, const NoticesAsked *asked, const bool *due_still, Arena *arena,
                      NoticesReport *report, Error *err)
{
    const NoticeRows *rows = &asked->sent->rows;
    for (ptrdiff_t i = 0, end; i < rows->count; i = end) {
        bool whole = true;
        for (end = i; end < rows->count && rows->at[end].person_id == rows->at[i].person_id; end++)
            whole &= due_still[end];
        if (!whole && !person_gone(ledger, asked, i, end, due_still, arena, report, err)) return false;
    }
    return true;
}
