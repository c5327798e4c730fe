// sesshu-paper-check FIRST TOTAL < expectations 3< FILE.pdf: reads pages of a stack back and says whether they are right.
// Started by papers_check for every part; nobody calls it by hand.
// SPDX-License-Identifier: Apache-2.0
#include "outlet.h"
#include "page_check.h"
#include "paper_check_program.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

enum { REFUSED = 2 };

static Str input_read(Arena *arena)
{
    Text text = {0};
    char bytes[1 << 16];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, stdin)) > 0;)
        text_add(&text, arena, (Str){bytes, (ptrdiff_t)got});
    return text_str(&text);
}

static bool number_read(const char *text, int64_t *number)
{
    return str_int64(str_of(text), number) && *number >= 0 && *number <= INT32_MAX;
}

int main(int argc, char **argv)
{
    StackExpected stack;
    Error err = {0};
    int64_t first, total;
    // It ends with whoever asked, and leaves no picture of its memory.
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_DUMPABLE, 0);
    Arena text = arena_reserve((ptrdiff_t)1 << 30), arena = arena_reserve((ptrdiff_t)2 << 30);
    if (argc != 3 || !number_read(argv[1], &first) || !number_read(argv[2], &total) ||
        !stack_read(input_read(&text), &arena, &stack)) {
        (void)fputs(PAPER_CHECK_PROGRAM ": sesshu が自分で使うプログラムです。\n", stderr);
        return REFUSED;
    }
    if (!pages_check(&stack, PAPER_CHECK_FILE, (int)first, (int)total, &arena, &err)) {
        (void)printf(PAPER_CHECK_WRONG "%lld %.*s\n", (long long)err.row,
                     STR(outlet_error_item(OUTLET_TERMINAL, &arena, &err)));
        return EXIT_FAILURE;
    }
    (void)printf(PAPER_CHECK_RIGHT "%d\n", stack.page_count);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
