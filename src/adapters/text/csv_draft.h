// The bytes of a CSV that has no name yet, for whoever makes a list of it (csv_list.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv_write.h"

// All of it is behind `file`, which stays the writer's. False with what failed since it began.
MUST bool csv_drafted(CsvWriter *writer, int *file, Error *err);
