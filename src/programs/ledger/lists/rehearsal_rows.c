// SPDX-License-Identifier: Apache-2.0
#include "rehearsal_rows.h"

#include <assert.h>

#include "masked.h"
#include "partial_number.h"

// ---- one is made

static const char next_sql[] = "SELECT coalesce(max(rehearsal_no), 0) + 1 FROM rehearsal";
static const char begin_sql[] =
    "INSERT INTO rehearsal (rehearsal_no, whole, rule_set, day, from_version, to_version, judged, changed, unknown, made_at)"
    " VALUES ($1, 0, $2, $3, $4, $5, $6, $7, $8, $9)";

bool rehearsal_begin(Store *store, RehearsalHead *head, Error *err)
{
    assert(head->rule_set.len > 0);
    assert(head->made_at > 0);
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    while (query_next(q)) head->rehearsal_no = (int32_t)column_int64(q, 0);
    if (!query_end(q, err) || !(q = query_begin(store, begin_sql, err))) return false;
    bind_int64(q, 1, head->rehearsal_no);
    bind_text(q, 2, head->rule_set);
    bind_day(q, 3, head->day);
    bind_text(q, 4, head->from_version);
    bind_text(q, 5, head->to_version);
    bind_int64(q, 6, head->judged);
    bind_int64(q, 7, head->changed);
    bind_int64(q, 8, head->unknown);
    bind_instant(q, 9, head->made_at);
    return query_run(q, err);
}

static Str there(Str text)
{
    return text.len ? text : S("");
}

static Str status_told(const Schedule *schedule, Str code)
{
    for (int s = 0; s < status_count(schedule); s++)
        if (str_equal(status_text(schedule, (Status)s), code)) return status_label(schedule, (Status)s);
    return str_equal(code, S("-")) ? S("なし") : code;
}

// "17:valid→invalid 18:-→valid" as "有効→無効、なし→有効".
static Str doses_words(const RuleSet *const sets[2], Str doses, Arena *scratch)
{
    Text text = {0};
    for (Cut one = str_cut(doses, ' '); one.head.len; one = str_cut(one.tail, ' ')) {
        Str verdicts = str_cut(one.head, ':').tail, arrow = S("→");
        ptrdiff_t at = str_find(verdicts, arrow);
        if (at < 0) continue;
        Str old = {verdicts.at, at}, new = str_from(verdicts, at + arrow.len);
        text_addf(&text, scratch, "%s%.*s→%.*s", text.len ? "、" : "", STR(status_told(sets[0]->schedule, old)),
                  STR(status_told(sets[1]->schedule, new)));
    }
    return text.len ? text_str(&text) : S("");
}

static const char line_sql[] =
    "INSERT INTO rehearsal_line (rehearsal_no, place, series_place, change, person_id, series, vaccine, from_status, to_status,"
    " from_position, to_position, from_earliest, to_earliest, from_standard_from, to_standard_from, from_standard_to,"
    " to_standard_to, from_last, to_last, doses)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

static void side_bind(Query *q, const RuleSet *set, const RehearsalSide *side, int nth)
{
    bind_text(q, 8 + nth, status_told(set->schedule, side->status));
    bind_text(q, 10 + nth, there(side->position));
    bind_day(q, 12 + nth, side->earliest);
    bind_day(q, 14 + nth, side->standard_from);
    bind_day(q, 16 + nth, side->standard_to);
    bind_day(q, 18 + nth, side->last);
}

bool rehearsal_lines_put(Store *store, int32_t rehearsal_no, const Rehearsal *rehearsal, const RuleSet *const sets[2],
                         ptrdiff_t first, ptrdiff_t count, Arena scratch, Error *err)
{
    assert(rehearsal_no > 0);
    assert(first >= 0 && first + count <= rehearsal->rows.count);
    bool good = true;
    Query *q = query_begin(store, line_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = first; good && i < first + count; i++) {
        Arena one = scratch;
        const RehearsalRow *row = &rehearsal->rows.at[i];
        const SeriesPair *pair = &rehearsal->pairs.at[row->pair];
        bind_int64(q, 1, rehearsal_no);
        bind_int64(q, 2, i + 1);
        bind_int64(q, 3, row->pair);
        bind_text(q, 4, str_of(rehearsal_change_text((RehearsalChange)row->change)));
        bind_int64(q, 5, row->person_id);
        bind_text(q, 6, pair->id);
        bind_text(q, 7, pair->name);
        for (int side = 0; side < 2; side++) side_bind(q, sets[side], &row->side[side], side);
        bind_text(q, 20, doses_words(sets, row->doses, &one));
        good = query_again(q);
    }
    return query_end(q, err);
}

bool rehearsal_end(Store *store, int32_t rehearsal_no, Error *err)
{
    assert(rehearsal_no > 0);
    Query *q = query_begin(store, "UPDATE rehearsal SET whole = 1 WHERE rehearsal_no = $1", err);
    if (!q) return false;
    bind_int64(q, 1, rehearsal_no);
    return query_run(q, err);
}

// ---- one is read

static const char find_sql[] =
    "SELECT rehearsal_no, rule_set, day, from_version, to_version, judged, changed, unknown, made_at FROM rehearsal"
    " WHERE rehearsal_no = $1 AND whole = 1";

bool rehearsal_find(Store *store, int32_t rehearsal_no, Arena *arena, RehearsalHead *head, Error *err)
{
    *head = (RehearsalHead){0};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_int64(q, 1, rehearsal_no);
    if (query_next(q))
        *head = (RehearsalHead){.rehearsal_no = (int32_t)column_int64(q, 0),
                                .rule_set = column_text(q, 1, arena),
                                .day = column_day(q, 2),
                                .from_version = column_text(q, 3, arena),
                                .to_version = column_text(q, 4, arena),
                                .judged = column_int64(q, 5),
                                .changed = column_int64(q, 6),
                                .unknown = column_int64(q, 7),
                                .made_at = column_instant(q, 8)};
    return query_end(q, err);
}

static RehearsalChange change_named(Str text)
{
    for (int change = 0; change < REHEARSAL_CHANGES; change++)
        if (str_equal(str_of(rehearsal_change_text((RehearsalChange)change)), text)) return (RehearsalChange)change;
    return REHEARSAL_DOSES;
}

static const char counts_sql[] =
    "SELECT series_place, min(vaccine), change, count(*) FROM rehearsal_line WHERE rehearsal_no = $1"
    " GROUP BY series_place, change ORDER BY series_place, change";

bool rehearsal_counts_read(Store *store, int32_t rehearsal_no, Arena *arena, RehearsalCounts *counts, Error *err)
{
    *counts = (RehearsalCounts){0};
    Query *q = query_begin(store, counts_sql, err);
    if (!q) return false;
    bind_int64(q, 1, rehearsal_no);
    while (query_next(q))
        *rehearsal_counts_push(counts, arena) =
            (RehearsalCount){.series_place = (int32_t)column_int64(q, 0),
                             .vaccine = column_text(q, 1, arena),
                             .change = change_named(column_view(q, 2)),
                             .persons = column_int64(q, 3)};
    return query_end(q, err);
}

#define LINES                                                                                                  \
    "SELECT l.person_id, p.addressee_no, p.name, p.birth, p.protected, l.change, l.series, l.vaccine, l.doses,"  \
    " l.from_status, l.to_status, l.from_position, l.to_position, l.from_earliest, l.to_earliest,"              \
    " l.from_standard_from, l.to_standard_from, l.from_standard_to, l.to_standard_to, l.from_last, l.to_last"   \
    " FROM rehearsal_line l JOIN person p ON p.person_id = l.person_id WHERE l.rehearsal_no = $1"
#define PAGE " ORDER BY l.place LIMIT $2 OFFSET $3"
static const char all_sql[] = LINES PAGE;
static const char kind_sql[] = LINES " AND l.series_place = $4 AND l.change = $5" PAGE;

static RehearsalLine line_here(Query *q, Arena *arena)
{
    Error unread;
    RehearsalLine line = {.person_id = (int32_t)column_int64(q, 0),
                          .name = masked(column_int64(q, 4) != 0, column_text(q, 2, arena)),
                          .birth = partial_of_number(column_int64(q, 3)),
                          .change = change_named(column_view(q, 5)),
                          .series = column_text(q, 6, arena),
                          .vaccine = column_text(q, 7, arena),
                          .doses = column_text(q, 8, arena)};
    for (int side = 0; side < 2; side++) {
        line.status[side] = column_text(q, 9 + side, arena);
        line.position[side] = column_text(q, 11 + side, arena);
        line.earliest[side] = column_day(q, 13 + side);
        line.standard_from[side] = column_day(q, 15 + side);
        line.standard_to[side] = column_day(q, 17 + side);
        line.last[side] = column_day(q, 19 + side);
    }
    (void)!addressee_no_parse(column_view(q, 1), &line.who, NULL, &unread);
    return line;
}

bool rehearsal_lines_read(Store *store, int32_t rehearsal_no, const RehearsalPage *page, Arena *arena,
                          RehearsalLines *lines, Error *err)
{
    assert(page->behind >= 0 && page->most > 0);
    bool all = page->series_place < 0;
    *lines = (RehearsalLines){0};
    Query *q = query_begin(store, all ? all_sql : kind_sql, err);
    if (!q) return false;
    bind_int64(q, 1, rehearsal_no);
    bind_int64(q, 2, page->most);
    bind_int64(q, 3, page->behind);
    if (!all) bind_int64(q, 4, page->series_place);
    if (!all) bind_text(q, 5, str_of(rehearsal_change_text(page->change)));
    while (query_next(q)) *rehearsal_lines_push(lines, arena) = line_here(q, arena);
    return query_end(q, err);
}

// ---- one goes

static const char over_sql[] = "SELECT coalesce(min(rehearsal_no), 0) FROM rehearsal WHERE made_at < $1";
static const char lines_gone_sql[] =
    "DELETE FROM rehearsal_line WHERE rehearsal_no = $1 AND place <"
    " (SELECT min(place) FROM rehearsal_line WHERE rehearsal_no = $1) + $2";
static const char gone_sql[] = "DELETE FROM rehearsal WHERE rehearsal_no = $1";

static bool over_find(Store *store, Instant before, int32_t *rehearsal_no, Error *err)
{
    *rehearsal_no = 0;
    Query *q = query_begin(store, over_sql, err);
    if (!q) return false;
    bind_instant(q, 1, before);
    if (query_next(q)) *rehearsal_no = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static bool lines_go(Store *store, int32_t rehearsal_no, int64_t most, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, lines_gone_sql, err);
    if (!q) return false;
    bind_int64(q, 1, rehearsal_no);
    bind_int64(q, 2, most);
    bool run = query_next(q);
    (void)run;
    *gone = query_changed(q);
    return query_end(q, err);
}

bool rehearsals_forget(Store *store, Instant before, int64_t most, int64_t *gone, Error *err)
{
    assert(most > 0);
    int32_t rehearsal_no;
    for (*gone = 0; *gone < most;) {
        int64_t lines;
        if (!over_find(store, before, &rehearsal_no, err)) return false;
        if (!rehearsal_no) return true;
        if (!lines_go(store, rehearsal_no, most, &lines, err)) return false;
        *gone += lines;
        if (lines == most) continue;
        Query *q = query_begin(store, gone_sql, err);
        if (!q) return false;
        bind_int64(q, 1, rehearsal_no);
        if (!query_run(q, err)) return false;
        ++*gone;
    }
    return true;
}
