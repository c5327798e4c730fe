// What a search found, wherever somebody is searched for: what was typed lies sealed in the address.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "visit_person.h"

// Where a hit leads.
typedef bool HitPath(const Visit *visit, const AddresseeNo *who, Path *path, Error *err);

// What the form of a search said, sealed for the address; `refused`: what is wrong with it.
MUST bool hits_typed(const Visit *visit, Str *sealed, Str *refused, Error *err);
// `go`: where the next search is posted.
MUST bool hits_drawn(Visit *visit, Str sealed, Path go, HitPath *leads, Error *err);
