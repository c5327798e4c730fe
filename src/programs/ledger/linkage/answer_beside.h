// What another city answered, dose by dose, beside what the ledger knows of the person.
//
// Law     immunization.md 5.6: whether a dose is the same as a known one is dose_sameness.h's to say. A day that differs
//         is a doubt that a person decides; nothing is corrected by an answer.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_checks.h"
#include "copy_message.h"
#include "dose_sameness.h"
#include "ledger.h"

typedef enum BesideKind {
    ANSWER_NEW,      // nothing like it is known
    ANSWER_KNOWN,    // the same dose stands
    ANSWER_DOUBT,    // perhaps the same, and a day, a product or a lot differs
    ANSWER_NOT_GIVEN,  // examined only, or stopped: no dose
    ANSWER_UNCLEAR,  // without a product that the house knows, or a day that can be
} BesideKind;

typedef struct AnswerDose {
    BesideKind kind;
    PartialDate given_on;
    Str product;  // code of the rules; {0}: none
    Str vaccine, lot, institution, institution_code;
    SamenessDoubt doubt;
    int32_t dose_id;  // KNOWN, DOUBT: of the one that stands
    PartialDate standing_on;
} AnswerDose;
VEC(AnswerDoses, AnswerDose, answer_doses);

// `born`: no dose is before it. `known`: the person's doses that stand. Doses that the answer brings are compared with one another too.
AnswerDoses answer_beside(const Ledger *ledger, const CopyCodes *codes, const CopyAnswer *answer, PartialDate born,
                          const DoseRecords *known, Arena *arena);
