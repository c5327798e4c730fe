// What goes wrong besides lost messages and crashes: clocks, disks, certificates, keys, codes of a new epoch, wrong people,
// and whoever operates a server. All of it is put right again before the world is left in peace.
// SPDX-License-Identifier: Apache-2.0
#include "checkers.h"
#include "ed25519.h"
#include "world.h"

#include <string.h>

#define CERTIFICATE_LIFE (400 * INSTANT_DAY)
#define GREAT_JUMP       (10 * INSTANT_DAY)
#define SMALL_JUMP       (3 * 60 * INSTANT_MINUTE)

static Instant some_time(World *w)
{
    return WORLD_BEGINS + chance_below(&w->chance, FAULTS_END - WORLD_BEGINS);
}

static Instant soon_after(World *w, Instant at, Instant most)
{
    Instant then = at + 1 + chance_below(&w->chance, most);
    return then < FAULTS_END ? then : FAULTS_END;
}

static void bites(World *w, FaultKind kind)
{
    w->report->faults[kind]++;
}

// ---- ahead

static void copies_too_old(Node *node)
{
    node->copies_stuck = true;
    node->copies_at = node->copies_as_of = WORLD_BEGINS - 2 * COPIES_LIFE;
}

static void clock_ahead(World *w)
{
    int node = (int)chance_below(&w->chance, NODES);
    Instant at = some_time(w), by = chance_one_in(&w->chance, 3) ? GREAT_JUMP : 1 + chance_below(&w->chance, SMALL_JUMP);
    if (chance_one_in(&w->chance, 2)) by = -by;
    if (by == -GREAT_JUMP && node != CORE) copies_too_old(&w->nodes[node]);  // by that clock they are of days to come
    happen(w, (Happening){.at = at, .kind = HAPPEN_CLOCK, .node = node, .by = by});
    happen(w, (Happening){.at = soon_after(w, at, 40 * INSTANT_MINUTE), .kind = HAPPEN_CLOCK, .node = node, .by = -by});
}

static void full_disk_ahead(World *w)
{
    int node = (int)chance_below(&w->chance, NODES);
    Instant at = some_time(w), until = soon_after(w, at, 20 * INSTANT_MINUTE);
    happen(w, (Happening){.at = at, .kind = HAPPEN_DISK_FULL, .node = node, .by = until});
    happen(w, (Happening){.at = until, .kind = HAPPEN_ROOM, .node = node});
}

static void certificates_ahead(World *w)
{
    for (int i = 0; i < NODES; i++) w->nodes[i].certificate_until = WORLD_BEGINS + CERTIFICATE_LIFE;
    int node = (int)chance_below(&w->chance, NODES);
    Instant until = some_time(w);
    w->nodes[node].certificate_until = until;
    happen(w, (Happening){.at = soon_after(w, until, 60 * INSTANT_MINUTE), .kind = HAPPEN_RENEWED, .node = node});
}

void faults_ahead(World *w)
{
    clock_ahead(w);
    full_disk_ahead(w);
    certificates_ahead(w);
    int node = (int)chance_below(&w->chance, ORGANISATIONS);
    happen(w, (Happening){.at = some_time(w), .kind = HAPPEN_RECODED, .node = node});
    for (int i = 0; i < 2; i++)
        happen(w, (Happening){.at = some_time(w), .kind = HAPPEN_OPERATOR, .node = (int)chance_below(&w->chance, ORGANISATIONS)});
}

// ---- clocks

static void clock_set(World *w, const Happening *h)
{
    Node *n = &w->nodes[h->node];
    n->skew += h->by;
    bites(w, h->by > 0 ? FAULT_CLOCK_AHEAD : FAULT_CLOCK_BACK);
    if (h->node == CORE) return;
    if (n->up && chance_one_in(&w->chance, 2)) copies_registered(w, h->node);  // the night's work falls into it
    organisation_wakes(w, h->node);
}

// ---- certificates and keys of connections

bool line_holds(World *w, int from, int to)
{
    int o = from == CORE ? to : from;
    const Node *organisation = &w->nodes[o], *core = &w->nodes[CORE];
    bool over = node_clock(w, CORE) >= organisation->certificate_until || node_clock(w, o) >= core->certificate_until;
    if (over) bites(w, FAULT_CERTIFICATE_OVER);
    if (!over && organisation->key != organisation->key_listed) bites(w, FAULT_KEY_UNKNOWN);
    return !over && organisation->key == organisation->key_listed;
}

static void renewed(World *w, int node)
{
    w->nodes[node].certificate_until = w->now + CERTIFICATE_LIFE;
    if (node == CORE) return;
    w->nodes[node].key++;
    happen(w, (Happening){.at = soon_after(w, w->now, 30 * INSTANT_MINUTE), .kind = HAPPEN_KEY_LISTED, .node = node});
}

// ---- codes

PairwiseOwner owner_of(int organisation, int epoch)
{
    return (PairwiseOwner){organisation_codes[organisation], epoch};
}

static PairwiseCode code_of_record(const World *w, int organisation, int person)
{
    PairwiseKeys keys = {.link = &w->link_key, .master = &w->master_key, .form = PAIRWISE_SIV};
    PairwiseOwner owner = owner_of(organisation, w->nodes[organisation].epoch);
    PersonLink link = person_link(&keys, &w->records[person]);
    return pairwise_made(&keys, &owner, &link);
}

static CodeNo coded(World *w, int organisation, int number, const CodeEvent *event)
{
    CodeHold *hold = &w->nodes[organisation].codes[number];
    CodeStep step = code_step(hold, event);
    *hold = step.next;
    return step.no;
}

void code_comes(World *w, int organisation, int number, int person)
{
    CodeEvent event = {.kind = CODE_ASK, .now = w->now, .person_agrees = person >= 0};
    chance_bytes(&w->chance, event.acquisition.at, sizeof event.acquisition.at);
    CodeNo no = coded(w, organisation, number, &event);
    if (no == CODE_PERSON_DIFFERS) bites(w, FAULT_PERSON_DIFFERS);
    if (no != CODE_YES) return;
    Node *n = &w->nodes[organisation];
    n->epoch_told = n->epoch;
    event.kind = CODE_ARRIVE;
    event.epoch = n->epoch;
    event.code = code_of_record(w, organisation, person);
    int other = person_of_code(w, organisation, &event.code);
    event.held_by_another = other >= 0;
    if (coded(w, organisation, number, &event) == CODE_CLASHES) {
        bites(w, FAULT_CLASH);
        (void)coded(w, organisation, other, &(CodeEvent){.kind = CODE_DOUBT, .now = w->now});
        return;
    }
    w->linked[organisation][number] = person;
    if (person != number) bites(w, FAULT_WRONG_LINK);
}

// A wrong Individual Number stands on file now and then: half of them the four facts show.
int person_on_file(World *w, int organisation, int number)
{
    if (!chance_one_in(&w->chance, 8)) return number;
    happen(w, (Happening){.at = some_time(w), .kind = HAPPEN_RIGHT_NUMBER, .node = organisation, .row = number});
    if (chance_one_in(&w->chance, 2)) return -1;
    return (int)((number + 1 + chance_below(&w->chance, PEOPLE - 1)) % PEOPLE);
}

void link_put_right(World *w, int organisation, int number)
{
    const CodeHold *hold = &w->nodes[organisation].codes[number];
    if (hold->state == CODE_HELD) {
        if (w->linked[organisation][number] == number) return;
        w->found_wrong[organisation][number] = true;
        (void)coded(w, organisation, number, &(CodeEvent){.kind = CODE_RELEASE, .now = w->now});
    }
    code_comes(w, organisation, number, number);
}

// All of them in one commit; the core is told of it later.
static void recoded(World *w, int organisation)
{
    Node *n = &w->nodes[organisation];
    n->epoch++;
    for (int p = 0; p < PEOPLE; p++)
        if (n->codes[p].state == CODE_HELD) {
            const CodeEvent event = {.kind = CODE_RECODE,
                                     .now = w->now,
                                     .epoch = n->epoch,
                                     .code = code_of_record(w, organisation, w->linked[organisation][p])};
            (void)coded(w, organisation, p, &event);
        }
    bites(w, FAULT_RECODED);
    happen(w, (Happening){.at = soon_after(w, w->now, 60 * INSTANT_MINUTE), .kind = HAPPEN_EPOCH_TOLD, .node = organisation});
}

// ---- whoever operates a server

// Everything is allowed in it, and the core of a sandbox for practice has signed it.
static Str list_of_practice(World *w)
{
    World practice = *w;
    memset(practice.sign_key.at, 1, (size_t)practice.sign_key.len);
    ed25519_public(&practice.sign_key, practice.sign_public);
    AllowList list = world_list(w, 1, &w->arena);
    list.version = w->list_version + 1;
    practice.signed_texts = (SignedRows){0};
    practice.arena = w->arena;
    Str text = signed_by_core(&practice, ALLOW_LIST_DOMAIN, allow_list_encode(&list, &practice.arena));
    w->arena = practice.arena;
    return text;
}

static Str list_of_yesterday(World *w)
{
    AllowList list = world_list(w, 1, &w->arena);
    return signed_by_core(w, ALLOW_LIST_DOMAIN, allow_list_encode(&list, &w->arena));
}

static void wrong_file(World *w, int node)
{
    bites(w, FAULT_WRONG_FILE);
    list_came(w, node, chance_one_in(&w->chance, 2) ? list_of_practice(w) : list_of_yesterday(w));
}

// The number of an inquiry that was sent already, about something else.
static void used_number(World *w, int node)
{
    Node *n = &w->nodes[node];
    for (int i = 0; i < n->asked; i++) {
        PermitAsk ask = n->asking[i].ask;
        if (n->asking[i].state.state <= INQUIRY_PERMITTING) continue;  // the core may not know of it yet
        ask.asked.question.items = 1;
        chance_bytes(&w->chance, ask.asked.key.at, sizeof ask.asked.key.at);
        node_send(w, node, CORE, MESSAGE_PERMIT_ASK, permit_ask_encode(&ask, &w->arena));
        return;
    }
}

// ---- one of them

static bool waits(const World *w, const Happening *h)
{
    bool writes = h->kind == HAPPEN_RECODED || h->kind == HAPPEN_RIGHT_NUMBER || h->kind == HAPPEN_OPERATOR;
    return writes && (!w->nodes[h->node].up || !has_room(w, h->node));
}

void fault_event(World *w, const Happening *h)
{
    Node *n = &w->nodes[h->node];
    Happening later = *h;
    later.at = w->now + INSTANT_MINUTE;
    if (waits(w, h))
        happen(w, later);
    else if (h->kind == HAPPEN_CLOCK)
        clock_set(w, h);
    else if (h->kind == HAPPEN_DISK_FULL)
        n->no_room_until = h->by;
    else if (h->kind == HAPPEN_ROOM && n->up)
        h->node == CORE ? core_owed(w) : organisation_owed(w, h->node);
    else if (h->kind == HAPPEN_RENEWED)
        renewed(w, h->node);
    else if (h->kind == HAPPEN_KEY_LISTED)
        n->key_listed = n->key;
    else if (h->kind == HAPPEN_RECODED)
        recoded(w, h->node);
    else if (h->kind == HAPPEN_EPOCH_TOLD)
        n->epoch_told = n->epoch;
    else if (h->kind == HAPPEN_RIGHT_NUMBER)
        link_put_right(w, h->node, h->row);
    else if (h->kind == HAPPEN_OPERATOR)
        chance_one_in(&w->chance, 2) ? wrong_file(w, h->node) : used_number(w, h->node);
    else if (h->kind == HAPPEN_MENDED)
        check_mended(w, h->node);
}
