// One letter of our box, as a step of whatever it concerns.
// Inside the open writing transaction of the act. A letter that cannot be read, or concerns nothing here, changes nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "linkage_home.h"
#include "network_message.h"

MUST bool letter_take(const LinkageHome *home, const Letter *letter, Arena *arena, Error *err);
