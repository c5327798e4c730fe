// Who is invited to a later period (日本脳炎 第2期) without having had all doses of the one before: what was
// given so far is all of the earlier one from now on, so that the dose on the paper we sent is of the later.
//
// Law     immunization.md 3.11: 第2期 does not require 第1期 to be complete; how many doses belong to 第1期 is a
//         fact that the office decides. Sending the paper is that decision.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"

// Within the act that releases the letter. A fact that stands is left alone.
MUST bool notice_prior_keep(const Ledger *ledger, const LedgerAct *act, const DueRow *row,
                            Arena scratch, Error *err);
