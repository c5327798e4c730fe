// SPDX-License-Identifier: Apache-2.0
#include "route.h"

static const char *const words_of[] = {
#define X(name, words) [PURPOSE_##name] = (words),
    PURPOSES(X)
#undef X
};

const char *purpose_words(Purpose purpose)
{
    return words_of[purpose];
}

bool purpose_named(Str words, Purpose *purpose)
{
    for (int i = 0; i < PURPOSE_COUNT; i++)
        if (str_equal(words, str_of(words_of[i]))) {
            *purpose = (Purpose)i;
            return true;
        }
    return false;
}

bool route_opens(const Route *route, Purpose purpose)
{
    return (route->purposes & 1U << purpose) != 0;
}

bool route_fits(const char *path, const WebRequest *request, Str variables[ROUTE_VARIABLES_MOST])
{
    int segment = 0, variable = 0;
    Str rest = str_from(str_of(path), 1);
    while (rest.len) {
        Cut cut = str_cut(rest, '/');
        rest = cut.tail;
        if (segment == request->segment_count) return false;
        Str given = request->segments[segment++];
        if (cut.head.at[0] == '{' && variable < ROUTE_VARIABLES_MOST)
            variables[variable++] = given;
        else if (!str_equal(cut.head, given))
            return false;
    }
    return segment == request->segment_count;
}

const Route *route_of(Routes routes, const WebRequest *request, Str variables[ROUTE_VARIABLES_MOST])
{
    for (int i = 0; i < routes.count; i++)
        if (routes.at[i]->method == request->head.method &&
            route_fits(routes.at[i]->path, request, variables))
            return routes.at[i];
    return NULL;
}
