// SPDX-License-Identifier: Apache-2.0
#include "notice_reprint.h"

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

static bool was_sent(const NoticeSent *sent, const Schedule *schedule, const DueRow *row)
{
    const NoticeRows *rows = &sent->rows;
    for (ptrdiff_t i = first_of(rows, row->person_id);
         i < rows->count && rows->at[i].person_id == row->person_id; i++)
        if (str_equal(rows->at[i].series, group_id(schedule, row->group)) &&
            str_equal(rows->at[i].position, schedule_text(schedule, row->position)))
            return true;
    return false;
}

void notice_sent_only(const NoticeSent *sent, const Schedule *schedule, DueRows *rows)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < rows->count; i++)
        if (was_sent(sent, schedule, &rows->at[i])) rows->at[kept++] = rows->at[i];
    rows->count = kept;
}

void notice_sent_to(NoticeSent *sent, int32_t person_id)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < sent->rows.count; i++)
        if (sent->rows.at[i].person_id == person_id) sent->rows.at[kept++] = sent->rows.at[i];
    sent->rows.count = kept;
}
