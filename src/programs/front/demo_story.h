// What the demo tells after its month: a family moves to another city and comes back, and its records follow.
//
// Real   every program is a process of its own: the demo's city, a second city and the national network's sandbox, each with its
//        own data, keys and certificates, over mutual TLS on the loopback. Their servers end with the story.
// Data   data/story: what the registers, J-LIS and the clinics say. Nobody is real; the year and a half that the story takes is
//        told in the files of a few days of November.
// Left   in DATA/world: the second city, the network, and what the commands wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct DemoStory {
    const char *front;  // our own executable
    const char *data;   // of the demo's city
    const char *day;    // the business day of both offices
    const char *jlis;   // whom J-LIS knows of the demo's city
    int feeds;          // files of the register that the city has taken
} DemoStory;

// Tells it once: a city in which it was told already shows the summary again.
MUST bool demo_story(const DemoStory *story, Arena *arena, Error *err);
