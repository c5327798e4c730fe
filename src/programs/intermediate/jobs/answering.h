// 情報提供 as this server drives it: a permit lies before us, our copies answer it, or two people do.
//
// Law     番号法 第19条第8号, 第23条; C-3.6-27 to -30, C-2.5-06. The permit is looked at for the third time, in our own copy of
//         the list; the answer has the items that were asked for and no others, sealed to the inquirer's key.
// Inside the open writing transaction of the act.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "linkage_home.h"
#include "provision_rows.h"

// A letter of the network. What cannot be read changes nothing.
MUST bool answering_asked(const LinkageHome *home, Str letter, Arena *arena, Error *err);
MUST bool answering_woken(const LinkageHome *home, ProvisionRow *row, Arena *arena, Error *err);

// What two people see, and what goes out: the data of an answer, made of the copies as they stand now.
typedef struct Answerable {
    ProvisionFacts facts;
    Str data;  // {0}: nothing stands there
} Answerable;
MUST bool answering_facts(const LinkageHome *home, const PermitCopy *copy, Arena *arena, Answerable *found, Error *err);

// One act of one of the two; `content` is the digest of the choice and of what would go out. `refused`: it had no effect.
typedef struct HeldDecision {
    ProvisionChoice choice;
    ApprovalPerson asker, decider;
    ApprovalHash content;
    Day today;
} HeldDecision;
MUST bool answering_decided(const LinkageHome *home, ProvisionRow *row, const HeldDecision *decision, Arena *arena,
                            ApprovalNo *refused, Error *err);

// The data that somebody who asks for `items` of this person would get; {0}: none. What a screen of the copies shows too.
MUST bool answer_data(const LinkageHome *home, const UnifiedNo *person, const DatasetCode *dataset, int64_t items,
                      Arena *arena, Str *data, Error *err);

enum { ANSWERING_OWED = PROVISION_REPLY };
