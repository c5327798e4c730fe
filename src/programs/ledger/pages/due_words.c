// SPDX-License-Identifier: Apache-2.0
#include "due_words.h"

#include <assert.h>

#include "person_opened.h"

#define ASKED S("due")

bool due_asked_path(const Visit *visit, const Route *route, const DueAsked *asked, Path *path,
                    Error *err)
{
    assert(asked->within >= -1);
    Str sealed;
    if (!visit_seal(visit, ASKED, due_asked_text(asked, visit->arena), &sealed, err)) return false;
    *path = visit_path(visit, route, &sealed, 1);
    return true;
}

bool due_asked_of(const Visit *visit, DueAsked *asked, Error *err)
{
    Str text;
    return visit_unseal(visit, ASKED, visit->variables[0], &text, err) &&
           due_asked_read(text, asked, err) && ward_opened(visit->act, &asked->ward, err);
}

static Str ward_name(const CityWards *wards, Str code)
{
    VEC_EACH (const CityWard, w, *wards)
        if (str_equal(w->code, code)) return w->name;
    return code.len ? code : S("全市");
}

Str due_asked_words(const Schedule *schedule, const CityWards *wards, const DueAsked *asked,
                    Arena *arena)
{
    int group = group_find(schedule, asked->series);
    Str series = group == GROUP_NONE ? S("すべてのワクチン") : group_name(schedule, group);
    Str within = asked->within < 0
                     ? S("日数を問わない")
                     : str_format(arena, "最終安全日まで%lld日以内", (long long)asked->within);
    return str_format(arena, "%.*s・%.*s・%.*s", STR(series), STR(ward_name(wards, asked->ward)),
                      STR(within));
}
