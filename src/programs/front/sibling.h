// Starting the programs that lie beside this one, each a process of its own.
//
// Errors  E_NOT_FOUND: no such program lies beside us. E_BUSY, E_HTTP: a companion did not get ready.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "vec.h"

enum { ARGUMENTS_MOST = 4096, COMPANION_READY_SECONDS = 60 };

typedef struct Arguments {
    const char *at[ARGUMENTS_MOST + 1];  // ends with NULL
    int count;
} Arguments;

void arguments_add(Arguments *arguments, const char *argument);

// The path of a program beside ours: "sesshu-ledger".
MUST bool sibling_path(Arena *arena, const char *name, const char **path, Error *err);

// Becomes that program. Comes back only when that failed.
MUST bool sibling_become(const Arguments *arguments, Error *err);
// Runs it and waits; `status` is its exit status, 2 when a signal ended it.
MUST bool sibling_run(const Arguments *arguments, int *status, Error *err);

typedef struct Streams {
    const char *output, *errors;  // files, made anew, for its standard output and errors; NULL: ours
    Str input;                    // on its standard input, which no list of processes shows; {0}: ours. A line or two
} Streams;
MUST bool sibling_run_with(const Arguments *arguments, const Streams *streams, int *status, Error *err);

// A program that answers while another one works: it ends with us, whatever happens.
typedef struct Companion {
    int process;  // 0: none
    Str address;  // "127.0.0.1:40123", the first line it printed
} Companion;

MUST bool companion_start(const Arguments *arguments, Arena *arena, Companion *companion,
                          Error *err);
void companion_end(Companion *companion);
