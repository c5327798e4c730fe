// わたしの情報: what this server keeps of a citizen who looks at the portal, sealed to the key of the look.
//
// Law     linkage.md 3.4, 6.4 rule 5: of whom 自己情報提供不可 stands nothing is given, and nothing tells so.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "linkage_home.h"

// A letter of the network, inside the writing transaction. What cannot be read changes nothing.
MUST bool self_view_asked(const LinkageHome *home, Str letter, Arena *arena, Error *err);
