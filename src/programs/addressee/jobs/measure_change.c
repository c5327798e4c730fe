// SPDX-License-Identifier: Apache-2.0
#include "measure_change.h"

#include "measure_rows.h"
#include "newest_change_leave.h"
#include "payload.h"
#include "person_item.h"
#include "person_words.h"
#include "protected_rows.h"
#include "protection_settle.h"
#include "register_plan.h"

static bool day_typed(Str text, const char *item, Day *day, Error *err)
{
    DateNotes notes = {0};
    if (person_day_read(text, day, &notes, err)) return true;
    error_set_item(err, str_of(item));
    return false;
}

bool measure_read(const MeasureTyped *typed, Day today, Measure *measure, Error *err)
{
    *measure = (Measure){.kind = typed->kind};
    if (!day_typed(typed->begins_on, "開始日", &measure->begins_on, err)) return false;
    measure->ends_on = measure_last(measure->begins_on);
    return (!typed->ends_on.len || day_typed(typed->ends_on, "終了日", &measure->ends_on, err)) &&
           measure_possible(measure, today, err);
}

// ---- one person, as he or she stands

typedef struct Whom {
    AddresseeNo who;
    PersonRow person;
    RegisterVersionRows history;
} Whom;

static bool whom_read(Act *act, const AddresseeNo *who, Arena *arena, Whom *whom, Error *err)
{
    *whom = (Whom){.who = *who};
    if (!person_find(act->store, who, &whom->person, err)) return false;
    if (whom->person.person_id &&
        !person_history(act->store, act->office->keys, whom->person.person_id, arena, &whom->history, err))
        return false;
    return register_current(&whom->history) ||
           FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(who),
                .words = S("この番号の人は住民情報にいません。番号を確認してください。"));
}

// What the step makes of the person, and then of the household.
static bool step_settled(Act *act, Whom *whom, const RegisterStep *step, int64_t ended_household, int64_t *effects,
                         Error *err)
{
    RegisterPlan plan;
    RegisterVersionRows made;
    Arena planned = register_plan_room(act->arena);
    return register_plan_begin(&plan, act->store, act->office->keys, 0, act->now, &planned, err) &&
           register_plan_step(&plan, &whom->who, &whom->person, &whom->history, step, *act->arena, &made, err) &&
           protection_settle(&plan, act->business_day, ended_household, effects, *act->arena, err) &&
           newest_change_leave(act, *act->arena, err);
}

// ---- entering

static bool entered(Act *act, Whom *whom, const Measure *measure, int64_t *covered, Error *err)
{
    int64_t effects[EFFECT_COUNT] = {0};
    RegisterStep step = register_protected(&whom->history, act->business_day, act->arena);
    const MeasureRow row = {.person_id = whom->person.person_id,
                            .measure = *measure,
                            .entered_by = actor_name(act->actor),
                            .entered_at = act->now};
    if (step.outcome == STEP_APPLIED && !step_settled(act, whom, &step, 0, effects, err)) return false;
    *covered = effects[EFFECT_HOUSEHOLD_MASK];
    return measure_insert(act->store, &row, err);
}

bool measure_enter(Act *act, const AddresseeNo *who, const MeasureTyped *typed, int64_t *covered, Error *err)
{
    Whom whom;
    Measure measure;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = who;
    leaf.detail = typed->reason;
    return measure_read(typed, act->business_day, &measure, err) && act_begin(act, err) &&
           whom_read(act, who, act->arena, &whom, err) && entered(act, &whom, &measure, covered, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

// ---- ending

static bool whom_asked(Act *act, Bytes payload, Arena *arena, Whom *whom, Error *err)
{
    AddresseeNo who;
    json_t *o = payload_open(payload);
    Str number = payload_text(o, "who", arena);
    json_decref(o);
    return addressee_no_parse(number, &who, NULL, err) && whom_read(act, &who, arena, whom, err);
}

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Whom whom;
    if (!whom_asked(act, payload, arena, &whom, err)) return false;
    Str all = str_format(arena, "%.*s %d %d", STR(addressee_text(&whom.who)), (int)whom.person.version_no,
                         (int)whom.person.protection);
    *content = keys_index(act->office->keys, S("measure_end"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Whom whom;
    int64_t effects[EFFECT_COUNT] = {0};
    (void)brought;
    if (!whom_asked(act, payload, arena, &whom, err)) return false;
    bool own = whom.person.protection == PROTECTION_OWN;
    int64_t ended = own ? whom.person.household_key : 0;
    RegisterStep step = register_released(&whom.history, act->business_day, arena);
    if (step.outcome != STEP_APPLIED)
        return FAIL(err, E_CONFLICT, .item = S("宛名番号"), .words = S("この人の居場所は、もう伏せていません。"));
    return protection_end_settle(act->store, whom.person.person_id, actor_name(act->actor), act->now, err) &&
           measures_end(act->store, whom.person.person_id, actor_name(act->actor), act->now, err) &&
           step_settled(act, &whom, &step, ended, effects, err);
}

static Str subject_of(const Whom *whom, Arena *arena)
{
    const PersonState *now = &register_current(&whom->history)->state;
    return str_format(arena, "%.*s (%.*s)", STR(resident_name(now)), STR(addressee_text(&whom->who)));
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Whom whom;
    MeasureRows rows;
    if (!whom_asked(act, payload, arena, &whom, err) ||
        !measures_of(act->store, whom.person.person_id, arena, &rows, err))
        return false;
    Str was = whom.person.protection == PROTECTION_OWN ? S("あり（本人）") : S("あり（同じ世帯）");
    if (rows.count)
        was = str_format(arena, "%.*s %.*s（%.*sまで）", STR(was), STR(rows.at[0].measure.kind),
                         STR(date_era_text(arena, rows.at[0].measure.ends_on)));
    *approval_lines_push(lines, arena) = (ApprovalLine){S("支援措置"), was, S("終わった（住所を伏せるのを終える）")};
    return true;
}

const ApprovalKind measure_end_kind = {
    .name = "measure_end", .words = "支援措置の終了", .content = content_of, .run = run, .lines = lines_of};

bool measure_ask_end(Act *act, const AddresseeNo *who, Str reason, int64_t *approval_no, Error *err)
{
    Whom whom;
    int64_t waits = 0;
    json_t *o = payload_begin();
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    payload_put(o, "who", addressee_text(who));
    ApprovalAsked asked = {.kind = &measure_end_kind, .reason = reason, .payload = payload_end(o, act->arena)};
    leaf.whose = who;
    if (!act_begin(act, err) || !whom_read(act, who, act->arena, &whom, err)) return false;
    if (!person_protected(whom.person.protection))
        return FAIL(err, E_CONFLICT, .item = S("宛名番号"), .words = S("この人の居場所は伏せていません。"));
    asked.subject = subject_of(&whom, act->arena);
    if (!approval_find(act, asked.kind, asked.payload, &waits, err)) return false;
    if (waits)
        return FAIL(err, E_CONFLICT, .item = S("申請"),
                    .words = str_format(act->arena, "この人の終了の申請%lldが、もう承認を待っています。", (long long)waits));
    if (!approval_ask(act, &asked, approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}
