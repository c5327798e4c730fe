// A submission as bytes. Unlike our own writer's files these come from many hands: CP932 or UTF-8,
// quoted or not, and some rows are broken on purpose.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_sheet.h"

typedef struct SheetFile SheetFile;

// All zero: UTF-8, every item quoted, CRLF.
typedef struct SheetStyle {
    bool cp932, byte_order_mark;
    bool bare;       // quotes only where an item needs them
    bool line_feed;  // LF instead of CRLF
} SheetStyle;

MUST bool sheet_file_create(const char *path, SheetStyle style, Arena *arena, SheetFile **file,
                            Error *err);
// Writes the row, tells the physical line where it begins.
int64_t sheet_file_put(SheetFile *file, const Sheet *sheet, Arena scratch);
MUST bool sheet_file_close(SheetFile *file, Error *err);

bool cp932_has(Str text);  // can it be written in CP932?
