// What the demo's month came to, read back from the files that its commands wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct DemoFiles {
    const char *feeds;    // pattern of the resident feeds
    const char *history;  // outcome of what was given before
    const char *outcome;  // of the month's submissions
    const char *due, *changes;
    const char *notices;   // what the command said: the paths of the papers
    const char *dispatch;  // pattern of the dispatch lists
    const char *folder;
} DemoFiles;

// The first person of the due list; empty when nobody is due.
MUST bool demo_first_due(const DemoFiles *files, Arena *arena, Str *who, Error *err);
// Prints the summary to standard output.
MUST bool demo_summary(const DemoFiles *files, int64_t seconds, Arena *arena, Error *err);
