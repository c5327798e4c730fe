// SPDX-License-Identifier: Apache-2.0
#include "door.h"

#include "office_code.h"

#include <string.h>

const Door *door_named(Doors doors, Str name)
{
    for (int i = 0; i < doors.count; i++)
        if (str_equal(str_of(doors.at[i]->typed.name), name)) return doors.at[i];
    return NULL;
}

static bool role_fits(Str asked, Str role)
{
    OrganisationCode member;
    if (!str_ends(asked, S("-"))) return str_equal(role, asked);
    return str_starts(role, asked) && organisation_code_read(str_from(role, asked.len), &member);
}

bool door_role_may(const Door *door, Str role)
{
    for (Cut cut = str_cut(str_of(door->role), ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        if (role_fits(cut.head, role)) return true;
    return false;
}

bool door_opens_to(const Door *door, Store *store, Str name, Instant now, Arena *arena, bool *opens, Str *wards,
                   Error *err)
{
    StaffHeld held;
    if (!staff_duty_held(store, name, door->programme, door->duty, now, arena, &held, err)) return false;
    *opens = held.holds && (!held.wards.len || door->reach == IN_WARDS);
    if (wards) *wards = held.wards;
    return true;
}

static bool listed(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(names[i], name)) return true;
    return false;
}

Programmes door_programmes(Doors doors, Arena *arena)
{
    int count = 0;
    const char **names = NEW(arena, const char *, doors.count);
    for (int i = 0; i < doors.count; i++)
        if (!listed(names, count, doors.at[i]->programme)) names[count++] = doors.at[i]->programme;
    return (Programmes){names, count};
}
