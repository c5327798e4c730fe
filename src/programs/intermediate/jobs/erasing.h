// What is past its period goes (retention.h): the key of a result, the envelopes of permits that are over, numbers for codes
// that are good no more, records of more than seven years.
//
// Law     linkage.md 3.5; C-3.6-21, F-4-10; 番号法 第23条. What is under way is never touched.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "erasure.h"

extern const Erasures linkage_erasures;
