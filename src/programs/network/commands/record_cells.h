// What every list of inquiries says of one: 照会日時, 照会者, 提供者, 項, 提供日時, 結果.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "allow_list_rows.h"
#include "citizen.h"
#include "list_leave.h"

#define RECORD_CELLS "照会日時", "照会者", "提供者", "項", "提供日時", "結果"

extern const ListCode record_results[];
Str record_result_words(const ProvisionRecord *record);  // as people read it
void record_cells_put(List *out, const Access *access, const NamedList *list, Arena scratch);
