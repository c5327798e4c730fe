// What a person must look at: numbers that clash or do not fit, codes that did not come.
//
// Law     linkage.md 3.1, 6.6: the same number on two people, or a code that somebody else has (E105), is a hard stop and
//         loud: both go nowhere until somebody has looked.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "four_facts.h"
#include "identity.h"
#include "individual_no.h"
#include "sealed_column.h"
#include "vec.h"

typedef enum WorkStops {
    STOPS_NOTHING,
    STOPS_ASKING,  // for a code
    STOPS_ALL,     // whatever goes through unified about these people
} WorkStops;

typedef enum WorkKind {
    WORK_NONE,
    WORK_NUMBER_CLASH,    // one number, two people
    WORK_NUMBER_REVIEW,   // number, addressee number and facts do not fit together
    WORK_NUMBER_FORMER,   // somebody came with a number of before
    WORK_FACTS_MISSING,   // nothing can be compared before a code is asked for
    WORK_PERSON_DIFFERS,  // J-LIS has other facts of whoever has the number
    WORK_CODE_NOBODY,     // E102
    WORK_CODE_DELETED,    // E103
    WORK_CODE_CLASH,      // E105
    WORK_NEWS_UNREADABLE,  // news of a code that cannot be read; the others went on
    WORK_NUMBER_UNREAD,   // the register cannot open what it has of the person
    WORK_KINDS
} WorkKind;

const char *work_name(WorkKind kind);  // as stored: "NUMBER_CLASH"
const char *work_label(WorkKind kind);  // "個人番号の重複"
const char *work_words(WorkKind kind);  // what there is to do
WorkStops work_stops(WorkKind kind);
bool work_doubts(WorkKind kind);  // number and person do not fit together: what is known elsewhere of them answers nobody

// What a change of the register said that could not be taken.
typedef struct WorkSaid {
    bool there;
    IndividualNo number;  // wipe it
    FourFacts facts;
    int32_t status;
    bool hidden;
} WorkSaid;

typedef struct UnifiedWork {
    int64_t work_no;
    WorkKind kind;
    int64_t person_id, other_id;  // 0: nobody
    AddresseeNo who;              // zeroed: none
    WorkSaid said;
    Instant since;
    int64_t feed_no;  // of WORK_NEWS_UNREADABLE its place among the news; else 0
    Str about;        // of it item and value; else {0}
} UnifiedWork;
VEC(UnifiedWorks, UnifiedWork, unified_works);

// Inside the writing transaction; fills `work_no`. Where the same is open already (kind, people, addressee number, place) it
// is that one, with what was said last.
MUST bool unified_work_add(Store *store, Keys *keys, UnifiedWork *work, Arena scratch, bool *added, Error *err);
// What is open, the oldest first, without what was said.
MUST bool unified_works_open(Store *store, Arena *arena, UnifiedWorks *works, Error *err);
// work_no 0: there is none that is open.
MUST bool unified_work_find(Store *store, Keys *keys, int64_t work_no, Arena *arena, UnifiedWork *work, Error *err);

typedef struct WorkDecision {
    int64_t work_no;
    bool accepted;
    Str by, reason;
    Instant at;
} WorkDecision;
MUST bool unified_work_close(Store *store, const WorkDecision *decision, Error *err);
// The register has said something that fits meanwhile: what was open about this person's facts or number is over. `any`: some was.
MUST bool unified_work_settled(Store *store, int64_t person_id, WorkKind kind, Instant at, bool *any, Error *err);

// News that wait, in the order of their places; and those of one place, which could be read or have been followed by others.
MUST bool unified_news_waiting(Store *store, Arena *arena, UnifiedWorks *works, Error *err);
MUST bool unified_news_read(Store *store, int64_t feed_no, Instant at, Error *err);

// The register could open a change of this addressee number: what waited for that is over.
MUST bool unified_work_read(Store *store, const AddresseeNo *who, Instant at, Error *err);

extern const SealedColumn unified_work_said;
