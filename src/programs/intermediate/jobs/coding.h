// 符号 as this server drives it (code_hold.h).
// Inside the open writing transaction of the act.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code_hold.h"
#include "linkage_home.h"
#include "relay_payload.h"

// From unified: asked for, given back, looked at. An acquisition number is taken from those that the network gave before;
// where none is left the answer is CODE_NOT_NOW, and unified asks again.
MUST bool coding_requested(const LinkageHome *home, const UnifiedNo *person, const CodeRequest *request, Arena scratch,
                           CodeAnswer *answer, Error *err);
// Letters of the network.
MUST bool coding_arrived(const LinkageHome *home, Str letter, Arena scratch, Error *err);
MUST bool coding_denied(const LinkageHome *home, Str letter, Arena scratch, Error *err);
// What was asked for and never came.
MUST bool coding_overdue(const LinkageHome *home, Arena *arena, int64_t *expired, Error *err);
// Two numbers of one person: `from` ends, its copies are those of `to`.
MUST bool coding_merged(const LinkageHome *home, const UnifiedNo *from, const UnifiedNo *to, Arena scratch, CodeNo *no,
                        Error *err);
// A number is taken only while it will surely be good until J-LIS has it.
#define ACQUISITION_KEPT (12 * 60 * INSTANT_MINUTE)
