// A submission as bytes. Unlike our own writer's files these come from many hands: CP932 or UTF-8,
// quoted or not, and some rows are broken on purpose.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_sheet.h"

typedef struct SheetFile SheetFile;

MUST bool sheet_file_create(const char *path, bool cp932, Arena *arena, SheetFile **file,
                            Error *err);
// Writes the row, tells the physical line where it begins.
int64_t sheet_file_put(SheetFile *file, const Sheet *sheet, Arena scratch);
MUST bool sheet_file_close(SheetFile *file, Error *err);

bool cp932_has(Str text);  // can it be written in CP932?
