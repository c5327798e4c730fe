// 付番: one change of the register, numbered and kept, or laid before a person.
//
// Order   changes are taken in the order of the sequence. The same one taken again changes nothing.
// At once two requests about one person wait for one another: each reads and writes in one writing transaction, and
//         number and addressee number are unique.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "number_message.h"
#include "unified_numbering.h"

// Inside the writing transaction.
MUST bool numbering_take(Act *act, const NumberChange *change, Arena scratch, Numbering *taken, Error *err);
// A person has looked and says that it is the same human being: what the facts alone could not decide is done. E_CONFLICT
// where it can not be, for the number is another's or was this one's before.
MUST bool numbering_accept(Act *act, const NumberChange *change, Arena scratch, Error *err);
