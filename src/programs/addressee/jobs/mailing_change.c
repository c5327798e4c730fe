// SPDX-License-Identifier: Apache-2.0
#include "mailing_change.h"

#include "fold.h"
#include "newest_change_leave.h"
#include "payload.h"
#include "person_item.h"
#include "person_words.h"

// ---- whom it is about

typedef struct Whom {
    AddresseeNo who;
    PersonRow person;
    RegisterVersionRows history;
    MailingRows rows;
} Whom;

static bool whom_read(Act *act, Str number, Arena *arena, Whom *whom, Error *err)
{
    Store *store = act->store;
    *whom = (Whom){0};
    if (!addressee_no_parse(number, &whom->who, NULL, err) || !person_find(store, &whom->who, &whom->person, err)) return false;
    if (whom->person.person_id &&
        (!person_history(store, act->office->keys, whom->person.person_id, arena, &whom->history, err) ||
         !mailings_of(store, act->office->keys, whom->person.person_id, arena, &whom->rows, err)))
        return false;
    return register_current(&whom->history) ||
           FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = number,
                .words = S("この番号の人は住民情報にいません。番号を確認してください。"));
}

static const MailingRow *standing(const Whom *whom, int64_t mailing_no)
{
    VEC_EACH (const MailingRow, row, whom->rows)
        if (row->mailing_no == mailing_no && !row->ended_at) return row;
    return NULL;
}

static bool ended_named(const Whom *whom, int64_t mailing_no, const MailingRow **row, Error *err)
{
    *row = standing(whom, mailing_no);
    return *row || FAIL(err, E_NOT_FOUND, .item = S("送付先"),
                        .words = S("この人に、終えられる送付先がありません。もう終わっていないか確かめてください。"));
}

// ---- what was typed

static bool item_typed(const char *name, Str text, Arena *arena, PersonState *state, Error *err)
{
    DateNotes notes = {0};
    const PersonField *field = person_field_named(name);
    Str trimmed = fold_trim(text);
    if (!trimmed.len || person_item_read(field, trimmed, arena, state, &notes, err)) return true;
    error_set_item(err, str_of(field->item));
    return false;
}

static bool day_typed(Str text, const char *item, Day otherwise, Day *day, Error *err)
{
    DateNotes notes = {0};
    *day = otherwise;
    if (!text.len && otherwise != DAY_NONE) return true;
    if (text.len && person_day_read(text, day, &notes, err)) return true;
    if (!text.len) (void)FAIL(err, E_MISSING, .words = S("この項目を入力してください。"));
    error_set_item(err, str_of(item));
    return false;
}

// As long as a registered address may be, and digits brought to one form.
static bool mailing_typed(const MailingTyped *typed, Day today, Arena *arena, MailingAddress *mailing, Error *err)
{
    PersonState state = person_state_empty();
    *mailing = (MailingAddress){0};
    if (!mailing_purpose_read(typed->purpose, &mailing->purpose, err) ||
        !day_typed(typed->begins_on, "開始日", today, &mailing->begins_on, err) ||
        !day_typed(typed->ends_on, "終了日", DAY_NONE, &mailing->ends_on, err) ||
        !item_typed("postal_code", typed->postal_code, arena, &state, err) ||
        !item_typed("address", typed->address, arena, &state, err) ||
        !item_typed("building", typed->building, arena, &state, err))
        return false;
    mailing->postal_code = state.postal_code;
    mailing->address = state.address;
    mailing->building = state.building;
    return mailing_possible(mailing, today, err) &&
           (typed->reason.len || FAIL(err, E_MISSING, .item = S("理由"), .words = S("この項目を入力してください。")));
}

static bool nothing_overlaps(const Whom *whom, const MailingAddress *mailing, Error *err)
{
    VEC_EACH (const MailingRow, row, whom->rows)
        if (!row->ended_at && mailing_overlaps(&row->mailing, mailing))
            return FAIL(err, E_CONFLICT, .item = S("開始日"),
                        .words = S("同じ目的の送付先と期間が重なります。先にそちらを終えるか、その終了日の次の日から始めてください。"));
    return true;
}

static Bytes payload_of(const AddresseeNo *who, const MailingTyped *typed, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "who", addressee_text(who));
    payload_put(o, "purpose", typed->purpose);
    payload_put(o, "begins_on", typed->begins_on);
    payload_put(o, "ends_on", typed->ends_on);
    payload_put(o, "postal_code", typed->postal_code);
    payload_put(o, "address", typed->address);
    payload_put(o, "building", typed->building);
    payload_put(o, "reason", typed->reason);
    return payload_end(o, arena);
}

static Bytes end_payload_of(const AddresseeNo *who, int64_t mailing_no, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "who", addressee_text(who));
    payload_put_number(o, "mailing", mailing_no);
    return payload_end(o, arena);
}

typedef struct Asked {
    Whom whom;
    MailingTyped typed;
    MailingAddress mailing;   // to be entered
    int64_t mailing_no;       // to be ended; 0: one is entered
    const MailingRow *ended;
} Asked;

static bool asked_read(Act *act, Bytes payload, Arena *arena, Asked *asked, Error *err)
{
    json_t *o = payload_open(payload);
    Str who = payload_text(o, "who", arena);
    *asked = (Asked){.typed = {payload_text(o, "purpose", arena), payload_text(o, "begins_on", arena),
                               payload_text(o, "ends_on", arena), payload_text(o, "postal_code", arena),
                               payload_text(o, "address", arena), payload_text(o, "building", arena),
                               payload_text(o, "reason", arena)},
                     .mailing_no = payload_number(o, "mailing")};
    json_decref(o);
    return whom_read(act, who, arena, &asked->whom, err);
}

// What was asked for, as it may be done now.
static bool asked_possible(Act *act, Asked *asked, Arena *arena, Error *err)
{
    if (asked->mailing_no) return ended_named(&asked->whom, asked->mailing_no, &asked->ended, err);
    return mailing_typed(&asked->typed, act->business_day, arena, &asked->mailing, err) &&
           nothing_overlaps(&asked->whom, &asked->mailing, err);
}

// ---- asking

static bool ask(Act *act, MailingChangeKind kind, Asked *asked, Bytes payload, Str reason, int64_t *approval_no, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const PersonState *now = &register_current(&asked->whom.history)->state;
    const ApprovalAsked request = {.kind = &mailing_kinds[kind],
                                   .subject = str_format(act->arena, "%.*s (%.*s)", STR(resident_name(now)),
                                                         STR(addressee_text(&asked->whom.who))),
                                   .reason = reason,
                                   .payload = payload};
    leaf.whose = &asked->whom.who;
    if (!approval_ask_once(act, &request, approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

// A day that was left open is the one on which it was asked for, whenever it is granted.
bool mailing_ask(Act *act, const AddresseeNo *who, const MailingTyped *typed, int64_t *approval_no, Error *err)
{
    char today[DAY_TEXT_SIZE];
    Asked asked = {.typed = *typed};
    if (!typed->begins_on.len) asked.typed.begins_on = str_of(day_text(act->business_day, today));
    return act_begin(act, err) && whom_read(act, addressee_text(who), act->arena, &asked.whom, err) &&
           asked_possible(act, &asked, act->arena, err) &&
           ask(act, MAILING_ADD, &asked, payload_of(who, &asked.typed, act->arena), typed->reason, approval_no, err);
}

bool mailing_ask_end(Act *act, const AddresseeNo *who, int64_t mailing_no, Str reason, int64_t *approval_no, Error *err)
{
    Asked asked = {.mailing_no = mailing_no};
    return act_begin(act, err) && whom_read(act, addressee_text(who), act->arena, &asked.whom, err) &&
           ended_named(&asked.whom, mailing_no, &asked.ended, err) &&
           ask(act, MAILING_END, &asked, end_payload_of(who, mailing_no, act->arena), reason, approval_no, err);
}

// ---- deciding

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Asked asked;
    Text text = {0};
    if (!asked_read(act, payload, arena, &asked, err)) return false;
    const Whom *whom = &asked.whom;
    text_addf(&text, arena, "%.*s %d %d\n", STR(addressee_text(&whom->who)), (int)whom->person.version_no,
              (int)whom->person.protection);
    VEC_EACH (const MailingRow, row, whom->rows)
        text_addf(&text, arena, "%lld %d\n", (long long)row->mailing_no, row->ended_at > 0);
    text_add(&text, arena, (Str){(const char *)payload.at, payload.len});
    Str all = text_str(&text);
    *content = keys_index(act->office->keys, S("mailing"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static void line_add(ApprovalLines *lines, Arena *arena, const char *item, Str was, Str now)
{
    *approval_lines_push(lines, arena) = (ApprovalLine){str_of(item), was, now};
}

static Str span_text(const MailingAddress *m, Arena *arena)
{
    return str_format(arena, "%.*sから%.*sまで", STR(date_era_text(arena, m->begins_on)), STR(date_era_text(arena, m->ends_on)));
}

static Str place_text(const Whom *whom, const MailingAddress *m, Arena *arena)
{
    if (person_protected(whom->person.protection)) return S(HIDDEN_TEXT);
    return str_format(arena, "%.*s %.*s %.*s", STR(m->postal_code), STR(m->address), STR(m->building));
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Asked asked;
    if (!asked_read(act, payload, arena, &asked, err) || !asked_possible(act, &asked, arena, err)) return false;
    const MailingAddress *m = asked.ended ? &asked.ended->mailing : &asked.mailing;
    Str purpose = mailing_purpose_text(m->purpose), span = span_text(m, arena), place = place_text(&asked.whom, m, arena);
    line_add(lines, arena, "目的", asked.ended ? purpose : (Str){0}, asked.ended ? S("終わった（使わない）") : purpose);
    line_add(lines, arena, "期間", asked.ended ? span : (Str){0}, asked.ended ? (Str){0} : span);
    line_add(lines, arena, "送付先", asked.ended ? place : (Str){0}, asked.ended ? (Str){0} : place);
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Asked asked;
    (void)brought;
    if (!asked_read(act, payload, arena, &asked, err) || !asked_possible(act, &asked, arena, err)) return false;
    MailingRow row = {.person_id = asked.whom.person.person_id,
                      .mailing = asked.mailing,
                      .reason = asked.typed.reason,
                      .entered_by = actor_name(act->actor),
                      .entered_at = act->now};
    bool done = asked.ended ? mailing_end(act->store, asked.mailing_no, actor_name(act->actor), act->now, err)
                            : mailing_insert(act->store, act->office->keys, &row, *arena, err);
    return done && newest_change_leave(act, *arena, err);
}

const ApprovalKind mailing_kinds[MAILING_CHANGES] = {
    [MAILING_ADD] = {.name = "mailing_add", .words = "送付先の登録", .content = content_of, .run = run, .lines = lines_of},
    [MAILING_END] = {.name = "mailing_end", .words = "送付先の終了", .content = content_of, .run = run, .lines = lines_of},
};
