// SPDX-License-Identifier: Apache-2.0
#include "answer_approval.h"

#include "dose_payload.h"
#include "masked.h"
#include "payload.h"
#include "person_opened.h"

// ---- as it is kept

enum { ENTRIES_MOST = 1000 };

static const char *dose_key(int64_t i, Arena *arena)
{
    return str_z(arena, str_format(arena, "dose%lld", (long long)i));
}

static Bytes payload_of(const AnswerEntries *entries, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put_number(o, "inquiry", entries->inquiry_id);
    payload_put(o, "who", addressee_text(&entries->who));
    payload_put(o, "reason", entries->reason);
    payload_put_number(o, "doses", entries->doses.count);
    for (ptrdiff_t i = 0; i < entries->doses.count; i++) {
        Bytes dose = dose_payload_write(&entries->doses.at[i], arena);
        payload_put(o, dose_key(i, arena), (Str){(const char *)dose.at, dose.len});
    }
    return payload_end(o, arena);
}

static Bytes dose_at(const json_t *o, int64_t i, Arena *arena)
{
    Str text = payload_text(o, dose_key(i, arena), arena);
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static bool entries_read(Bytes payload, Arena *arena, AnswerEntries *entries, Error *err)
{
    Error unreadable = {0};
    json_t *o = payload_open(payload);
    int64_t count = payload_number(o, "doses");
    *entries = (AnswerEntries){.inquiry_id = payload_number(o, "inquiry"), .reason = payload_text(o, "reason", arena)};
    bool read = count > 0 && count <= ENTRIES_MOST &&
                addressee_no_parse(payload_text(o, "who", arena), &entries->who, NULL, &unreadable);
    for (int64_t i = 0; read && i < count; i++) {
        DoseChange *dose = dose_changes_push(&entries->doses, arena);
        read = dose_payload_read(dose_at(o, i, arena), arena, dose, &unreadable) && dose->kind == DOSE_ENTER &&
               addressee_same(&dose->who, &entries->who);
    }
    json_decref(o);
    return read || FAIL(err, E_STORE, .item = S("申請"),
                        .words = S("保存されている申請の内容が読めません。管理者に知らせてください。"));
}

static bool opened(Act *act, Bytes payload, Arena *arena, AnswerEntries *entries, PersonRow *person, Error *err)
{
    return entries_read(payload, arena, entries, err) &&
           person_opened(act, &entries->who, KNOWN_NOW, arena, person, err);
}

// ---- what it would change

static bool content(Act *act, Bytes payload, Arena *arena, Sha256 *whole, Error *err)
{
    Text all = {0};
    AnswerEntries entries;
    if (!entries_read(payload, arena, &entries, err)) return false;
    VEC_EACH (const DoseChange, dose, entries.doses) {
        Sha256 one;
        if (!dose_change_content(act, dose_payload_write(dose, arena), arena, &one, err)) return false;
        text_add(&all, arena, (Str){(const char *)one.at, sizeof one.at});
    }
    text_add(&all, arena, (Str){(const char *)payload.at, payload.len});
    Str text = text_str(&all);
    *whole = keys_index(act->office->keys, S("answer_enter"), (Bytes){(const unsigned char *)text.at, text.len});
    return true;
}

static bool known(const PersonRow *person, Error *err)
{
    return person->person_id || FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .words = S("この人は台帳にいません。申請を却下してください。"));
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Ledger ledger;
    PersonRow person;
    AnswerEntries entries;
    (void)brought;
    return ledger_open(act, arena, &ledger, err) && ledger_products_complete(&ledger, err) &&
           opened(act, payload, arena, &entries, &person, err) && known(&person, err) &&
           dose_entries_make(&ledger, &entries.doses, &person, entries.reason, err);
}

static Str subject_of(const AnswerEntries *entries, const PersonRow *person, Arena *arena)
{
    return str_format(arena, "%.*s (%.*s) に照会 %lld の回答から %lld件を追加", STR(masked(person->is_protected, person->name)),
                      STR(addressee_text(&entries->who)), (long long)entries->inquiry_id, (long long)entries->doses.count);
}

static bool shown(Act *act, Bytes payload, Arena *arena, Str *subject, Error *err)
{
    PersonRow person;
    AnswerEntries entries;
    if (!entries_read(payload, arena, &entries, err) || !person_subject(act, &entries.who, arena, &person, err)) return false;
    *subject = subject_of(&entries, &person, arena);
    return true;
}

// Each dose as it enters.
static bool lines(Act *act, Bytes payload, Arena *arena, ApprovalLines *rows, Error *err)
{
    PersonRow person;
    AnswerEntries entries;
    if (!opened(act, payload, arena, &entries, &person, err)) return false;
    VEC_EACH (const DoseChange, dose, entries.doses)
        *approval_lines_push(rows, arena) =
            (ApprovalLine){.item = S("追加する接種"), .now = str_trim(dose_entry_words(dose, person.is_protected, arena))};
    return true;
}

const ApprovalKind answer_enter_kind = {"answer_enter", "情報照会の回答の追加", content, run, shown, lines};

// ---- asking

bool answer_approval_ask(Ledger *ledger, const AnswerEntries *entries, const PersonRow *person, bool *asked, Error *err)
{
    Act *act = ledger->act;
    int64_t waits = 0, approval_no = 0;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked ask = {.kind = &answer_enter_kind,
                               .subject = subject_of(entries, person, act->arena),
                               .reason = entries->reason,
                               .payload = payload_of(entries, act->arena)};
    if (!approval_find(act, ask.kind, ask.payload, &waits, err)) return false;
    *asked = !waits;
    if (waits) return true;
    leaf.whose = &person->who;
    if (!approval_ask(act, &ask, &approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)approval_no);
    return act_record(act, &leaf, err);
}
