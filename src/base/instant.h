// A moment as a number: for the knowledge axis, what runs out, logs. Who asks what time it is asks clock.h.
//
// Memory  none.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"

typedef int64_t Instant;  // microseconds since 1970-01-01T00:00:00Z

#define INSTANT_MAX ((Instant)INT64_MAX)  // "still so": the open end of the knowledge axis

#define INSTANT_SECOND ((Instant)1000000)
#define INSTANT_MINUTE (60 * INSTANT_SECOND)
#define INSTANT_DAY    (24 * 60 * INSTANT_MINUTE)

Day instant_day_in_japan(Instant at);
Instant instant_day_begins(Day day);  // there: nine hours before it does in UTC

#define INSTANT_TEXT_SIZE 40
// "2026-11-23T16:37:38.000000Z". Returns `text`.
const char *instant_text(Instant at, char text[INSTANT_TEXT_SIZE]);
// For people, in Japan's time: "2026-11-24 01:37:38". Returns `text`.
const char *instant_in_japan(Instant at, char text[INSTANT_TEXT_SIZE]);
