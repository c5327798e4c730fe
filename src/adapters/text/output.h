// A file that leaves: every list, error file, paper and setting that a program writes for people.
//
// Unseen  it is written without a name (where the file system cannot: under a random one, made anew),
//         readable by its owner only, and takes its name in output_commit, after fsync: nobody reads half of
//         it, nobody else ever holds it, and of a process that dies nothing is left.
// Folder  must be ours or the system's and closed to others; /tmp will do, where what is ours stays ours.
// Same    whoever checks or hashes it does so on `file`, the descriptor on which it was written.
// Errors  E_STORE_FULL, E_FILE_WRITE; of two that write one file the last one wins, whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "sha256.h"

typedef struct Output {
    int file;           // open for writing and reading
    const char *path;   // where it will lie
    const char *draft;  // where it lies until then; NULL: nowhere
} Output;

MUST bool output_begin(const char *path, Arena *arena, Output *output, Error *err);
// Hashes it where `hash` is not NULL, and gives it its name, in place of what lies there. Whole and on disk
// when it says true; else nothing of it is left. Ends the output.
MUST bool output_commit(Output *output, Sha256 *hash, Error *err);
void output_abandon(Output *output);  // leaves nothing behind
// Says that `path` could not be written; `failure` is its errno.
bool output_failed(const char *path, int failure, Error *err);

// What became of a file that was committed under a name for the time being.
typedef enum OutputFate {
    OUTPUT_NAMED,  // it lies at `path`
    OUTPUT_WAITS,  // its folder is not there
    OUTPUT_LOST,   // it is gone, or is not what it was; of what it was nothing is left
} OutputFate;

// Gives the file its last name, if its content still has this hash. A second time it finds it there.
MUST bool output_move(const char *draft, const char *path, const Sha256 *hash, OutputFate *fate,
                      Error *err);
