// How long a look and a change take while somebody else works: a door of ledger_bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// LOOKERS people look at a person each second, on a schedule that does not wait for answers, and change something
// every ten seconds, for `seconds`. Prints look.p50, look.p99, look.max and the same of changes in milliseconds from
// the moment that was scheduled, beside the median of a bare durable commit (one page, fdatasync) of the same run.
MUST bool looks_bench(Act *act, int seconds, Error *err);
