// Between papers_check and the program sesshu-paper-check: what to expect comes on standard input
// (stack_text.h), the file on a descriptor of its own, the first page and the pages of the file as arguments; one
// line comes back. Or one page as a picture: its number as argument, a PNG comes back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <sys/types.h>

#define PAPER_CHECK_PROGRAM "sesshu-paper-check"
#define PAPER_CHECK_FILE    3         // descriptor of the file, which may have no name yet
#define PAPER_CHECK_RIGHT   "right "  // and the number of pages that were read back
#define PAPER_CHECK_WRONG   "wrong "  // and the place in the stack (0: none), and the item
#define PAPER_CHECK_MARK    '.'       // before that line, for each so many pages that are right
#define PAPER_CHECK_STEP    20
#define PAPER_CHECK_PICTURE "--picture"

// Starts it (`arguments` begins with its path) with these descriptors and no others. False: it is not there.
bool paper_check_begin(const char *const arguments[], int in, int out, int file, pid_t *process);
