// The steps of an explanation as lines of text.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule.h"

// One line a step on standard output: the dose or "forecast", what was asked, the days, row and law.
void steps_print(const Schedule *schedule, History history, const Explanation *explanation);
