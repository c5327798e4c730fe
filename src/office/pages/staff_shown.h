// A member of staff as the pages of rights show him or her.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_routes.h"
#include "staff_review_rows.h"
#include "staff_term_rows.h"

// Of {staff} in the path. E_NOT_FOUND.
MUST bool visit_staff(const Visit *visit, StaffRow *staff, Error *err);
Str staff_number(const Visit *visit, int64_t staff_no);
Str term_until(const StaffTermRow *row, Arena *arena);  // "令和9年3月31日", "期限なし"
