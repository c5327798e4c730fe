// SPDX-License-Identifier: Apache-2.0
#include "city_rows.h"

#include "partial_number.h"
#include "person_rows.h"
#include "stale_set.h"
#include "work_rows.h"

#include <assert.h>

enum { TEXTS_BYTES = 256 << 10 };  // name and facts of one person

typedef enum Lane { LANE_PERSON, LANE_DOSE, LANE_FACT, LANE_SPAN, LANE_BEFORE, LANE_HOLD, LANES } Lane;

// Each lane is one row ahead: `at` is the person of its row in hand, 0 when there is none.
struct CityRows {
    Query *q[LANES];
    int64_t at[LANES];
    Arena *arena, texts;  // texts of the person in hand
    DoseRows doses;
    FactRows facts;
    SpanRows spans;
    BeforeRows befores;
};

// Whom: one stretch of persons, the stale ones, or those of a stretch who moved between two days.
#define STRETCH "person_id BETWEEN $1 AND $2"
#define STALE   "person_id IN (" STALE_PERSONS_SQL ")"
#define MOVED   STRETCH " AND person_id IN (" MOVED_PERSONS_SQL ")"

#define PERSONS(whom)                                                                         \
    "SELECT person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act" \
    " FROM person WHERE " whom " ORDER BY person_id"
static const char persons_sql[] = PERSONS(STRETCH);
static const char persons_stale_sql[] = PERSONS(STALE);
static const char persons_moved_sql[] = PERSONS(MOVED);

static const char persons_then_sql[] =
    "SELECT p.person_id, p.addressee_no, " PERSON_THEN ", p.from_act" FROM_PERSON_THEN("$3")
    " AND p.person_id BETWEEN $1 AND $2 ORDER BY p.person_id";

// What stood then; or whatever had been recorded by then, with the acts that ended it.
#define RECORDED(known) "from_act <= " known

#define DOSES(whom, which)                                                                                    \
    "SELECT person_id, given_on, dose_id, product_no, funding, override, provenance, from_act, to_act" \
    " FROM dose WHERE " whom " AND " which " ORDER BY person_id, given_on, dose_id"
static const char doses_now_sql[] = DOSES(STRETCH, STANDS("", "$3"));
static const char doses_stale_sql[] = DOSES(STALE, STANDS("", "$3"));
static const char doses_ever_sql[] = DOSES(STRETCH, RECORDED("$3"));
static const char doses_moved_sql[] = DOSES(MOVED, RECORDED("$6"));

#define FACTS(whom, which)                                                                                \
    "SELECT person_id, kind, subject, value, since, until, fact_id, from_act, to_act, began, ended" \
    " FROM person_fact WHERE " whom " AND " which                                \
    " ORDER BY person_id, kind, since, fact_id"
static const char facts_now_sql[] = FACTS(STRETCH, STANDS("", "$3"));
static const char facts_stale_sql[] = FACTS(STALE, STANDS("", "$3"));
static const char facts_ever_sql[] = FACTS(STRETCH, RECORDED("$3"));
static const char facts_moved_sql[] = FACTS(MOVED, RECORDED("$6"));

#define SPANS(whom, which)                                                                            \
    "SELECT person_id, span_id, first_day, last_day, ending, from_act, to_act, vague_days"      \
    " FROM residence WHERE " whom " AND " which " ORDER BY person_id, span_id"
static const char spans_now_sql[] = SPANS(STRETCH, STANDS("", "$3"));
static const char spans_stale_sql[] = SPANS(STALE, STANDS("", "$3"));
static const char spans_ever_sql[] = SPANS(STRETCH, RECORDED("$3"));
static const char spans_moved_sql[] = SPANS(MOVED, RECORDED("$6"));

#define BEFORES(whom, known)                                                      \
    "SELECT person_id, birth, sex, to_act FROM person_before WHERE " whom        \
    " AND to_act <= " known " ORDER BY person_id, to_act, before_id"
static const char befores_sql[] = BEFORES(STRETCH, "$3");
static const char befores_moved_sql[] = BEFORES(MOVED, "$6");

// Nobody has the number 0: a lane without rows.
static const char no_befores_sql[] =
    "SELECT person_id, birth, sex, to_act FROM person_before WHERE " STRETCH
    " AND to_act <= $3 AND person_id = 0 ORDER BY person_id, to_act, before_id";

// Who is held is asked of what is known, whatever day is judged.
#define HOLDS(whom, known)                                                          \
    "SELECT person_id, kind FROM work WHERE " STANDS("", known)               \
    " AND kind IN ('register_held', 'change_held') AND " whom " ORDER BY person_id, work_id"
static const char holds_sql[] = HOLDS(STRETCH, "$3");
static const char holds_stale_sql[] = HOLDS(STALE, "$3");
static const char holds_moved_sql[] = HOLDS(MOVED, "$6");

static const char *const lanes_sql[][LANES] = {
    [CITY_NOW] = {persons_sql, doses_now_sql, facts_now_sql, spans_now_sql, no_befores_sql, holds_sql},
    [CITY_EVER] = {persons_sql, doses_ever_sql, facts_ever_sql, spans_ever_sql, befores_sql, holds_sql},
    [CITY_STALE] = {persons_stale_sql, doses_stale_sql, facts_stale_sql, spans_stale_sql, no_befores_sql, holds_stale_sql},
    [CITY_MOVED] = {persons_moved_sql, doses_moved_sql, facts_moved_sql, spans_moved_sql, befores_moved_sql, holds_moved_sql},
};

static void advance(CityRows *rows, Lane lane)
{
    rows->at[lane] = query_next(rows->q[lane]) ? column_int64(rows->q[lane], 0) : 0;
}

static const char *lane_sql(CityKnowledge knowledge, KnownAt known, Lane lane)
{
    return lane == LANE_PERSON && known.act ? persons_then_sql : lanes_sql[knowledge][lane];
}

static bool lane_knows(KnownAt known, Lane lane)
{
    return lane != LANE_PERSON || known.act;
}

// The numbers that say whom; what is known has the place after them.
typedef struct Whom {
    int32_t numbers[5];
    int count;
} Whom;

static bool lanes_begin(Store *store, CityKnowledge knowledge, KnownAt known, Whom whom,
                        Arena *arena, CityRows **rows, Error *err)
{
    CityRows *made = NEW(arena, CityRows, 1);
    made->arena = arena;
    char *texts = NEW(arena, char, TEXTS_BYTES);
    made->texts = (Arena){texts, texts + TEXTS_BYTES};
    *rows = made;
    for (Lane lane = 0; lane < LANES; lane++) {
        made->q[lane] = query_stream(store, lane_sql(knowledge, known, lane), err);
        if (!made->q[lane]) {
            Error later;
            (void)!city_rows_end(made, &later);
            return false;
        }
        for (int i = 0; i < whom.count; i++) bind_int64(made->q[lane], 1 + i, whom.numbers[i]);
        if (lane_knows(known, lane)) bind_as_known(made->q[lane], 1 + whom.count, known);
        advance(made, lane);
    }
    return true;
}

bool city_rows_begin(Store *store, CityKnowledge knowledge, KnownAt known, int32_t first,
                     int32_t last, Arena *arena, CityRows **rows, Error *err)
{
    assert(knowledge == CITY_NOW || knowledge == CITY_EVER);
    return lanes_begin(store, knowledge, known, (Whom){{first, last}, 2}, arena, rows, err);
}

bool city_rows_begin_stale(Store *store, int32_t act_no, Day day, Arena *arena, CityRows **rows,
                           Error *err)
{
    assert(act_no >= 0);
    assert(day != DAY_NONE);
    return lanes_begin(store, CITY_STALE, KNOWN_NOW, (Whom){{act_no, day}, 2}, arena, rows, err);
}

bool city_rows_begin_moved(Store *store, const CityMoved *moved, int32_t first, int32_t last,
                           Arena *arena, CityRows **rows, Error *err)
{
    assert(moved->from <= moved->to);
    const Whom whom = {{first, last, moved->after_act, moved->to, moved->from}, 5};
    return lanes_begin(store, CITY_MOVED, KNOWN_NOW, whom, arena, rows, err);
}

static void take_doses(CityRows *rows, int64_t person_id)
{
    assert(person_id > 0);
    for (Query *q = rows->q[LANE_DOSE]; rows->at[LANE_DOSE] == person_id;
         advance(rows, LANE_DOSE)) {
        *doses_push(&rows->doses, rows->arena) = (DoseRow){
            .dose_id = (int32_t)column_int64(q, 2),
            .person_id = (int32_t)person_id,
            .product_no = (int32_t)column_int64(q, 3),
            .given_on = partial_of_number(column_int64(q, 1)),
            .funding = (Funding)column_int64(q, 4),
            .override = (DoseOverride)column_int64(q, 5),
            .provenance = (Provenance)column_int64(q, 6),
            .from_act = (int32_t)column_int64(q, 7),
            .to_act = (int32_t)column_int64(q, 8),
        };
    }
}

static void take_facts(CityRows *rows, int64_t person_id, Arena *texts)
{
    assert(person_id > 0);
    for (Query *q = rows->q[LANE_FACT]; rows->at[LANE_FACT] == person_id;
         advance(rows, LANE_FACT)) {
        *facts_push(&rows->facts, rows->arena) = (FactRow){
            .fact_id = (int32_t)column_int64(q, 6),
            .person_id = (int32_t)person_id,
            .kind = column_text(q, 1, texts),
            .subject = column_text(q, 2, texts),
            .value = column_text(q, 3, texts),
            .since = column_day(q, 4),
            .until = column_day(q, 5),
            .from_act = (int32_t)column_int64(q, 7),
            .to_act = (int32_t)column_int64(q, 8),
            .began = column_day(q, 9),
            .ended = column_day(q, 10),
        };
    }
}

static void take_spans(CityRows *rows, int64_t person_id)
{
    assert(person_id > 0);
    for (Query *q = rows->q[LANE_SPAN]; rows->at[LANE_SPAN] == person_id;
         advance(rows, LANE_SPAN)) {
        *spans_push(&rows->spans, rows->arena) = (SpanRow){
            .span = {column_day(q, 2), column_day(q, 3), (ResidenceEnd)column_int64(q, 4),
                     (int32_t)column_int64(q, 7)},
            .from_act = (int32_t)column_int64(q, 5),
            .to_act = (int32_t)column_int64(q, 6),
        };
    }
}

static void take_befores(CityRows *rows, int64_t person_id)
{
    assert(person_id > 0);
    Query *q = rows->q[LANE_BEFORE];
    for (; rows->at[LANE_BEFORE] == person_id; advance(rows, LANE_BEFORE)) {
        *befores_push(&rows->befores, rows->arena) =
            (BeforeRow){partial_of_number(column_int64(q, 1)), (int32_t)column_int64(q, 2),
                        (int32_t)column_int64(q, 3)};
    }
}

static Str take_hold(CityRows *rows, int64_t person_id)
{
    Str held = {0};
    Query *q = rows->q[LANE_HOLD];
    for (; rows->at[LANE_HOLD] && rows->at[LANE_HOLD] <= person_id; advance(rows, LANE_HOLD))
        if (rows->at[LANE_HOLD] == person_id && !held.len) held = work_kind_named(column_view(q, 1));
    return held;
}

bool city_rows_next(CityRows *rows, CityPerson *person)
{
    int64_t id = rows->at[LANE_PERSON];
    Query *q = rows->q[LANE_PERSON];
    Error unread;
    if (!id) return false;
    Arena texts = rows->texts;
    *person = (CityPerson){
        .person_id = (int32_t)id,
        .name = column_text(q, 2, &texts),
        .birth = partial_of_number(column_int64(q, 3)),
        .sex = (int32_t)column_int64(q, 4),
        .status = (int32_t)column_int64(q, 5),
        .is_protected = column_int64(q, 6) != 0,
        .withdrawn = column_int64(q, 7) != 0,
        .from_act = (int32_t)column_int64(q, 8),
    };
    (void)!addressee_no_parse(column_view(q, 1), &person->who, NULL, &unread);
    advance(rows, LANE_PERSON);

    rows->doses.count = rows->facts.count = rows->spans.count = rows->befores.count = 0;
    take_doses(rows, id);
    take_facts(rows, id, &texts);
    take_spans(rows, id);
    take_befores(rows, id);
    person->doses = rows->doses;
    person->facts = rows->facts;
    person->spans = rows->spans;
    person->befores = rows->befores;
    person->held = take_hold(rows, id);
    return true;
}

bool city_rows_end(CityRows *rows, Error *err)
{
    bool ok = true;
    Error later;
    for (Lane lane = 0; lane < LANES; lane++)
        if (rows->q[lane] && !query_end(rows->q[lane], ok ? err : &later)) ok = false;
    return ok;
}

static const char count_sql[] = "SELECT count(*) FROM person";

bool city_count(Store *store, int64_t *persons, Error *err)
{
    Query *q = query_begin(store, count_sql, err);
    if (!q) return false;
    *persons = 0;
    if (query_next(q)) *persons = column_int64(q, 0);
    return query_end(q, err);
}
