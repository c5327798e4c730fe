// SPDX-License-Identifier: Apache-2.0
#include "act.h"

#include "form_rows.h"
#include "identity.h"
#include "logging.h"
#include "office_code.h"
#include "recorded_made.h"
#include "writer_lock.h"

#include <assert.h>
#include <unistd.h>

static const char *lock_path(const Act *act, const char *of)
{
    const Office *office = act->office;
    return office_path(office,
                       str_z(act->arena, str_format(act->arena, "%s%s.lock", office->program->name, of)),
                       act->arena);
}

static Str terminal_text(Arena *arena)
{
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0) return (Str){0};
    return str_copy(arena, str_of(name));
}

static bool may_represent(const Act *act, bool *holds, Error *err)
{
    *holds = !actor_represents(act->actor);
    Str person = actor_person(act->actor);
    if (*holds || !person.len) return true;
    return staff_holds_duty(act->store, person, "office", DUTY_REPRESENT, act->now, holds, err);
}

// What stands between an actor and a door, and what the right reaches.
typedef struct Right {
    bool holds;
    Duty lacks;
    bool elsewhere;  // the duty is held, in some wards, and the door reaches the whole city
    Str wards;
} Right;

static bool right_read(const Act *act, Arena *arena, Right *right, Error *err)
{
    const Door *door = act->door;
    bool program = actor_is_program(act->actor), may = false;
    *right = (Right){.lacks = door->duty};
    right->holds = program && door->role && door_role_may(door, actor_role(act->actor));
    if (program || door->role) return true;
    if (!may_represent(act, &may, err)) return false;
    if (!may && actor_person(act->actor).len) right->lacks = DUTY_REPRESENT;
    if (!may) return true;
    if (!door_opens_to(door, act->store, actor_name(act->actor), act->now, arena, &right->holds, &right->wards, err))
        return false;
    right->elsewhere = !right->holds && right->wards.len > 0;
    return true;
}

bool act_right_holds(const Act *act, bool *holds, Duty *lacks, Error *err)
{
    enum { WARDS_BYTES = 64 << 10 };
    Right right;
    Arena scratch = arena_reserve(WARDS_BYTES);  // threads ask this of one act
    bool read = right_read(act, &scratch, &right, err);
    arena_release(scratch);
    *holds = read && right.holds;
    if (lacks) *lacks = right.lacks;
    return read;
}

static bool refuse(Act *act, const Right *right, const Error *unfit, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_REFUSED);
    leaf.act = AUDIT_REFUSAL;
    leaf.detail = str_of(unfit ? error_code_text(unfit->code) : duty_text(right->lacks));
    if (!act_record_now(act, &leaf, err)) return false;
    if (unfit) return error_pass(err, unfit);
    return FAIL(err, E_RIGHT, .value = actor_name(act->actor),
                .words = right->elsewhere ? S("担当区だけの権限では行えません。全市を担当する職員に頼んでください。")
                                          : duty_refusal(right->lacks));
}

static bool right_asked(Act *act, Error *err)
{
    Right right = {0};
    const Error *unfit = actor_unfit(act->actor);
    if (unfit) return refuse(act, &right, unfit, err);
    if (!right_read(act, act->arena, &right, err)) return false;
    act->wards = right.wards;
    return right.holds || refuse(act, &right, NULL, err);
}

bool act_refuses(Act *act, const AddresseeNo *whose, Str words, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_REFUSED);
    leaf.act = AUDIT_REFUSAL;
    leaf.whose = whose;
    leaf.detail = S("ward");
    store_rollback(act->store);
    return act_record_now(act, &leaf, err) &&
           FAIL(err, E_RIGHT, .item = S("宛名番号"), .value = addressee_text(whose), .words = words);
}

OrganisationCode act_organisation(const Act *act)
{
    OrganisationCode code = {{0}};
    Str role = actor_role(act->actor), family = str_of(act->door->role);
    bool member = str_starts(role, family) && organisation_code_read(str_from(role, family.len), &code);
    assert(member);
    return code;
}

static bool turn_take(Act *act, const char *of, int seconds, Error *err)
{
    AtWork who = {
        .operator_name = actor_name(act->actor), .command = act->command, .since = act->now};
    return writer_lock_take(lock_path(act, of), &who, seconds, act->arena, &act->lock, err);
}

bool act_turn_take(Act *act, int seconds, Error *err)
{
    act_turn_give(act);
    return turn_take(act, "", seconds, err);
}

void act_turn_give(Act *act)
{
    writer_lock_give(act->lock);
    act->lock = -1;
}

static bool lock_taken(Act *act, Error *err)
{
    if (act->door->alone == FORM) return turn_take(act, ".forms", ACT_WAIT_SECONDS, err);
    return act->door->alone != ALONE || turn_take(act, "", ACT_WAIT_SECONDS, err);
}

static Str purpose_of(const Door *door, Str chosen, Arena *arena)
{
    if (!chosen.len) return str_of(door->programme);
    return str_format(arena, "%s %.*s", door->programme, STR(chosen));
}

static Act act_at(const Office *office, const Door *door, const ActAsked *asked, Arena *arena)
{
    return (Act){.office = office,
                 .door = door,
                 .actor = asked->actor,
                 .store = asked->store ? asked->store : office->store,
                 .arena = arena,
                 .command = asked->command.len ? asked->command : str_of(door->typed.name),
                 .purpose = purpose_of(door, asked->purpose, arena),
                 .terminal = asked->terminal.len ? asked->terminal : terminal_text(arena),
                 .now = asked->now,
                 .business_day = asked->business_day,
                 .for_sheet = asked->for_sheet,
                 .lock = -1};
}

bool act_enter(const Office *office, const Door *door, const ActAsked *asked, Arena *arena,
               Act *act, Error *err)
{
    *act = act_at(office, door, asked, arena);
    if (right_asked(act, err) && lock_taken(act, err)) return true;
    act_leave(act);
    return false;
}

void act_leave(Act *act)
{
    if (!act->store) return;
    store_rollback(act->store);
    writer_lock_give(act->lock);
    *act = (Act){.lock = -1};
}

// A transaction that was rolled back has given the number back.
static bool once_taken(Act *act, Error *err)
{
    FormRow row;
    bool there;
    ActOnce *once = act->once;
    if (!once) return true;
    if (!form_row_find(act->store, &once->number, act->arena, &row, &there, err)) return false;
    if (once->spent || (there && !once->taken))
        return FAIL(err, E_CONFLICT,
                    .words = S("この画面の入力は、一度受け取りました。画面を開き直してください。"));
    const FormRow fresh = {
        .number = once->number, .content = once->content, .taken_at = act->now};
    once->taken = true;
    return there || form_row_add(act->store, &fresh, err);
}

bool act_begin(Act *act, Error *err)
{
    if (store_begin(act->store, err)) return once_taken(act, err);
    if (err->code == E_BUSY) writer_lock_words(lock_path(act, ""), act->arena, err);
    return false;
}

// "uid:1000 staff:3 花子"
static Str proof_text(const Actor *actor, Arena *arena)
{
    Str person = actor_person(actor), account = actor_account(actor);
    if (actor_is_program(actor) || !person.len) return account;
    return str_format(arena, "%.*s %.*s", STR(account), STR(person));
}

AuditLeaf act_leaf(const Act *act, AuditResult result)
{
    return (AuditLeaf){.at = act->now,
                       .business_day = act->business_day,
                       .operator_name = actor_name(act->actor),
                       .proven = proof_text(act->actor, act->arena),
                       .terminal = act->terminal,
                       .program = str_of(act->office->program->name),
                       .act = act->door->kind,
                       .purpose = act->purpose,
                       .command = act->command,
                       .result = result};
}

const Recorded *act_record(Act *act, const AuditLeaf *leaf, Error *err)
{
    Recorded *record = NEW(act->arena, Recorded, 1);
    record->program = act->office->program->name;
    bool written = audit_append(act->store, &act->office->trail, leaf, &record->no, err);
    return written ? record : NULL;
}

bool act_record_change(Act *act, const AuditLeaf *leaf, Error *err)
{
    assert(leaf->act == AUDIT_CHANGE);
    return act_begin(act, err) && act_record(act, leaf, err) && store_commit(act->store, err);
}

const Recorded *act_record_now(Act *act, const AuditLeaf *leaf, Error *err)
{
    assert(store_is_idle(act->store));
    Recorded *record = NEW(act->arena, Recorded, 1);
    record->program = act->office->program->name;
    // The trail of one that has moved is that of another database; one that arrives must stay what the copy says.
    if (act->office->moved || act->office->arriving) return record;
    if (!looks_append(act->office->looks, leaf, &record->no, err)) return NULL;
    act->failure_recorded |= leaf->result == AUDIT_FAILED || leaf->result == AUDIT_REFUSED;
    return record;
}

static void failure_recorded(Act *act, AuditLeaf *leaf, const Error *why)
{
    Error later = {0};
    leaf->detail = str_of(error_code_text(why->code));
    store_rollback(act->store);
    if (!act->failure_recorded && !act_record_now(act, leaf, &later))
        log_line(LOG_ERROR, "event=failure_not_recorded code=%s", error_code_text(later.code));
}

void act_failed(Act *act, const Error *why)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_FAILED);
    failure_recorded(act, &leaf, why);
}

void act_refused(const Office *office, const Door *door, const ActAsked *asked, Arena *arena,
                 const Error *why)
{
    Act act = act_at(office, door, asked, arena);
    AuditLeaf leaf = act_leaf(&act, AUDIT_REFUSED);
    leaf.act = AUDIT_REFUSAL;
    failure_recorded(&act, &leaf, why);
}
