// The core: permits by the list, codes translated, messages passed on. Driven as a program would drive it. On its way
// back a reply may be mixed up with another one, or damaged: what F1 and F6 were made of (docs/law/linkage.md, 13).
// SPDX-License-Identifier: Apache-2.0
#include "checkers.h"
#include "world.h"

#include <assert.h>
#include <string.h>

static Bytes signed_copy(World *w, const RelayRow *row, LinkageRole holder)
{
    PermitCopy copy = {.permit = row->state.permit, .holder = holder, .code = row->codes[holder]};
    if (holder == ROLE_PROVIDER) copy.route = (RouteName){"interface"};
    return bytes_of_str(signed_by_core(w, PERMIT_DOMAIN, permit_copy_encode(&copy, &w->arena)));
}

// ---- what is owed

static int provider_of(const RelayRow *row)
{
    return organisation_index(&row->state.permit.question.provider);
}

// A fault of the world: another inquiry's envelope under this reply, or a byte that changed on the way.
static Bytes envelope_on_its_way(World *w, const RelayRow *row)
{
    Bytes envelope = row->reply.envelope;
    if (!envelope.len || !faulty(w) || !chance_one_in(&w->chance, 5)) return envelope;
    const Node *core = &w->nodes[CORE];
    const RelayRow *other = &core->relays[chance_below(&w->chance, core->relayed)];
    w->report->faults[FAULT_MIXED]++;
    if (other->reply.envelope.len && chance_one_in(&w->chance, 2)) return other->reply.envelope;
    char *changed = str_z(&w->arena, str_of_bytes(envelope));
    changed[chance_below(&w->chance, envelope.len)] ^= 1;
    return (Bytes){(unsigned char *)changed, envelope.len};
}

static void row_owed(World *w, RelayRow *row)
{
    if (row->to_do & RELAY_ISSUE) {
        PermitReply given = {.inquiry = row->state.permit.inquiry,
                             .key = row->state.permit.key,
                             .signed_copy = signed_copy(w, row, ROLE_INQUIRER)};
        node_send(w, CORE, row->inquirer, MESSAGE_PERMIT_REPLY,
                  permit_reply_encode(&given, &w->arena));
    }
    if (row->to_do & RELAY_REFUSE)
        node_send(w, CORE, row->inquirer, MESSAGE_PERMIT_REPLY,
                  permit_reply_encode(&row->no, &w->arena));
    if (row->to_do & RELAY_FORWARD) {
        InquirySent sent = {.signed_copy = signed_copy(w, row, ROLE_PROVIDER)};
        memcpy(sent.key, row->key.at, sizeof sent.key);
        node_send(w, CORE, provider_of(row), MESSAGE_INQUIRY,
                  inquiry_sent_encode(&sent, &w->arena));
    }
    if (row->to_do & RELAY_RETURN) {
        ReplySent sent = {.reply = row->reply.reply, .envelope = envelope_on_its_way(w, row)};
        node_send(w, CORE, row->inquirer, MESSAGE_REPLY, reply_sent_encode(&sent, &w->arena));
    }
    if (has_room(w, CORE)) row->to_do = 0;  // else it is sent once more
}

void core_owed(World *w)
{
    for (int i = 0; i < w->nodes[CORE].relayed; i++) row_owed(w, &w->nodes[CORE].relays[i]);
}

static void commits(World *w, RelayRow *row, const RelayRow *next)
{
    bool issued = row->state.state == RELAY_NONE && next->state.state == RELAY_ISSUED;
    if (!disk_commit(w, CORE, row, next, sizeof *row)) return;
    Node *core = &w->nodes[CORE];
    if (row == &core->relays[core->relayed]) core->relayed++;
    if (issued) check_issued(w, &row->state.permit);
    if (!crashes(w, CORE, AFTER_COMMIT)) row_owed(w, row);
}

static void stepped(World *w, RelayRow *next, const RelayStep *step)
{
    next->state = step->next;
    next->to_do |= step->effects & (RELAY_ISSUE | RELAY_REFUSE | RELAY_FORWARD | RELAY_RETURN);
    if (step->effects & RELAY_ALARM) w->report->alarms++;
}

// ---- messages

// The code may be of the epoch before, or of the next one, of which the core has not heard yet.
static bool person_asked(World *w, int from, const PairwiseCode *code, PersonLink *link)
{
    Error err;
    PairwiseKeys keys = {.link = &w->link_key, .master = &w->master_key, .form = PAIRWISE_SIV};
    int told = w->nodes[from].epoch_told, epochs[] = {told, told + 1, told - 1};
    for (int i = 0; i < 3; i++) {
        PairwiseOwner asker = owner_of(from, epochs[i]);
        if (epochs[i] >= 1 && pairwise_opened(&keys, &asker, code, link, &err)) return true;
    }
    return false;
}

static void wished(World *w, int from, Str text)
{
    PermitAsk ask;
    PersonLink link;
    Error err;
    Node *core = &w->nodes[CORE];
    if (!permit_ask_decode(text, &ask, &err)) return;
    RelayRow *row = core->relays;
    while (
        row < core->relays + core->relayed &&
        !(row->inquirer == from && inquiry_no_same(&row->state.permit.inquiry, &ask.asked.inquiry)))
        row++;
    assert(row < core->relays + INQUIRIES);
    int asked_one = organisation_index(&ask.asked.question.provider);
    bool known = person_asked(w, from, &ask.code, &link);
    AllowList list = world_list(w, w->list_version, &w->arena);
    PermitSight sight = {.stage = STAGE_ISSUING,
                         .now = node_clock(w, CORE),
                         .permit = &ask.asked,
                         .list = &list,
                         .code_known = known,
                         .me = &organisation_codes[from]};
    RelayEvent event = {.kind = RELAY_ASK,
                        .now = sight.now,
                        .sight = &sight,
                        .bulk = ask.bulk,
                        .other_person = known && row->inquirer == from && !link_same(&link, &row->link)};
    chance_bytes(&w->chance, event.fresh.at, sizeof event.fresh.at);
    RelayStep step = relay_step(&row->state, &event);
    RelayRow next = *row;
    next.inquirer = from;
    if (known && row->state.state == RELAY_NONE) {
        PairwiseKeys keys = {.link = &w->link_key, .master = &w->master_key, .form = PAIRWISE_SIV};
        PairwiseOwner provider = owner_of(asked_one, w->nodes[asked_one].epoch_told);
        next.link = link;
        next.codes[ROLE_INQUIRER] = ask.code;
        next.codes[ROLE_PROVIDER] = pairwise_made(&keys, &provider, &link);
    }
    if (step.number_taken) w->report->faults[FAULT_WRONG_ORDER]++;
    if (step.effects & RELAY_REFUSE)
        next.no = (PermitReply){
            .inquiry = ask.asked.inquiry,
            .key = ask.asked.key,
            .refusal = step.number_taken ? S("E201") : str_of(permit_no_code(step.next.refusal))};
    stepped(w, &next, &step);
    commits(w, row, &next);
}

static RelayRow *row_of_permit(World *w, const PermitId *id)
{
    Node *core = &w->nodes[CORE];
    for (int i = 0; i < core->relayed; i++)
        if (permit_id_same(&core->relays[i].state.permit.id, id)) return &core->relays[i];
    return NULL;
}

static void inquired(World *w, int from, Str text)
{
    InquirySent sent;
    SignedMessage message;
    PermitCopy copy;
    Error err;
    if (!inquiry_sent_decode(text, &sent, &err)) return;
    bool valid = core_signed(w, PERMIT_DOMAIN, str_of_bytes(sent.signed_copy), &message);
    if (!valid || !permit_copy_decode(str_of_bytes(message.body), &copy, &err)) return;
    RelayRow *row = row_of_permit(w, &copy.permit.id);
    if (!row || row->inquirer != from) return;
    RelayEvent event = {.kind = RELAY_INQUIRY,
                        .now = node_clock(w, CORE),
                        .permit = &copy.permit,
                        .signature_valid = valid,
                        .key = hash_of_bytes((Bytes){sent.key, sizeof sent.key})};
    RelayStep step = relay_step(&row->state, &event);
    RelayRow next = *row;
    if (step.effects & RELAY_FORWARD)
        next.key =
            bytes_of_str(str_copy(&w->arena, (Str){(const char *)sent.key, sizeof sent.key}));
    stepped(w, &next, &step);
    commits(w, row, &next);
}

static void replied(World *w, int from, Str text)
{
    ReplySent sent;
    Error err;
    if (!reply_sent_decode(text, &sent, &err)) return;
    RelayRow *row = row_of_permit(w, &sent.reply.permit);
    if (!row) return;
    RelayEvent event = {.kind = RELAY_REPLY,
                        .now = node_clock(w, CORE),
                        .reply = sent.reply,
                        .from = &organisation_codes[from]};
    RelayStep step = relay_step(&row->state, &event);
    RelayRow next = *row;
    if (step.effects & RELAY_RETURN) next.reply = sent;
    stepped(w, &next, &step);
    commits(w, row, &next);
}

static void list_asked(World *w, int from)
{
    AllowList list = world_list(w, w->list_version, &w->arena);
    node_send(w, CORE, from, MESSAGE_LIST,
              signed_by_core(w, ALLOW_LIST_DOMAIN, allow_list_encode(&list, &w->arena)));
}

void core_message(World *w, const Happening *message)
{
    Str text = str_copy(&w->arena, message->text);
    switch (message->message) {
    case MESSAGE_PERMIT_ASK: wished(w, message->from, text); break;
    case MESSAGE_INQUIRY: inquired(w, message->from, text); break;
    case MESSAGE_REPLY: replied(w, message->from, text); break;
    case MESSAGE_LIST_ASK: list_asked(w, message->from); break;
    case MESSAGE_PERMIT_REPLY:
    case MESSAGE_LIST: break;  // are the organisations'
    }
}
