// A made-up country in one process: five organisations, the core, their clocks and the links between, from one seed.
//
// The steps, the codec and the cryptography are those of the programs; the world only drives them. What a node has
// committed survives its crash; what it had still to do is done again, from what it has committed. Checkers stand beside
// it (checkers.h) and see what no node may see.
// Same seed, same bytes: there is no clock, no thread and no chance but `Chance`.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "allow_list_message.h"
#include "code_hold.h"
#include "hpke.h"
#include "linkage_message.h"
#include "pairwise.h"
#include "permit_message.h"
#include "provision_record.h"
#include "retention.h"
#include "sha256.h"
#include "signed_message.h"

_Static_assert((int)KEY_POINT_BYTES == (int)HPKE_PUBLIC_BYTES, "a key on its way is a key");

enum {
    ORGANISATIONS = 5,
    CORE = ORGANISATIONS,  // the node behind the last of them
    NODES,
    PEOPLE = 8,
    INQUIRIES = 24,  // of a world
    KINDS = 2,       // of data; the permission for the second is taken back half-way
    ANSWERED_MOST = INQUIRIES,
    WORLD_EVENTS_MOST = 100000,
};

#define WORLD_BEGINS  (20000 * INSTANT_DAY)
#define FAULTS_END    (WORLD_BEGINS + 3 * 60 * INSTANT_MINUTE)
#define REVOKED_AT    (WORLD_BEGINS + 60 * INSTANT_MINUTE)
#define LIST_INTERVAL (12 * 60 * INSTANT_MINUTE)

// ---- chance

typedef struct Chance {
    uint64_t state;
} Chance;

uint64_t chance_next(Chance *chance);
int64_t chance_below(Chance *chance, int64_t limit);  // 0 to limit - 1
bool chance_one_in(Chance *chance, int64_t n);
void chance_bytes(Chance *chance, void *at, ptrdiff_t len);

// ---- what a node has committed

typedef struct AskingRow {  // an inquiry of an organisation
    Inquiry state;
    PermitAsk ask;
    unsigned char
        private_key[HPKE_PRIVATE_BYTES];  // of the one-time pair; zeros when it was destroyed
    HpkePublic public_key;
    Str signed_copy,
        kept;  // our copy of the permit; the data of the answer, until its key is destroyed
    Instant erased_at;  // of the data
    int to_do;          // effects that are still owed
    int person;         // in the truth
} AskingRow;

typedef struct AnsweringRow {  // a permit that lies before an organisation
    Provision state;
    HpkePublic key;
    Bytes envelope;
    int to_do;
} AnsweringRow;

typedef struct RelayRow {  // an inquiry in the core
    Relay state;
    int inquirer;
    PermitReply no;         // of an ask that is refused
    PairwiseCode codes[2];  // by LinkageRole
    Bytes key;              // of the inquirer, as it came
    ReplySent reply;        // as it came
    int to_do;
} RelayRow;

typedef struct Node {
    bool up;
    Instant skew;  // what its clock is ahead
    // organisations
    AllowList list;
    CodeHold codes[PEOPLE];
    AskingRow asking[INQUIRIES];
    AnsweringRow answering[ANSWERED_MOST];
    int asked, answered;
    bool copies_stuck;
    // the core
    RelayRow relays[INQUIRIES];
    int relayed;
} Node;

// ---- what lies ahead

typedef enum MessageKind {
    MESSAGE_PERMIT_ASK,
    MESSAGE_PERMIT_REPLY,
    MESSAGE_INQUIRY,
    MESSAGE_REPLY,
    MESSAGE_LIST_ASK,
    MESSAGE_LIST,
} MessageKind;

typedef enum HappeningKind {
    HAPPEN_MESSAGE,
    HAPPEN_WISH,      // somebody moved in: the ledger asks
    HAPPEN_WAKE,      // an inquiry of a node
    HAPPEN_DEADLINE,  // a held permit of a node
    HAPPEN_OFFICERS,  // of a node look at what is held
    HAPPEN_CANCEL,
    HAPPEN_ERASE,
    HAPPEN_LIST,  // a node fetches the list
    HAPPEN_RESTART,
} HappeningKind;

typedef struct Happening {
    Instant at;
    int64_t number;  // those of one moment come in the order in which they were made
    HappeningKind kind;
    int node, row;
    // of a message
    MessageKind message;
    int from;
    Str text;
} Happening;
VEC(HappeningRows, Happening, happenings);

// ---- the world

typedef struct World {
    Arena arena;
    Chance chance;
    Instant now;
    int64_t numbers;
    HappeningRows ahead;
    Node nodes[NODES];
    // the core's keys, and what everybody believes the core by
    Secret link_key, master_key, sign_key;
    unsigned char sign_public[32];
    int64_t list_version;
    Instant blocked_until[NODES][NODES];  // one way
    Sha256Run *bytes;                     // of every message that arrived
    // the truth
    ResidentRecordCode records[PEOPLE];
    bool look_first[ORGANISATIONS][PEOPLE];
    struct WorldReport *report;
} World;

extern const OrganisationCode organisation_codes[ORGANISATIONS];
extern const DatasetCode datasets[KINDS];

// Lives through everything that lies ahead, or WORLD_EVENTS_MOST of it. The hash is of all that arrived.
Sha256 world_run(uint64_t seed, Arena arena, struct WorldReport *report);

// ---- for its parts

Instant node_clock(const World *w, int node);
bool faulty(const World *w);  // the first of the two phases
void happen(World *w, Happening happening);
void node_send(World *w, int from, int to, MessageKind kind, Str text);
int person_of_code(const World *w, int organisation, const PairwiseCode *code);  // index, or -1
UnifiedNo person_no(int organisation, int person);
Str doses_of(World *w, int organisation, int person,
             int kind);  // {0}: none. What the checkers search for begins with DOSES_OF
#define DOSES_OF "DOSES-OF-"
Bytes bytes_of_str(Str text);
Str str_of_bytes(Bytes bytes);
PermitHash hash_of_bytes(Bytes bytes);
PermitHash hash_of_permit(World *w, const Permit *permit);
Str signed_by_core(World *w, Str domain, Str body);
bool core_signed(World *w, Str domain, Str text, SignedMessage *message);
int organisation_index(const OrganisationCode *code);  // or -1

// An act may end in a crash: before it is committed, or before what it owes is done.
typedef enum CrashPoint { BEFORE_COMMIT, AFTER_COMMIT } CrashPoint;
bool crashes(World *w, int node, CrashPoint point);

void organisation_message(World *w, int node, const Happening *message);
void organisation_event(World *w,
                        const Happening *happening);  // wake, deadline, officers, cancel, erase
void organisation_owed(World *w, int node);           // what was committed and not done
void core_message(World *w, const Happening *message);
void core_owed(World *w);
AllowList world_list(World *w, int64_t version, Arena *arena);
