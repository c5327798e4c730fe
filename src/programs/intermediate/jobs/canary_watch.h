// Canaries read: once a day each, by an inquiry like any other, through permit, core and the provider's own server.
//
// Inside the open writing transaction of the act.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "canary_rows.h"
#include "linkage_home.h"

// Something is to be kept or asked: by the day, or because an answer came.
MUST bool canaries_due(Act *act, Arena arena, bool *due, Error *err);
// Keeps what came, and asks for the day.
MUST bool canaries_watch(const LinkageHome *home, Arena *arena, Error *err);
