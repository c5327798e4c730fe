// 不開示, 自己情報提供不可, 自動応答不可: what an organisation keeps from a person's own view of what was asked and answered.
//
// Law     番号法 第23条第2項; linkage.md 3.4, 6.4 rules 5 and 8: of a person under protection all three at once, for whoever looks as
//         the child's parent may be the one from whom it hides. It begins with the protection and does not end with it: what was
//         hidden is shown again by two people alone, and never while the protection lasts.
// Pure    what the register says and who decides arrive in the event.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "question.h"

typedef enum ShieldHides {
    SHIELD_RECORDS = 1,    // 不開示: who asked whom is not in the exchange history, also of the years before
    SHIELD_SELF_VIEW = 2,  // 自己情報提供不可: the copies are given to no citizen's page
    SHIELD_ANSWERS = 4,    // 自動応答不可: nothing is answered to anybody by itself
    SHIELD_ALL = SHIELD_RECORDS | SHIELD_SELF_VIEW | SHIELD_ANSWERS,
} ShieldHides;
enum { SHIELD_CORES = SHIELD_RECORDS | SHIELD_SELF_VIEW };  // what the core is told

typedef struct Shield {
    int hides;          // bits of ShieldHides; 0: nothing (any more)
    bool is_protected;  // the register says so today
} Shield;

typedef enum ShieldEventKind {
    SHIELD_PROTECTION_BEGINS,
    SHIELD_PROTECTION_ENDS,  // as the register says: what is hidden stays so
    SHIELD_SET,              // by the office, one person's word
    SHIELD_RELEASE,          // by two people
    SHIELD_EVENT_COUNT
} ShieldEventKind;

typedef struct ShieldEvent {
    ShieldEventKind kind;
    int hides;  // SET
} ShieldEvent;

typedef struct ShieldStep {
    Shield next;
    bool refused;  // RELEASE: the protection lasts
    bool looked;   // a person is to look whether it may end
} ShieldStep;

ShieldStep shield_step(const Shield *now, const ShieldEvent *event);

// What the core was told of the person that is looked at: by whom, and of which procedure (empty: of every one).
typedef struct ShieldSaid {
    OrganisationCode whose;
    ProcedureCode procedure;
    int hides;  // bits of ShieldHides
} ShieldSaid;

// An organisation hides what it asked and what it was asked, and nothing between two others.
bool shield_hides_record(const ShieldSaid *said, const Question *question);
