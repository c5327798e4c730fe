// What an upgrade changed of the law: the rules that judge from now on beside those that judged last.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// Says which files of the rules are other ones, new or gone, and how to see whose judgement that changes. Nothing where
// nothing was judged yet, or by the same rules.
MUST bool rules_changed_told(Act *act, Arena scratch, Error *err);
