// SPDX-License-Identifier: Apache-2.0
#include "canary_watch.h"

#include "asking.h"
#include "asking_rows.h"
#include "relay_payload.h"

#include <assert.h>

static bool under_way(const CanaryRow *row)
{
    return row->inquiry.digits[0];
}

static bool its_day(const CanaryRow *row, Instant now)
{
    return !under_way(row) && (!row->asked_at || instant_day_in_japan(row->asked_at) < instant_day_in_japan(now));
}

static bool ended(const Act *act, const CanaryRow *row, Arena *arena, Inquiry *inquiry, bool *is, Error *err)
{
    InquiryRow asked;
    bool found;
    *is = false;
    if (!under_way(row)) return true;
    if (!inquiry_of_number(act->store, &row->inquiry, arena, &asked, &found, err)) return false;
    assert(found);  // what we asked stands: the numbers of canaries are ours alone, and no row of an inquiry is erased
    *inquiry = asked.state;
    *is = asked.state.result != RESULT_NONE;
    return true;
}

bool canaries_due(Act *act, Arena arena, bool *due, Error *err)
{
    CanaryRows rows;
    *due = false;
    if (!canaries(act->store, &arena, &rows, err)) return false;
    VEC_EACH (const CanaryRow, row, rows) {
        bool came;
        Inquiry inquiry;
        if (!ended(act, row, &arena, &inquiry, &came, err)) return false;
        *due |= came || its_day(row, act->now);
    }
    return true;
}

// ---- asking as anybody would

// The first line of the list by which this city may ask for such data.
static const AllowRow *line_of(const LinkageHome *home, const DatasetCode *dataset)
{
    VEC_EACH (const AllowRow, row, home->list.rows)
        if (dataset_same(&row->dataset, dataset) && own_items_hold(&own_items_of_assessment, ROLE_INQUIRER, row->item)) return row;
    return NULL;
}

static bool asked(const LinkageHome *home, CanaryRow *row, Arena *arena, Error *err)
{
    Str no = S("E301");
    const AllowRow *line = line_of(home, &row->dataset);
    row->asked_at = home->act->now;
    if (line) {
        InquiryWish wish = {.provider = row->provider,
                            .item = line->item,
                            .affair = line->affair,
                            .procedure = line->procedure,
                            .dataset = row->dataset,
                            .items = line->items,
                            .department = S("副本の見張り")};
        if (!canary_inquiry_next(home->act->store, &wish.inquiry, err) ||
            !asking_begin(home, &row->person, &wish, arena, &no, err))
            return false;
        if (!no.len) row->inquiry = wish.inquiry;
    }
    if (no.len) row->result = RESULT_NOT_ALLOWED;  // what we may not even ask is read by nobody
    return true;
}

static void kept(CanaryRow *row, const Inquiry *inquiry, Instant now)
{
    row->inquiry = (InquiryNo){{0}};
    row->result = inquiry->result;
    if (inquiry->result != RESULT_GIVEN) return;
    row->read_at = now;
    row->as_of = inquiry->as_of;
}

bool canaries_watch(const LinkageHome *home, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    CanaryRows rows;
    if (!canaries(home->act->store, arena, &rows, err)) return false;
    VEC_EACH (CanaryRow, row, rows) {
        bool came;
        Inquiry inquiry;
        if (!ended(home->act, row, arena, &inquiry, &came, err)) return false;
        if (came) kept(row, &inquiry, home->act->now);
        bool asks = its_day(row, home->act->now);
        if (asks && !asked(home, row, arena, err)) return false;
        if ((came || asks) && !canary_save(home->act->store, row, err)) return false;
    }
    return true;
}
