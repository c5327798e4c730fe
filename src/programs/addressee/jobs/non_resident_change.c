// SPDX-License-Identifier: Apache-2.0
#include "non_resident_change.h"

#include <stddef.h>

#include "feed_files.h"
#include "feed_name.h"
#include "fold.h"
#include "newest_change_leave.h"
#include "non_resident_rows.h"
#include "numbering_rule.h"
#include "payload.h"
#include "person_item.h"
#include "person_words.h"
#include "register_plan.h"

// clang-format off
const char *const non_resident_items[] = {
    "name", "name_kana", "name_roman", "alias", "alias_kana", "printed_name", "kind", "sex", "birth",
    "postal_code", "municipality_code", "address", "building", "phone", "status", NULL};
// clang-format on

// ---- what was typed

// What is typed wrongly is a fault, and the next item is read.
static void fault(TypedFaults *faults, Arena *arena, Error why, Str item)
{
    if (item.len) error_set_item(&why, item);
    *typed_faults_push(faults, arena) = why;
}

static void missing(TypedFaults *faults, Arena *arena, const char *item)
{
    Error why = {0};
    (void)FAIL(&why, E_MISSING, .words = S("この項目を入力してください。"));
    fault(faults, arena, why, str_of(item));
}

// At a screen 死亡 is a word like the register's; 住登外 is none of the register's own.
static bool status_read(Str text, int32_t *status, Error *err)
{
    static const struct {
        const char *words;
        int32_t status;
    } known[] = {{"住登外", STATUS_NON_RESIDENT}, {"死亡", STATUS_DEAD}, {"消除", STATUS_REMOVED}};
    for (ptrdiff_t i = 0; i < countof(known); i++) {
        if (!str_equal(text, str_of(known[i].words))) continue;
        *status = known[i].status;
        return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .value = text, .words = S("住登外、死亡、消除のどれかです。"));
}

static bool item_read(const PersonField *field, Str text, Arena *arena, PersonState *state, Error *err)
{
    DateNotes notes = {0};
    if (field->offset == offsetof(PersonState, status)) return status_read(text, &state->status, err);
    return person_item_read(field, text, arena, state, &notes, err);
}

static bool taken_away(const PersonField *field, Str text)
{
    bool optional = field->kind == FIELD_TEXT || field->kind == FIELD_DIGITS || field->kind == FIELD_CODE;
    return optional && !field->needed && str_equal(text, S("なし"));
}

static bool needed(const PersonField *field)
{
    bool ours = field->offset == offsetof(PersonState, municipality_code) || field->offset == offsetof(PersonState, status);
    return field->needed && !ours;
}

static void items_read(NonResidentChangeKind kind, const NonResidentTyped *typed, PersonState *state, TypedFaults *faults,
                       Arena *arena)
{
    const PersonState nothing = person_state_empty();
    for (ptrdiff_t i = 0; non_resident_items[i]; i++) {
        Error why = {0};
        const PersonField *field = person_field_named(non_resident_items[i]);
        Str text = fold_trim(typed->items[field - person_fields]);
        if (!text.len && kind == NON_RESIDENT_ADD && needed(field)) missing(faults, arena, field->item);
        if (kind == NON_RESIDENT_CORRECT && taken_away(field, text)) {
            person_field_take(state, &nothing, field);
            continue;
        }
        if (text.len && !item_read(field, text, arena, state, &why)) fault(faults, arena, why, str_of(field->item));
    }
}

static void day_read_typed(Str text, const char *item, Day otherwise, Day *day, TypedFaults *faults, Arena *arena)
{
    Error why = {0};
    DateNotes notes = {0};
    *day = otherwise;
    if (text.len && !person_day_read(text, day, &notes, &why)) fault(faults, arena, why, str_of(item));
}

static void checked_day_possible(Day checked_on, Day today, TypedFaults *faults, Arena *arena)
{
    Error why = {0};
    if (checked_on <= today) return;
    (void)FAIL(&why, E_CONFLICT, .words = S("業務日より後の日です。日付を確かめてください。"));
    fault(faults, arena, why, S("確認した日"));
}

static void proof_read(Str document, Str checked_on, Day today, Day *day, TypedFaults *faults, Arena *arena)
{
    Error why = {0};
    if (!document.len) missing(faults, arena, "確認した書類");
    if (document.len && !identity_document_known(document)) {
        (void)FAIL(&why, E_CODE_UNKNOWN, .value = document, .words = S("一覧にある書類から選んでください。"));
        fault(faults, arena, why, S("確認した書類"));
    }
    if (!checked_on.len) missing(faults, arena, "確認した日");
    day_read_typed(checked_on, "確認した日", today, day, faults, arena);
    checked_day_possible(*day, today, faults, arena);
}

// ---- whom it is about

static bool person_read(Act *act, Str typed, NonResidentRead *read, TypedFaults *faults, Error *err)
{
    Error why = {0};
    if (!addressee_no_parse(typed, &read->who, NULL, &why)) {
        fault(faults, act->arena, why, S("宛名番号"));
        return true;
    }
    if (!person_find(act->store, &read->who, &read->person, err)) return false;
    if (read->person.person_id &&
        !person_history(act->store, act->office->keys, read->person.person_id, act->arena, &read->history, err))
        return false;
    const RegisterVersion *now = register_current(&read->history);
    if (now && register_non_resident(&read->history)) {
        read->entry.state = now->state;
        return true;
    }
    (void)FAIL(&why, E_NOT_FOUND, .value = typed, .words = S("この番号の住登外者はいません。番号を確かめてください。"));
    fault(faults, act->arena, why, S("宛名番号"));
    return true;
}

// A number that another system gave is kept, whatever its form; nobody may have it.
static bool number_read(Act *act, Str typed, NonResidentRead *read, TypedFaults *faults, Error *err)
{
    PersonRow holder;
    Error why = {0};
    if (!typed.len) return true;
    if (!addressee_no_parse(typed, &read->who, NULL, &why)) {
        fault(faults, act->arena, why, S("移行した宛名番号"));
        return true;
    }
    if (!person_find(act->store, &read->who, &holder, err)) return false;
    if (!holder.person_id) return true;
    (void)FAIL(&why, E_CONFLICT, .value = typed, .words = S("この番号はほかの人が使っています。番号を確かめてください。"));
    fault(faults, act->arena, why, S("移行した宛名番号"));
    return true;
}

static bool alike_decided(Act *act, const NonResidentTyped *typed, NonResidentRead *read, TypedFaults *faults, Error *err)
{
    Error why = {0};
    if (faults->count) return true;
    if (!people_alike(act->store, act->office->keys, &read->entry.state, act->arena, &read->alike, err)) return false;
    read->one_person = read->alike.count && likeness_one_person(&read->alike.at[0].likeness);
    if (read->one_person)
        (void)FAIL(&why, E_CONFLICT, .value = addressee_text(&read->alike.at[0].person.who),
                   .words = S("氏名・生年月日・性別・住所がすべて同じ人がもういます。その宛名番号を使ってください。"));
    else if (read->alike.count && !typed->others)
        (void)FAIL(&why, E_CONFLICT,
                   .words = S("似た人がいます。同じ人ならその宛名番号を使い、別の人ならそう確かめて申請してください。"));
    if (why.code) fault(faults, act->arena, why, S("似た人"));
    return true;
}

static void step_possible(NonResidentChangeKind kind, const NonResidentRead *read, TypedFaults *faults, Arena *arena)
{
    Error why = {0};
    if (faults->count) return;
    RegisterStep step = kind == NON_RESIDENT_ADD ? non_resident_added(&read->entry, arena)
                                                 : non_resident_corrected(&read->history, &read->entry, arena);
    if (step.outcome == STEP_REFUSED) fault(faults, arena, step.refusal, (Str){0});
    if (step.outcome != STEP_UNCHANGED) return;
    (void)FAIL(&why, E_CONFLICT, .words = S("いまの内容と同じです。変えるところがなければ、本人確認だけを記録してください。"));
    fault(faults, arena, why, S("訂正する項目"));
}

bool non_resident_read(Act *act, NonResidentChangeKind kind, const NonResidentTyped *typed, NonResidentRead *read,
                       TypedFaults *faults, Error *err)
{
    Arena *arena = act->arena;
    bool adds = kind == NON_RESIDENT_ADD;
    *read = (NonResidentRead){.entry = {.state = person_state_empty(), .known_on = act->business_day}};
    *faults = (TypedFaults){0};
    if (!(adds ? number_read(act, typed->number, read, faults, err) : person_read(act, typed->who, read, faults, err)))
        return false;
    if (!adds && faults->count) return true;
    items_read(kind, typed, &read->entry.state, faults, arena);
    day_read_typed(typed->occurred_on, "異動年月日", act->business_day, &read->entry.occurred_on, faults, arena);
    proof_read(typed->document, typed->checked_on, act->business_day, &read->checked_on, faults, arena);
    if (!typed->reason.len) missing(faults, arena, "理由");
    step_possible(kind, read, faults, arena);
    return !adds || alike_decided(act, typed, read, faults, err);
}

// ---- as it is kept

static Bytes payload_of(const NonResidentTyped *typed, Str by, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "who", typed->who);
    for (ptrdiff_t i = 0; non_resident_items[i]; i++)
        payload_put(o, non_resident_items[i], typed->items[person_field_named(non_resident_items[i]) - person_fields]);
    payload_put(o, "occurred_on", typed->occurred_on);
    payload_put(o, "document", typed->document);
    payload_put(o, "checked_on", typed->checked_on);
    payload_put(o, "number", typed->number);
    payload_put(o, "reason", typed->reason);
    payload_put(o, "by", by);
    payload_put_yes(o, "others", typed->others);
    return payload_end(o, arena);
}

static NonResidentTyped typed_of(Bytes payload, Arena *arena, Str *by)
{
    json_t *o = payload_open(payload);
    NonResidentTyped typed = {.who = payload_text(o, "who", arena),
                              .occurred_on = payload_text(o, "occurred_on", arena),
                              .document = payload_text(o, "document", arena),
                              .checked_on = payload_text(o, "checked_on", arena),
                              .number = payload_text(o, "number", arena),
                              .reason = payload_text(o, "reason", arena),
                              .others = payload_yes(o, "others")};
    for (ptrdiff_t i = 0; non_resident_items[i]; i++)
        typed.items[person_field_named(non_resident_items[i]) - person_fields] =
            payload_text(o, non_resident_items[i], arena);
    *by = payload_text(o, "by", arena);
    json_decref(o);
    return typed;
}

static NonResidentChangeKind kind_of(const NonResidentTyped *typed)
{
    return typed->who.len ? NON_RESIDENT_CORRECT : NON_RESIDENT_ADD;
}

// ---- asking

static Str subject_of(NonResidentChangeKind kind, const NonResidentRead *read, Arena *arena)
{
    Str name = resident_name(&read->entry.state);
    if (kind == NON_RESIDENT_CORRECT)
        return str_format(arena, "%.*s (%.*s)", STR(name), STR(addressee_text(&read->who)));
    return str_copy(arena, name);
}

static bool ask(Act *act, NonResidentChangeKind kind, const NonResidentTyped *typed, const NonResidentRead *read,
                int64_t *approval_no, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked asked = {.kind = &non_resident_kinds[kind],
                                 .subject = subject_of(kind, read, act->arena),
                                 .reason = typed->reason,
                                 .payload = payload_of(typed, actor_name(act->actor), act->arena)};
    if (!approval_ask_once(act, &asked, approval_no, err)) return false;
    if (kind == NON_RESIDENT_CORRECT) leaf.whose = &read->who;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err);
}

bool non_resident_ask(Act *act, NonResidentChangeKind kind, const NonResidentTyped *typed, int64_t *approval_no, Error *err)
{
    NonResidentRead read;
    TypedFaults faults;
    if (!act_begin(act, err) || !non_resident_read(act, kind, typed, &read, &faults, err)) return false;
    if (faults.count) return error_pass(err, &faults.at[0]);
    return ask(act, kind, typed, &read, approval_no, err) && store_commit(act->store, err);
}

// ---- what it would change

static void digest_person(Text *text, const AddresseeNo *who, const PersonRow *person, Arena *arena)
{
    text_addf(text, arena, "%.*s %d %d\n", STR(addressee_text(who)), (int)person->version_no, (int)person->protection);
}

// Of a correction the person as he or she stands, of a registration everybody whom it may be.
static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Str by;
    Text text = {0};
    NonResidentRead read;
    TypedFaults faults;
    NonResidentTyped typed = typed_of(payload, arena, &by);
    if (!non_resident_read(act, kind_of(&typed), &typed, &read, &faults, err)) return false;
    text_addf(&text, arena, "%d\n", faults.count > 0);
    digest_person(&text, &read.who, &read.person, arena);
    VEC_EACH (const AlikePerson, one, read.alike) digest_person(&text, &one->person.who, &one->person.row, arena);
    text_add(&text, arena, (Str){(const char *)payload.at, payload.len});
    Str all = text_str(&text);
    *content = keys_index(act->office->keys, S("non_resident"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static void line_add(ApprovalLines *lines, Arena *arena, const char *item, Str was, Str now)
{
    if (str_equal(was, now)) return;
    *approval_lines_push(lines, arena) = (ApprovalLine){str_of(item), was, now};
}

static Str told_words(const PersonState *state, const PersonField *field, int32_t protection, Arena *arena)
{
    PersonState said = *state;
    if (protection != PROTECTION_NONE) said.protection = protection;
    return person_field_words(&said, field, arena);
}

static void items_told(const NonResidentRead *read, ApprovalLines *lines, Arena *arena)
{
    const RegisterVersion *now = register_current(&read->history);
    const PersonState nothing = person_state_empty(), *was = now ? &now->state : &nothing;
    for (ptrdiff_t i = 0; non_resident_items[i]; i++) {
        const PersonField *field = person_field_named(non_resident_items[i]);
        if (person_field_same(was, &read->entry.state, field)) continue;
        line_add(lines, arena, field->item, now ? told_words(was, field, read->person.protection, arena) : (Str){0},
                 told_words(&read->entry.state, field, read->person.protection, arena));
    }
}

static void alike_told(const NonResidentRead *read, ApprovalLines *lines, Arena *arena)
{
    VEC_EACH (const AlikePerson, one, read->alike) {
        const PersonLikeness *l = &one->likeness;
        const PersonState shown = state_shown(&register_current(&one->person.history)->state, one->person.row.protection);
        line_add(lines, arena, "似た人（別人と確かめた）", (Str){0},
                 str_format(arena, "%.*s %.*s（氏名 %.*s、生年月日 %.*s、性別 %.*s、住所 %.*s）", STR(resident_name(&shown)),
                            STR(shown.name_kana), STR(likeness_words(l->name)), STR(likeness_words(l->birth)),
                            STR(likeness_words(l->sex)), STR(likeness_words(l->place))));
    }
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Str by;
    NonResidentRead read;
    TypedFaults faults;
    NonResidentTyped typed = typed_of(payload, arena, &by);
    if (!non_resident_read(act, kind_of(&typed), &typed, &read, &faults, err)) return false;
    items_told(&read, lines, arena);
    line_add(lines, arena, "いつから", (Str){0}, date_era_text(arena, read.entry.occurred_on));
    line_add(lines, arena, "本人確認", (Str){0},
             str_format(arena, "%.*s（%.*s、%.*s）", STR(typed.document), STR(date_era_text(arena, read.checked_on)), STR(by)));
    if (typed.number.len) line_add(lines, arena, "移行した宛名番号", (Str){0}, typed.number);
    alike_told(&read, lines, arena);
    return true;
}

// ---- carrying it out

// The city's region of the numbering rule stands in the name of every file of its register.
static bool region_read(Act *act, int *region, Error *err)
{
    bool any;
    FeedFile last;
    FeedName name;
    if (!feed_file_last(act->store, act->arena, &last, &any, err)) return false;
    if (any && feed_name_read(last.name, &name, err)) {
        *region = name.municipality.digits[0] - '0';
        return true;
    }
    return FAIL(err, E_CONFLICT, .item = S("住民情報"),
                .words = S("住民情報がまだ取り込まれていません。住民と照らせないため、番号はつけられません。先に取り込んでください。"));
}

// The next that nobody has: a register that does not follow the rule may have used any.
static bool number_given(Act *act, AddresseeNo *who, int64_t *count_no, Error *err)
{
    int region = 0;
    PersonRow holder = {.person_id = 1};
    if (!region_read(act, &region, err) || !non_resident_last_count(act->store, count_no, err)) return false;
    while (holder.person_id) {
        *who = non_resident_no(region, ++*count_no);
        if (!person_find(act->store, who, &holder, err)) return false;
    }
    return true;
}

static bool step_write(Act *act, NonResidentRead *read, const RegisterStep *step, int64_t *change_no, Error *err)
{
    RegisterPlan plan;
    RegisterVersionRows made;
    Arena planned = register_plan_room(act->arena);
    if (!register_plan_begin(&plan, act->store, act->office->keys, 0, act->now, &planned, err) ||
        !register_plan_step(&plan, &read->who, &read->person, &read->history, step, *act->arena, &made, err))
        return false;
    *change_no = plan.last.change;
    return register_plan_write(&plan, err) && newest_change_leave(act, *act->arena, err);
}

static bool check_write(Act *act, const NonResidentRead *read, const NonResidentTyped *typed, Str by, int64_t change_no,
                        Error *err)
{
    const IdentityCheck check = {.person_id = read->person.person_id,
                                 .change_no = change_no,
                                 .checked_on = read->checked_on,
                                 .document = typed->document,
                                 .checked_by = by,
                                 .recorded_at = act->now};
    return identity_check_insert(act->store, &check, err);
}

static bool add_run(Act *act, const NonResidentTyped *typed, NonResidentRead *read, Str by, Arena *arena, Error *err)
{
    int64_t change_no = 0, count_no = 0;
    RegisterStep step = non_resident_added(&read->entry, arena);
    if (!typed->number.len && !number_given(act, &read->who, &count_no, err)) return false;
    return step_write(act, read, &step, &change_no, err) &&
           non_resident_insert(act->store, read->person.person_id, count_no, err) &&
           check_write(act, read, typed, by, change_no, err);
}

static bool correct_run(Act *act, const NonResidentTyped *typed, NonResidentRead *read, Str by, Arena *arena, Error *err)
{
    int64_t change_no = 0;
    RegisterStep step = non_resident_corrected(&read->history, &read->entry, arena);
    return step_write(act, read, &step, &change_no, err) && check_write(act, read, typed, by, change_no, err);
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Str by;
    NonResidentRead read;
    TypedFaults faults;
    (void)brought;
    NonResidentTyped typed = typed_of(payload, arena, &by);
    if (!non_resident_read(act, kind_of(&typed), &typed, &read, &faults, err)) return false;
    if (faults.count) return error_pass(err, &faults.at[0]);
    return kind_of(&typed) == NON_RESIDENT_ADD ? add_run(act, &typed, &read, by, arena, err)
                                               : correct_run(act, &typed, &read, by, arena, err);
}

const ApprovalKind non_resident_kinds[NON_RESIDENT_CHANGES] = {
    [NON_RESIDENT_ADD] =
        {.name = "non_resident_add", .words = "住登外者の登録", .content = content_of, .run = run, .lines = lines_of},
    [NON_RESIDENT_CORRECT] =
        {.name = "non_resident_correct", .words = "住登外者の訂正", .content = content_of, .run = run, .lines = lines_of},
};

// ---- confirming

bool non_resident_confirm(Act *act, const AddresseeNo *who, const NonResidentConfirmed *typed, Error *err)
{
    NonResidentRead read = {0};
    TypedFaults faults = {0};
    const NonResidentTyped proof = {.document = typed->document};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = who;
    proof_read(typed->document, typed->checked_on, act->business_day, &read.checked_on, &faults, act->arena);
    if (!act_begin(act, err) || !person_read(act, addressee_text(who), &read, &faults, err)) return false;
    if (faults.count) return error_pass(err, &faults.at[0]);
    return check_write(act, &read, &proof, actor_name(act->actor), 0, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}
