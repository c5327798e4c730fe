// SPDX-License-Identifier: Apache-2.0
#include "unified_routes.h"

ROUTES(UNIFIED_ROUTES, unified_routes)

bool unified_path(const Visit *visit, int64_t person_id, Path *path, Error *err)
{
    Str sealed;
    if (!visit_seal(visit, S("unified"), str_format(visit->arena, "%lld", (long long)person_id), &sealed, err)) return false;
    *path = visit_path(visit, &route_page_unified, &sealed, 1);
    return true;
}
