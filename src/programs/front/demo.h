// sesshu demo: a made-up city, one month of its immunization office, and a summary of what happened.
//
// Every step is a command that an operator would type; the demo prints it, runs it, and reads only
// the files that it wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

// argv[1] is "demo". `status` is the exit status: 0 when every step did its work.
MUST bool demo_run(int argc, char **argv, Arena *arena, int *status, Error *err);
