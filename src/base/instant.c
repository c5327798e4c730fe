// SPDX-License-Identifier: Apache-2.0
#include "instant.h"

#include <stdio.h>

enum { JAPAN_OFFSET_SECONDS = 9 * 3600, DAY_SECONDS = 86400 };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && a < 0);
}

Day instant_day_in_japan(Instant at)
{
    return (Day)floor_div(floor_div(at, 1000000) + JAPAN_OFFSET_SECONDS, DAY_SECONDS);
}

Instant instant_day_begins(Day day)
{
    return day * INSTANT_DAY - JAPAN_OFFSET_SECONDS * INSTANT_SECOND;
}

const char *instant_text(Instant at, char text[INSTANT_TEXT_SIZE])
{
    int64_t seconds = floor_div(at, 1000000);
    int micros = (int)(at - seconds * 1000000);
    int64_t days = floor_div(seconds, DAY_SECONDS);
    int second_of_day = (int)(seconds - days * DAY_SECONDS);
    CivilDate c = civil_of((Day)days);
    (void)snprintf(text, INSTANT_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", c.year % 10000,
                   c.month % 100, c.day % 100, second_of_day / 3600 % 24, second_of_day / 60 % 60,
                   second_of_day % 60, micros % 1000000);
    return text;
}

const char *instant_in_japan(Instant at, char text[INSTANT_TEXT_SIZE])
{
    char shifted[INSTANT_TEXT_SIZE];
    (void)instant_text(at + (Instant)JAPAN_OFFSET_SECONDS * 1000000, shifted);
    (void)snprintf(text, INSTANT_TEXT_SIZE, "%.10s %.8s", shifted, shifted + 11);
    return text;
}
