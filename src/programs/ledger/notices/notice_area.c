// SPDX-License-Identifier: Apache-2.0
#include "notice_area.h"

// 大字 and 字 stand before a town in some addresses and never in the master.
static Str without_section(Str text)
{
    if (str_starts(text, S("大字"))) return str_from(text, (ptrdiff_t)sizeof("大字") - 1);
    return str_starts(text, S("字")) ? str_from(text, (ptrdiff_t)sizeof("字") - 1) : text;
}

// How much of `text` the longest town of this ward covers: 沼新町 is not 沼.
static ptrdiff_t longest_town(PostalTowns all, const MunicipalityCode *ward, Str text)
{
    ptrdiff_t longest = 0;
    for (int i = 0; i < all.count; i++) {
        const PostalTown *town = &all.at[i];
        if (town->town.len > longest && municipality_same(&town->municipality, ward) &&
            str_starts(text, town->town))
            longest = town->town.len;
    }
    return longest;
}

static Str area_of_town(PostalTowns all, const PostalTown *town, Str address)
{
    ptrdiff_t ward = str_find(address, town->ward);
    if (ward < 0) return (Str){0};
    Str rest = without_section(str_from(address, ward + town->ward.len));
    if (!str_starts(rest, town->town) ||
        longest_town(all, &town->municipality, rest) != town->town.len)
        return (Str){0};
    return str_first(address, address.len - rest.len + town->town.len);
}

Str notice_area(PostalTowns all, Str postal_code, Str address)
{
    PostalCode code;
    Error unread;
    if (!postal_code_parse(postal_code, &code, NULL, &unread)) return (Str){0};
    PostalTowns towns = postal_find(all, &code);
    for (int i = 0; i < towns.count; i++) {
        Str area = area_of_town(all, &towns.at[i], address);
        if (area.len) return area;
    }
    return (Str){0};
}
