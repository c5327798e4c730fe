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
    int person;         // whom it means
    int asked_about;    // in the truth: whose code it asked with
} AskingRow;

typedef struct AnsweringRow {  // a permit that lies before an organisation
    Provision state;
    HpkePublic key;
    PairwiseCode code;  // that it names the person by
    Bytes envelope;
    int to_do;
} AnsweringRow;

typedef struct RelayRow {  // an inquiry in the core
    Relay state;
    int inquirer;
    PermitReply no;         // of an ask that is refused
    PairwiseCode codes[2];  // by LinkageRole
    PersonLink link;
    Bytes key;              // of the inquirer, as it came
    ReplySent reply;        // as it came
    int to_do;
} RelayRow;

typedef struct Journal {  // a row on its way to the disk
    void *row;            // NULL: none
    Bytes image, before;  // as the disk has it, and as the row was
    Sha256 hash;          // of what was to be written
} Journal;

typedef struct Node {
    bool up;
    Instant skew;  // what its clock is ahead
    Instant no_room_until, certificate_until;
    Journal journal;
    int key, key_listed;  // of its connections: which one it has, and which one the core knows
    // organisations
    AllowList list;
    CodeHold codes[PEOPLE];
    AskingRow asking[INQUIRIES];
    AnsweringRow answering[ANSWERED_MOST];
    int asked, answered;
    bool copies_stuck;
    Instant copies_as_of, copies_at;  // when they were made equal: by its clock, and in truth
    int epoch, epoch_told;            // of its codes: its own, and what the core knows of it
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
    HAPPEN_LIST,  // a node fetches the list, and registers its copies
    HAPPEN_RESTART,
    // what goes wrong besides, and is put right (faults.c)
    HAPPEN_CLOCK,         // of a node, `by` so much
    HAPPEN_DISK_FULL,     // until `by`
    HAPPEN_ROOM,          // again
    HAPPEN_RENEWED,       // a certificate, of an organisation with a new key
    HAPPEN_KEY_LISTED,    // the core has heard of it
    HAPPEN_RECODED,       // an organisation goes over to another epoch
    HAPPEN_EPOCH_TOLD,    // the core has heard of it
    HAPPEN_RIGHT_NUMBER,  // the Individual Number of person `row` is put right
    HAPPEN_OPERATOR,      // makes an error
    HAPPEN_MENDED,        // the last fault is half an hour old
} HappeningKind;

typedef struct Happening {
    Instant at;
    int64_t number;  // those of one moment come in the order in which they were made
    HappeningKind kind;
    int node, row;
    Instant by;
    // of a message
    MessageKind message;
    int from;
    Str text;
} Happening;
VEC(HappeningRows, Happening, happenings);

// ---- the world

// What the core has signed: the same text has the same signature (Ed25519), and is looked at by arithmetic once.
typedef struct Signed {
    Sha256 text;
    unsigned char signature[SIGNED_SIGNATURE_BYTES];
    bool looked_at;
} Signed;
VEC(SignedRows, Signed, signed_rows);

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
    SignedRows signed_texts;
    // the truth
    ResidentRecordCode records[PEOPLE];
    bool look_first[ORGANISATIONS][PEOPLE];
    int linked[ORGANISATIONS][PEOPLE];        // whose code a number has
    bool found_wrong[ORGANISATIONS][PEOPLE];  // that it was another person's
    int64_t listed[ORGANISATIONS];            // the latest version that each went by
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

// One row, whole or not at all. False: it was not written; nothing that depends on it may be done.
bool disk_commit(World *w, int node, void *row, const void *next, ptrdiff_t len);
bool has_room(const World *w, int node);
void disk_recovers(World *w, int node);  // behind a crash

void faults_ahead(World *w);  // all that will go wrong, before it begins
void fault_event(World *w, const Happening *happening);
bool line_holds(World *w, int from, int to);  // certificates and keys of both ends
PairwiseOwner owner_of(int organisation, int epoch);
int person_on_file(World *w, int organisation, int number);  // whose Individual Number stands there: hers, or -1
// The code of `person`'s record comes for that number, as J-LIS and the core send it.
void code_comes(World *w, int organisation, int number, int person);
void link_put_right(World *w, int organisation, int number);  // somebody looked whose number stands there

void organisation_message(World *w, int node, const Happening *message);
void organisation_event(World *w,
                        const Happening *happening);  // wake, deadline, officers, cancel, erase
void organisation_owed(World *w, int node);           // what was committed and not done
void organisation_wakes(World *w, int node);          // by its clock as it is now
void copies_registered(World *w, int node);
void list_came(World *w, int node, Str text);
void core_message(World *w, const Happening *message);
void core_owed(World *w);
AllowList world_list(World *w, int64_t version, Arena *arena);
