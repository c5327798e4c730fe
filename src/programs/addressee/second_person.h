// Two people decide: whoever lifts a guard is proven to be another than whoever imported what it held.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "actor.h"

typedef struct Importer {
    Str name, account;  // as the file's row keeps them
} Importer;

// Another name on the same login is nobody else, and who acts for another person is no second one.
bool second_person(const Importer *importer, const Actor *actor);
