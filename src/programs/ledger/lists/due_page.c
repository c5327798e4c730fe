// SPDX-License-Identifier: Apache-2.0
#include "due_page.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "due_judge.h"

typedef struct StaleWard {
    int32_t person_id;
    Str ward;
} StaleWard;
VEC(StaleWards, StaleWard, stale_wards);

typedef struct PageWork {
    DueKept kept;
    const DuePageWanted *wanted;
    bool judged;       // all lines are among the stale: nothing is kept
    StaleWards wards;  // by person
    DuePage *page;
} PageWork;

// ---- keys

Str asked_key_text(const AskedKey *key, Arena *arena)
{
    return str_format(arena, "%d:%d:%.*s", key->last_safe, key->person_id, STR(key->series));
}

bool asked_key_read(Str text, AskedKey *key, Error *err)
{
    int64_t safe = DAY_NONE, person = 0;
    *key = (AskedKey){.last_safe = DAY_NONE};
    if (!str_present(text)) return true;
    Cut day = str_cut(text, ':'), who = str_cut(day.tail, ':');
    bool read = day.found && who.found && str_int64(day.head, &safe) &&
                str_int64(who.head, &person) && safe >= INT32_MIN && safe <= INT32_MAX &&
                person >= 0 && person <= INT32_MAX;
    if (!read)
        return FAIL(err, E_USAGE, .item = S("--after"), .value = text,
                    .words = S("前のページの最後に書かれた値をそのまま指定してください。"));
    *key = (AskedKey){(Day)safe, (int32_t)person, who.tail};
    return true;
}

static AskedKey key_of(const Schedule *schedule, const DueRow *row)
{
    return (AskedKey){row->last_safe, row->person_id, group_id(schedule, row->group)};
}

static int text_order(Str a, Str b)
{
    ptrdiff_t common = a.len < b.len ? a.len : b.len;
    int bytes = common ? memcmp(a.at, b.at, (size_t)common) : 0;
    return bytes ? bytes : (a.len > b.len) - (a.len < b.len);
}

static int key_order(const AskedKey *a, const AskedKey *b)
{
    if (a->last_safe != b->last_safe) return a->last_safe < b->last_safe ? -1 : 1;
    if (a->person_id != b->person_id) return a->person_id < b->person_id ? -1 : 1;
    return text_order(a->series, b->series);
}

// ---- wards of the stale

static bool wards_read(PageWork *work, Error *err)
{
    PersonKeys *keys;
    PersonKey key;
    DueKept *kept = &work->kept;
    Arena *arena = &kept->memory.tables;
    if (!work->judged && !kept->stale_count) return true;
    bool begun = work->judged ? person_keys_begin_known(kept->store, kept->ledger->known, arena, &keys, err)
                              : person_keys_begin(kept->store, &kept->state, kept->wanted->as_of, arena, &keys, err);
    if (!begun) return false;
    while (person_keys_next(keys, &key))
        *stale_wards_push(&work->wards, arena) =
            (StaleWard){key.person_id, str_copy(&kept->memory.texts, key.ward)};
    return person_keys_end(keys, err);
}

static int ward_order(const void *left, const void *right)
{
    int32_t a = ((const StaleWard *)left)->person_id, b = ((const StaleWard *)right)->person_id;
    return (a > b) - (a < b);
}

static Str ward_of(const PageWork *work, int32_t person_id)
{
    const StaleWard asked = {.person_id = person_id}, *found = NULL;
    if (work->wards.count)
        found =
            bsearch(&asked, work->wards.at, (size_t)work->wards.count, sizeof asked, ward_order);
    return found && found->ward.at ? found->ward : S("");
}

// ---- counts

static void count_add(PageWork *work, int group, Str ward, int64_t people)
{
    assert(group >= 0);
    DueCounts *counts = &work->page->counts;
    ptrdiff_t at = counts->count;
    for (ptrdiff_t i = 0; i < counts->count; i++) {
        DueCount *c = &counts->at[i];
        if (c->group == group && str_equal(c->ward, ward)) {
            c->people += people;
            return;
        }
        bool after = c->group > group || (c->group == group && text_order(c->ward, ward) > 0);
        if (after && at == counts->count) at = i;
    }
    (void)due_counts_push(counts, &work->kept.memory.list);
    memmove(&counts->at[at + 1], &counts->at[at],
            (size_t)(counts->count - 1 - at) * sizeof *counts->at);
    counts->at[at] = (DueCount){(int16_t)group, str_copy(&work->kept.memory.texts, ward), people};
}

static bool kept_counts_read(PageWork *work, Error *err)
{
    AskedCounts *counted;
    AskedCount count;
    DueKept *kept = &work->kept;
    const AskedWanted wanted = due_asked(kept, (Str){0});
    const Schedule *schedule = kept->ledger->schedule;
    if (!asked_counts_begin(kept->store, &wanted, &kept->memory.tables, &counted, err))
        return false;
    while (asked_counts_next(counted, &count)) {
        int group = group_find(schedule, count.series);
        if (group != GROUP_NONE && count.people) count_add(work, group, count.ward, count.people);
    }
    return asked_counts_end(counted, err);
}

static bool counts_read(PageWork *work, Error *err)
{
    if (!work->judged && !kept_counts_read(work, err)) return false;
    VEC_EACH (const DueRow, row, work->kept.stale.rows)
        count_add(work, row->group, ward_of(work, row->person_id), 1);
    return true;
}

bool due_page_wants(const DuePageWanted *wanted, int group, Str ward)
{
    assert(group >= 0 && group < 64);
    return wanted->due.groups >> group & 1 &&
           (!str_present(wanted->page.ward) || str_equal(wanted->page.ward, ward));
}

static void total_count(PageWork *work)
{
    VEC_EACH (const DueCount, c, work->page->counts)
        if (due_page_wants(work->wanted, c->group, c->ward)) work->page->total += c->people;
}

// ---- lines

static int line_order(const void *left, const void *right, void *context)
{
    const Schedule *schedule = *(const Schedule *const *)context;
    const AskedKey a = key_of(schedule, left), b = key_of(schedule, right);
    return key_order(&a, &b);
}

static void stale_take(PageWork *work, DueRows *rows)
{
    const Schedule *schedule = work->kept.ledger->schedule;
    VEC_EACH (const DueRow, row, work->kept.stale.rows) {
        const AskedKey key = key_of(schedule, row);
        if (due_page_wants(work->wanted, row->group, ward_of(work, row->person_id)) &&
            key_order(&key, &work->wanted->page.after) > 0)
            *due_push(rows, &work->kept.memory.list) = *row;
    }
}

// One more than wanted says whether there is a next page.
static bool next_read(PageWork *work, Str series, Error *err)
{
    assert(work->wanted->page.count > 0);
    AskedRows *asked;
    AskedRow row;
    DueKept *kept = &work->kept;
    const Schedule *schedule = kept->ledger->schedule;
    const AskedWanted wanted = due_asked(kept, series);
    AskedPage next = work->wanted->page;
    next.count++;
    if (!asked_page_begin(kept->store, schedule, &wanted, &next, &kept->memory.tables, &asked, err))
        return false;
    while (asked_rows_next(asked, &row))
        if (row.next.group != GROUP_NONE) due_kept_add(kept, &row, &work->page->rows);
    return asked_rows_end(asked, err);
}

static bool each_read(PageWork *work, Error *err)
{
    const Schedule *schedule = work->kept.ledger->schedule;
    uint64_t groups = work->wanted->due.groups;
    if (groups == groups_all(schedule)) return next_read(work, (Str){0}, err);
    for (int g = 0; g < group_count(schedule); g++)
        if (groups >> g & 1 && !next_read(work, group_id(schedule, g), err)) return false;
    return true;
}

// The kept lines that come next, and those of the stale, in one order.
static bool lines_read(PageWork *work, Error *err)
{
    DuePage *page = work->page;
    const Schedule *schedule = work->kept.ledger->schedule;
    if (!work->judged && !each_read(work, err)) return false;
    stale_take(work, &page->rows);
    if (page->rows.count)
        qsort_r(page->rows.at, (size_t)page->rows.count, sizeof *page->rows.at, line_order,
                &schedule);
    page->more = page->rows.count > work->wanted->page.count;
    if (page->more) page->rows.count = work->wanted->page.count;
    if (page->rows.count) page->last = key_of(schedule, &page->rows.at[page->rows.count - 1]);
    return true;
}

// Out of the memory of the picture, which goes.
static void page_kept(DuePage *page, Arena *arena)
{
    const DueRows rows = page->rows;
    const DueCounts counts = page->counts;
    page->rows = (DueRows){0};
    page->counts = (DueCounts){0};
    VEC_EACH (const DueRow, row, rows) {
        DueRow *mine = due_push(&page->rows, arena);
        *mine = *row;
        mine->name = str_copy(arena, row->name);
    }
    VEC_EACH (const DueCount, count, counts) {
        DueCount *mine = due_counts_push(&page->counts, arena);
        *mine = *count;
        mine->ward = str_copy(arena, count->ward);
    }
}

// Of a day that is over nothing is kept: everybody is judged, as if all were stale.
static bool judged_open(PageWork *work, Error *err)
{
    DueKept *kept = &work->kept;
    work->judged = true;
    return due_list(kept->ledger, kept->wanted, &kept->stale.rows, err) &&
           office_store(kept->ledger->act->office, &kept->memory.tables, &kept->store, err) &&
           store_begin_read(kept->store, err);
}

bool due_page(const Ledger *ledger, const DuePageWanted *wanted, Arena *arena, DuePage *page,
              bool *there, Error *err)
{
    assert(wanted->due.as_of != DAY_NONE);
    assert(wanted->page.count > 0);
    PageWork work = {.wanted = wanted, .page = page};
    bool over = ledger->known.act != 0;
    *page = (DuePage){0};
    // The counts are of every series, so the stale are judged for all of them.
    DueWanted all = wanted->due;
    all.groups = groups_all(ledger->schedule);
    if (!due_kept_open(ledger, &all, &work.kept, there, err)) return false;
    bool good = !over || judged_open(&work, err);
    *there = *there || over;
    page->behind = work.kept.behind;
    if (good && *there)
        good = wards_read(&work, err) && counts_read(&work, err) && lines_read(&work, err);
    total_count(&work);
    page_kept(page, arena);
    due_kept_close(&work.kept);
    due_lines_forget(&work.kept);
    return good;
}
