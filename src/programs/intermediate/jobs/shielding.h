// What is hidden of a person, as this server drives it: the register's word begins it, two people end it, the core hears of it.
//
// Law     番号法 第23条第2項; linkage.md 3.4, 6.4 rules 5 and 8; C-3.2-14.
// Inside the open writing transaction of the act, but for what is told to the core.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"
#include "linkage_home.h"
#include "network_message.h"
#include "shield_rows.h"

// Unified tells what the register says. That a protection is over is work for a person, and shows nothing.
MUST bool shielding_told(const LinkageHome *home, const UnifiedNo *person, bool is_protected, Arena scratch, Error *err);

// The word of the office: `hides` on top of what stands.
typedef struct ShieldWish {
    UnifiedNo person;
    ProcedureCode procedure;  // empty: of every one
    int hides;
    Str reason;
} ShieldWish;
MUST bool shielding_set(Act *act, const ShieldWish *wish, Arena scratch, Error *err);

// Two numbers of one person: what was hidden of the one is hidden of the other.
MUST bool shielding_merged(Act *act, const UnifiedNo *from, const UnifiedNo *to, Arena scratch, Error *err);

// Asks for the release. E_NOT_FOUND, E_CONFLICT: the protection lasts.
MUST bool shielding_release_ask(Act *act, int64_t shield_no, Str reason, int64_t *approval_no, Error *err);
extern const ApprovalKind shield_release_kind;

// The messages that tell the core what is owed, in their order: what a code of before was said of is taken back first.
void shield_parts(const ShieldDebts *debts, BundleRows *parts, Arena *arena);

Str shield_words(int hides);  // 「不開示、自己情報提供不可、自動応答不可」
