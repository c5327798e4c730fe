// One step of the demo: a command that an operator would type, shown before it runs.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sibling.h"

typedef struct Step {
    const char *words;   // what it is for
    const char *output;  // file for its standard output; NULL: the terminal
    const char *quiet;   // file for what it says of itself, and nothing is shown; NULL: the terminal
    Str input;           // typed into it; {0}: nothing
    bool may_refuse;     // that it refuses is part of what is shown
    int status;          // once it has run
    Arguments arguments;
} Step;

// `front` is our own executable. `command` may be NULL.
Step *step_of(Arena *arena, const char *front, const char *words, const char *system,
              const char *command);
void step_option(Step *step, const char *name, const char *value);
// Ends with E_INTERNAL when the command refused (2) and may not.
MUST bool step_run(Step *step, Error *err);
