// sesshu-paper-check FIRST TOTAL < expectations 3< FILE.pdf: reads pages of a stack back and says whether they are right.
// sesshu-paper-check --picture PAGE 3< FILE.pdf: that page, from 0, as a PNG.
// Started by papers_check for every part, and by paper_picture; nobody calls it by hand.
// SPDX-License-Identifier: Apache-2.0
#include "harden.h"
#include "outlet.h"
#include "page_check.h"
#include "page_picture.h"
#include "paper_check_program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

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

static int not_for_people(void)
{
    (void)fputs(PAPER_CHECK_PROGRAM ": sesshu が自分で使うプログラムです。\n", stderr);
    return REFUSED;
}

static int picture(const char *nth)
{
    int64_t page;
    Error err = {0};
    if (!number_read(nth, &page)) return not_for_people();
    GBytes *bytes = paper_file_read(PAPER_CHECK_FILE);
    bool drawn = bytes && page_picture(bytes, (int)page, STDOUT_FILENO, &err);
    if (bytes) g_bytes_unref(bytes);
    return drawn ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int check(const char *first_page, const char *all_pages)
{
    StackExpected stack;
    Error err = {0};
    int64_t first, total;
    Arena text = arena_reserve((ptrdiff_t)1 << 30), arena = arena_reserve((ptrdiff_t)2 << 30);
    if (!number_read(first_page, &first) || !number_read(all_pages, &total) ||
        !stack_read(input_read(&text), &arena, &stack))
        return not_for_people();
    if (!pages_check(&stack, PAPER_CHECK_FILE, (int)first, (int)total, &arena, &err)) {
        (void)printf(PAPER_CHECK_WRONG "%lld %.*s\n", (long long)err.row,
                     STR(outlet_error_item(OUTLET_TERMINAL, &arena, &err)));
        return EXIT_FAILURE;
    }
    (void)printf(PAPER_CHECK_RIGHT "%d\n", stack.page_count);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    process_harden();
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);  // it ends with whoever asked
    if (argc != 3) return not_for_people();
    return strcmp(argv[1], PAPER_CHECK_PICTURE) == 0 ? picture(argv[2]) : check(argv[1], argv[2]);
}
