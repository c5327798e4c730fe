// SPDX-License-Identifier: Apache-2.0
#include "vaccine_names.h"

VaccineNames vaccine_names(const Schedule *schedule, Arena *arena)
{
    VaccineNames names = {0};
    for (int g = 0; g < group_count(schedule); g++) {
        VaccineName *found = NULL;
        Str name = str_cut(group_name(schedule, g), ' ').head;
        VEC_EACH (VaccineName, v, names)
            if (str_equal(v->name, name)) found = v;
        if (!found) {
            found = vaccine_names_push(&names, arena);
            *found = (VaccineName){.name = name, .id = group_id(schedule, g)};
        }
        found->groups |= (uint64_t)1 << g;
    }
    return names;
}

const VaccineName *vaccine_named(const VaccineNames *names, const Schedule *schedule, Str id)
{
    int group = group_find(schedule, id);
    VEC_EACH (const VaccineName, v, *names)
        if (group != GROUP_NONE && v->groups >> group & 1) return v;
    return NULL;
}
