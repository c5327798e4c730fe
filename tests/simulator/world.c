// SPDX-License-Identifier: Apache-2.0
#include "world.h"

#include "checkers.h"
#include "ed25519.h"

#include <assert.h>
#include <string.h>

const OrganisationCode organisation_codes[ORGANISATIONS] = {{"0220101100200000"},
                                                            {"0220113112100000"},
                                                            {"0220127100400000"},
                                                            {"0220140100500000"},
                                                            {"0220140130700000"}};
const DatasetCode datasets[KINDS] = {{"TM9000000000YB01"}, {"TM9000000000YB02"}};

// ---- chance: splitmix64, which has one state for each number

uint64_t chance_next(Chance *chance)
{
    uint64_t z = chance->state += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

int64_t chance_below(Chance *chance, int64_t limit)
{
    return (int64_t)(chance_next(chance) % (uint64_t)limit);
}

bool chance_one_in(Chance *chance, int64_t n)
{
    return chance_below(chance, n) == 0;
}

void chance_bytes(Chance *chance, void *at, ptrdiff_t len)
{
    for (ptrdiff_t i = 0; i < len; i++)
        ((unsigned char *)at)[i] = (unsigned char)chance_next(chance);
}

// ---- clocks and what lies ahead

bool faulty(const World *w)
{
    return w->now < FAULTS_END;
}

Instant node_clock(const World *w, int node)
{
    return w->now + w->nodes[node].skew;
}

void happen(World *w, Happening happening)
{
    happening.number = ++w->numbers;
    *happenings_push(&w->ahead, &w->arena) = happening;
}

static Happening next_happening(World *w)
{
    ptrdiff_t first = 0;
    for (ptrdiff_t i = 1; i < w->ahead.count; i++) {
        const Happening *a = &w->ahead.at[i], *b = &w->ahead.at[first];
        if (a->at < b->at || (a->at == b->at && a->number < b->number)) first = i;
    }
    Happening next = w->ahead.at[first];
    w->ahead.at[first] = w->ahead.at[--w->ahead.count];
    return next;
}

// ---- links

static void deliver_later(World *w, int from, int to, MessageKind kind, Str text)
{
    // Seconds, and now and then many minutes: what was sent first need not come first.
    int64_t most =
        faulty(w) && chance_one_in(&w->chance, 20) ? 10 * INSTANT_MINUTE : 2 * INSTANT_SECOND;
    happen(w, (Happening){.at = w->now + 1 + chance_below(&w->chance, most),
                          .kind = HAPPEN_MESSAGE,
                          .node = to,
                          .message = kind,
                          .from = from,
                          .text = text});
}

void node_send(World *w, int from, int to, MessageKind kind, Str text)
{
    assert((from == CORE) != (to == CORE));  // nobody reaches another one but through the core
    if (!line_holds(w, from, to)) return;
    if (w->now < w->blocked_until[from][to] || (faulty(w) && chance_one_in(&w->chance, 12))) {
        w->report->faults[FAULT_LOST]++;
        return;
    }
    deliver_later(w, from, to, kind, text);
    if (!faulty(w) || !chance_one_in(&w->chance, 8)) return;
    w->report->faults[FAULT_DOUBLED]++;
    deliver_later(w, from, to, kind, text);
}

static void arrive(World *w, const Happening *message)
{
    if (!w->nodes[message->node].up) return;
    sha256_add(w->bytes, bytes_of_str(message->text));
    check_message(w, message->node, message->text);
    if (message->node == CORE)
        core_message(w, message);
    else
        organisation_message(w, message->node, message);
    // Whoever could not keep it has not said that he has it.
    Happening again = *message;
    again.at = w->now + INSTANT_MINUTE;
    if (!has_room(w, message->node)) happen(w, again);
}

// ---- crashes

bool crashes(World *w, int node, CrashPoint point)
{
    if (!faulty(w) || !chance_one_in(&w->chance, point == BEFORE_COMMIT ? 300 : 150)) return false;
    w->report->faults[FAULT_CRASH]++;
    w->nodes[node].up = false;
    happen(w, (Happening){.at = w->now + 1 + chance_below(&w->chance, 5 * INSTANT_MINUTE),
                          .kind = HAPPEN_RESTART,
                          .node = node});
    return true;
}

static void restart(World *w, int node)
{
    if (w->nodes[node].up) return;
    w->nodes[node].up = true;
    disk_recovers(w, node);
    if (node == CORE)
        core_owed(w);
    else
        organisation_owed(w, node);
}

// ---- who is who

int organisation_index(const OrganisationCode *code)
{
    for (int o = 0; o < ORGANISATIONS; o++)
        if (organisation_same(&organisation_codes[o], code)) return o;
    return -1;
}

UnifiedNo person_no(int organisation, int person)
{
    return unified_no_of(1000 * (organisation + 1) +
                         person);  // each organisation numbers for itself
}

int person_of_code(const World *w, int organisation, const PairwiseCode *code)
{
    for (int p = 0; p < PEOPLE; p++) {
        const CodeHold *hold = &w->nodes[organisation].codes[p];
        if (hold->state != CODE_HELD) continue;
        if (pairwise_same(&hold->code, code)) return p;
        if (w->now >= hold->former_until || !pairwise_same(&hold->former, code)) continue;
        w->report->faults[FAULT_FORMER_CODE]++;
        return p;
    }
    return -1;
}

Str doses_of(World *w, int organisation, int person, int kind)
{
    if ((organisation + person + kind) % 3 == 0) return (Str){0};
    return str_format(&w->arena, DOSES_OF "%d-AT-%d-OF-%d", person, organisation, kind);
}

// ---- hashes and signatures

Bytes bytes_of_str(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

Str str_of_bytes(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}

PermitHash hash_of_bytes(Bytes bytes)
{
    PermitHash made;
    Sha256 hash = sha256_of(bytes);
    memcpy(made.at, hash.at, sizeof made.at);
    return made;
}

PermitHash hash_of_permit(World *w, const Permit *permit)
{
    Arena scratch = w->arena;
    return hash_of_bytes(bytes_of_str(permit_encode(permit, &scratch)));
}

static Signed *signed_before(World *w, Bytes text)
{
    Sha256 hash = sha256_of(text);
    VEC_EACH (Signed, one, w->signed_texts)
        if (sha256_equal(&one->text, &hash)) return one;
    Signed *fresh = signed_rows_push(&w->signed_texts, &w->arena);
    *fresh = (Signed){.text = hash};
    ed25519_sign(&w->sign_key, text, fresh->signature);
    return fresh;
}

Str signed_by_core(World *w, Str domain, Str body)
{
    SignedMessage message = {.body = bytes_of_str(body)};
    Sha256 name = sha256_of((Bytes){w->sign_public, sizeof w->sign_public});
    memcpy(message.key_name, name.at, sizeof message.key_name);
    memcpy(message.signature, signed_before(w, signed_text(domain, message.body, &w->arena))->signature, sizeof message.signature);
    return signed_message_encode(&message, &w->arena);
}

bool core_signed(World *w, Str domain, Str text, SignedMessage *message)
{
    Error err;
    if (!signed_message_decode(text, message, &err)) return false;
    Bytes body = signed_text(domain, message->body, &w->arena), signature = {message->signature, sizeof message->signature};
    Sha256 hash = sha256_of(body);
    Signed *known = NULL;
    VEC_EACH (Signed, one, w->signed_texts)
        if (sha256_equal(&one->text, &hash) && !memcmp(one->signature, signature.at, (size_t)signature.len)) known = one;
    if (known && known->looked_at) return true;
    bool valid = ed25519_valid((Bytes){w->sign_public, sizeof w->sign_public}, body, signature);
    if (known) known->looked_at = valid;
    return valid;
}

AllowList world_list(World *w, int64_t version, Arena *arena)
{
    AllowList list = {.version = version, .as_of = node_clock(w, CORE)};
    for (int o = 0; o < ORGANISATIONS; o++)
        *allow_bodies_push(&list.bodies, arena) = (AllowBody){organisation_codes[o], BODY_CITY};
    int kinds =
        version > 1 ? KINDS - 1 : KINDS;  // the second version takes the last permission back
    for (int k = 0; k < kinds; k++)
        *allow_rows_push(&list.rows, arena) =
            (AllowRow){.item = 25,
                       .affair = {"JM90000000000025"},
                       .procedure = {"JT90000000002501"},
                       .inquirers = BODY_CITY,
                       .providers = BODY_CITY,
                       .dataset = datasets[k],
                       .items = 0x7FFF,
                       .in_force = {day_of(2024, 5, 27), DAY_MAX}};
    return list;
}

// ---- the beginning

static void keys_made(World *w)
{
    Secret *const keys[] = {&w->link_key, &w->master_key, &w->sign_key};
    for (int i = 0; i < 3; i++) {
        keys[i]->len = 32;
        chance_bytes(&w->chance, keys[i]->at, 32);
    }
    ed25519_public(&w->sign_key, w->sign_public);
}

static void settle(World *w)
{
    for (int p = 0; p < PEOPLE; p++)
        w->records[p] = (ResidentRecordCode){
            {'0', '0', '0', '0', '0', '0', '0', '0', '0', '0', (char)('0' + p), 0}};
    for (int o = 0; o < ORGANISATIONS; o++) {
        Node *node = &w->nodes[o];
        node->skew = chance_below(&w->chance, 40 * INSTANT_SECOND) - 20 * INSTANT_SECOND;
        node->up = true;
        node->copies_at = node->copies_as_of = WORLD_BEGINS - 2 * COPIES_LIFE;
        node->copies_stuck = chance_one_in(&w->chance, 10);
        copies_registered(w, o);
        if (node->copies_stuck && chance_one_in(&w->chance, 2))
            node->copies_as_of = WORLD_BEGINS + COPIES_LIFE;  // by a clock that was ahead
        node->epoch = node->epoch_told = 1;
        node->list = world_list(w, 1, &w->arena);
        if (chance_one_in(&w->chance, 6))
            node->list.as_of -= ALLOW_LIST_LIFE;  // nobody fetched it for a week
        for (int p = 0; p < PEOPLE; p++) {
            bool lives = !chance_one_in(&w->chance, 4);
            w->look_first[o][p] = chance_one_in(&w->chance, 6);
            w->linked[o][p] = -1;
            if (lives) code_comes(w, o, p, person_on_file(w, o, p));
            const CodeEvent doubt = {.kind = CODE_DOUBT, .now = w->now};
            if (chance_one_in(&w->chance, 8)) node->codes[p] = code_step(&node->codes[p], &doubt).next;
        }
        happen(w, (Happening){.at = WORLD_BEGINS + chance_below(&w->chance, LIST_INTERVAL),
                              .kind = HAPPEN_LIST,
                              .node = o});
        for (int i = 0; i < 2; i++)
            happen(w, (Happening){.at = FAULTS_END + i * 10 * INSTANT_MINUTE, .kind = HAPPEN_LIST, .node = o});
        happen(w, (Happening){.at = FAULTS_END + 30 * INSTANT_MINUTE, .kind = HAPPEN_MENDED, .node = o});
        happen(w, (Happening){
                      .at = WORLD_BEGINS + INSTANT_MINUTE, .kind = HAPPEN_OFFICERS, .node = o});
    }
    w->nodes[CORE].up = true;
}

static void wishes(World *w)
{
    for (int i = 0; i < INQUIRIES; i++) {
        int node = (int)chance_below(&w->chance, ORGANISATIONS), row = w->nodes[node].asked++;
        Instant at = WORLD_BEGINS + chance_below(&w->chance, 2 * 60 * INSTANT_MINUTE);
        happen(w, (Happening){.at = at, .kind = HAPPEN_WISH, .node = node, .row = row});
        if (chance_one_in(&w->chance, 10))
            happen(w, (Happening){.at = at + chance_below(&w->chance, 60 * INSTANT_MINUTE),
                                  .kind = HAPPEN_CANCEL,
                                  .node = node,
                                  .row = row});
    }
}

static void partitions(World *w)
{
    for (int i = 0; i < 2; i++) {
        int o = (int)chance_below(&w->chance, ORGANISATIONS);
        bool up = chance_one_in(&w->chance, 2);
        w->blocked_until[up ? o : CORE][up ? CORE : o] =
            WORLD_BEGINS + chance_below(&w->chance, 60 * INSTANT_MINUTE);
    }
}

// ---- living

static void live(World *w, const Happening *h)
{
    if (h->at >= REVOKED_AT) w->list_version = 2;
    if (h->kind == HAPPEN_MESSAGE)
        arrive(w, h);
    else if (h->kind == HAPPEN_RESTART)
        restart(w, h->node);
    else if (h->kind >= HAPPEN_CLOCK)
        fault_event(w, h);
    else
        organisation_event(w, h);
}

Sha256 world_run(uint64_t seed, Arena arena, WorldReport *report)
{
    World *w = NEW(&arena, World, 1);
    *w = (World){.chance = {seed},
                 .now = WORLD_BEGINS,
                 .list_version = 1,
                 .report = report,
                 .bytes = sha256_begin()};
    w->arena = arena;
    keys_made(w);
    settle(w);
    wishes(w);
    partitions(w);
    faults_ahead(w);
    while (w->ahead.count && report->happened < WORLD_EVENTS_MOST && !report->wrong) {
        Happening h = next_happening(w);
        w->now = h.at;
        report->happened++;
        live(w, &h);
    }
    check_end(w);
    return sha256_end(w->bytes);
}
