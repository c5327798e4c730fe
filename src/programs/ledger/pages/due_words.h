// The due list on its screens: where a choice lies, and what it is called.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_place_rows.h"
#include "due_asked.h"
#include "ledger_routes.h"

// {asked} of a path is sealed for the session. Its ward is one of the act's (ward_opened).
MUST bool due_asked_path(const Visit *visit, const Route *route, const DueAsked *asked, Path *path,
                         Error *err);
MUST bool due_asked_of(const Visit *visit, DueAsked *asked, Error *err);
// "小児肺炎球菌・戸畑区・最終安全日まで60日以内"
Str due_asked_words(const Schedule *schedule, const CityWards *wards, const DueAsked *asked,
                    Arena *arena);
