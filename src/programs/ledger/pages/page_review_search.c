// Somebody who is no candidate of a row, searched for inside its review: whoever is found stands beside the row.
// SPDX-License-Identifier: Apache-2.0
#include "review_drawing.h"
#include "search_pages.h"

bool send_review_search(Visit *visit, Error *err)
{
    Str sealed, refused;
    Reviewing *r = NEW(visit->arena, Reviewing, 1);
    if (!hits_typed(visit, &sealed, &refused, err)) return false;
    if (refused.len) {
        bool drawn = reviewing(visit, r, err) && review_drawn(r, refused, err);
        match_reader_close(r->shown.matches);
        return drawn;
    }
    const Str variables[] = {visit->variables[0], visit->variables[1], sealed};
    visit->go = visit_path(visit, &route_page_review_hits, variables, 3);
    return true;
}

bool page_review_hits(Visit *visit, Error *err)
{
    int32_t file_no, row_id;
    const SearchSource source = ledger_search_source(visit->act);
    return review_row_meant(visit, &file_no, &row_id, err) &&
           hits_drawn(visit, visit->variables[2], review_path(visit, &route_send_review_search, file_no, row_id),
                      &source, review_with_path, err);
}
