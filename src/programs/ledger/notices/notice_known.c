// SPDX-License-Identifier: Apache-2.0
#include "notice_known.h"

#include <assert.h>

#include "key_set.h"

bool notice_portion_read(Store *store, int32_t before_run, const int32_t *ids, ptrdiff_t count,
                         Arena *arena, NoticePortion *portion, Error *err)
{
    assert(count > 0);
    assert(before_run >= 0);
    KeySet keys = {0};
    for (ptrdiff_t i = 0; i < count; i++) key_set_add_number(&keys, arena, ids[i]);
    Str persons = key_set_text(&keys, arena);
    *portion = (NoticePortion){0};
    return facts_of_persons(store, persons, arena, &portion->facts, err) &&
           notices_of_persons(store, persons, before_run, arena, &portion->history, err) &&
           doses_of_persons(store, persons, arena, &portion->doses, err) &&
           notice_addresses(store, persons, arena, &portion->addresses, err) &&
           mailings_of_persons(store, persons, arena, &portion->mailings, err) &&
           notice_holds(store, persons, arena, &portion->holds, err);
}

// Rows `first` to `end` of one person, in rows that are by person.
#define RANGE_OF(rows, id, first, end)                                             \
    do {                                                                           \
        ptrdiff_t high_ = (rows).count;                                            \
        for ((first) = 0; (first) < high_;) {                                      \
            ptrdiff_t middle_ = (first) + (high_ - (first)) / 2;                   \
            if ((rows).at[middle_].person_id < (id))                               \
                (first) = middle_ + 1;                                             \
            else                                                                   \
                high_ = middle_;                                                   \
        }                                                                          \
        for ((end) = (first); (end) < (rows).count && (rows).at[end].person_id == (id);) (end)++; \
    } while (0)

NoticeKnown notice_known(const NoticePortion *p, int32_t person_id, Arena *arena)
{
    assert(person_id > 0);
    NoticeKnown known = {0};
    ptrdiff_t first, end;
    RANGE_OF(p->facts, person_id, first, end);
    known.facts = (FactRows){p->facts.at + first, end - first, end - first};
    RANGE_OF(p->history, person_id, first, end);
    known.history = (NoticeRows){p->history.at + first, end - first, end - first};
    RANGE_OF(p->doses, person_id, first, end);
    known.doses = (DoseRows){p->doses.at + first, end - first, end - first};
    RANGE_OF(p->addresses, person_id, first, end);
    if (first < end) known.address = p->addresses.at[first];
    RANGE_OF(p->mailings, person_id, first, end);
    for (ptrdiff_t i = first; i < end; i++) *mailing_addresses_push(&known.mailings, arena) = p->mailings.at[i].mailing;
    RANGE_OF(p->holds, person_id, first, end);
    if (first < end) known.register_held = p->holds.at[first].held;
    return known;
}
