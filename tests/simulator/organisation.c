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
    if (has_room(w, node)) row->to_do = 0;  // else it is done once more
}

// When the node's clock says so, as it goes now.
static void wakes_at(World *w, int node, HappeningKind kind, int index, Instant by_its_clock)
{
    Instant at = by_its_clock - w->nodes[node].skew;
    happen(w, (Happening){.at = at > w->now ? at : w->now + 1, .kind = kind, .node = node, .row = index});
}

static void asking_commits(World *w, int node, AskingRow *row, const InquiryStep *step,
                           Str signed_copy, Str data)
{
    bool ended_before = row->state.state == INQUIRY_ENDED;
    AskingRow next = *row;
    next.state = step->next;
    next.to_do |= step->effects & ASKING_OWED;
    if (signed_copy.len) next.signed_copy = signed_copy;
    if (step->effects & INQUIRY_KEEP_DATA) next.kept = str_copy(&w->arena, data);
    if (step->effects & INQUIRY_DESTROY_KEY) bytes_wipe(next.private_key, sizeof next.private_key);
    if (!disk_commit(w, node, row, &next, sizeof next)) return;
    if (step->effects & INQUIRY_KEEP_DATA) check_kept(w, node, row);
    if (step->effects & INQUIRY_ALARM) w->report->alarms++;
    int index = (int)(row - w->nodes[node].asking);
    if (row->state.state == INQUIRY_ENDED) {
        if (!ended_before)
            happen(w, (Happening){.at = retention_end(RETAIN_RESULT, w->now, 0) + INSTANT_MINUTE,
                                  .kind = HAPPEN_ERASE,
                                  .node = node,
                                  .row = index});
    } else {
        wakes_at(w, node, HAPPEN_WAKE, index, row->state.try_at);
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
        .bulk = chance_one_in(&w->chance, 4)};
    bool read = inquiry_no_read(str_format(&w->arena, "%d", index + 1), &row->ask.asked.inquiry);
    assert(read);
}

static void begin(World *w, int node, int index)
{
    AskingRow *row = &w->nodes[node].asking[index];
    const CodeHold *hold = &w->nodes[node].codes[row->person];
    if (row->state.state == INQUIRY_NONE) {
        row->ask.code = hold->code;
        row->asked_about = w->linked[node][row->person];
    }
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
    if (step.no == PERMIT_LIST_STALE) w->report->faults[FAULT_LIST_STALE]++;
    if (step.next.state != INQUIRY_NONE && row->asked_about != row->person && chance_one_in(&w->chance, 4))
        happen(w, (Happening){.at = w->now + 1 + chance_below(&w->chance, 4 * INSTANT_SECOND),  // somebody looks by it
                              .kind = HAPPEN_RIGHT_NUMBER,
                              .node = node,
                              .row = row->person});
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
                          .body = readable ? &body : NULL,
                          .link_doubted = !code_answers(&w->nodes[node].codes[row->person], &row->ask.code, w->now)};
    if (readable && w->found_wrong[node][row->person]) w->report->faults[FAULT_LINK_DOUBTED] += event.link_doubted;
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
    if (has_room(w, node)) row->to_do = 0;
}

static ProvisionFacts facts_of(World *w, int node, const PermitCopy *copy, Str *data)
{
    ProvisionFacts facts = {.copies_as_of = w->nodes[node].copies_as_of};
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
    AnsweringRow next = *row;
    next.state = step->next;
    next.to_do |= step->effects & ANSWERING_OWED;
    if (step->effects & PROVISION_SEAL) next.envelope = sealed(w, row, &step->next, data);
    if (!disk_commit(w, node, row, &next, sizeof next)) return;
    if (step->effects & PROVISION_SEAL) check_answered(w, node, row, facts);
    int index = (int)(row - w->nodes[node].answering);
    if (step->effects & PROVISION_QUEUE)
        wakes_at(w, node, HAPPEN_DEADLINE, index, row->state.asked_at + PROVISION_HELD_LIFE + INSTANT_MINUTE);
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
    if (step.no == PERMIT_LIST_STALE || step.no == PERMIT_LIST_BEHIND) w->report->faults[FAULT_LIST_STALE]++;
    if (step.next.state == PROVISION_NONE) {  // nothing to keep: it is asked again
        if (step.effects & PROVISION_FETCH_LIST) node_send(w, node, CORE, MESSAGE_LIST_ASK, S(""));
        return;
    }
    if (row->state.state == PROVISION_NONE) {
        memcpy(row->key.at, sent.key, sizeof row->key.at);
        row->code = copy.code;
    }
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
    PermitCopy copy = {.permit = row->state.permit, .code = row->code};
    Str data = {0};
    ProvisionFacts facts = facts_of(w, node, &copy, &data);
    ProvisionEvent event = {
        .kind = PROVISION_DECIDE,
        .now = node_clock(w, node),
        .facts = facts,
        .list = &w->nodes[node].list,
        .choice = row->state.permit.id.at[1] % 2 ? CHOICE_REFUSE : CHOICE_RELEASE,
        .act = {
            .kind = kind, .who = *who, .today = instant_day_in_japan(w->now), .last_day = DAY_MAX}};
    ProvisionStep step = provision_step(&row->state, &event);
    answering_commits(w, node, row, &step, &facts, data);
}

// One proposes and another one grants; or somebody grants what nobody has proposed.
static void officer_acts(World *w, int node, AnsweringRow *row)
{
    bool proposed = row->state.approval.state == APPROVAL_ASKED, hasty = !proposed && chance_one_in(&w->chance, 8);
    if (hasty) w->report->faults[FAULT_WRONG_ORDER]++;
    decide(w, node, row, proposed || hasty ? APPROVAL_GRANT : APPROVAL_ASK, chance_one_in(&w->chance, 2) ? &first : &second);
}

static void doubts_looked_at(World *w, int node)
{
    Node *n = &w->nodes[node];
    const CodeEvent looked = {.kind = CODE_RECONCILE, .now = w->now};
    for (int p = 0; p < PEOPLE; p++) {
        if (!n->codes[p].doubted || !chance_one_in(&w->chance, 8)) continue;
        link_put_right(w, node, p);
        n->codes[p] = code_step(&n->codes[p], &looked).next;
    }
}

// They look into the queue from time to time. Of some of it nobody is a second one until its time is over.
static void officers(World *w, int node)
{
    Node *n = &w->nodes[node];
    for (int i = 0; n->up && i < n->answered; i++) {
        AnsweringRow *row = &n->answering[i];
        bool nobody_else = row->state.permit.id.at[0] % 4 == 0 && row->state.approval.state == APPROVAL_ASKED;
        if (row->state.state == PROVISION_HELD && !nobody_else && !chance_one_in(&w->chance, 3)) officer_acts(w, node, row);
    }
    if (n->up && has_room(w, node)) doubts_looked_at(w, node);
    if (w->now < FAULTS_END + INSTANT_DAY)
        happen(w, (Happening){.at = w->now + chance_below(&w->chance, 30 * INSTANT_MINUTE) + 1,
                              .kind = HAPPEN_OFFICERS,
                              .node = node});
}

// ---- lists

void list_came(World *w, int node, Str text)
{
    SignedMessage message;
    AllowList list, *mine = &w->nodes[node].list;
    Error err;
    if (!core_signed(w, ALLOW_LIST_DOMAIN, text, &message) ||
        !allow_list_decode(str_of_bytes(message.body), &w->arena, &list, &err))
        return;
    if (list.as_of > node_clock(w, node) + CLOCKS_APART) w->report->faults[FAULT_LIST_TO_COME]++;
    if (has_room(w, node) && allow_list_follows(&list, mine, node_clock(w, node))) *mine = list;
    check_list(w, node);
}

void copies_registered(World *w, int node)
{
    Node *n = &w->nodes[node];
    if (n->copies_stuck || !has_room(w, node)) return;
    n->copies_as_of = node_clock(w, node);
    n->copies_at = w->now;
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
    if (w->nodes[node].up) copies_registered(w, node);
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
    Instant until = row->state.asked_at + PROVISION_HELD_LIFE;
    if (row->state.state != PROVISION_HELD) return;
    if (event.now < until) {  // its clock has been set
        wakes_at(w, node, HAPPEN_DEADLINE, index, until + INSTANT_MINUTE);
        return;
    }
    if (row->state.approval.state == APPROVAL_ASKED) {
        w->report->faults[FAULT_TOO_LATE]++;
        decide(w, node, row, APPROVAL_GRANT, &first);
        decide(w, node, row, APPROVAL_GRANT, &second);
    }
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
    if (!row->erased_at)  // the clock was ahead when it ended
        happen(w, (Happening){.at = w->now + INSTANT_DAY, .kind = HAPPEN_ERASE, .node = node, .row = index});
}

void organisation_event(World *w, const Happening *h)
{
    Happening again = *h;
    again.at = w->now + INSTANT_MINUTE;
    if (h->kind == HAPPEN_LIST)
        fetch_list(w, h->node);
    else if (h->kind == HAPPEN_OFFICERS)
        officers(w, h->node);
    else if (!w->nodes[h->node].up)
        happen(w, again);
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

void organisation_wakes(World *w, int node)
{
    const Node *n = &w->nodes[node];
    for (int i = 0; i < n->asked; i++) {
        const Inquiry *state = &n->asking[i].state;
        if (state->state != INQUIRY_NONE && state->state != INQUIRY_ENDED) wakes_at(w, node, HAPPEN_WAKE, i, state->try_at);
    }
    for (int i = 0; i < n->answered; i++) {
        const Provision *state = &n->answering[i].state;
        if (state->state == PROVISION_HELD)
            wakes_at(w, node, HAPPEN_DEADLINE, i, state->asked_at + PROVISION_HELD_LIFE + INSTANT_MINUTE);
    }
}

void organisation_owed(World *w, int node)
{
    Node *n = &w->nodes[node];
    organisation_wakes(w, node);  // what was not committed has no waking ahead
    for (int i = 0; i < n->asked; i++) asking_owed(w, node, &n->asking[i]);
    for (int i = 0; i < n->answered; i++) answering_owed(w, node, &n->answering[i]);
}
