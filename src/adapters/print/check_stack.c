// The self-check of a whole batch, page by page in the order of the stack.
//
// Why one process  pango keeps a thread of its own once it has drawn. A forked child would inherit its
//                  locks as they stand at that moment and could wait for them for ever.
// SPDX-License-Identifier: Apache-2.0
#include "page_check.h"

#include "utf8.h"

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
    return FAIL(err, E_FILE_READ, .words = S("印刷したファイルを読み直せません。"));
}

// Short names stand inside addresses and sentences by chance; those of four characters and more do not.
static const Needles *needles_of_batch(const Papers *papers)
{
    enum { SHORTEST = 4 };
    Arena *arena = papers->arena;
    Str *texts = NEW(arena, Str, 2 * papers->kept.count);
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < papers->kept.count; i++) {
        const KeptPerson *p = papers->kept.at[i];
        texts[count++] = addressee_text(&p->snapshot.who);
        Str name = without_blanks(p->name, arena);
        if (utf8_count(name) >= SHORTEST) texts[count++] = name;
    }
    return needles_of(texts, count, arena);
}

static int pages_of(const Papers *papers, int first, int end)
{
    int pages = 0;
    for (int i = first; i < end; i++) pages += sheets_of(&papers->drawing, papers->order[i]).count;
    return pages;
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

static bool check_person(Checker *checker, Reading *reading, int *page, Error *err)
{
    Sheets sheets = sheets_of(&checker->papers->drawing, checker->person);
    if (reading->pages_read >= REOPEN_PAGES && !reading_open(reading, err)) return false;
    for (int k = 0; k < sheets.count; k++) {
        checker->sheet = &sheets.at[k];
        if (!check_page(checker, reading->document, (*page)++)) return false;
    }
    reading->pages_read += sheets.count;
    return true;
}

static bool check_people(const Papers *papers, const Needles *needles, GBytes *bytes, Error *err)
{
    Reading reading = {.bytes = bytes};
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    cairo_surface_t *canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CANVAS_W, CANVAS_H);
    Error found = {0};
    bool right = reading_open(&reading, &found);
    int page = 0;
    for (int i = 0; i < papers->count && right; i++) {
        Checker c = {.papers = papers,
                     .needles = needles,
                     .person = papers->order[i],
                     .canvas = canvas,
                     .scratch = scratch,
                     .err = &found};
        right = check_person(&c, &reading, &page, &found);
    }
    if (!right) {  // what it says may lie in the scratch that goes away here
        *err = found;
        err->item = str_copy(papers->caller, found.item);
        err->value = str_copy(papers->caller, found.value);
        err->words = str_copy(papers->caller, found.words);
    }
    reading_close(&reading);
    cairo_surface_destroy(canvas);
    arena_release(scratch);
    return right;
}

static bool page_count_right(const Papers *papers, GBytes *bytes, Error *err)
{
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    if (!document) return cannot_read(err);
    int pages = poppler_document_get_n_pages(document);
    g_object_unref(document);
    return pages == pages_of(papers, 0, papers->count) ||
           FAIL(err, E_PAPER, .item = S("頁数"),
                .words = S("頁数が合いません（P107）。このバッチは発送できません。"
                           "担当者に連絡してください。"));
}

bool papers_check(Papers *papers, const char *path, Error *err)
{
    GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
    if (!file) return cannot_read(err);
    GBytes *bytes = g_mapped_file_get_bytes(file);
    bool right = page_count_right(papers, bytes, err) &&
                 check_people(papers, needles_of_batch(papers), bytes, err);
    g_bytes_unref(bytes);
    g_mapped_file_unref(file);
    return right;
}
