// The end of the demo: two people of the office get a password, and the screens open until somebody says stop.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct DemoDesk {
    const char *front;  // our own executable
    const char *data;
    const char *network;  // the data of the network's sandbox
    const char *day;  // the office's business day, "2026-11-10"
    const char *port;
    Str somebody;  // a 宛名番号 to look for; may be {0}
} DemoDesk;

// A password of this run alone, easy to type.
MUST bool demo_password(Arena *arena, Str *password, Error *err);
// Prints address, names, passwords and five things to try; becomes the screens. Comes back only when that failed.
MUST bool demo_desk(const DemoDesk *desk, Arena *arena, Error *err);
