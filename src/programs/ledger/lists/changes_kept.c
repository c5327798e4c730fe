// SPDX-License-Identifier: Apache-2.0
#include "changes_kept.h"

#include <assert.h>

#include "asked_rows.h"
#include "calendar.h"
#include "progress.h"
#include "standing_roll.h"

enum { PORTION_LINES = 2000 };

Day changes_usual_from(Day to)
{
    return month_add(to, -1, MONTHS_OVERFLOW);
}

// ---- making

static bool lines_kept(const Ledger *ledger, int32_t list_no, const Changes *changes, Error *err)
{
    bool good = true;
    Act *act = ledger->act;
    ptrdiff_t total = changes->rows.count;
    Progress progress =
        progress_begin((ProgressOf){.act = act->note ? act : NULL, .words = "保存", .total = total});
    for (ptrdiff_t at = 0; good && at < total; at += PORTION_LINES) {
        ptrdiff_t count = total - at < PORTION_LINES ? total - at : PORTION_LINES;
        good = act_begin(act, err) && change_lines_put(act->store, list_no, changes, at, count, err) &&
               store_commit(act->store, err);
        if (good) progress_show(&progress, at + count);
    }
    progress_end(&progress, progress.done);
    return good;
}

// Seen from now on, with its record.
static bool list_ended(Act *act, const ChangeListRow *row, int64_t lines, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    leaf.rows = lines;
    leaf.detail = str_format(act->arena, "%s %s", day_text(row->from, from), day_text(row->to, to));
    return act_begin(act, err) && change_list_end(act->store, row, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

bool changes_keep(const Ledger *ledger, Day from, Day to, int64_t *lines, Error *err)
{
    assert(from < to);
    Changes changes;
    Act *act = ledger->act;
    if (!changes_list(ledger, from, to, &changes, err)) return false;
    ChangeListRow row = {.from = from,
                         .to = to,
                         .judged_by = standing_judged_by(ledger->schedule, act->arena),
                         .act_no = changes.act_no,
                         .made_at = act->now};
    *lines = changes.rows.count;
    return act_begin(act, err) && change_list_begin(act->store, &row, err) && store_commit(act->store, err) &&
           lines_kept(ledger, row.list_no, &changes, err) && list_ended(act, &row, *lines, err);
}

// ---- reading

bool changes_kept_find(const Ledger *ledger, Day from, Day to, ChangesKept *kept, Error *err)
{
    assert(from < to);
    const Ledger *then;
    ChangeListRow row;
    const Act *act = ledger->act;
    Str judged_by = standing_judged_by(ledger->schedule, act->arena);
    *kept = (ChangesKept){0};
    if (!change_list_find(act->store, from, to, judged_by, &row, err)) return false;
    if (!row.list_no) return true;
    if (!ledger_of_day(ledger, to, act->arena, &then, err)) return false;
    *kept = (ChangesKept){.list_no = row.list_no, .made_at = row.made_at, .schedule = then->schedule};
    return change_list_written(act->store, row.act_no, &kept->written, err);
}

bool changes_kept_read(const Ledger *ledger, const ChangesKept *kept, ChangeWay way, int64_t behind, int64_t most,
                       ChangeRows *rows, Error *err)
{
    assert(kept->list_no > 0);
    HoldRows holds;
    Arena *arena = ledger->act->arena;
    Store *store = ledger->act->store;
    if (!change_lines_read(store, kept->schedule, kept->list_no, way, behind, most, arena, rows, err) ||
        !holds_read(store, arena, &holds, err))
        return false;
    VEC_EACH (ChangeRow, row, *rows) row->held = hold_of(&holds, row->person_id);
    return true;
}

// ---- going

bool changes_kept_erase(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return change_lists_forget(act->store, act->now - CHANGES_KEPT_DAYS * INSTANT_DAY, act->now - INSTANT_DAY,
                               ERASURE_PORTION, &erased->count, err);
}
