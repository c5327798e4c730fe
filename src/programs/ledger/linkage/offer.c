// SPDX-License-Identifier: Apache-2.0
#include "offer.h"

#include "register_step.h"

enum { YEAR_DAYS = 366 };

// Some vaccination is open to the person, or will be within a year. What was given before does not count here: that is
// what is asked.
static bool concerned(const Ledger *ledger, const PersonRow *person, Arena scratch)
{
    Day today = ledger->act->business_day;
    const DaySpan within = {today, today + YEAR_DAYS};
    const PersonRows rows = {.birth = person->birth, .sex = person->sex};
    Case c = case_of(&ledger->judge, &rows, today, &scratch);
    for (int group = 0; group < group_count(ledger->schedule); group++)
        if (case_last_target(&c, group, within, scratch) != DAY_NONE) return true;
    return false;
}

static MunicipalityCode answering(const MunicipalityTable *places, Str written)
{
    MunicipalityCode code = {{0}};
    Error unread = {0};
    if (!written.len || !municipality_code_parse(written, &code, NULL, &unread)) return (MunicipalityCode){{0}};
    return municipality_answering(places, code);
}

Offer offer_of(const Ledger *ledger, const MunicipalityTable *places, const MovedInRow *row, Arena scratch)
{
    const PersonRow *person = &row->person;
    MovedIn moved = {.event_reason = row->event_reason,
                     .lives_here = person->status == STATUS_RESIDENT,
                     .is_protected = person->is_protected,
                     .asked = row->asked,
                     .from = answering(places, row->from),
                     .here = answering(places, row->here)};
    moved.concerned = moved.lives_here && concerned(ledger, person, scratch);
    return (Offer){*row, moved.from, moved.here, inquiry_offer(&moved)};
}

bool offers_since(const Ledger *ledger, const MunicipalityTable *places, Day since, Arena *arena, Offers *offers, Error *err)
{
    MovedInRows rows;
    *offers = (Offers){0};
    if (!moved_in_since(ledger->act->store, since, arena, &rows, err)) return false;
    VEC_EACH (const MovedInRow, row, rows) {
        Offer offer = offer_of(ledger, places, row, *arena);
        *offers_push(offers, arena) = offer;
    }
    return true;
}
