// The record of an act (audit trail), in the hand of whoever may then show what it stands for.
//
// Nobody makes one but what writes the record (office/act): a list of people, which asks for it, cannot leave
// without.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef struct Recorded Recorded;

#define RECORDED_TEXT_SIZE 64
// "ledger-73": the program whose trail it stands in, and its number there. Returns `text`.
const char *recorded_text(const Recorded *record, char text[RECORDED_TEXT_SIZE]);
