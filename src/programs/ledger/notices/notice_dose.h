// What a paper says about the next dose of one person: the engine's answer, whole.
//
// The due list keeps the days only. A form must also offer exactly the products that may be given
// (PRODUCT_MIX is a wrong vaccination that a form can provoke), name the path on which the interval hangs,
// and tell the deadline of each product where they differ (immunization.md 3.1, 3.12, 4.5, 4.6). So who gets
// a letter is judged once more, with the same rows.
// Memory  texts of the answer live in the arena or in the schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"
#include "papers.h"

PaperDose notice_dose(const Case *c, const DueRow *row, Day as_of, Arena *arena);
