// What the core keeps for a time only: records of provision and the permits that they are of, seven years; acquisition
// numbers that nobody used, a day.
//
// Law  番号法 第23条, 施行令 (retention.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "erasure.h"

extern const Erasures core_erasures;
