// SPDX-License-Identifier: Apache-2.0
#include "register_plan.h"

#include <assert.h>

#include "mailing_address_rows.h"
#include "outlet.h"
#include "person_names.h"
#include "register_columns.h"
#include "sealed_place.h"
#include "span_text.h"

// ---- where the numbers stand

static const char basis_sql[] =
    "SELECT (SELECT coalesce(max(change_no), 0) FROM register_version),"
    " (SELECT coalesce(max(change_no), 0) FROM person_hold),"
    " (SELECT coalesce(max(change_no), 0) FROM person_number),"
    " (SELECT coalesce(max(change_no), 0) FROM mailing_address),"
    " (SELECT coalesce(max(person_id), 0) FROM person),"
    " (SELECT coalesce(max(task_no), 0) FROM register_task),"
    " (SELECT coalesce(max(number_id), 0) FROM person_number),"
    " (SELECT coalesce(max(file_no), 0) FROM feed_file),"
    " (SELECT coalesce(max(applied_no), 0) FROM feed_file),"
    " (SELECT coalesce(max(refusal_no), 0) FROM feed_refusal),"
    " (SELECT coalesce(max(listed_no), 0) FROM feed_listed)";

bool register_basis_read(Store *store, RegisterBasis *basis, Error *err)
{
    *basis = (RegisterBasis){0};
    Query *q = query_begin(store, basis_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *basis = (RegisterBasis){.person = column_int64(q, 4),
                                 .task = column_int64(q, 5),
                                 .number = column_int64(q, 6),
                                 .file = column_int64(q, 7),
                                 .applied = column_int64(q, 8),
                                 .refusal = column_int64(q, 9),
                                 .listed = column_int64(q, 10)};
        for (int told = 0; told < 4; told++)  // one sequence for versions, holds, numbers and mailing addresses
            if (column_int64(q, told) > basis->change) basis->change = column_int64(q, told);
    }
    return query_end(q, err);
}

bool register_basis_same(const RegisterBasis *a, const RegisterBasis *b)
{
    return a->change == b->change && a->person == b->person && a->task == b->task && a->number == b->number &&
           a->file == b->file && a->applied == b->applied && a->refusal == b->refusal &&
           a->listed == b->listed;
}

bool register_plan_begin(RegisterPlan *plan, Store *store, Keys *keys, int64_t file_no, Instant now, Arena *arena,
                         Error *err)
{
    *plan = (RegisterPlan){.store = store, .keys = keys, .file_no = file_no, .recorded_at = now, .arena = arena};
    return register_basis_read(store, &plan->last, err);
}

Arena register_plan_room(Arena *arena)
{
    enum { ROOM_BYTES = 64 << 20 };
    char *room = ROOM(arena, char, ROOM_BYTES);
    return (Arena){room, room + ROOM_BYTES};
}

// ---- planning

static Str withdraws_text(const RegisterVersionRows *withdrawn, Arena *arena)
{
    Text text = {0};
    VEC_EACH (RegisterVersion, gone, *withdrawn)
        text_addf(&text, arena, "%s%d", gone == withdrawn->at ? "" : " ", (int)gone->version_no);
    return withdrawn->count ? text_str(&text) : (Str){0};
}

// The history as it is after the step.
static RegisterVersionRows history_after(const RegisterVersionRows *history, const RegisterStep *step, Arena *arena)
{
    RegisterVersionRows after = {0};
    VEC_EACH (RegisterVersion, version, *history) {
        RegisterVersion *kept = register_versions_push(&after, arena);
        *kept = *version;
        VEC_EACH (RegisterVersion, gone, step->withdrawn)
            if (gone->version_no == kept->version_no) kept->withdrawn_by = gone->withdrawn_by;
    }
    VEC_EACH (RegisterVersion, version, step->versions) *register_versions_push(&after, arena) = *version;
    return after;
}

static bool plan_version(RegisterPlan *plan, const RegisterVersion *version, const PlannedVersion *facts, Error *err)
{
    PlannedVersion planned = *facts;
    planned.change_no = ++plan->last.change;
    planned.version = *version;
    planned.version.state = person_state_copy(&version->state, plan->arena);
    bool hides = version->state.protection != PROTECTION_NONE;
    if (hides && !place_seal(plan->keys, planned.change_no, &version->state, plan->arena, &planned.sealed, err))
        return false;
    *planned_versions_push(&plan->versions, plan->arena) = planned;
    return true;
}

void register_plan_effects(RegisterPlan *plan, int64_t person_id, int64_t change_no, RegisterEffects effects)
{
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++)
        if (effect_has(effects, effect))
            *planned_tasks_push(&plan->tasks, plan->arena) =
                (PlannedTask){++plan->last.task, person_id, change_no, effect};
}

void register_plan_person(RegisterPlan *plan, const PersonRow *person)
{
    *planned_persons_push(&plan->changed, plan->arena) = (PlannedPerson){.row = *person};
}

void register_plan_end_settled(RegisterPlan *plan, int64_t person_id)
{
    *planned_ends_push(&plan->ends, plan->arena) = (PlannedEnd){person_id, plan->last.task + 1};
}

void register_plan_refusal(RegisterPlan *plan, int64_t line, const Error *refusal)
{
    Str item = outlet_error_item(OUTLET_TRAIL, plan->arena, refusal);
    *planned_refusals_push(&plan->refusals, plan->arena) =
        (PlannedRefusal){++plan->last.refusal, line, str_of(error_code_text(refusal->code)),
                         str_present(item) ? str_copy(plan->arena, item) : item};
}

void register_plan_listed(RegisterPlan *plan, int64_t line, const Error *why, Str row_text, bool refused)
{
    *planned_listeds_push(&plan->listed, plan->arena) =
        (PlannedListed){.listed_no = ++plan->last.listed, .row = listed_of(line, why, row_text, refused, plan->arena)};
}

static PersonRow row_after(RegisterPlan *plan, const PersonRow *person, const RegisterVersion *last)
{
    int64_t id = person->person_id ? person->person_id : ++plan->last.person;
    return (PersonRow){.person_id = id,
                       .status = last->state.status,
                       .version_no = last->version_no,
                       .number_id = person->number_id,
                       .household_key = household_key(plan->keys, id, last->state.household_no),
                       .protection = last->state.protection,
                       .held = person->held};
}

bool register_plan_step(RegisterPlan *plan, const AddresseeNo *who, PersonRow *person,
                        const RegisterVersionRows *history, const RegisterStep *step, Arena scratch,
                        RegisterVersionRows *made, Error *err)
{
    assert(step->outcome == STEP_APPLIED);
    assert(step->versions.count > 0);
    bool fresh = person->person_id == 0;
    RegisterVersionRows after = history_after(history, step, &scratch);
    ResidenceSpanRows spans = register_residence(&after, &scratch);
    PersonRow now = row_after(plan, person, &step->versions.at[step->versions.count - 1]);
    PlannedVersion facts = {.person_id = now.person_id,
                            .withdraws = withdraws_text(&step->withdrawn, plan->arena),
                            .residence = spans_write(&spans, plan->arena),
                            .withdrawn_person = step->withdrawn_person};
    if (fresh)
        *planned_persons_push(&plan->fresh, plan->arena) = (PlannedPerson){*who, now};
    else
        register_plan_person(plan, &now);
    VEC_EACH (RegisterVersion, gone, step->withdrawn)
        *planned_withdrawals_push(&plan->withdrawn, plan->arena) =
            (PlannedWithdrawal){now.person_id, gone->version_no, gone->withdrawn_by};
    *made = (RegisterVersionRows){0};
    PersonNames names = person_names_new(history, &step->versions, &scratch);
    VEC_EACH (const Str, key, names)
        *planned_names_push(&plan->names, plan->arena) = (PlannedName){str_copy(plan->arena, *key), now.person_id};
    VEC_EACH (RegisterVersion, version, step->versions) {
        if (!plan_version(plan, version, &facts, err)) return false;
        *register_versions_push(made, plan->arena) = plan->versions.at[plan->versions.count - 1].version;
        facts.withdraws = (Str){0};  // the first one takes back, the others follow it
    }
    register_plan_effects(plan, now.person_id, plan->last.change, step->effects);
    if (person_protected(person->protection) && !person_protected(now.protection))
        *planned_tellings_push(&plan->mailings, plan->arena) = (PlannedTelling){++plan->last.change, now.person_id};
    *person = now;
    return true;
}

// ---- writing

static const char add_person_sql[] =
    "INSERT INTO person (person_id, addressee_no, status, version_no, number_id, household_key, protection, named)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

static void bind_fresh(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedPerson *p = row;
    (void)plan;
    bind_int64(q, 1, p->row.person_id);
    bind_text(q, 2, addressee_text(&p->who));
    bind_int64(q, 3, p->row.status);
    bind_int64(q, 4, p->row.version_no);
    bind_int64(q, 5, p->row.number_id);
    bind_int64(q, 6, p->row.household_key);
    bind_int64(q, 7, p->row.protection);
    bind_int64(q, 8, 1);
}

static void bind_name(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedName *p = row;
    (void)plan;
    bind_text(q, 1, p->key);
    bind_int64(q, 2, p->person_id);
}

static const char update_person_sql[] =
    "UPDATE person SET status = $1, version_no = $2, number_id = $3, household_key = $4, protection = $5, held = $6"
    " WHERE person_id = $7";

static void bind_changed(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedPerson *p = row;
    (void)plan;
    bind_int64(q, 1, p->row.status);
    bind_int64(q, 2, p->row.version_no);
    bind_int64(q, 3, p->row.number_id);
    bind_int64(q, 4, p->row.household_key);
    bind_int64(q, 5, p->row.protection);
    bind_int64(q, 6, p->row.held);
    bind_int64(q, 7, p->row.person_id);
}

static const char add_version_sql[] =
    "INSERT INTO register_version (change_no, person_id, version_no, event_reason, occurred_on, reported_on,"
    " recorded_at, file_no, withdrawn_by, withdrawn_person, withdraws, residence, sealed_place, vague_days, "
    STATE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
    " $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,"
    " $37, $38, $39, $40, $41, $42, $43, $44)";

enum { ADD_STATE = 15 };

static void bind_version(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedVersion *p = row;
    bind_int64(q, 1, p->change_no);
    bind_int64(q, 2, p->person_id);
    bind_int64(q, 3, p->version.version_no);
    bind_int64(q, 4, p->version.event_reason);
    bind_day(q, 5, p->version.occurred_on);
    bind_day(q, 6, p->version.reported_on);
    bind_instant(q, 7, plan->recorded_at);
    bind_int64(q, 8, plan->file_no);
    bind_int64(q, 9, p->version.withdrawn_by);
    bind_int64(q, 10, p->withdrawn_person);
    bind_text(q, 11, p->withdraws);
    bind_text(q, 12, p->residence);
    bind_bytes(q, 13, p->sealed);
    bind_int64(q, 14, p->version.vague_days);
    state_bind(q, ADD_STATE, &p->version.state);
}

static const char withdraw_sql[] = "UPDATE register_version SET withdrawn_by = $1"
                                   " WHERE person_id = $2 AND version_no = $3";

static void bind_withdrawal(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedWithdrawal *p = row;
    (void)plan;
    bind_int64(q, 1, p->withdrawn_by);
    bind_int64(q, 2, p->person_id);
    bind_int64(q, 3, p->version_no);
}

static const char add_task_sql[] =
    "INSERT INTO register_task (task_no, person_id, change_no, effect, file_no) VALUES ($1, $2, $3, $4, $5)";

static void bind_task(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedTask *p = row;
    bind_int64(q, 1, p->task_no);
    bind_int64(q, 2, p->person_id);
    if (p->change_no)
        bind_int64(q, 3, p->change_no);
    else
        bind_null(q, 3);
    bind_text(q, 4, str_of(register_effect_name(p->effect)));
    bind_int64(q, 5, plan->file_no);
}

static const char end_sql[] =
    "UPDATE register_task SET done_by = 'register', done_at = $1 WHERE person_id = $2 AND task_no < $3"
    " AND effect IN ('REVIEW_UNMASK', 'STAYS_COVERED') AND done_at IS NULL";

static void bind_end(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedEnd *p = row;
    bind_instant(q, 1, plan->recorded_at);
    bind_int64(q, 2, p->person_id);
    bind_int64(q, 3, p->before_task);
}

static const char add_hold_sql[] =
    "INSERT INTO person_hold (change_no, person_id, held, file_no, line, event_reason, occurred_on)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static void bind_hold(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedHold *p = row;
    (void)plan;
    bind_int64(q, 1, p->change_no);
    bind_int64(q, 2, p->person_id);
    bind_int64(q, 3, p->held);
    bind_int64(q, 4, p->file_no);
    bind_int64(q, 5, p->line);
    bind_int64(q, 6, p->event.event_reason);
    bind_day(q, 7, p->event.occurred_on);
}

static const char decide_sql[] = "UPDATE person_hold SET decided_at = $1, decided_by = $2, decision = $3"
                                 " WHERE change_no = $4";

static void bind_decision(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedDecision *p = row;
    bind_instant(q, 1, plan->recorded_at);
    bind_text(q, 2, p->by);
    bind_text(q, 3, p->why);
    bind_int64(q, 4, p->change_no);
}

static void bind_telling(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedTelling *p = row;
    (void)plan;
    bind_int64(q, 1, p->change_no);
    bind_int64(q, 2, p->person_id);
}

static const char add_number_sql[] =
    "INSERT INTO person_number (number_id, person_id, generation, number_index, sealed, from_file, change_no)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static void bind_number(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedNumber *p = row;
    bind_int64(q, 1, p->number_id);
    bind_int64(q, 2, p->person_id);
    bind_int64(q, 3, p->generation);
    bind_bytes(q, 4, sha256_bytes(&p->index));
    bind_bytes(q, 5, p->sealed);
    bind_int64(q, 6, plan->file_no);
    bind_int64(q, 7, p->change_no);
}

static const char close_sql[] = "UPDATE person_number SET to_file = $1 WHERE number_id = $2";

static void bind_close(Query *q, const RegisterPlan *plan, const void *row)
{
    const int64_t *number_id = row;
    bind_int64(q, 1, plan->file_no);
    bind_int64(q, 2, *number_id);
}

static const char add_refusal_sql[] =
    "INSERT INTO feed_refusal (refusal_no, file_no, line, code, item) VALUES ($1, $2, $3, $4, $5)";

static void bind_refusal(Query *q, const RegisterPlan *plan, const void *row)
{
    const PlannedRefusal *p = row;
    bind_int64(q, 1, p->refusal_no);
    bind_int64(q, 2, plan->file_no);
    bind_int64(q, 3, p->line);
    bind_text(q, 4, p->code);
    bind_text(q, 5, p->item);
}

static void bind_listed(Query *q, const RegisterPlan *plan, const void *row)
{
    listed_bind(q, plan->file_no, row);
}

typedef void Binding(Query *q, const RegisterPlan *plan, const void *row);

typedef struct Run {  // of one statement, over all rows of a kind
    const char *sql;
    const void *rows;
    ptrdiff_t count, size;
    Binding *bind;
} Run;

static bool run(const RegisterPlan *plan, const Run *r, Error *err)
{
    if (!r->count) return true;
    Query *q = query_begin(plan->store, r->sql, err);
    if (!q) return false;
    bool going = true;
    for (ptrdiff_t i = 0; going && i < r->count; i++) {
        r->bind(q, plan, (const char *)r->rows + i * r->size);
        going = query_again(q);
    }
    return query_end(q, err);
}

// What is planned is written; the numbers given stay.
static RegisterPlan emptied(const RegisterPlan *plan)
{
    return (RegisterPlan){.store = plan->store,
                          .keys = plan->keys,
                          .file_no = plan->file_no,
                          .recorded_at = plan->recorded_at,
                          .last = plan->last,
                          .arena = plan->arena};
}

#define ROWS(vec) (vec).at, (vec).count, (ptrdiff_t)sizeof *(vec).at

bool register_plan_write(RegisterPlan *plan, Error *err)
{
    if (!listed_seal(plan->keys, &plan->listed, plan->arena, err)) return false;
    const Run runs[] = {
        {add_person_sql, ROWS(plan->fresh), bind_fresh},
        {add_version_sql, ROWS(plan->versions), bind_version},
        {person_name_sql, ROWS(plan->names), bind_name},
        {add_number_sql, ROWS(plan->numbers), bind_number},
        {add_task_sql, ROWS(plan->tasks), bind_task},
        {add_hold_sql, ROWS(plan->holds), bind_hold},
        {add_refusal_sql, ROWS(plan->refusals), bind_refusal},
        {listed_add_sql, ROWS(plan->listed), bind_listed},
        {update_person_sql, ROWS(plan->changed), bind_changed},
        {withdraw_sql, ROWS(plan->withdrawn), bind_withdrawal},
        {close_sql, ROWS(plan->closes), bind_close},
        {end_sql, ROWS(plan->ends), bind_end},
        {decide_sql, ROWS(plan->decisions), bind_decision},
        {mailing_told_again_sql, ROWS(plan->mailings), bind_telling},
    };
    for (ptrdiff_t i = 0; i < countof(runs); i++)
        if (!run(plan, &runs[i], err)) return false;
    *plan = emptied(plan);
    return true;
}
