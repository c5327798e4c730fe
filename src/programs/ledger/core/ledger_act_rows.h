// One act: all that a command or a job writes in one transaction, under one audit leaf.
//
// Rows of the ledger carry the act that recorded them and the act that ended them. The knowledge axis
// counts in business days (--as-of): "known on D" is what acts up to the end of D had recorded.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

#define ACT_OPEN INT32_MAX  // to_act of a row that still stands

typedef enum ActKind {
    ACT_SYNC,
    ACT_INTAKE,
    ACT_CLINICS,
    ACT_NOTICES,
    ACT_FOREIGN,
    ACT_FACTS,
    ACT_ENTRY,
    ACT_CERTIFICATE,
    ACT_KINDS
} ActKind;

typedef struct LedgerAct {
    int32_t no;
    Instant done_at;
    Day business_day;
    int32_t rules;  // rule_use by which it judges; 0: it has not said so (rule_use_note)
} LedgerAct;

// Begins an act inside the open transaction; `reason` may be {0}.
MUST bool ledger_act_begin(const Act *act, ActKind kind, Str reason, LedgerAct *begun, Error *err);

// Up to which act a reader knows the ledger: the rows that it or an earlier one recorded and none of them ended.
// Zero: all acts, now.
typedef struct KnownAt {
    int32_t act;
} KnownAt;
#define KNOWN_NOW ((KnownAt){0})

// The condition on a row of `alias` ("" or "d."); `act` is the parameter that bind_as_known fills.
#define STANDS(alias, act) alias "from_act <= " act " AND " act " < " alias "to_act"
void bind_as_known(Query *q, int place, KnownAt known);

// What the office had recorded by the end of a business day: up to the last act that it dated that day or before.
// E_NOT_FOUND: nothing yet.
MUST bool known_by(Store *store, Day day, KnownAt *known, Error *err);

// The act that touched a person last: who, when; no 0 where none has.
typedef struct LastAct {
    int32_t no;
    Instant done_at;
    Str done_by;
} LastAct;
MUST bool last_act_of_person(Store *store, int32_t person_id, Arena *arena, LastAct *last, Error *err);

// When every act was recorded, for questions about the past.
typedef struct Knowledge {
    const Day *day_of_act;  // by number
    int32_t count;          // numbers 0 .. count-1 are known
    Day opened[ACT_KINDS];  // the first act of each kind; DAY_MAX: none yet
} Knowledge;

// Acts after `known` are not known of.
MUST bool knowledge_read(Store *store, KnownAt known, Arena *arena, Knowledge *knowledge, Error *err);

// Whether a row stood in the ledger at the end of `day`. Days before the ledger opened (its first act
// of this kind) are asked as of the opening: what was loaded then is where history begins.
bool known_on(const Knowledge *knowledge, ActKind kind, int32_t from_act, int32_t to_act, Day day);

// Acts that have no record, and how many there are (OfficeProgram.owed).
extern const char acts_owed_sql[], acts_last_sql[];
