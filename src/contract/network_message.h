// What a server of an organisation asks of the network, and what it is answered: permits, inquiries and replies on their
// way, codes by way of J-LIS, the list, the records (linkage.md 3, 13).
//
// Who     intermediate-<organisation code> asks everything but NETWORK_CODES_PATH, which is unified-<code>'s alone:
//         what carries an Individual Number does not pass through an intermediate server. Which organisation asks is
//         what the certificate proves; no message says it.
// Mail    the network opens no connection to anybody. What it has for an organisation lies in its box until it is fetched:
//         the question for what lies behind letter `after` takes away what lies up to it. So a letter comes at least once,
//         and one that came twice changes nothing: each is a step of code_hold.h, inquiry.h or provision.h.
// Batches one question brings many messages, each in bytes of its own. One that cannot be read, or is longer than
//         LETTER_MOST, is counted and stops none. A server keeps its question below NETWORK_QUESTION_MOST.
// Trust   permits and lists are signed by the core (signed_message.h). Its public key comes with the admission:
//         DIR/network/core.pub, 64 hexadecimal digits.
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// Memory  rows live in the arena, texts and bytes point into the message. Whoever read Individual Numbers wipes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "code_hold.h"
#include "errors.h"
#include "individual_no.h"
#include "provision_record.h"
#include "shield.h"
#include "vec.h"

#define NETWORK_ROLE            "network"
#define NETWORK_INTERMEDIATES   "intermediate-"  // the families of roles, each with the organisation code behind it
#define NETWORK_UNIFIEDS        "unified-"
#define NETWORK_MAIL_PATH       "/mail"
#define NETWORK_ACQUISITION_PATH "/acquisitions"
#define NETWORK_PERMITS_PATH    "/permits"
#define NETWORK_INQUIRIES_PATH  "/inquiries"
#define NETWORK_REPLIES_PATH    "/replies"
#define NETWORK_LIST_PATH       "/list"
#define NETWORK_RECORDS_PATH    "/records"
#define NETWORK_TOLD_PATH       "/records/told"  // a bundle of record_told_encode
#define NETWORK_SELVES_PATH     "/selves"  // a bundle of self_told_encode (self_message.h)
#define NETWORK_SHIELDS_PATH    "/shields"  // a bundle of shield_told_encode
#define NETWORK_CODES_PATH      "/jlis/codes"

enum {
    NETWORK_QUESTION_MOST = 4 << 20,
    LETTERS_MOST = 500,         // of one fetch
    LETTERS_BYTES_MOST = 8 << 20,  // and when that is reached: at least one letter is given
    LETTER_MOST = 1 << 20,  // twice what an answer can be with all that is around it
    BUNDLE_MOST = 500,
    ACQUISITIONS_MOST = 1000,
    CODE_WISHES_MOST = 500,
    RECORDS_MOST = 1000,
    WISH_KANA_MOST = 1000,  // bytes
    WISH_ADDRESS_MOST = 4000,
};

// ---- the box

typedef enum LetterKind {
    LETTER_CODE_ARRIVED = 1,  // code_arrived_encode
    LETTER_CODE_DENIED,       // code_denied_encode
    LETTER_PERMIT_REPLY,      // permit_reply_encode
    LETTER_INQUIRY,           // inquiry_sent_encode with our copy: we are the provider
    LETTER_REPLY,             // reply_sent_encode
    LETTER_SELF_ASK,          // self_ask_encode: a citizen wants to see his own
} LetterKind;

typedef struct Letter {
    int64_t no;  // ascending in a box
    LetterKind kind;
    Bytes body;
} Letter;
VEC(LetterRows, Letter, letters);

typedef struct MailAsk {
    int64_t after;  // the last one that we have kept; 0 at first
    int most;       // 1 to LETTERS_MOST
} MailAsk;

typedef struct MailAnswer {
    LetterRows letters;
    bool more;
} MailAnswer;

Str mail_ask_encode(const MailAsk *ask, Arena *arena);
MUST bool mail_ask_decode(Str message, MailAsk *ask, Error *err);
Str mail_answer_encode(const MailAnswer *answer, Arena *arena);
MUST bool mail_answer_decode(Str message, Arena *arena, MailAnswer *answer, Error *err);

typedef struct CodeArrived {
    AcquisitionNo acquisition;
    PairwiseCode code;
    int epoch;
} CodeArrived;

typedef struct CodeDenied {
    AcquisitionNo acquisition;
    CodeFailure failure;  // E102 or E103
} CodeDenied;

Str code_arrived_encode(const CodeArrived *arrived, Arena *arena);
MUST bool code_arrived_decode(Str message, CodeArrived *arrived, Error *err);
Str code_denied_encode(const CodeDenied *denied, Arena *arena);
MUST bool code_denied_decode(Str message, CodeDenied *denied, Error *err);

// ---- permits, inquiries, replies: permit_ask_encode, inquiry_sent_encode, reply_sent_encode, many at once

VEC(BundleRows, Str, bundle_parts);

typedef struct BundleTaken {
    int taken, unreadable;
} BundleTaken;

Str bundle_encode(const BundleRows *parts, Arena *arena);
MUST bool bundle_decode(Str message, Arena *arena, BundleRows *parts, Error *err);
Str bundle_taken_encode(const BundleTaken *taken, Arena *arena);
MUST bool bundle_taken_decode(Str message, BundleTaken *taken, Error *err);

// ---- acquisition numbers: each good for one code of this organisation, within ACQUISITION_LIFE

VEC(AcquisitionRows, AcquisitionNo, acquisitions);

Str acquisitions_ask_encode(int count, Arena *arena);  // 1 to ACQUISITIONS_MOST
MUST bool acquisitions_ask_decode(Str message, int *count, Error *err);
Str acquisitions_encode(const AcquisitionRows *numbers, Arena *arena);
MUST bool acquisitions_decode(Str message, Arena *arena, AcquisitionRows *numbers, Error *err);

// ---- the list; answered with signed_message_encode of allow_list_encode in ALLOW_LIST_DOMAIN

// The version that we have, 0 for none. The list comes also when it is still that one: that the core calls it current,
// and when, is part of what is signed (allow_list.h).
Str list_ask_encode(int64_t have, Arena *arena);
MUST bool list_ask_decode(Str message, int64_t *have, Error *err);

// ---- codes by way of J-LIS

// Whose code is wanted: the number, and what must agree with the resident record before anything is linked.
typedef struct CodeWish {
    AcquisitionNo acquisition;
    IndividualNo number;
    Str kana, address;
    PartialDate birth;
    int sex;  // RegisteredSex
} CodeWish;
VEC(CodeWishRows, CodeWish, code_wishes);

typedef enum CodeOutcome {
    CODE_WISH_ACCEPTED,  // the code lies in the box of intermediate-<the same organisation>
    CODE_WISH_E101,      // no acquisition number of this organisation, too old, or used for somebody else
    CODE_WISH_E102,      // nobody has the Individual Number; the box is told too
    CODE_WISH_E103,      // the person's record is deleted; the box is told too
    CODE_WISH_PERSON_DIFFERS,  // kana, birth date, sex or address: a person looks; the acquisition number stays good
    CODE_OUTCOME_COUNT
} CodeOutcome;

VEC(CodeOutcomeRows, CodeOutcome, code_outcomes);

Str code_wishes_encode(const CodeWishRows *wishes, Arena *arena);
MUST bool code_wishes_decode(Str message, Arena *arena, CodeWishRows *wishes, Error *err);
void code_wishes_wipe(CodeWishRows *wishes);  // the numbers; of {0} nothing
// One for each wish, in their order.
Str code_outcomes_encode(const CodeOutcomeRows *outcomes, Arena *arena);
MUST bool code_outcomes_decode(Str message, Arena *arena, CodeOutcomeRows *outcomes, Error *err);

// ---- the core's records of what concerns this organisation, for the comparison of all three

typedef struct CoreRecord {
    int64_t no;  // ascending; a later one about the same inquiry replaces the earlier
    ProvisionRecord record;  // of RECORD_CORE
} CoreRecord;
VEC(CoreRecordRows, CoreRecord, core_records);

typedef struct RecordsAsk {
    int64_t after;
    int most;  // 1 to RECORDS_MOST
} RecordsAsk;

typedef struct RecordsAnswer {
    CoreRecordRows records;
    bool more;
} RecordsAnswer;

Str records_ask_encode(const RecordsAsk *ask, Arena *arena);
MUST bool records_ask_decode(Str message, RecordsAsk *ask, Error *err);
Str records_answer_encode(const RecordsAnswer *answer, Arena *arena);
MUST bool records_answer_decode(Str message, Arena *arena, RecordsAnswer *answer, Error *err);

// ---- and an organisation's own, so that a citizen sees each access once, with what the three say of it

// Of an inquirer or a provider: whose it is the connection proves. Which answer it was stays between the two: the core is told
// GIVEN of whatever was answered (record_for_core).
typedef struct RecordTold {
    ProvisionRecord record;  // without the person
    PairwiseCode code;       // the person's in this organisation; zeroed: he has none
} RecordTold;

Str record_told_encode(const RecordTold *told, Arena *arena);
MUST bool record_told_decode(Str message, RecordTold *told, Error *err);

// ---- 不開示 and 自己情報提供不可, of all that the core has and will have of this organisation's

// Whose it is the connection proves. What is said later takes the place of what was said before of the same person and procedure.
typedef struct ShieldTold {
    PairwiseCode code;        // the person's in this organisation
    ProcedureCode procedure;  // empty: every one
    int hides;                // bits of ShieldHides, SHIELD_CORES at most; 0: nothing any more
} ShieldTold;

Str shield_told_encode(const ShieldTold *told, Arena *arena);
MUST bool shield_told_decode(Str message, ShieldTold *told, Error *err);
