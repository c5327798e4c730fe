// The self-check of pages in the order of the stack, in one process.
// SPDX-License-Identifier: Apache-2.0
#include "page_check.h"
#include "page_picture.h"
#include "paper_check_program.h"

#include <stdio.h>

enum {
    REOPEN_PAGES = 1000,  // poppler keeps what it has read until its document is closed
    SCRATCH_BYTES = 64 << 20,
};

typedef struct Reading {
    GBytes *bytes;
    PopplerDocument *document;
    int pages_read;
} Reading;

static bool cannot_read(Error *err)
{
    return FAIL(err, E_PAPER, .item = S("ファイル"));
}

static void reading_close(Reading *reading)
{
    if (reading->document) g_object_unref(reading->document);
    reading->document = NULL;
    reading->pages_read = 0;
}

static bool reading_open(Reading *reading, Error *err)
{
    reading_close(reading);
    reading->document = poppler_document_new_from_bytes(reading->bytes, NULL, NULL);
    return reading->document || cannot_read(err);
}

static bool check_all(Checker *c, Reading *reading, int first, int total)
{
    const StackExpected *stack = c->stack;
    if (!reading_open(reading, c->err)) return false;
    if (poppler_document_get_n_pages(reading->document) != total ||
        first + stack->page_count > total)
        return FAIL(c->err, E_PAPER, .item = S("頁数"));
    for (int i = 0; i < stack->page_count; i++) {
        if (reading->pages_read++ >= REOPEN_PAGES && !reading_open(reading, c->err)) return false;
        Checker one = *c;  // the scratch begins anew with each page
        one.expected = &stack->pages[i];
        if (!check_page(&one, reading->document, first + i)) return false;
        if ((i + 1) % PAPER_CHECK_STEP == 0 && (putchar(PAPER_CHECK_MARK) == EOF || fflush(stdout) != 0)) return false;
    }
    return true;
}

static bool check_file(const StackExpected *stack, GBytes *bytes, int first, int total,
                       Arena *arena, Error *err)
{
    Error found = {0};
    Reading reading = {.bytes = bytes};
    Checker c = {
        .stack = stack,
        .needles = needles_of(stack->needles, stack->needle_count, arena),
        .canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CANVAS_W, CANVAS_H),
        .scratch = arena_reserve(SCRATCH_BYTES),
        .err = &found,
    };
    bool right = check_all(&c, &reading, first, total);
    if (!right) *err = found;
    reading_close(&reading);
    cairo_surface_destroy(c.canvas);
    arena_release(c.scratch);
    return right;
}

bool pages_check(const StackExpected *stack, int file, int first, int total, Arena *arena,
                 Error *err)
{
    GBytes *bytes = paper_file_read(file);
    if (!bytes) return cannot_read(err);
    bool right = check_file(stack, bytes, first, total, arena, err);
    g_bytes_unref(bytes);
    return right;
}
