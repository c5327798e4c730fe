// A permit as bytes: the part that both sides have, and the copy of each (permit.h).
//
// Bound    the hash of permit_encode is what an answer is bound to; the core signs permit_copy_encode in the domain
//          PERMIT_DOMAIN (signed_message.h).
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes: codes of their tables, at
//          least one item, a life of PERMIT_LIFE_BULK at most.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "permit.h"
#include "wire.h"

#define PERMIT_DOMAIN S("sesshu/permit/v1")

Str permit_encode(const Permit *permit, Arena *arena);
Str permit_copy_encode(const PermitCopy *copy, Arena *arena);
MUST bool permit_copy_decode(Str text, PermitCopy *copy, Error *err);

// For messages that carry one.
void permit_put(WireOut *out, const Permit *permit);
Permit permit_take(WireIn *in);
