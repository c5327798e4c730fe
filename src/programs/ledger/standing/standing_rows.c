// SPDX-License-Identifier: Apache-2.0
#include "standing_rows.h"

#include <assert.h>

#include "stale_set.h"
#include "standing_columns.h"

// ---- the state

static const char state_sql[] = "SELECT roll_no, judged_by, act_no, day FROM standing_state";

bool standing_state_read(Store *store, Arena *arena, StandingState *state, Error *err)
{
    *state = (StandingState){.act_no = STANDING_MAKING};
    Query *q = query_begin(store, state_sql, err);
    if (!q) return false;
    if (query_next(q))
        *state = (StandingState){(int32_t)column_int64(q, 0), column_text(q, 1, arena),
                                 (int32_t)column_int64(q, 2), column_day(q, 3)};
    return query_end(q, err);
}

static const char state_write_sql[] =
    "INSERT INTO standing_state (one, roll_no, judged_by, act_no, day) VALUES (1, $1, $2, $3, $4)"
    " ON CONFLICT (one) DO UPDATE SET roll_no = excluded.roll_no, judged_by = excluded.judged_by,"
    " act_no = excluded.act_no, day = excluded.day";

bool standing_state_write(Store *store, const StandingState *state, Error *err)
{
    assert(state->roll_no > 0);
    assert(state->act_no >= STANDING_MAKING);
    assert(state->judged_by.len > 0);
    Query *q = query_begin(store, state_write_sql, err);
    if (!q) return false;
    bind_int64(q, 1, state->roll_no);
    bind_text(q, 2, state->judged_by);
    bind_int64(q, 3, state->act_no);
    bind_day(q, 4, state->day);
    return query_run(q, err);
}

static const char forget_sql[] = "DELETE FROM standing";
static const char forget_persons_sql[] = "DELETE FROM standing_person";
static const char forget_counts_sql[] = "DELETE FROM standing_count";
static const char forget_months_sql[] = "DELETE FROM standing_month";
static const char tidy_sql[] = "DELETE FROM standing_count WHERE persons = 0";
static const char tidy_months_sql[] = "DELETE FROM standing_month WHERE persons = 0";

static bool ran(Store *store, const char *sql, Error *err)
{
    Query *q = query_begin(store, sql, err);
    return q && query_run(q, err);
}

bool standing_forget_all(Store *store, Error *err)
{
    return ran(store, forget_sql, err) && ran(store, forget_persons_sql, err) &&
           ran(store, forget_counts_sql, err) && ran(store, forget_months_sql, err);
}

bool standing_counts_tidy(Store *store, Error *err)
{
    return ran(store, tidy_sql, err) && ran(store, tidy_months_sql, err);
}

// The stale, each kind of them no further than asked: a file of a big city would be counted through for each page.
static const char stale_count_sql[] =
    "SELECT count(*) FROM (SELECT person_id FROM (SELECT person_id FROM person_last_act WHERE act_no > CAST($1 AS integer) LIMIT $3) AS touched"
    " UNION SELECT person_id FROM (SELECT person_id FROM standing_person WHERE turns_on <= CAST($2 AS integer) LIMIT $3) AS turned) AS stale";

bool standing_stale_count(Store *store, const StandingState *state, Day day, int64_t most, int64_t *count,
                          Error *err)
{
    assert(day != DAY_NONE);
    assert(most > 0);
    if (state->act_no == STANDING_MAKING) return city_count(store, count, err);
    Query *q = query_begin(store, stale_count_sql, err);
    if (!q) return false;
    bind_int64(q, 1, state->act_no);
    bind_day(q, 2, day);
    bind_int64(q, 3, most + 1);
    *count = query_next(q) ? column_int64(q, 0) : 0;
    return query_end(q, err);
}

// Of the acts before this one none was of a later day; and none after the last roll is known to what is kept.
static const char last_act_sql[] =
    "SELECT coalesce(min(act_no) - 1, 2147483647) FROM act WHERE business_day > $1";
static const char moved_count_sql[] =
    "SELECT count(*) FROM person WHERE person_id BETWEEN $1 AND $2"
    " AND person_id IN (" MOVED_PERSONS_SQL ")";

static bool last_act_of(Store *store, Day day, int32_t *act_no, Error *err)
{
    assert(day != DAY_NONE);
    Query *q = query_begin(store, last_act_sql, err);
    if (!q) return false;
    bind_day(q, 1, day);
    if (query_next(q)) *act_no = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static bool moved_of(Store *store, const StandingState *state, Day from, Day to, CityMoved *moved, Error *err)
{
    assert(from <= to);
    *moved = (CityMoved){0, from, to};
    if (!last_act_of(store, from, &moved->after_act, err)) return false;
    if (state->act_no < moved->after_act) moved->after_act = state->act_no;
    return true;
}

bool standing_moved(Store *store, const StandingState *state, Day from, Day to, CityMoved *moved,
                    int64_t *count, Error *err)
{
    if (!moved_of(store, state, from, to, moved, err)) return false;
    Query *q = query_begin(store, moved_count_sql, err);
    if (!q) return false;
    bind_int64(q, 1, 0);
    bind_int64(q, 2, INT32_MAX);
    bind_int64(q, 3, moved->after_act);
    bind_day(q, 4, to);
    bind_day(q, 5, from);
    *count = query_next(q) ? column_int64(q, 0) : 0;
    return query_end(q, err);
}

// No more entries are looked at than must be for the answer.
static const char moved_few_sql[] =
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM person_last_act WHERE act_no > CAST($1 AS integer)"
    " LIMIT CAST($4 AS bigint)) AS written) + (SELECT count(*) FROM (SELECT 1 FROM standing_person"
    " WHERE turns_on <= CAST($2 AS integer) LIMIT CAST($4 AS bigint)) AS turning) + (SELECT count(*)"
    " FROM (SELECT 1 FROM standing_person WHERE judged_on > CAST($3 AS integer)"
    " LIMIT CAST($4 AS bigint)) AS judged)";

bool standing_moved_few(Store *store, const StandingState *state, Day from, Day to, int64_t most,
                        bool *few, Error *err)
{
    assert(most > 0);
    CityMoved moved;
    if (!moved_of(store, state, from, to, &moved, err)) return false;
    Query *q = query_begin(store, moved_few_sql, err);
    if (!q) return false;
    bind_int64(q, 1, moved.after_act);
    bind_day(q, 2, to);
    bind_day(q, 3, from);
    bind_int64(q, 4, most + 1);
    *few = query_next(q) && column_int64(q, 0) <= most;
    return query_end(q, err);
}

static const char day_forget_sql[] = "DELETE FROM standing_day WHERE day = $1";
static const char day_keep_sql[] =
    "INSERT INTO standing_day (day, series, due, late) SELECT CAST($1 AS integer), series,"
    " sum(CASE WHEN status = 'due' THEN persons ELSE 0 END),"
    " sum(CASE WHEN status = 'late' THEN persons ELSE 0 END)"
    " FROM standing_count WHERE status IN ('due', 'late') GROUP BY series";

static bool day_ran(Store *store, const char *sql, Day day, Error *err)
{
    assert(day != DAY_NONE);
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_day(q, 1, day);
    return query_run(q, err);
}

bool standing_day_keep(Store *store, Day day, Error *err)
{
    assert(day != DAY_NONE);
    return day_ran(store, day_forget_sql, day, err) && day_ran(store, day_keep_sql, day, err);
}

static const char measure_sql[] =
    "ANALYZE standing, standing_person, standing_count, person_last_act";

bool standing_measure(Store *store, Error *err)
{
    return !store_is_postgresql(store) || store_execute(store, measure_sql, err);
}

// ---- keys

struct PersonKeys {
    Query *q;
    Arena texts;
};

#define KEYS(stands)                                                                              \
    "SELECT person_id, (SELECT a.act_no FROM person_last_act a WHERE a.person_id = p.person_id)," \
    " (SELECT v.municipality_code FROM resident_version v WHERE v.person_id = p.person_id"        \
    " AND " stands " ORDER BY v.version_no DESC, v.version_id DESC LIMIT 1)"                      \
    " FROM person p"
#define KEYS_NOW KEYS("v.to_act = 2147483647")
static const char keys_sql[] = KEYS_NOW " ORDER BY person_id";
static const char stale_keys_sql[] =
    KEYS_NOW " WHERE person_id IN (" STALE_PERSONS_SQL ") ORDER BY person_id";
static const char known_keys_sql[] = KEYS(STANDS("v.", "CAST($1 AS integer)")) " ORDER BY person_id";

static PersonKeys *keys_begin(Store *store, const char *sql, Arena *arena, Error *err)
{
    enum { WARD_BYTES = 256 };
    PersonKeys *made = NEW(arena, PersonKeys, 1);
    char *texts = NEW(arena, char, WARD_BYTES);
    *made = (PersonKeys){query_stream(store, sql, err), {texts, texts + WARD_BYTES}};
    return made->q ? made : NULL;
}

bool person_keys_begin(Store *store, const StandingState *stale_since, Day day, Arena *arena,
                       PersonKeys **keys, Error *err)
{
    assert(!stale_since || day != DAY_NONE);
    PersonKeys *made = keys_begin(store, stale_since ? stale_keys_sql : keys_sql, arena, err);
    if (!made) return false;
    if (stale_since) {
        bind_int64(made->q, 1, stale_since->act_no);
        bind_day(made->q, 2, day);
    }
    *keys = made;
    return true;
}

bool person_keys_begin_known(Store *store, KnownAt known, Arena *arena, PersonKeys **keys,
                             Error *err)
{
    PersonKeys *made = keys_begin(store, known_keys_sql, arena, err);
    if (!made) return false;
    bind_as_known(made->q, 1, known);
    *keys = made;
    return true;
}

bool person_keys_next(PersonKeys *keys, PersonKey *key)
{
    if (!query_next(keys->q)) return false;
    Arena texts = keys->texts;
    *key = (PersonKey){(int32_t)column_int64(keys->q, 0), (int32_t)column_int64(keys->q, 1),
                       column_text(keys->q, 2, &texts)};
    return true;
}

bool person_keys_end(PersonKeys *keys, Error *err)
{
    return query_end(keys->q, err);
}

// ---- what is kept

static const char gone_sql[] = "DELETE FROM standing WHERE person_id = $1";
static const char person_gone_sql[] = "DELETE FROM standing_person WHERE person_id = $1";

static bool persons_gone(Store *store, const char *sql, const StandingRows *rows, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bool good = true;
    for (ptrdiff_t i = 0; good && i < rows->count; i++) {
        bind_int64(q, 1, rows->at[i].person_id);
        good = query_again(q);
    }
    return query_end(q, err);
}

int32_t month_born(PartialDate birth)
{
    return birth.month ? birth.year * 100 + birth.month : 0;
}

static const char person_sql[] =
    "INSERT INTO standing_person (person_id, act_no, judged_on, turns_on, statuses, born, ward)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static bool persons_put(Store *store, const StandingRows *rows, Error *err)
{
    Query *q = query_begin(store, person_sql, err);
    if (!q) return false;
    bool good = true;
    for (ptrdiff_t i = 0; good && i < rows->count; i++) {
        const StandingRow *row = &rows->at[i];
        bind_int64(q, 1, row->person_id);
        bind_int64(q, 2, row->act_no);
        bind_day(q, 3, row->judged_on);
        bind_day(q, 4, row->standing.turns_on);
        bind_text(q, 5, row->standing.statuses.at ? row->standing.statuses : S(""));
        bind_int64(q, 6, row->born);
        bind_text(q, 7, row->ward.at ? row->ward : S(""));
        good = query_again(q);
    }
    return query_end(q, err);
}

static const char next_sql[] = "INSERT INTO standing (" STANDING_COLUMNS(
    "") ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

// Days as numbers, so that "none" stands first in every order.
static void next_bind(Query *q, const Schedule *schedule, const StandingRow *row,
                      const NextStanding *next)
{
    bind_int64(q, 1 + AT_PERSON, row->person_id);
    bind_text(q, 1 + AT_SERIES, group_id(schedule, next->group));
    bind_text(q, 1 + AT_STATUS, status_text(schedule, (Status)next->status));
    bind_int64(q, 1 + AT_CONTRAINDICATED, next->contraindicated);
    bind_int64(q, 1 + AT_NO_LETTER, next->no_letter);
    bind_text(q, 1 + AT_POSITION, schedule_text(schedule, next->position));
    bind_int64(q, 1 + AT_EARLIEST, next->earliest);
    bind_int64(q, 1 + AT_STANDARD_FROM, next->standard_from);
    bind_int64(q, 1 + AT_STANDARD_TO, next->standard_to);
    bind_int64(q, 1 + AT_LAST, next->last);
    bind_int64(q, 1 + AT_LAST_SAFE, next->last_safe);
    bind_text(q, 1 + AT_WARD, row->ward.at ? row->ward : S(""));
    bind_int64(q, 1 + AT_MONTH, next->month);
}

static bool nexts_put(Store *store, const Schedule *schedule, const StandingRows *rows, Error *err)
{
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    bool good = true;
    VEC_EACH (const StandingRow, row, *rows)
        for (int i = 0; good && i < row->standing.next_count; i++) {
            next_bind(q, schedule, row, &row->standing.next[i]);
            good = query_again(q);
        }
    return query_end(q, err);
}

bool standing_rows_put(Store *store, const Schedule *schedule, const StandingRows *rows, bool anew,
                       Error *err)
{
    bool free = anew || (persons_gone(store, gone_sql, rows, err) &&
                         persons_gone(store, person_gone_sql, rows, err));
    return free && persons_put(store, rows, err) && nexts_put(store, schedule, rows, err);
}

struct StandingKept {
    const Schedule *schedule;
    Query *persons, *nexts;
    int64_t at;          // the person of the row of `standing` in hand; 0: there is none
    NextStanding *room;  // one for each series
    Arena texts;
    PositionsMet met;
};

static const char kept_persons_sql[] =
    "SELECT person_id, act_no, judged_on, turns_on, statuses, born, ward FROM standing_person ORDER BY person_id";
static const char kept_sql[] =
    "SELECT " STANDING_COLUMNS("") " FROM standing ORDER BY person_id, series";

static void nexts_advance(StandingKept *kept)
{
    kept->at = query_next(kept->nexts) ? column_int64(kept->nexts, AT_PERSON) : 0;
}

bool standing_kept_begin(Store *store, const Schedule *schedule, Arena *arena, StandingKept **kept,
                         Error *err)
{
    enum { STATUSES_BYTES = 256 };
    StandingKept *made = NEW(arena, StandingKept, 1);
    char *texts = NEW(arena, char, STATUSES_BYTES);
    *made = (StandingKept){.schedule = schedule,
                           .room = NEW(arena, NextStanding, group_count(schedule)),
                           .texts = {texts, texts + STATUSES_BYTES}};
    *kept = made;
    made->persons = query_stream(store, kept_persons_sql, err);
    made->nexts = made->persons ? query_stream(store, kept_sql, err) : NULL;
    if (!made->nexts) {
        Error later;
        (void)!standing_kept_end(made, &later);
        return false;
    }
    nexts_advance(made);
    return true;
}

static Status status_named(Str text)
{
    if (str_equal(text, S("due"))) return STATUS_DUE;
    return str_equal(text, S("late")) ? STATUS_LATE : STATUS_NOT_YET;
}

int32_t position_met(const Schedule *schedule, PositionsMet *met, Str text)
{
    for (int i = 0; i < met->count; i++)
        if (str_equal(schedule_text(schedule, met->at[i]), text)) return met->at[i];
    int32_t found = schedule_text_find(schedule, text);
    if (met->count < countof(met->at)) met->at[met->count++] = found;
    return found;
}

NextStanding next_standing_read(Query *q, const Schedule *schedule, PositionsMet *met)
{
    return (NextStanding){
        .group = (int16_t)group_find(schedule, column_view(q, AT_SERIES)),
        .status = (int16_t)status_named(column_view(q, AT_STATUS)),
        .contraindicated = column_int64(q, AT_CONTRAINDICATED) != 0,
        .no_letter = column_int64(q, AT_NO_LETTER) != 0,
        .position = position_met(schedule, met, column_view(q, AT_POSITION)),
        .earliest = (Day)column_int64(q, AT_EARLIEST),
        .standard_from = (Day)column_int64(q, AT_STANDARD_FROM),
        .standard_to = (Day)column_int64(q, AT_STANDARD_TO),
        .last = (Day)column_int64(q, AT_LAST),
        .last_safe = (Day)column_int64(q, AT_LAST_SAFE),
        .month = (int32_t)column_int64(q, AT_MONTH),
    };
}

// Into the order of the rules. A series or position that these rules do not know is nobody's answer.
static void next_add(StandingKept *kept, Standing *standing)
{
    NextStanding next = next_standing_read(kept->nexts, kept->schedule, &kept->met);
    if (next.group == GROUP_NONE || standing->next_count == group_count(kept->schedule)) return;
    int at = standing->next_count++;
    for (; at && standing->next[at - 1].group > next.group; at--)
        standing->next[at] = standing->next[at - 1];
    standing->next[at] = next;
}

bool standing_kept_next(StandingKept *kept, StandingRow *row)
{
    Query *q = kept->persons;
    if (!query_next(q)) return false;
    Arena texts = kept->texts;
    Str statuses = column_text(q, 4, &texts);
    *row = (StandingRow){
        .person_id = (int32_t)column_int64(q, 0),
        .act_no = (int32_t)column_int64(q, 1),
        .judged_on = column_day(q, 2),
        .born = (int32_t)column_int64(q, 5),
        .ward = column_text(q, 6, &texts),
        .standing = {.turns_on = column_day(q, 3), .statuses = statuses, .next = kept->room},
    };
    for (; kept->at && kept->at <= row->person_id; nexts_advance(kept))
        if (kept->at == row->person_id) next_add(kept, &row->standing);
    return true;
}

bool standing_kept_end(StandingKept *kept, Error *err)
{
    Error later;
    bool persons = !kept->persons || query_end(kept->persons, err);
    bool nexts = !kept->nexts || query_end(kept->nexts, persons ? err : &later);
    return persons && nexts;
}

static const char counts_wrong_sql[] =
    "SELECT count(*) FROM (SELECT series, last_safe, ward, status, contraindicated, sum(n) AS n"
    " FROM (SELECT series, last_safe, ward, status, contraindicated, persons AS n"
    " FROM standing_count UNION ALL SELECT series, last_safe, ward, status, contraindicated, -1"
    " FROM standing) AS each_row GROUP BY series, last_safe, ward, status, contraindicated)"
    " AS each_kind WHERE n <> 0";

static const char months_wrong_sql[] =
    "SELECT count(*) FROM (SELECT series, position, month, sum(n) AS n"
    " FROM (SELECT series, position, month, persons AS n FROM standing_month UNION ALL"
    " SELECT series, position, month, -1 FROM standing WHERE contraindicated = 0) AS each_row"
    " GROUP BY series, position, month) AS each_kind WHERE n <> 0";

static bool wrong_add(Store *store, const char *sql, int64_t *wrong, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    if (query_next(q)) *wrong += column_int64(q, 0);
    return query_end(q, err);
}

bool standing_counts_wrong(Store *store, int64_t *wrong, Error *err)
{
    *wrong = 0;
    return wrong_add(store, counts_wrong_sql, wrong, err) && wrong_add(store, months_wrong_sql, wrong, err);
}
