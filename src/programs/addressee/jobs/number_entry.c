// SPDX-License-Identifier: Apache-2.0
#include "number_entry.h"

#include "newest_change_leave.h"
#include "non_resident.h"
#include "non_resident_rows.h"
#include "number_rows.h"
#include "payload.h"
#include "person_item.h"
#include "person_words.h"

// ---- whom it is about

typedef struct Entry {
    AddresseeNo who;
    PersonRow person;
    RegisterVersionRows history;
    NumberNow now;
    Str index;  // of the number asked for, in hexadecimal digits
    Str document, by;
    Day checked_on;
} Entry;

static bool person_read(Act *act, Str number, Arena *arena, Entry *entry, Error *err)
{
    Store *store = act->store;
    if (!addressee_no_parse(number, &entry->who, NULL, err) || !person_find(store, &entry->who, &entry->person, err)) return false;
    if (entry->person.person_id &&
        (!person_history(store, act->office->keys, entry->person.person_id, arena, &entry->history, err) ||
         !number_now(store, entry->person.person_id, arena, &entry->now, err)))
        return false;
    return (register_current(&entry->history) && register_non_resident(&entry->history)) ||
           FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = number,
                .words = S("この番号の住登外者はいません。住民の個人番号は住民記録から届きます。"));
}

static bool proof_read(const NumberProof *proof, Day today, Day *checked_on, Error *err)
{
    DateNotes notes = {0};
    if (!number_document_known(proof->document))
        return FAIL(err, proof->document.len ? E_CODE_UNKNOWN : E_MISSING, .item = S("確認した書類"), .value = proof->document,
                    .words = S("個人番号カード、個人番号のある住民票の写し、通知カード（記載がいまと同じもの）、"
                               "地方公共団体情報システム機構への確認 のどれかです。"));
    if (!person_day_read(proof->checked_on, checked_on, &notes, err)) {
        error_set_item(err, S("確認した日"));
        return false;
    }
    return *checked_on <= today ||
           FAIL(err, E_CONFLICT, .item = S("確認した日"), .words = S("業務日より後の日です。日付を確かめてください。"));
}

static Str index_text(const Sha256 *index, Arena *arena)
{
    char hex[SHA256_TEXT_SIZE];
    return str_copy(arena, str_of(sha256_text(index, hex)));
}

static bool number_free(Act *act, const Entry *entry, const Sha256 *index, Error *err)
{
    AddresseeNo holder;
    if (entry->now.number_id && sha256_equal(&entry->now.index, index))
        return FAIL(err, E_CONFLICT, .item = S("個人番号"), .words = S("この人の、いまの個人番号と同じです。"));
    if (!number_holder(act->store, index, entry->person.person_id, &holder, err)) return false;
    return !holder.digits[0] || FAIL(err, E_CONFLICT, .item = S("宛名番号"), .value = str_copy(act->arena, addressee_text(&holder)),
                                     .words = S("入力した個人番号は、この宛名番号の人のものです。同じ人ではないか、書類を確かめてください。"));
}

// ---- as it is kept

static Bytes payload_of(const AddresseeNo *who, Str index, const NumberProof *proof, Str by, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "who", addressee_text(who));
    payload_put(o, "index", index);
    payload_put(o, "document", proof->document);
    payload_put(o, "checked_on", proof->checked_on);
    payload_put(o, "by", by);
    return payload_end(o, arena);
}

static bool entry_read(Act *act, Bytes payload, Arena *arena, Entry *entry, Error *err)
{
    DateNotes notes = {0};
    json_t *o = payload_open(payload);
    Str who = payload_text(o, "who", arena), checked_on = payload_text(o, "checked_on", arena);
    *entry = (Entry){.index = payload_text(o, "index", arena),
                     .document = payload_text(o, "document", arena),
                     .by = payload_text(o, "by", arena)};
    json_decref(o);
    return person_day_read(checked_on, &entry->checked_on, &notes, err) && person_read(act, who, arena, entry, err);
}

// ---- asking

static bool ask(Act *act, const Entry *entry, const Sha256 *index, const NumberProof *proof, int64_t *approval_no, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const PersonState *now = &register_current(&entry->history)->state;
    const ApprovalAsked asked = {.kind = &number_entry_kind,
                                 .subject = str_format(act->arena, "%.*s (%.*s)", STR(resident_name(now)),
                                                       STR(addressee_text(&entry->who))),
                                 .reason = proof->reason,
                                 .payload = payload_of(&entry->who, index_text(index, act->arena), proof,
                                                       actor_name(act->actor), act->arena)};
    leaf.whose = &entry->who;
    if (!approval_ask_once(act, &asked, approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err);
}

bool number_entry_ask(Act *act, const AddresseeNo *who, const IndividualNo *number, const NumberProof *proof,
                      int64_t *approval_no, Error *err)
{
    Entry entry = {0};
    Sha256 index = number_index(act->office->keys, number);
    return proof_read(proof, act->business_day, &entry.checked_on, err) && act_begin(act, err) &&
           person_read(act, addressee_text(who), act->arena, &entry, err) && number_free(act, &entry, &index, err) &&
           ask(act, &entry, &index, proof, approval_no, err) && store_commit(act->store, err);
}

// ---- deciding

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Entry entry;
    if (!entry_read(act, payload, arena, &entry, err)) return false;
    Str all = str_format(arena, "%.*s %d %d %lld\n%.*s", STR(addressee_text(&entry.who)), (int)entry.person.version_no,
                         (int)entry.person.protection, (long long)entry.now.number_id,
                         (int)payload.len, (const char *)payload.at);
    *content = keys_index(act->office->keys, S("number_entry"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Entry entry;
    if (!entry_read(act, payload, arena, &entry, err)) return false;
    *approval_lines_push(lines, arena) =
        (ApprovalLine){S("個人番号"), entry.now.number_id ? S("あり（表示しません）") : (Str){0}, S("新しい番号（表示しません）")};
    *approval_lines_push(lines, arena) =
        (ApprovalLine){S("番号の確認"), (Str){0},
                       str_format(arena, "%.*s（%.*s、%.*s）", STR(entry.document), STR(date_era_text(arena, entry.checked_on)),
                                  STR(entry.by))};
    *approval_lines_push(lines, arena) =
        (ApprovalLine){S("承認のしかた"), (Str){0}, S("書類を見て sesshu addressee approve-number 申請番号 で、もう一度入力する")};
    return true;
}

static bool number_write(Act *act, Entry *entry, const IndividualNo *number, const Sha256 *index, Error *err)
{
    RegisterPlan plan;
    Arena planned = register_plan_room(act->arena);
    if (!register_plan_begin(&plan, act->store, act->office->keys, 0, act->now, &planned, err) ||
        !number_keep(&plan, entry->person.person_id, number, index, &entry->now, *act->arena, err))
        return false;
    number_told(&plan, false);
    entry->person.number_id = entry->now.number_id;
    register_plan_person(&plan, &entry->person);
    const IdentityCheck check = {.person_id = entry->person.person_id,
                                 .change_no = plan.last.change,
                                 .checked_on = entry->checked_on,
                                 .document = entry->document,
                                 .checked_by = entry->by,
                                 .recorded_at = act->now};
    return register_plan_write(&plan, err) && identity_check_insert(act->store, &check, err) &&
           newest_change_leave(act, *act->arena, err);
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Entry entry;
    const IndividualNo *number = brought;
    if (!number)
        return FAIL(err, E_CONFLICT,
                    .words = S("個人番号は、書類を見て sesshu addressee approve-number 申請番号 で、もう一度入力して承認してください。"));
    if (!entry_read(act, payload, arena, &entry, err)) return false;
    Sha256 index = number_index(act->office->keys, number);
    if (!str_equal(index_text(&index, arena), entry.index))
        return FAIL(err, E_CONFLICT, .item = S("個人番号"),
                    .words = S("申請した番号と違います。書類を見て入力し直すか、申請した番号が違うときは却下してください。"));
    return number_free(act, &entry, &index, err) && number_write(act, &entry, number, &index, err);
}

const ApprovalKind number_entry_kind = {
    .name = "number_entry", .words = "住登外者の個人番号", .content = content_of, .run = run, .lines = lines_of};

bool number_entry_grant(Act *act, int64_t approval_no, const IndividualNo *number, Error *err)
{
    INDIVIDUAL_NO_SECRET IndividualNo typed = *number;
    const ApprovalDecision decision = {.approval_no = approval_no, .kind = APPROVAL_GRANT, .brought = &typed};
    return approval_decide(act, &decision, err);
}
