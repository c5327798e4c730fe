// Where a certificate that was issued is seen, and its words on pages.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "certificate_rows.h"
#include "ledger_routes.h"

// Of the visit's person.
Path certified_path(const Visit *visit, const Route *route, int64_t number);
