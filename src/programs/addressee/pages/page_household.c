// Who lives with whom, as the register says it now.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "household_html.h"
#include "visit_resident.h"

static bool member_add(const Visit *visit, const VisitResident *r, const HouseholdMember *member,
                       HouseholdPage *page, Error *err)
{
    Path open;
    Arena *arena = visit->arena;
    const PersonState *state = &member->now.state;
    if (!resident_path(visit, &route_page_resident, &member->who, &open, err)) return false;
    *member_line_rows_push(&page->members, arena) =
        (MemberLine){.open = open,
                     .here = str_equal(addressee_text(&member->who), addressee_text(&r->who)),
                     .relationship = state->relationship,
                     .name = resident_name(state),
                     .kana = state->name_kana,
                     .birth = date_partial_era_text(arena, state->birth),
                     .age = age_text(state->birth, visit->act->business_day, arena),
                     .sex = sex_words(state->sex),
                     .resident = state->status == STATUS_RESIDENT,
                     .state = status_words(state->status)};
    return true;
}

bool page_household(Visit *visit, Error *err)
{
    VisitResident r;
    HouseholdPage page = {0};
    HouseholdMembers members = {0};
    if (!visit_resident(visit, &r, err) ||
        !resident_path(visit, &route_page_resident, &r.who, &page.back, err))
        return false;
    // With whom a protected person lives says where.
    page.hidden = r.row.protection != PROTECTION_NONE;
    page.alone = r.row.household_key == -r.row.person_id;
    if (!page.hidden && !page.alone &&
        !household_read(visit->act->store, visit->act->office->keys, r.row.household_key,
                        visit->arena, &members, err))
        return false;
    VEC_EACH (const HouseholdMember, member, members)
        if (!member_add(visit, &r, member, &page, err)) return false;
    page.count = page.members.count;
    visit->prints = true;
    household_page_write(visit->page, &page);
    return true;
}
