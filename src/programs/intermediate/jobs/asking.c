// SPDX-License-Identifier: Apache-2.0
#include "asking.h"

#include "code_hold_rows.h"
#include "incident_rows.h"
#include "permit_message.h"
#include "place_rows.h"
#include "record_rows.h"
#include "result_seal.h"

#include <assert.h>
#include <string.h>

static Keys *keys_of(const LinkageHome *home)
{
    return home->act->office->keys;
}

static PermitHash hash_of(Bytes bytes)
{
    Sha256 hash = sha256_of(bytes);
    PermitHash out;
    memcpy(out.at, hash.at, sizeof out.at);
    return out;
}

// ---- what a step asks for, in the commit of its state

static bool incident(const LinkageHome *home, const InquiryRow *row, Error *err)
{
    const Incident found = {.kind = S("ANSWER"),
                            .at = home->act->now,
                            .person = row->state.person,
                            .about = str_format(home->act->arena, "照会 %s: 求めていない応答、または読めない応答",
                                                row->ask.asked.inquiry.digits)};
    return incident_add(home->act->store, &found, err);
}

static bool recorded(const LinkageHome *home, const InquiryRow *row, Error *err)
{
    const RecordRow record = {
        .record = record_of_inquiry(&row->state), .written_at = home->act->now, .who = row->department};
    return record_add(home->act->store, &record, err);
}

static bool advance(const LinkageHome *home, InquiryRow *row, const InquiryStep *step, Str data, Arena *arena, Error *err)
{
    bool moved = step->next.state != row->state.state || step->effects & INQUIRY_TELL;
    row->state = step->next;
    row->owed |= step->effects & ASKING_OWED;
    if (row->state.state == INQUIRY_ENDED) row->owed = 0;
    if (step->effects & INQUIRY_KEEP_DATA && !result_keep(keys_of(home), row, data, arena, err)) return false;
    if (step->effects & INQUIRY_DESTROY_KEY) row->sealed_key = (Bytes){0};
    if (step->effects & INQUIRY_WRITE_RECORD && !recorded(home, row, err)) return false;
    if (step->effects & INQUIRY_ALARM && !incident(home, row, err)) return false;
    return inquiry_save(home->act->store, row, moved ? home->act->now : 0, err);
}

// ---- begun by the ledger

static Question question_of(const LinkageHome *home, const InquiryWish *wish)
{
    return (Question){.item = wish->item,
                      .affair = wish->affair,
                      .procedure = wish->procedure,
                      .dataset = wish->dataset,
                      .items = wish->items,
                      .inquirer = home->me,
                      .provider = wish->provider};
}

static bool same_wish(const LinkageHome *home, const InquiryRow *row, const UnifiedNo *person, const InquiryWish *wish)
{
    Question question = question_of(home, wish);
    return unified_same(&row->state.person, person) && question_same(&row->ask.asked.question, &question) &&
           row->ask.asked.undisclosed == wish->undisclosed && row->ask.bulk == wish->bulk &&
           str_equal(row->department, wish->department);
}

static bool key_made(const LinkageHome *home, InquiryRow *row, Arena *arena, Error *err)
{
    SECRET(seed);
    SECRET(private_key);
    if (!seed_made(&seed, err) || !hpke_keys_made(secret_bytes(&seed), &private_key, &row->public_key, err) ||
        !inquiry_next_id(home->act->store, &row->inquiry_id, err))
        return false;
    row->ask.asked.key = hash_of((Bytes){row->public_key.at, sizeof row->public_key.at});
    return seal_value(keys_of(home), inquiry_key_place(row->inquiry_id, arena), secret_bytes(&private_key), arena,
                      &row->sealed_key, err);
}

static bool begun(const LinkageHome *home, const UnifiedNo *person, InquiryRow *row, const CodeHold *hold, Arena *arena,
                  Str *no, Error *err)
{
    PermitSight sight = {.stage = STAGE_ASKING,
                         .now = home->act->now,
                         .permit = &row->ask.asked,
                         .list = &home->list,
                         .own = &own_items_of_assessment,
                         .code_known = code_answers(hold, &hold->code, home->act->now),
                         .me = &home->me};
    InquiryEvent event = {.kind = INQUIRY_BEGIN, .now = home->act->now, .sight = &sight, .person = *person};
    InquiryStep step = inquiry_step(&row->state, &event);
    if (step.no != PERMIT_YES) {
        *no = str_of(permit_no_code(step.no));
        return true;
    }
    row->state = step.next;
    row->owed = step.effects & ASKING_OWED;
    return inquiry_add(home->act->store, row, *arena, err);
}

bool asking_begin(const LinkageHome *home, const UnifiedNo *person, const InquiryWish *wish, Arena *arena, Str *no,
                  Error *err)
{
    assert(!store_is_idle(home->act->store));
    InquiryRow row;
    CodeHold hold;
    bool found;
    *no = (Str){0};
    if (!inquiry_of_number(home->act->store, &wish->inquiry, arena, &row, &found, err)) return false;
    if (found && !same_wish(home, &row, person, wish)) *no = S("E201");
    if (!found && !home->admitted) *no = S("E601");
    if (!found && home->admitted && organisation_same(&wish->provider, &home->me)) *no = S("E202");
    if (found || no->len) return true;
    if (!code_find(home->act->store, person, *arena, &hold, err)) return false;
    row = (InquiryRow){.department = wish->department,
                       .ask = {.asked = {.inquiry = wish->inquiry,
                                         .question = question_of(home, wish),
                                         .undisclosed = wish->undisclosed},
                               .code = hold.code,
                               .bulk = wish->bulk}};
    return key_made(home, &row, arena, err) && begun(home, person, &row, &hold, arena, no, err);
}

bool asking_cancel(const LinkageHome *home, const UnifiedNo *person, const InquiryNo *inquiry, Arena *arena, Str *no,
                   Error *err)
{
    assert(!store_is_idle(home->act->store));
    InquiryRow row;
    bool found;
    *no = (Str){0};
    if (!inquiry_of_number(home->act->store, inquiry, arena, &row, &found, err)) return false;
    if (!found || !unified_same(&row.state.person, person)) {
        *no = S("E203");
        return true;
    }
    const InquiryEvent event = {.kind = INQUIRY_CANCEL, .now = home->act->now};
    InquiryStep step = inquiry_step(&row.state, &event);
    return advance(home, &row, &step, (Str){0}, arena, err);
}

// ---- letters

bool asking_permit_came(const LinkageHome *home, Str letter, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    PermitReply reply;
    PermitCopy copy = {0};
    SignedMessage message;
    InquiryRow row;
    bool found;
    Error unread;
    if (!permit_reply_decode(letter, &reply, &unread)) return true;
    if (!inquiry_of_number(home->act->store, &reply.inquiry, arena, &row, &found, err)) return false;
    if (!found || !permit_hash_same(&row.ask.asked.key, &reply.key)) return true;
    PermitSight sight = {.stage = STAGE_RECEIVING,
                         .now = home->act->now,
                         .permit = &copy.permit,
                         .list = &home->list,
                         .me = &home->me,
                         .copy = &copy,
                         .key = &row.ask.asked.key};
    sight.signature_valid =
        linkage_signed(home, PERMIT_DOMAIN, text_of_bytes(reply.signed_copy), *arena, &message) &&
        permit_copy_decode(text_of_bytes(message.body), &copy, &unread);
    InquiryEvent event = {.kind = reply.refusal.len ? INQUIRY_NO_PERMIT : INQUIRY_PERMIT,
                          .now = home->act->now,
                          .sight = &sight};
    InquiryStep step = inquiry_step(&row.state, &event);
    if (!row.signed_copy.len && sight.signature_valid && permit_id_same(&step.next.permit.id, &copy.permit.id))
        row.signed_copy = reply.signed_copy;
    bool behind = step.no == PERMIT_LIST_BEHIND || step.no == PERMIT_LIST_STALE;
    if (behind && !list_want(home->act->store, err)) return false;
    return advance(home, &row, &step, (Str){0}, arena, err);
}

static bool opened(const LinkageHome *home, const InquiryRow *row, Bytes envelope, Arena *arena, AnswerBody *body)
{
    SECRET(key);
    Bytes plain;
    Error unread;
    if (!row->sealed_key.len) return false;
    PermitHash bound = hash_of(bytes_of_text(permit_encode(&row->state.permit, arena)));
    HpkeUse use = {.use = bytes_of_text(ANSWER_USE), .bound = {bound.at, sizeof bound.at}};
    return seal_open(keys_of(home), inquiry_key_place(row->inquiry_id, arena), row->sealed_key, &key, &unread) &&
           hpke_open(&key, use, envelope, arena, &plain, &unread) &&
           answer_body_decode(text_of_bytes(plain), body, &unread);
}

bool asking_reply_came(const LinkageHome *home, Str letter, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    ReplySent sent;
    InquiryRow row;
    AnswerBody body;
    CodeHold hold;
    bool found;
    Error unread;
    if (!reply_sent_decode(letter, &sent, &unread)) return true;
    if (!inquiry_of_permit(home->act->store, &sent.reply.permit, arena, &row, &found, err)) return false;
    if (!found) return true;
    bool answered = sent.reply.kind == REPLY_ANSWERED;
    if (!code_find(home->act->store, &row.state.person, *arena, &hold, err)) return false;
    bool readable = answered && opened(home, &row, sent.envelope, arena, &body);
    const InquiryEvent event = {.kind = answered ? INQUIRY_ANSWER : INQUIRY_REPLY,
                                .now = home->act->now,
                                .reply = sent.reply,
                                .body = readable ? &body : NULL,
                                .link_doubted = !code_answers(&hold, &row.ask.code, home->act->now)};
    InquiryStep step = inquiry_step(&row.state, &event);
    return advance(home, &row, &step, readable ? body.data : (Str){0}, arena, err);
}

bool asking_woken(const LinkageHome *home, InquiryRow *row, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    assert(row->inquiry_id > 0);
    const InquiryEvent event = {.kind = INQUIRY_WAKE, .now = home->act->now};
    InquiryStep step = inquiry_step(&row->state, &event);
    return advance(home, row, &step, (Str){0}, arena, err);
}
