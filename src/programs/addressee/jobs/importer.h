// Who imported a file, as far as the trail bears it out: decisions of two people hang on it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "approval.h"

typedef struct Importer {
    Str name, account;  // as the file's row keeps them
} Importer;

// Says no where the file's row is not what its record in the trail says: E_CONFLICT names the file, and so does a
// record of the refusal. No transaction may be open.
MUST bool importer_proven(Act *act, int64_t file_no, Error *err);

// Is whoever acts a second person, by the rules of domain/approval? False with E_RIGHT: `words` say what he may not do.
MUST bool importer_is_another(const Act *act, const Importer *importer, Str words, Error *err);
