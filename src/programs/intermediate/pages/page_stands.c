// How keys, list, codes and copies stand.
// SPDX-License-Identifier: Apache-2.0
#include "canary_rows.h"
#include "code_hold_rows.h"
#include "copy_record_rows.h"
#include "exchange_words.h"
#include "intermediate_routes.h"
#include "provision.h"
#include "stands_html.h"

#include <string.h>

enum { DIGEST_SHOWN = 16 };

static bool codes(Visit *visit, StandsPage *page, Error *err)
{
    CodeCounts counts;
    Arena *arena = visit->arena;
    if (!code_counts(visit->act->store, &counts, err)) return false;
    const CodeLine lines[] = {{S("取得済"), counts.of_state[CODE_HELD]},   {S("依頼中"), counts.of_state[CODE_REQUESTED]},
                              {S("失敗"), counts.of_state[CODE_FAILED]},   {S("期限切れ"), counts.of_state[CODE_EXPIRED]},
                              {S("ひも付けの疑い"), counts.doubted}};
    for (ptrdiff_t i = 0; i < countof(lines); i++) *code_line_rows_push(&page->codes, arena) = lines[i];
    return true;
}

static bool sets(Visit *visit, StandsPage *page, Error *err)
{
    CopySetRows rows;
    Arena *arena = visit->arena;
    if (!copy_sets(visit->act->store, arena, &rows, err)) return false;
    VEC_EACH (const CopySetRow, row, rows) {
        Sha256 digest;
        int64_t unnamed;
        char text[SHA256_TEXT_SIZE];
        SetLine line = {.dataset = str_copy(arena, str_of(row->dataset.at)),
                        .sequence = row->set.sequence,
                        .as_of = row->as_of ? moment_words(row->as_of, arena) : S("まだありません"),
                        .old = visit->act->now >= row->as_of + COPIES_LIFE,
                        .refused = row->refused,
                        .held = row->held != 0};
        memcpy(digest.at, row->set.digest, sizeof digest.at);
        line.digest = str_copy(arena, str_first(str_of(sha256_text(&digest, text)), DIGEST_SHOWN));
        if (!copies_unnamed(visit->act->store, &row->dataset, 1, &line.standing, &unnamed, err)) return false;
        *set_line_rows_push(&page->sets, arena) = line;
    }
    return true;
}

static bool watched(Visit *visit, StandsPage *page, Error *err)
{
    CanaryRows rows;
    Arena *arena = visit->arena;
    Instant now = visit->act->now;
    if (!canaries(visit->act->store, arena, &rows, err)) return false;
    VEC_EACH (const CanaryRow, row, rows)
        *canary_line_rows_push(&page->canaries, arena) =
            (CanaryLine){.provider = organisation_named(visit, &row->provider),
                         .dataset = str_copy(arena, str_of(row->dataset.at)),
                         .words = canary_words(row, now, arena),
                         .wrong = canary_row_objection(row, now) != CANARY_SINGS};
    return true;
}

bool page_stands(Visit *visit, Error *err)
{
    LinkageHome home;
    Arena *arena = visit->arena;
    const Keys *keys = visit->act->office->keys;
    if (!linkage_home(visit->act, arena, &home, err)) return false;
    StandsPage page = {.organisation = home.admitted ? organisation_named(visit, &home.me) : S("機関コードなし"),
                       .list_version = home.list.version,
                       .list_rows = home.list.rows.count,
                       .list_as_of = home.list.as_of ? moment_words(home.list.as_of, arena) : S("まだありません"),
                       .list_fresh = allow_list_fresh(&home.list, visit->act->now),
                       .list_limit = span_words(ALLOW_LIST_LIFE, arena),
                       .key_newest = keys_version(keys),
                       .key_oldest = keys_oldest(keys)};
    if (home.list.as_of) page.list_age = span_words(visit->act->now - home.list.as_of, arena);
    if (!codes(visit, &page, err) || !sets(visit, &page, err) || !watched(visit, &page, err)) return false;
    visit->prints = true;
    stands_page_write(visit->page, &page);
    return true;
}
