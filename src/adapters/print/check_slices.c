// The self-check of a whole batch: its stack is cut into slices, one process each, because reading
// pages back takes several times as long as drawing them. A slice says its verdict through a pipe;
// a process that ends without one has proved nothing, and the batch is not released.
// SPDX-License-Identifier: Apache-2.0
#include "page_check.h"

#include "utf8.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SLICES_MOST = 8,
    SLICE_PEOPLE = 24,    // fewer are not worth a process more
    REOPEN_PAGES = 1000,  // poppler keeps what it has read until its document is closed
    SCRATCH_BYTES = 64 << 20,
};

// Small enough that one write is one piece (PIPE_BUF).
typedef struct Verdict {
    bool right;
    int32_t code;
    int64_t row;
    char item[64], words[512];
} Verdict;

typedef struct CheckSlice {
    int first, end;  // people in the order of the stack
    int page;        // of the first one, from 0 in the file
    int pipe;        // where the verdict comes out
    pid_t process;
} CheckSlice;

typedef struct Reading {
    GBytes *bytes;
    PopplerDocument *document;
    int pages_read;
} Reading;

static bool cannot_read(Error *err)
{
    return FAIL(err, E_FILE_READ, .words = S("印刷したファイルを読み直せません。"));
}

static bool check_broken(Error *err)
{
    return FAIL(err, E_PAPER, .item = S("自己検査"),
                .words =
                    S("印刷内容の検査が途中で止まりました（P107）。このバッチは発送できません。"
                      "空きメモリーを確かめて、もう一度実行してください。"));
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

// ---- in the process of a slice

static bool reading_open(Reading *reading, Error *err)
{
    if (reading->document) g_object_unref(reading->document);
    reading->document = poppler_document_new_from_bytes(reading->bytes, NULL, NULL);
    reading->pages_read = 0;
    return reading->document || cannot_read(err);
}

static bool check_people(const Papers *papers, const Needles *needles, const CheckSlice *slice,
                         GBytes *bytes, Error *err)
{
    Reading reading = {.bytes = bytes};
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    cairo_surface_t *canvas = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CANVAS_W, CANVAS_H);
    bool right = reading_open(&reading, err);
    int page = slice->page;
    for (int i = slice->first; i < slice->end && right; i++) {
        Sheets sheets = sheets_of(&papers->drawing, papers->order[i]);
        for (int k = 0; k < sheets.count && right; k++) {
            Checker c = {.papers = papers,
                         .needles = needles,
                         .person = papers->order[i],
                         .sheet = &sheets.at[k],
                         .canvas = canvas,
                         .scratch = scratch,
                         .err = err};
            right = check_page(&c, reading.document, page++);
        }
        reading.pages_read += sheets.count;
        if (right && reading.pages_read >= REOPEN_PAGES) right = reading_open(&reading, err);
    }
    return right;  // what is open here ends with the process
}

static void copy_text(char *to, size_t room, Str text)
{
    Str part = str_first(text, text.len < (ptrdiff_t)room ? text.len : (ptrdiff_t)room - 1);
    if (part.len) memcpy(to, part.at, (size_t)part.len);
    to[part.len] = 0;
}

static _Noreturn void be_slice(const Papers *papers, const Needles *needles,
                               const CheckSlice *slice, GBytes *bytes, int out)
{
    Error err = {0};
    Verdict verdict = {.right = check_people(papers, needles, slice, bytes, &err)};
    if (!verdict.right) {
        verdict.code = (int32_t)err.code;
        verdict.row = err.row;
        copy_text(verdict.item, sizeof verdict.item, err.item);
        copy_text(verdict.words, sizeof verdict.words, err.words);
    }
    _exit(write(out, &verdict, sizeof verdict) == (ssize_t)sizeof verdict ? 0 : 2);
}

// ---- in the parent

static int slice_count(const Papers *papers)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int most = cores < 1 ? 1 : cores > SLICES_MOST ? SLICES_MOST : (int)cores;
    int wanted = papers->count / SLICE_PEOPLE;
    return wanted < 1 ? 1 : wanted > most ? most : wanted;
}

static bool slice_begin(CheckSlice *slice, const Papers *papers, const Needles *needles,
                        GBytes *bytes)
{
    int ends[2];
    if (pipe(ends) != 0) return false;
    (void)fflush(NULL);  // or the child would write it a second time
    pid_t parent = getpid();
    slice->process = fork();
    if (slice->process == 0) {
        bool orphan = prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent;
        if (orphan) _exit(2);
        be_slice(papers, needles, slice, bytes, ends[1]);
    }
    (void)close(ends[1]);
    slice->pipe = ends[0];
    if (slice->process < 0) (void)close(ends[0]);
    return slice->process > 0;
}

static bool verdict_read(int from, Verdict *verdict)
{
    ssize_t got;
    do got = read(from, verdict, sizeof *verdict);
    while (got < 0 && errno == EINTR);
    return got == (ssize_t)sizeof *verdict;
}

static bool process_ended_well(pid_t process)
{
    int status = 0;
    pid_t ended;
    do ended = waitpid(process, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == process && status == 0;
}

// Waits for its end in every case, so that nobody reads the file any more when it goes away.
static bool slice_end(const CheckSlice *slice, Arena *arena, Error *err)
{
    Verdict verdict;
    bool said = verdict_read(slice->pipe, &verdict);
    (void)close(slice->pipe);
    if (!process_ended_well(slice->process) || !said) return check_broken(err);
    if (verdict.right) return true;
    return FAIL(err, (ErrorCode)verdict.code, .row = verdict.row,
                .item = str_copy(arena, str_of(verdict.item)),
                .words = str_copy(arena, str_of(verdict.words)));
}

// Of several faults the first in the stack is told.
static bool check_slices(const Papers *papers, const Needles *needles, GBytes *bytes, Error *err)
{
    CheckSlice all[SLICES_MOST] = {0};
    int count = slice_count(papers), begun = 0;
    bool right = true;
    for (int i = 0, page = 0; i < count; i++) {
        int first = (int)((int64_t)papers->count * i / count);
        int end = (int)((int64_t)papers->count * (i + 1) / count);
        all[i] = (CheckSlice){.first = first, .end = end, .page = page};
        page += pages_of(papers, first, end);
    }
    while (begun < count && slice_begin(&all[begun], papers, needles, bytes)) begun++;
    if (begun < count) right = check_broken(err);
    for (int i = 0; i < begun; i++) {
        Error other;
        bool slice_right = slice_end(&all[i], papers->caller, right ? err : &other);
        right = right && slice_right;
    }
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
                 check_slices(papers, needles_of_batch(papers), bytes, err);
    g_bytes_unref(bytes);
    g_mapped_file_unref(file);
    return right;
}
