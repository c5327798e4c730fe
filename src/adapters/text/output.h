// A file that leaves: every list, error file, paper and setting that a program writes for people.
//
// Unseen  it is written without a name (where the file system cannot: under a random one, made anew),
//         readable by its owner only, and takes its name in output_commit, after fsync: nobody reads half of
//         it, nobody else ever holds it, and of a process that dies nothing is left.
// Folder  must be ours or the system's and closed to others; /tmp will do, where what is ours stays ours. It is
//         opened once: whatever its name means later, the file lies in the folder that was looked at.
// Place   where somebody asked for it, nothing is lost: it is none of the office's own files and lies in none of
//         its folders, and takes the place of nothing but an earlier list of the same heads. A link, a pipe, a device or a folder is no place for one.
// Same    whoever checks or hashes it does so on `file`, the descriptor on which it was written.
// Errors  E_STORE_FULL, E_FILE_WRITE; E_CONFLICT: something lies there that is not replaced. Of two that write
//         one file the last one wins, whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "sha256.h"

typedef enum OutputTakes {
    OUTPUT_OURS,  // the program's own file in a folder of its own: the earlier one
    OUTPUT_LIST,  // asked for: a list that left before and begins with the same line, nothing else
    OUTPUT_FREE,  // asked for: no place but a free one
} OutputTakes;

// The data directory of an office and what in it is the office's own: names and patterns (fnmatch) of entries.
typedef struct OutputHome {
    Str folder;
    const char *const *own;
    int own_count;
    const char *apart;  // another folder of its own, all of it (of the key that opens the others); NULL: none
} OutputHome;

typedef struct OutputPlace {
    const char *path;
    OutputTakes takes;  // whose place it may take
    const OutputHome *home;  // NULL for OUTPUT_OURS
    Str head;                // OUTPUT_LIST: the first line, with its line end
} OutputPlace;

typedef struct Output {
    int file;           // open for writing and reading
    int folder;         // where it will lie ...
    const char *name;   // ... under this name
    const char *path;   // as it was asked for
    const char *draft;  // its name in the folder until then; NULL: none
    OutputTakes takes;
    Str head;
} Output;

MUST bool output_begin(const OutputPlace *place, Arena *arena, Output *output, Error *err);
// Hashes it where `hash` is not NULL, and gives it its name. Whole and on disk when it says true; else nothing
// of it is left. Ends the output.
MUST bool output_commit(Output *output, Sha256 *hash, Error *err);
void output_abandon(Output *output);  // leaves nothing behind
// Says that `path` could not be written; `failure` is its errno.
bool output_failed(const char *path, int failure, Error *err);
// Would a file called `name` in `folder` be the office's own, or lie in a folder of its own?
bool output_is_own(const char *folder, const char *name, const OutputHome *home, Arena scratch);

// What became of a file that was committed under a name for the time being.
typedef enum OutputFate {
    OUTPUT_NAMED,  // it lies at `path`
    OUTPUT_WAITS,  // its folder is not there, or something else lies at `path`
    OUTPUT_LOST,   // it is gone, or is not what it was; of what it was nothing is left
} OutputFate;

// Gives the file its last name, if its content still has this hash. A second time it finds it there.
MUST bool output_move(const char *draft, const char *path, const Sha256 *hash, OutputFate *fate,
                      Error *err);
// For reading, where it lies, if it still holds what was written then; -1: it is gone, or is not what it was.
int output_reopen(const char *path, const Sha256 *hash);
