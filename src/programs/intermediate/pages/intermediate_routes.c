// SPDX-License-Identifier: Apache-2.0
#include "intermediate_routes.h"

#include "municipality.h"

ROUTES(INTERMEDIATE_ROUTES, intermediate_routes)

bool copy_path(const Visit *visit, const UnifiedNo *person, Path *path, Error *err)
{
    Str sealed;
    AddresseeNo whose;
    *path = NULL;
    if (!unified_text(person).len) return true;
    // The trail of this program knows a person by the 統一識別番号.
    if (!addressee_no_parse(unified_text(person), &whose, NULL, err) ||
        !visit_seal(visit, S("person"), unified_text(person), &sealed, err))
        return false;
    visit_shows(visit, &whose);
    *path = visit_path(visit, &route_page_copy, &sealed, 1);
    return true;
}

Str organisation_named(const Visit *visit, const OrganisationCode *code)
{
    return organisation_words((const MunicipalityTable *)visit->program, code, visit->arena);
}

Str moment_words(Instant at, Arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    return at ? str_copy(arena, str_first(str_of(instant_in_japan(at, text)), (ptrdiff_t)sizeof "2026-11-24 01:37" - 1)) : (Str){0};
}

Str span_words(Instant span, Arena *arena)
{
    enum { MINUTES = 60, HOURS = 24 };
    long long minutes = span > 0 ? (long long)(span / INSTANT_MINUTE) : 0, hours = minutes / MINUTES, days = hours / HOURS;
    if (days && hours % HOURS) return str_format(arena, "%lld日%lld時間", days, hours % HOURS);
    if (days) return str_format(arena, "%lld日", days);
    if (hours) return str_format(arena, "%lld時間", hours);
    return str_format(arena, "%lld分", minutes);
}

Str left_words(Instant until, Instant now, Arena *arena)
{
    if (until <= now) return S("過ぎました");
    return str_format(arena, "あと%.*s", STR(span_words(until - now, arena)));
}
