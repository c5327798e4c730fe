// One leaf against the one before it. Only this folder includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit.h"

// The command of the record that counts rows which no record had counted.
#define AUDIT_STRANGERS "rows without a record"

// Is this row the leaf that was written after `before`?
bool audit_leaf_stands(const StoredLeaf *row, const Keys *keys, const AuditHead *before,
                       Arena scratch);
