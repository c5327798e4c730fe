// One box: who may be meant in the ledger.
// SPDX-License-Identifier: Apache-2.0
#include "search_pages.h"
#include "visit_person.h"

static const SearchBox box = {"住民をさがす", &route_send_search, &route_page_hits};

bool page_search(Visit *visit, Error *err)
{
    return search_opened(visit, &box, err);
}

bool send_search(Visit *visit, Error *err)
{
    return search_sent(visit, &box, err);
}

bool page_hits(Visit *visit, Error *err)
{
    const SearchSource source = ledger_search_source(visit->act);
    return hits_drawn(visit, visit->variables[0], visit_path(visit, &route_send_search, NULL, 0), &source, person_path, err);
}
