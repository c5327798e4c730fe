// SPDX-License-Identifier: Apache-2.0
#include "answering.h"

#include "code_hold_rows.h"
#include "copy_message.h"
#include "copy_record_rows.h"
#include "incident_rows.h"
#include "permit_message.h"
#include "place_rows.h"
#include "record_rows.h"
#include "result_seal.h"
#include "shield_rows.h"

#include <assert.h>
#include <string.h>

static PermitHash hash_of(Bytes bytes)
{
    Sha256 hash = sha256_of(bytes);
    PermitHash out;
    memcpy(out.at, hash.at, sizeof out.at);
    return out;
}

// ---- what our copies say

static CopyItemRows items_asked_for(const CopyItemRows *items, int64_t asked, Arena *arena)
{
    CopyItemRows out = {0};
    VEC_EACH (CopyItem, item, *items)
        if (asked & copy_item_bit(item->no)) *copy_items_push(&out, arena) = *item;
    return out;
}

bool answer_data(const LinkageHome *home, const UnifiedNo *person, const DatasetCode *dataset, int64_t items,
                 Arena *arena, Str *data, Error *err)
{
    CopyRows rows;
    CopyAnswer answer = {.dataset = *dataset};
    *data = (Str){0};
    if (!copies_of(home->act->store, home->act->office->keys, dataset, person, arena, &rows, err)) return false;
    VEC_EACH (CopyRow, row, rows) {
        if (row->layout > answer.layout) answer.layout = row->layout;
        *copy_answers_push(&answer.records, arena) = items_asked_for(&row->record.items, items, arena);
    }
    if (rows.count > COPY_ANSWER_RECORDS_MOST)
        return FAIL(err, E_LIMIT, .words = S("一人の副本が多すぎて提供できません。保守の担当者に知らせてください。"));
    if (rows.count) *data = copy_answer_encode(&answer, arena);
    return true;
}

// 自動応答不可: set by itself, or with all that is hidden of the person.
static bool looked_at_first(Store *store, const UnifiedNo *person, const Question *asked, bool *first, Error *err)
{
    int hides;
    if (!look_first_is(store, person, &asked->dataset, first, err) || !shield_hides(store, person, &asked->procedure, &hides, err))
        return false;
    *first |= (hides & SHIELD_ANSWERS) != 0;
    return true;
}

bool answering_facts(const LinkageHome *home, const PermitCopy *copy, Arena *arena, Answerable *found, Error *err)
{
    CodeRow who;
    CopySetRow set;
    bool known;
    const Question *asked = &copy->permit.question;
    Store *store = home->act->store;
    *found = (Answerable){0};
    if (!copy_set_find(store, &asked->dataset, arena, &set, err) ||
        !code_of(store, &copy->code, home->act->now, *arena, &who, &known, err))
        return false;
    found->facts.copies_as_of = set.as_of;
    if (!known || who.hold.state != CODE_HELD) return true;
    found->facts.person = who.person;
    found->facts.doubted = who.hold.doubted;
    if (!looked_at_first(store, &who.person, asked, &found->facts.look_first, err) ||
        !answer_data(home, &who.person, &asked->dataset, asked->items, arena, &found->data, err))
        return false;
    found->facts.any_data = found->data.len > 0;
    return true;
}

// ---- what a step asks for, in the commit of its state

static bool sealed(ProvisionRow *row, const Answerable *found, Arena *arena, Error *err)
{
    SECRET(seed);
    const Provision *state = &row->state;
    AnswerBody body = {.permit = state->permit,
                       .result = state->result,
                       .as_of = instant_day_in_japan(found->facts.copies_as_of)};
    if (state->result == RESULT_GIVEN) body.data = found->data;
    PermitHash bound = hash_of(bytes_of_text(permit_encode(&state->permit, arena)));
    HpkeUse use = {.use = bytes_of_text(ANSWER_USE), .bound = {bound.at, sizeof bound.at}};
    return seed_made(&seed, err) && hpke_seal(&row->key, use, secret_bytes(&seed),
                                              bytes_of_text(answer_body_encode(&body, arena)), arena, &row->envelope, err);
}

static bool incident(const LinkageHome *home, const ProvisionRow *row, PermitNo no, Error *err)
{
    Arena *arena = home->act->arena;
    Str why = no == PERMIT_YES ? S("副本が古く、答えていません") : permit_no_words(no);
    const Incident found = {.kind = S("PERMIT"),
                            .at = home->act->now,
                            .person = row->state.person,
                            .about = str_format(arena, "%.*s からの照会 %s: %.*s",
                                                STR(organisation_shown(&row->copy.permit.question.inquirer, arena)),
                                                row->copy.permit.inquiry.digits, STR(why))};
    return incident_add(home->act->store, &found, err);
}

static bool recorded(const LinkageHome *home, const ProvisionRow *row, Error *err)
{
    const RecordRow record = {
        .record = record_of_provision(&row->state), .written_at = home->act->now, .who = row->decided};
    return record_add(home->act->store, &record, err);
}

static bool advance(const LinkageHome *home, ProvisionRow *row, const ProvisionStep *step, const Answerable *found,
                    Arena *arena, Error *err)
{
    bool fetches = step->effects & PROVISION_FETCH_LIST;
    row->state = step->next;
    row->owed |= step->effects & ANSWERING_OWED;
    if (step->effects & PROVISION_SEAL && !sealed(row, found, arena, err)) return false;
    if (step->effects & PROVISION_WRITE_RECORD && !recorded(home, row, err)) return false;
    if (step->effects & PROVISION_ALARM && !incident(home, row, step->no, err)) return false;
    if (fetches && !list_want(home->act->store, err)) return false;
    return row->state.state == PROVISION_NONE || provision_save(home->act->store, row, err);
}

// ---- asked

static bool read_asked(const LinkageHome *home, Str letter, Arena scratch, InquirySent *sent, PermitCopy *copy)
{
    SignedMessage message;
    Error unread;
    return inquiry_sent_decode(letter, sent, &unread) &&
           linkage_signed(home, PERMIT_DOMAIN, text_of_bytes(sent->signed_copy), scratch, &message) &&
           permit_copy_decode(text_of_bytes(message.body), copy, &unread);
}

// What nobody signed is nobody's question; that it came is said.
static bool forged(const LinkageHome *home, Error *err)
{
    const Incident found = {.kind = S("PERMIT"),
                            .at = home->act->now,
                            .about = S("署名の確かめられない照会が届きました")};
    return incident_add(home->act->store, &found, err);
}

bool answering_asked(const LinkageHome *home, Str letter, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    InquirySent sent;
    PermitCopy copy;
    ProvisionRow row;
    Answerable found;
    bool before;
    if (!read_asked(home, letter, *arena, &sent, &copy)) return forged(home, err);
    if (!provision_of_permit(home->act->store, &copy.permit.id, arena, &row, &before, err) ||
        !answering_facts(home, &copy, arena, &found, err))
        return false;
    if (!before) {
        row = (ProvisionRow){.copy = copy, .signed_copy = sent.signed_copy};
        memcpy(row.key.at, sent.key, sizeof row.key.at);
    }
    PermitHash key = hash_of((Bytes){sent.key, sizeof sent.key});
    PermitSight sight = {.stage = STAGE_ANSWERING,
                         .now = home->act->now,
                         .permit = &copy.permit,
                         .list = &home->list,
                         .own = &own_items_of_assessment,
                         .me = &home->me,
                         .copy = &copy,
                         .signature_valid = true,
                         .key = &key};
    const ProvisionEvent event = {
        .kind = PROVISION_ASK, .now = home->act->now, .sight = &sight, .facts = found.facts};
    ProvisionStep step = provision_step(&row.state, &event);
    return advance(home, &row, &step, &found, arena, err);
}

bool answering_woken(const LinkageHome *home, ProvisionRow *row, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    assert(row->provision_id > 0);
    const ProvisionEvent event = {.kind = PROVISION_WAKE, .now = home->act->now};
    ProvisionStep step = provision_step(&row->state, &event);
    return advance(home, row, &step, &(Answerable){0}, arena, err);
}

// ---- decided by two people

static ProvisionStep acted(const LinkageHome *home, const ProvisionRow *row, const HeldDecision *decision,
                           const Answerable *found, ApprovalEventKind kind)
{
    const ProvisionEvent event = {.kind = PROVISION_DECIDE,
                                  .now = home->act->now,
                                  .facts = found->facts,
                                  .list = &home->list,
                                  .choice = decision->choice,
                                  .act = {.kind = kind,
                                          .who = kind == APPROVAL_ASK ? decision->asker : decision->decider,
                                          .today = decision->today,
                                          .content = decision->content,
                                          .last_day = decision->today}};
    return provision_step(&row->state, &event);
}

// The request itself is kept by the office (approvals.h), with its hash; here both halves of it are one event.
bool answering_decided(const LinkageHome *home, ProvisionRow *row, const HeldDecision *decision, Arena *arena,
                       ApprovalNo *refused, Error *err)
{
    assert(!store_is_idle(home->act->store));
    assert(row->provision_id > 0);
    Answerable found;
    if (!answering_facts(home, &row->copy, arena, &found, err)) return false;
    ProvisionStep asked = acted(home, row, decision, &found, APPROVAL_ASK);
    *refused = asked.refused;
    if (asked.refused != APPROVAL_YES) return true;
    row->state = asked.next;
    ProvisionStep granted = acted(home, row, decision, &found, APPROVAL_GRANT);
    bool ended = granted.next.state == PROVISION_ENDED;  // also where a permission was taken back meanwhile
    *refused = ended ? APPROVAL_YES : granted.refused;
    if (!ended) return true;
    row->decided = str_format(arena, "%.*s、%.*s", STR(decision->asker.name), STR(decision->decider.name));
    return advance(home, row, &granted, &found, arena, err);
}
