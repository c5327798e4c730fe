// SPDX-License-Identifier: Apache-2.0
#include "resident_plan.h"

#include <assert.h>

#include "counter_rows.h"
#include "person_mailing_rows.h"
#include "partial_number.h"
#include "resident_forget_rows.h"
#include "resident_hold_rows.h"
#include "resident_keys.h"

// ---- reading

static bool numbers_read(Store *store, ResidentNumbers *next, Error *err)
{
    return number_next(store, NUMBER_PERSON, &next->person, err) &&
           number_next(store, NUMBER_PERSON_BEFORE, &next->before, err) &&
           number_next(store, NUMBER_RESIDENCE, &next->span, err) &&
           number_next(store, NUMBER_RESIDENT_VERSION, &next->version, err) &&
           number_next(store, NUMBER_MATCH_VERSION, &next->match, err);
}

static bool numbers_same(const ResidentNumbers *a, const ResidentNumbers *b)
{
    return a->person == b->person && a->before == b->before && a->span == b->span && a->version == b->version &&
           a->match == b->match;
}

bool resident_plan_begin(ResidentPlan *plan, Store *store, const Keys *keys, const PersonChangeRows *changes,
                         Arena *arena, Error *err)
{
    Residents known;
    *plan = (ResidentPlan){.store = store, .keys = keys, .arena = arena};
    if (!numbers_read(store, &plan->first, err) || !resident_holds_open(store, &plan->parked, err) ||
        !residents_known(store, changes, arena, &known, err))
        return false;
    plan->next = plan->first;
    resident_plan_know(plan, &known);
    return true;
}

// ---- writing

typedef struct Writing {
    const ResidentPlan *plan;
    int32_t act_no;
} Writing;

enum { ACT_OF_NOBODY = INT32_MAX };  // to_act of what stands

static int32_t until(const Writing *w, bool ended)
{
    return ended ? w->act_no : ACT_OF_NOBODY;
}

static const char person_insert_sql[] =
    "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn,"
    " from_act) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static Str name_or_blank(const PersonPicture *now)
{
    return str_present(now->name) ? now->name : S("");
}

static void bind_fresh(Query *q, const Writing *w, const void *row)
{
    const PersonPicture *now = row;
    bind_int64(q, 1, now->person_id);
    bind_text(q, 2, now->addressee_no);
    bind_text(q, 3, name_or_blank(now));
    bind_int64(q, 4, now->birth);
    bind_int64(q, 5, now->sex);
    bind_int64(q, 6, now->status);
    bind_int64(q, 7, now->is_protected);
    bind_int64(q, 8, now->withdrawn);
    bind_int64(q, 9, w->act_no);
}

static const char before_insert_sql[] =
    "INSERT INTO person_before (before_id, person_id, birth, sex, to_act) VALUES ($1, $2, $3, $4, $5)";

static void bind_before(Query *q, const Writing *w, const void *row)
{
    const PlannedBefore *before = row;
    bind_int64(q, 1, before->before_id);
    bind_int64(q, 2, before->person_id);
    bind_int64(q, 3, before->birth);
    bind_int64(q, 4, before->sex);
    bind_int64(q, 5, w->act_no);
}

static const char person_update_sql[] =
    "UPDATE person SET name = $1, birth = $2, sex = $3, status = $4, protected = $5, withdrawn = $6"
    " WHERE person_id = $7";

static void bind_picture(Query *q, const Writing *w, const void *row)
{
    const PersonPicture *now = row;
    (void)w;
    bind_text(q, 1, name_or_blank(now));
    bind_int64(q, 2, now->birth);
    bind_int64(q, 3, now->sex);
    bind_int64(q, 4, now->status);
    bind_int64(q, 5, now->is_protected);
    bind_int64(q, 6, now->withdrawn);
    bind_int64(q, 7, now->person_id);
}

static const char version_end_sql[] =
    "UPDATE resident_version SET to_act = $1"
    " WHERE person_id = $2 AND version_no = $3 AND to_act = 2147483647";

static void bind_end(Query *q, const Writing *w, const void *row)
{
    const PlannedEnd *end = row;
    bind_int64(q, 1, w->act_no);
    bind_int64(q, 2, end->person_id);
    bind_int64(q, 3, end->version_no);
}

// The thirty items stand in the order of person_fields, from $10 on.
static const char version_insert_sql[] =
    "INSERT INTO resident_version (version_id, person_id, version_no, event_reason, occurred_on,"
    " reported_on, recorded_at, from_act, to_act, household_no, kind, status, name, name_kana,"
    " name_roman, alias, alias_kana, printed_name, sex, birth, relationship, municipality_code,"
    " postal_code, town, lot, branch, sub_branch, address, building, phone, resident_from,"
    " resident_until, from_address, from_building, from_municipality, to_address, to_building,"
    " to_municipality, protection, withheld)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
    " $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,"
    " $36, $37, $38, $39, $40)";

enum { FIRST_FIELD = 10, WITHHELD = FIRST_FIELD + PERSON_FIELD_COUNT };

static void bind_field(Query *q, int place, PersonState *state, const PersonField *field)
{
    if (person_field_hidden(state, field)) {
        bind_null(q, place);
        return;
    }
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: bind_text(q, place, *person_text(state, field)); break;
    case FIELD_CODE: bind_int64(q, place, *person_code(state, field)); break;
    case FIELD_PARTIAL: bind_int64(q, place, partial_number(*person_partial(state, field))); break;
    case FIELD_DAY: bind_day(q, place, *person_day(state, field)); break;
    }
}

static void bind_version(Query *q, const Writing *w, const void *row)
{
    const PlannedVersion *version = row;
    const PersonChange *change = version->change;
    PersonState state = change->state;
    bind_int64(q, 1, version->version_id);
    bind_int64(q, 2, version->person_id);
    bind_int64(q, 3, change->version_no);
    bind_int64(q, 4, change->event_reason);
    bind_day(q, 5, change->occurred_on);
    bind_day(q, 6, change->reported_on);
    bind_instant(q, 7, change->recorded_at);
    bind_int64(q, 8, w->act_no);
    bind_int64(q, 9, until(w, version->ended));
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        bind_field(q, FIRST_FIELD + i, &state, &person_fields[i]);
    bind_int64(q, WITHHELD, change->withheld);
}

static const char spans_end_sql[] =
    "UPDATE residence SET to_act = $1 WHERE person_id = $2 AND to_act = 2147483647";

static void bind_span_end(Query *q, const Writing *w, const void *row)
{
    const int32_t *person_id = row;
    bind_int64(q, 1, w->act_no);
    bind_int64(q, 2, *person_id);
}

static const char span_insert_sql[] =
    "INSERT INTO residence (span_id, person_id, first_day, last_day, ending, from_act, to_act,"
    " vague_days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static void bind_span(Query *q, const Writing *w, const void *row)
{
    const PlannedSpan *span = row;
    bind_int64(q, 1, span->span_id);
    bind_int64(q, 2, span->person_id);
    bind_day(q, 3, span->span.first);
    bind_day(q, 4, span->span.last);
    bind_int64(q, 5, (int64_t)span->span.end);
    bind_int64(q, 6, w->act_no);
    bind_int64(q, 7, until(w, span->ended));
    bind_int64(q, 8, span->span.vague_days);
}

static const char match_forget_sql[] = "DELETE FROM match_version WHERE person_id = $1";
static const char names_forget_sql[] = "DELETE FROM match_name WHERE person_id = $1";

static void bind_person(Query *q, const Writing *w, const void *row)
{
    const int32_t *person_id = row;
    (void)w;
    bind_int64(q, 1, *person_id);
}

static const char match_insert_sql[] =
    "INSERT INTO match_version (match_id, person_id, valid_from, valid_to, birth, sex, name,"
    " name_kana, name_roman, alias, alias_kana, household_no, address, building)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

static void bind_match(Query *q, const Writing *w, const void *row)
{
    const ResidentMatch *match = row;
    const MatchVersion *v = &match->version;
    (void)w;
    bind_int64(q, 1, match->match_id);
    bind_int64(q, 2, match->person_id);
    bind_day(q, 3, v->valid.first);
    bind_day(q, 4, v->valid.last);
    bind_int64(q, 5, partial_number(v->birth));
    bind_int64(q, 6, v->sex);
    bind_text(q, 7, v->name);
    bind_text(q, 8, v->name_kana);
    bind_text(q, 9, v->name_roman);
    bind_text(q, 10, v->alias);
    bind_text(q, 11, v->alias_kana);
    bind_text(q, 12, v->household_no);
    bind_text(q, 13, v->address);
    bind_text(q, 14, v->building);
}

static const char name_insert_sql[] =
    "INSERT INTO match_name (name_key, person_id) VALUES ($1, $2)";

static void bind_name(Query *q, const Writing *w, const void *row)
{
    const ResidentName *name = row;
    (void)w;
    bind_text(q, 1, name->key);
    bind_int64(q, 2, name->person_id);
}

typedef struct Run {  // of one statement, over all rows of a kind
    const char *sql;
    const void *rows;
    ptrdiff_t count, size;
    void (*bind)(Query *q, const Writing *w, const void *row);
} Run;

static bool run(const Writing *w, const Run *r, Error *err)
{
    if (!r->count) return true;
    Query *q = query_begin(w->plan->store, r->sql, err);
    if (!q) return false;
    bool going = true;
    for (ptrdiff_t i = 0; going && i < r->count; i++) {
        r->bind(q, w, (const char *)r->rows + i * r->size);
        going = query_again(q);
    }
    return query_end(q, err);
}

#define ROWS(vec) (vec).at, (vec).count, (ptrdiff_t)sizeof *(vec).at

static bool rows_write(const Writing *w, Error *err)
{
    const ResidentPlan *plan = w->plan;
    ResidentKeyRows keys;
    resident_keys(&plan->residents, plan->arena, &keys);
    const Run runs[] = {
        {person_insert_sql, ROWS(plan->fresh), bind_fresh},
        {before_insert_sql, ROWS(plan->befores), bind_before},
        {person_update_sql, ROWS(plan->pictures), bind_picture},
        {version_end_sql, ROWS(plan->ends), bind_end},
        {version_insert_sql, ROWS(plan->versions), bind_version},
        {spans_end_sql, ROWS(plan->span_ends), bind_span_end},
        {span_insert_sql, ROWS(plan->spans), bind_span},
        {match_forget_sql, ROWS(keys.known), bind_person},
        {match_insert_sql, ROWS(keys.matches), bind_match},
        {names_forget_sql, ROWS(keys.known), bind_person},
        {name_insert_sql, ROWS(keys.names), bind_name},
    };
    for (ptrdiff_t i = 0; i < countof(runs); i++)
        if (!run(w, &runs[i], err)) return false;
    return true;
}

static bool holds_write(const ResidentPlan *plan, const LedgerAct *act, Error *err)
{
    VEC_EACH (const PlannedHold, hold, plan->holds)
        if (!(hold->healed ? resident_hold_healed(plan->store, act, hold->person_id, hold->change->addressee_no, err)
                           : resident_hold_store(plan->store, act, hold->person_id, hold->change, err)))
            return false;
    return true;
}

static bool mailings_write(const ResidentPlan *plan, const LedgerAct *act, Error *err)
{
    VEC_EACH (const PlannedMailings, told, plan->mailings)
        if (!mailings_store(plan->store, act, told->person_id, &told->change->mailings, *plan->arena, err)) return false;
    return true;
}

bool resident_plan_write(ResidentPlan *plan, const LedgerAct *act, bool *moved, Error *err)
{
    assert(act->no > 0);
    assert(plan->next.person >= plan->first.person);
    assert(plan->next.version >= plan->first.version);
    assert(plan->next.span >= plan->first.span);
    ResidentNumbers now;
    const Writing w = {plan, act->no};
    if (!numbers_read(plan->store, &now, err)) return false;
    *moved = !numbers_same(&now, &plan->first);
    return *moved || (rows_write(&w, err) && holds_write(plan, act, err) &&
                       resident_places_forget(plan->store, plan->keys, &plan->forgets, *plan->arena, err) &&
                       mailings_write(plan, act, err));
}
