// The person of a session. Only what found the session of a cookie includes this: office/desk/session.c.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "actor.h"

const Actor *actor_of_session(Str name, int64_t staff_no, Arena *arena);
