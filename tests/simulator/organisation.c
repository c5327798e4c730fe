// One organisation: its intermediate server as asker and answerer, driven as a program would drive it. An act loads what
// was committed, takes one step, commits state and what is owed, and then does what is owed.
// SPDX-License-Identifier: Apache-2.0
#include "checkers.h"
#include "world.h"

#include <assert.h>
#include <string.h>

// The effects that are part of the commit itself, and those that are owed behind it.
enum {
    ASKING_OWED = INQUIRY_ASK_CORE | INQUIRY_ASK_PROVIDER | INQUIRY_TELL,
    ANSWERING_OWED = PROVISION_REPLY | PROVISION_FETCH_LIST,
};

static Str kept_bytes(World *w, Bytes bytes)
{
    return str_copy(&w->arena, str_of_bytes(bytes));
}

// ---- asking

static void asking_owed(World *w, int node, AskingRow *row)
{
    if (row->to_do & INQUIRY_ASK_CORE)
        node_send(w, node, CORE, MESSAGE_PERMIT_ASK, permit_ask_encode(&row->ask, &w->arena));
    if (row->to_do & INQUIRY_ASK_PROVIDER) {
        InquirySent sent = {.signed_copy = bytes_of_str(row->signed_copy)};
        memcpy(sent.key, row->public_key.at, sizeof sent.key);
        node_send(w, node, CORE, MESSAGE_INQUIRY, inquiry_sent_encode(&sent, &w->arena));
    }
    if (row->to_do & INQUIRY_TELL)
        check_told(w, node, (int)(row - w->nodes[node].asking), row->state.result);
    row->to_do = 0;
}

static void asking_commits(World *w, int node, AskingRow *row, const InquiryStep *step,
                           Str signed_copy, Str data)
{
    if (crashes(w, node, BEFORE_COMMIT)) return;
    bool ended_before = row->state.state == INQUIRY_ENDED;
    row->state = step->next;
    row->to_do |= step->effects & ASKING_OWED;
    if (signed_copy.len) row->signed_copy = signed_copy;
    if (step->effects & INQUIRY_KEEP_DATA) {
        row->kept = str_copy(&w->arena, data);
        check_kept(w, node, row);
    }
    if (step->effects & INQUIRY_DESTROY_KEY) bytes_wipe(row->private_key, sizeof row->private_key);
    if (step->effects & INQUIRY_ALARM) w->report->alarms++;
    int index = (int)(row - w->nodes[node].asking);
    if (row->state.state == INQUIRY_ENDED) {
        if (!ended_before)
            happen(w, (Happening){.at = retention_end(RETAIN_RESULT, w->now, 0) + INSTANT_MINUTE,
                                  .kind = HAPPEN_ERASE,
                                  .node = node,
                                  .row = index});
    } else {
        Instant at = row->state.try_at - w->nodes[node].skew;
        happen(w, (Happening){.at = at > w->now ? at : w->now + 1,
                              .kind = HAPPEN_WAKE,
                              .node = node,
                              .row = index});
    }
    if (!crashes(w, node, AFTER_COMMIT)) asking_owed(w, node, row);
}

static void wish(World *w, int node, int index)
{
    AskingRow *row = &w->nodes[node].asking[index];
    unsigned char seed[HPKE_SEED_BYTES];
    Error err;
    SECRET(private_key);
    int provider = (int)chance_below(&w->chance, ORGANISATIONS - 1);
    provider += provider >= node;
    row->person = (int)chance_below(&w->chance, PEOPLE);
    chance_bytes(&w->chance, seed, sizeof seed);
    bool made = hpke_keys_made((Bytes){seed, sizeof seed}, &private_key, &row->public_key, &err);
    assert(made);
    memcpy(row->private_key, private_key.at, sizeof row->private_key);
    row->ask = (PermitAsk){
        .asked = {.question = {.item = 25,
                               .affair = {"JM90000000000025"},
                               .procedure = {"JT90000000002501"},
                               .dataset = datasets[chance_below(&w->chance, KINDS)],
                               .items = 0x7FFF,
                               .inquirer = organisation_codes[node],
                               .provider = organisation_codes[provider]},
                  .key = hash_of_bytes((Bytes){row->public_key.at, sizeof row->public_key.at})},
        .code = w->nodes[node].codes[row->person].code,
        .bulk = chance_one_in(&w->chance, 4)};
    bool read = inquiry_no_read(str_format(&w->arena, "%d", index + 1), &row->ask.asked.inquiry);
    assert(read);
}

static void begin(World *w, int node, int index)
{
    AskingRow *row = &w->nodes[node].asking[index];
    const CodeHold *hold = &w->nodes[node].codes[row->person];
    PermitSight sight = {.stage = STAGE_ASKING,
                         .now = node_clock(w, node),
                         .permit = &row->ask.asked,
                         .list = &w->nodes[node].list,
                         .own = &own_items_of_assessment,
                         .code_known = code_answers(hold, &hold->code, w->now),
                         .me = &organisation_codes[node]};
    InquiryEvent event = {.kind = INQUIRY_BEGIN,
                          .now = sight.now,
                          .sight = &sight,
                          .person = person_no(node, row->person)};
    InquiryStep step = inquiry_step(&row->state, &event);
    if (step.next.state != INQUIRY_NONE) asking_commits(w, node, row, &step, (Str){0}, (Str){0});
    // A ledger that was not heard says it again.
    if (row->state.state == INQUIRY_NONE && step.no == PERMIT_YES)
        happen(w,
               (Happening){
                   .at = w->now + INSTANT_MINUTE, .kind = HAPPEN_WISH, .node = node, .row = index});
}

static void permit_came(World *w, int node, Str text)
{
    PermitReply reply;
    Error err;
    if (!permit_reply_decode(text, &reply, &err)) return;
    for (int i = 0; i < w->nodes[node].asked; i++) {
        AskingRow *row = &w->nodes[node].asking[i];
        if (!inquiry_no_same(&row->ask.asked.inquiry, &reply.inquiry) ||
            !permit_hash_same(&row->ask.asked.key, &reply.key))
            continue;
        PermitCopy copy = {0};
        SignedMessage message;
        Str signed_copy = kept_bytes(w, reply.signed_copy);
        PermitSight sight = {.stage = STAGE_RECEIVING,
                             .now = node_clock(w, node),
                             .permit = &copy.permit,
                             .list = &w->nodes[node].list,
                             .me = &organisation_codes[node],
                             .copy = &copy,
                             .key = &row->ask.asked.key};
        sight.signature_valid = core_signed(w, PERMIT_DOMAIN, signed_copy, &message) &&
                                permit_copy_decode(str_of_bytes(message.body), &copy, &err);
        InquiryEvent event = {.kind = reply.refusal.len ? INQUIRY_NO_PERMIT : INQUIRY_PERMIT,
                              .now = sight.now,
                              .sight = &sight};
        InquiryStep step = inquiry_step(&row->state, &event);
        asking_commits(w, node, row, &step, row->signed_copy.len ? (Str){0} : signed_copy,
                       (Str){0});
        return;
    }
}

static AskingRow *row_of_permit(World *w, int node, const PermitId *id)
{
    for (int i = 0; i < w->nodes[node].asked; i++) {
        AskingRow *row = &w->nodes[node].asking[i];
        if (row->state.state != INQUIRY_NONE && permit_id_same(&row->state.permit.id, id))
            return row;
    }
    return NULL;
}

static bool opened(World *w, const AskingRow *row, Bytes envelope, AnswerBody *body)
{
    Error err;
    Bytes plain;
    SECRET(key);
    secret_set(&key, (Bytes){row->private_key, sizeof row->private_key});
    PermitHash bound = hash_of_permit(w, &row->state.permit);
    HpkeUse use = {.use = bytes_of_str(ANSWER_USE), .bound = {bound.at, sizeof bound.at}};
    return hpke_open(&key, use, envelope, &w->arena, &plain, &err) &&
           answer_body_decode(str_of_bytes(plain), body, &err);
}

static void reply_came(World *w, int node, Str text)
{
    ReplySent sent;
    Error err;
    if (!reply_sent_decode(text, &sent, &err)) return;
    AskingRow *row = row_of_permit(w, node, &sent.reply.permit);
    if (!row) return;
    AnswerBody body;
    bool answered = sent.reply.kind == REPLY_ANSWERED;
    bool readable = answered && opened(w, row, sent.envelope, &body);
    InquiryEvent event = {.kind = answered ? INQUIRY_ANSWER : INQUIRY_REPLY,
                          .now = node_clock(w, node),
                          .reply = sent.reply,
                          .body = readable ? &body : NULL};
    InquiryStep step = inquiry_step(&row->state, &event);
    asking_commits(w, node, row, &step, (Str){0}, readable ? body.data : (Str){0});
}

// ---- answering

static void answering_owed(World *w, int node, AnsweringRow *row)
{
    if (row->to_do & PROVISION_REPLY) {
        ReplySent sent = {.reply = row->state.reply, .envelope = row->envelope};
        node_send(w, node, CORE, MESSAGE_REPLY, reply_sent_encode(&sent, &w->arena));
    }
    if (row->to_do & PROVISION_FETCH_LIST) node_send(w, node, CORE, MESSAGE_LIST_ASK, S(""));
    row->to_do = 0;
}

static ProvisionFacts facts_of(World *w, int node, const PermitCopy *copy, Str *data)
{
    ProvisionFacts facts = {.copies_as_of =
                                w->nodes[node].copies_stuck ? WORLD_BEGINS - COPIES_LIFE : w->now};
    int person = person_of_code(w, node, &copy->code);
    if (person < 0) return facts;
    int kind = dataset_same(&copy->permit.question.dataset, &datasets[0]) ? 0 : 1;
    *data = doses_of(w, node, person, kind);
    facts.person = person_no(node, person);
    facts.doubted = w->nodes[node].codes[person].doubted;
    facts.look_first = w->look_first[node][person];
    facts.any_data = data->len > 0;
    return facts;
}

static Bytes sealed(World *w, const AnsweringRow *row, const Provision *state, Str data)
{
    unsigned char seed[HPKE_SEED_BYTES];
    Error err;
    Bytes envelope;
    AnswerBody body = {
        .permit = state->permit, .result = state->result, .as_of = instant_day_in_japan(w->now)};
    if (state->result == RESULT_GIVEN) body.data = data;
    chance_bytes(&w->chance, seed, sizeof seed);
    PermitHash bound = hash_of_permit(w, &state->permit);
    HpkeUse use = {.use = bytes_of_str(ANSWER_USE), .bound = {bound.at, sizeof bound.at}};
    bool made =
        hpke_seal(&row->key, use, (Bytes){seed, sizeof seed},
                  bytes_of_str(answer_body_encode(&body, &w->arena)), &w->arena, &envelope, &err);
    assert(made);
    return envelope;
}

static void answering_commits(World *w, int node, AnsweringRow *row, const ProvisionStep *step,
                              const ProvisionFacts *facts, Str data)
{
    if (crashes(w, node, BEFORE_COMMIT)) return;
    if (step->effects & PROVISION_SEAL) row->envelope = sealed(w, row, &step->next, data);
    row->state = step->next;
    row->to_do |= step->effects & ANSWERING_OWED;
    if (step->effects & PROVISION_SEAL) check_answered(w, node, row, facts);
    int index = (int)(row - w->nodes[node].answering);
    if (step->effects & PROVISION_QUEUE)
        happen(w, (Happening){.at = w->now + PROVISION_HELD_LIFE + INSTANT_MINUTE,
                              .kind = HAPPEN_DEADLINE,
                              .node = node,
                              .row = index});
    if (!crashes(w, node, AFTER_COMMIT)) answering_owed(w, node, row);
}

static AnsweringRow *row_before(World *w, int node, const PermitId *id)
{
    Node *n = &w->nodes[node];
    for (int i = 0; i < n->answered; i++)
        if (permit_id_same(&n->answering[i].state.permit.id, id)) return &n->answering[i];
    assert(n->answered < ANSWERED_MOST);
    return &n->answering[n->answered];
}

static void asked(World *w, int node, Str text)
{
    InquirySent sent;
    SignedMessage message;
    PermitCopy copy;
    Error err;
    Str data = {0};
    if (!inquiry_sent_decode(text, &sent, &err)) return;
    bool valid = core_signed(w, PERMIT_DOMAIN, str_of_bytes(sent.signed_copy), &message);
    if (!valid || !permit_copy_decode(str_of_bytes(message.body), &copy, &err)) return;
    PermitHash key = hash_of_bytes((Bytes){sent.key, sizeof sent.key});
    PermitSight sight = {.stage = STAGE_ANSWERING,
                         .now = node_clock(w, node),
                         .permit = &copy.permit,
                         .list = &w->nodes[node].list,
                         .own = &own_items_of_assessment,
                         .me = &organisation_codes[node],
                         .copy = &copy,
                         .signature_valid = valid,
                         .key = &key};
    ProvisionFacts facts = facts_of(w, node, &copy, &data);
    ProvisionEvent event = {
        .kind = PROVISION_ASK, .now = sight.now, .sight = &sight, .facts = facts};
    AnsweringRow *row = row_before(w, node, &copy.permit.id);
    ProvisionStep step = provision_step(&row->state, &event);
    if (step.next.state == PROVISION_NONE) {  // nothing to keep: it is asked again
        if (step.effects & PROVISION_FETCH_LIST) node_send(w, node, CORE, MESSAGE_LIST_ASK, S(""));
        return;
    }
    if (row->state.state == PROVISION_NONE) memcpy(row->key.at, sent.key, sizeof row->key.at);
    answering_commits(w, node, row, &step, &facts, data);
    if (row->state.state != PROVISION_NONE &&
        row == &w->nodes[node].answering[w->nodes[node].answered])
        w->nodes[node].answered++;
}

// ---- people

#define WORDS(s)           \
    {                      \
        (s), sizeof(s) - 1 \
    }
static const ApprovalPerson first = {WORDS("first"), WORDS("staff:1")},
                            second = {WORDS("second"), WORDS("staff:2")};

static void decide(World *w, int node, AnsweringRow *row, ApprovalEventKind kind,
                   const ApprovalPerson *who)
{
    const Permit *permit = &row->state.permit;
    int person = -1;
    for (int p = 0; p < PEOPLE; p++) {
        UnifiedNo no = person_no(node, p);
        if (unified_same(&no, &row->state.person)) person = p;
    }
    assert(person >= 0);
    PermitCopy copy = {.permit = *permit, .code = w->nodes[node].codes[person].code};
    Str data = {0};
    ProvisionFacts facts = facts_of(w, node, &copy, &data);
    ProvisionEvent event = {
        .kind = PROVISION_DECIDE,
        .now = node_clock(w, node),
        .facts = facts,
        .list = &w->nodes[node].list,
        .choice = person % 2 ? CHOICE_REFUSE : CHOICE_RELEASE,
        .act = {
            .kind = kind, .who = *who, .today = instant_day_in_japan(w->now), .last_day = DAY_MAX}};
    ProvisionStep step = provision_step(&row->state, &event);
    answering_commits(w, node, row, &step, &facts, data);
}

// They look into the queue from time to time. At some of it nobody looks until its time is over.
static void officers(World *w, int node)
{
    Node *n = &w->nodes[node];
    CodeEvent looked = {.kind = CODE_RECONCILE, .now = w->now};
    for (int i = 0; n->up && i < n->answered; i++) {
        AnsweringRow *row = &n->answering[i];
        bool nobody_looks = row->state.permit.id.at[0] % 4 == 0;
        if (row->state.state != PROVISION_HELD || nobody_looks || chance_one_in(&w->chance, 3))
            continue;
        decide(w, node, row,
               row->state.approval.state == APPROVAL_ASKED ? APPROVAL_GRANT : APPROVAL_ASK,
               chance_one_in(&w->chance, 2) ? &first : &second);
    }
    for (int p = 0; p < PEOPLE; p++)
        if (n->codes[p].doubted && chance_one_in(&w->chance, 8))
            n->codes[p] = code_step(&n->codes[p], &looked).next;
    if (w->now < FAULTS_END + INSTANT_DAY)
        happen(w, (Happening){.at = w->now + chance_below(&w->chance, 30 * INSTANT_MINUTE) + 1,
                              .kind = HAPPEN_OFFICERS,
                              .node = node});
}

// ---- lists

static void list_came(World *w, int node, Str text)
{
    SignedMessage message;
    AllowList list, *mine = &w->nodes[node].list;
    Error err;
    if (!core_signed(w, ALLOW_LIST_DOMAIN, text, &message) ||
        !allow_list_decode(str_of_bytes(message.body), &w->arena, &list, &err))
        return;
    if (list.version > mine->version || (list.version == mine->version && list.as_of > mine->as_of))
        *mine = list;
}

static bool all_ended(const World *w)
{
    for (int o = 0; o < ORGANISATIONS; o++)
        for (int i = 0; i < w->nodes[o].asked; i++) {
            InquiryState state = w->nodes[o].asking[i].state.state;
            if (state != INQUIRY_ENDED && state != INQUIRY_NONE) return false;
        }
    return true;
}

static void fetch_list(World *w, int node)
{
    if (w->nodes[node].up) node_send(w, node, CORE, MESSAGE_LIST_ASK, S(""));
    if (!faulty(w)) w->nodes[node].copies_stuck = false;  // somebody has seen it by then
    if (faulty(w) || !all_ended(w))
        happen(w, (Happening){.at = w->now + LIST_INTERVAL, .kind = HAPPEN_LIST, .node = node});
}

// ---- doors

void organisation_message(World *w, int node, const Happening *message)
{
    Str text = str_copy(&w->arena, message->text);
    switch (message->message) {
    case MESSAGE_PERMIT_REPLY: permit_came(w, node, text); break;
    case MESSAGE_INQUIRY: asked(w, node, text); break;
    case MESSAGE_REPLY: reply_came(w, node, text); break;
    case MESSAGE_LIST: list_came(w, node, text); break;
    case MESSAGE_PERMIT_ASK:
    case MESSAGE_LIST_ASK: break;  // are the core's
    }
}

static void plain_event(World *w, int node, int index, InquiryEventKind kind)
{
    AskingRow *row = &w->nodes[node].asking[index];
    InquiryEvent event = {.kind = kind, .now = node_clock(w, node)};
    if (row->state.state == INQUIRY_NONE || row->state.state == INQUIRY_ENDED) return;
    // A row that was woken for nothing has another waking ahead.
    if (kind == INQUIRY_WAKE && event.now < row->state.try_at) return;
    InquiryStep step = inquiry_step(&row->state, &event);
    asking_commits(w, node, row, &step, (Str){0}, (Str){0});
}

static void deadline(World *w, int node, int index)
{
    AnsweringRow *row = &w->nodes[node].answering[index];
    ProvisionEvent event = {.kind = PROVISION_WAKE, .now = node_clock(w, node)};
    ProvisionStep step = provision_step(&row->state, &event);
    answering_commits(w, node, row, &step, &event.facts, (Str){0});
}

static void erase(World *w, int node, int index)
{
    AskingRow *row = &w->nodes[node].asking[index];
    Kept kept = {.kind = RETAIN_RESULT, .since = row->state.ended_at, .erased_at = row->erased_at};
    KeptStep step = kept_step(&kept, node_clock(w, node), 0);
    row->erased_at = step.next.erased_at;
    if (step.destroy_key) row->kept = (Str){0};
}

void organisation_event(World *w, const Happening *h)
{
    if (h->kind == HAPPEN_LIST)
        fetch_list(w, h->node);
    else if (h->kind == HAPPEN_OFFICERS)
        officers(w, h->node);
    else if (!w->nodes[h->node].up)
        happen(w,
               (Happening){
                   .at = w->now + INSTANT_MINUTE, .kind = h->kind, .node = h->node, .row = h->row});
    else if (h->kind == HAPPEN_WISH) {
        if (!w->nodes[h->node].asking[h->row].ask.asked.question.item) wish(w, h->node, h->row);
        begin(w, h->node, h->row);
    } else if (h->kind == HAPPEN_WAKE)
        plain_event(w, h->node, h->row, INQUIRY_WAKE);
    else if (h->kind == HAPPEN_CANCEL)
        plain_event(w, h->node, h->row, INQUIRY_CANCEL);
    else if (h->kind == HAPPEN_DEADLINE)
        deadline(w, h->node, h->row);
    else if (h->kind == HAPPEN_ERASE)
        erase(w, h->node, h->row);
}

void organisation_owed(World *w, int node)
{
    Node *n = &w->nodes[node];
    for (int i = 0; i < n->asked; i++) {
        AskingRow *row = &n->asking[i];
        asking_owed(w, node, row);
        // What was not committed before the crash has no waking ahead.
        if (row->state.state != INQUIRY_NONE && row->state.state != INQUIRY_ENDED)
            happen(w, (Happening){.at = w->now + 1 + chance_below(&w->chance, INSTANT_MINUTE),
                                  .kind = HAPPEN_WAKE,
                                  .node = node,
                                  .row = i});
    }
    for (int i = 0; i < n->answered; i++) answering_owed(w, node, &n->answering[i]);
}
