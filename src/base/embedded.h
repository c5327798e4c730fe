// A file that the build put into the program (tools/embed.c): rules, migrations, layouts, tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef struct EmbeddedFile {
    const char *name;  // without its folder
    Str text;          // as it lies in the tree, byte for byte
} EmbeddedFile;
