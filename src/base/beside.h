// Programs that lie beside this one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// The path of such a program ("sesshu-ledger"), in the arena; NULL: it is not there, or nobody may run it.
const char *program_beside(Arena *arena, const char *name);
// Our environment without the variables whose names begin so ("PG"), for one that is started; in the arena. NULL ends the list.
char **environment_without(Arena *arena, const char *const beginnings[]);
