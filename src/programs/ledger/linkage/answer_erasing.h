// What another city answered goes when somebody has looked through it and the office's days are over (`set answer-days`).
//
// Law  C-3.6-21: what an inquiry brought is kept no longer than it is needed. What of it was accepted stands among the doses.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "erasure.h"

// For the table of what is erased.
MUST bool inquiry_answers_erase(struct Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err);
