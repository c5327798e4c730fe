// SPDX-License-Identifier: Apache-2.0
#include "relaying.h"

#include "core_record_rows.h"
#include "jlis_rows.h"
#include "letter_rows.h"
#include "logging.h"
#include "organisation_rows.h"
#include "permit_message.h"
#include "core_relay_rows.h"
#include "core_shield_rows.h"
#include "self_view_rows.h"
#include "told_record_rows.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

static Str text_of(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}

static bool unread(Relaying *r)
{
    r->unreadable++;
    return true;
}

static bool alarmed(Relaying *r, const char *what)
{
    log_line(LOG_WARN, "event=relay_alarm what=%s", what);
    r->alarms++;
    return true;
}

// ---- what a step owes

static Str copy_signed(const Relaying *r, const RelayRow *row, LinkageRole holder, const PairwiseCode *code, Arena *arena)
{
    PermitCopy copy = {.permit = row->state.permit, .holder = holder, .code = *code};
    if (holder == ROLE_PROVIDER)
        (void)snprintf(copy.route.at, sizeof copy.route.at, "if.%s", row->state.permit.question.inquirer.digits);
    return core_signed(r->keys, PERMIT_DOMAIN, permit_copy_encode(&copy, arena), arena);
}

static bool permit_owed(Relaying *r, const RelayRow *row, Arena scratch, Error *err)
{
    Str copy = copy_signed(r, row, ROLE_INQUIRER, &row->code, &scratch);
    PermitReply given = {.inquiry = row->state.permit.inquiry,
                         .key = row->state.permit.key,
                         .signed_copy = {(const unsigned char *)copy.at, copy.len}};
    return letter_add(r->act, &row->asker, LETTER_PERMIT_REPLY, permit_reply_encode(&given, &scratch), scratch, err);
}

static bool refusal_owed(Relaying *r, const Permit *asked, Str code, Arena scratch, Error *err)
{
    PermitReply no = {.inquiry = asked->inquiry, .key = asked->key, .refusal = code};
    return letter_add(r->act, &r->from, LETTER_PERMIT_REPLY, permit_reply_encode(&no, &scratch), scratch, err);
}

static bool step_kept(Relaying *r, RelayRow *row, const RelayStep *step, Arena scratch, Error *err)
{
    row->state = step->next;
    if (!relay_keep(r->act->store, r->act->office->keys, row, scratch, err)) return false;
    if (!(step->effects & RELAY_WRITE_RECORD)) return true;
    ProvisionRecord record = record_of_relay(&row->state);
    return core_record_add(r->act->store, row->no, &record, r->act->now, err);
}

// ---- a permit

// Whose code it is, if it opens as the code of whoever sends it.
static bool person_named(const Relaying *r, const PairwiseCode *code, Sha256 *person)
{
    Error forged = {0};
    PersonLink link;
    PairwiseKeys keys = core_pairwise(r->keys);
    PairwiseOwner owner = core_owner(&r->from);
    if (!pairwise_opened(&keys, &owner, code, &link, &forged)) return false;
    *person = link_index(r->act->office->keys, &link);
    bytes_wipe(&link, sizeof link);
    return true;
}

// The number was given for one person: whoever gives it again for another one asks for something else.
static bool other_person(const RelayRow *row, bool known, const Sha256 *person)
{
    return row->person_known != known || (known && !sha256_equal(&row->person, person));
}

static bool permit_stepped(Relaying *r, const PermitAsk *ask, RelayRow *row, const RelayEvent *event, Arena scratch,
                           Error *err)
{
    RelayStep step = relay_step(&row->state, event);
    if (step.effects & RELAY_ALARM) (void)alarmed(r, "number_taken");
    if (step.number_taken) return refusal_owed(r, &ask->asked, S("E201"), scratch, err);
    if (!step_kept(r, row, &step, scratch, err)) return false;
    if (step.effects & RELAY_ISSUE) return permit_owed(r, row, scratch, err);
    return refusal_owed(r, &ask->asked, str_of(permit_no_code(step.next.refusal)), scratch, err);
}

bool relaying_permit(Relaying *r, Str message, Arena scratch, Error *err)
{
    assert(r->list);
    assert(!store_is_idle(r->act->store));
    PermitAsk ask;
    RelayRow row;
    Sha256 person = {{0}};
    Error no = {0};
    bool found, suspended;
    Store *store = r->act->store;
    if (!permit_ask_decode(message, &ask, &no)) return unread(r);
    if (!relay_by_inquiry(store, r->act->office->keys, &r->from, &ask.asked.inquiry, scratch, &row, &found, err) ||
        !suspension_holds(store, &r->from, &ask.asked.question.provider, &suspended, err))
        return false;
    bool known = person_named(r, &ask.code, &person);
    PermitSight sight = {.stage = STAGE_ISSUING,
                         .now = r->act->now,
                         .permit = &ask.asked,
                         .list = &r->list->list,
                         .code_known = known,
                         .suspended = suspended,
                         .me = &r->from};
    RelayEvent event = {.kind = RELAY_ASK,
                        .now = r->act->now,
                        .sight = &sight,
                        .bulk = ask.bulk,
                        .other_person = found && other_person(&row, known, &person)};
    if (getrandom(event.fresh.at, sizeof event.fresh.at, 0) != (ssize_t)sizeof event.fresh.at)
        return FAIL(err, E_INTERNAL, .words = S("乱数が得られません。計算機の状態を確かめてください。"));
    if (!found) {
        row = (RelayRow){.asker = r->from, .asked_at = r->act->now, .person_known = known, .person = person};
        if (known) row.code = ask.code;
    }
    r->taken++;
    return permit_stepped(r, &ask, &row, &event, scratch, err);
}

// ---- an inquiry, on to the provider

static bool forward_owed(Relaying *r, const RelayRow *row, const InquirySent *sent, Arena scratch, Error *err)
{
    PairwiseCode code;
    PairwiseKeys keys = core_pairwise(r->keys);
    const Question *q = &row->state.permit.question;
    PairwiseOwner from = core_owner(&q->inquirer), to = core_owner(&q->provider);
    if (!pairwise_translated(&keys, &from, &row->code, &to, &code, err)) return false;
    Str copy = copy_signed(r, row, ROLE_PROVIDER, &code, &scratch);
    InquirySent on = {.signed_copy = {(const unsigned char *)copy.at, copy.len}};
    memcpy(on.key, sent->key, sizeof on.key);
    return letter_add(r->act, &q->provider, LETTER_INQUIRY, inquiry_sent_encode(&on, &scratch), scratch, err);
}

static bool inquiry_read(const Relaying *r, Str message, InquirySent *sent, PermitCopy *copy, bool *ours, Arena scratch)
{
    Error no = {0};
    Bytes body;
    *ours = false;
    if (!inquiry_sent_decode(message, sent, &no)) return false;
    *ours = core_signature_ours(r->keys, PERMIT_DOMAIN, text_of(sent->signed_copy), &body, scratch) &&
            permit_copy_decode(text_of(body), copy, &no);
    return true;
}

bool relaying_inquiry(Relaying *r, Str message, Arena scratch, Error *err)
{
    assert(r->list);
    assert(!store_is_idle(r->act->store));
    InquirySent sent;
    PermitCopy copy;
    RelayRow row;
    bool ours, found, suspended;
    Store *store = r->act->store;
    if (!inquiry_read(r, message, &sent, &copy, &ours, scratch)) return unread(r);
    r->taken++;
    if (!ours) return alarmed(r, "forged_permit");
    if (!relay_by_permit(store, r->act->office->keys, &copy.permit.id, scratch, &row, &found, err)) return false;
    if (!found || !organisation_same(&row.asker, &r->from)) return alarmed(r, "foreign_permit");
    Sha256 key = sha256_of((Bytes){sent.key, sizeof sent.key});
    RelayEvent event = {.kind = RELAY_INQUIRY, .now = r->act->now, .permit = &copy.permit, .signature_valid = ours};
    memcpy(event.key.at, key.at, sizeof event.key.at);
    RelayStep step = relay_step(&row.state, &event);
    if (!(step.effects & RELAY_FORWARD)) return alarmed(r, "other_inquiry");
    if (!suspension_holds(store, &row.asker, &row.state.permit.question.provider, &suspended, err)) return false;
    r->waiting += suspended;  // whoever asks asks again
    return suspended || forward_owed(r, &row, &sent, scratch, err);
}

// ---- a reply, back to the inquirer

bool relaying_reply(Relaying *r, Str message, Arena scratch, Error *err)
{
    assert(!store_is_idle(r->act->store));
    ReplySent sent;
    RelayRow row;
    Error no = {0};
    bool found, suspended;
    Store *store = r->act->store;
    if (message.len > LETTER_MOST || !reply_sent_decode(message, &sent, &no)) return unread(r);
    r->taken++;
    if (!relay_by_permit(store, r->act->office->keys, &sent.reply.permit, scratch, &row, &found, err)) return false;
    if (!found) return alarmed(r, "reply_to_nothing");
    if (!suspension_holds(store, &row.asker, &r->from, &suspended, err)) return false;
    r->waiting += suspended;  // whoever asked asks again, and is answered again
    if (suspended) return true;
    RelayEvent event = {.kind = RELAY_REPLY, .now = r->act->now, .reply = sent.reply, .from = &r->from};
    RelayStep step = relay_step(&row.state, &event);
    if (step.effects & RELAY_ALARM) return alarmed(r, "other_reply");
    if (!step_kept(r, &row, &step, scratch, err)) return false;
    // As it came: the envelope is the inquirer's to open.
    return !(step.effects & RELAY_RETURN) || letter_add(r->act, &row.asker, LETTER_REPLY, message, scratch, err);
}

// ---- an organisation's own record

// Each side tells its own, and a provider of what it was asked by the core's permit, if the core knows of it.
static bool its_own(const Relaying *r, const ProvisionRecord *record, Arena scratch, bool *own, Error *err)
{
    RelayRow row;
    bool found;
    const Question *asked = &record->permit.question;
    *own = organisation_same(&r->from, record->role == RECORD_INQUIRER ? &asked->inquirer : &asked->provider);
    if (!*own || record->role != RECORD_PROVIDER) return true;
    if (!relay_by_inquiry(r->act->store, r->act->office->keys, &asked->inquirer, &record->permit.inquiry, scratch, &row, &found, err))
        return false;
    if (found) *own = organisation_same(&r->from, &row.state.permit.question.provider);
    return true;
}

bool relaying_record(Relaying *r, Str message, Arena scratch, Error *err)
{
    assert(!store_is_idle(r->act->store));
    bool own;
    RecordTold told;
    Sha256 person;
    Error no = {0};
    if (!record_told_decode(message, &told, &no)) return unread(r);
    r->taken++;
    if (!its_own(r, &told.record, scratch, &own, err)) return false;
    if (!own) return alarmed(r, "foreign_record");
    bool named = pairwise_present(&told.code) && person_named(r, &told.code, &person);
    return told_record_keep(r->act->store, named ? &person : NULL, &told.record, r->act->now, scratch, err);
}

// ---- what a citizen asked to see, back to him

bool relaying_self(Relaying *r, Str message, Arena scratch, Error *err)
{
    assert(!store_is_idle(r->act->store));
    (void)scratch;
    SelfTold told;
    Error no = {0};
    if (message.len > LETTER_MOST || !self_told_decode(message, &told, &no)) return unread(r);
    r->taken++;
    return self_view_came(r->act->store, &r->from, &told, err);
}

// ---- what an organisation hides of a person

bool relaying_shield(Relaying *r, Str message, Arena scratch, Error *err)
{
    assert(!store_is_idle(r->act->store));
    (void)scratch;
    ShieldTold told;
    Sha256 person;
    Error no = {0};
    if (!shield_told_decode(message, &told, &no)) return unread(r);
    r->taken++;
    if (!person_named(r, &told.code, &person)) return alarmed(r, "shield_of_nobody");
    const ShieldSaid said = {r->from, told.procedure, told.hides};
    return core_shield_keep(r->act->store, &person, &said, err);
}
