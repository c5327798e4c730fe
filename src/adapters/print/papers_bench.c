// What a batch of papers costs above drawing it: the same texts and boxes, on as many pages, by cairo
// and pango alone. The bare loop gets its lines already shaped and does nothing but put them down.
//
//     papers_bench PERSONS CHECKER      name,value,unit,bare,ratio,peak_mib on standard output
// SPDX-License-Identifier: Apache-2.0
#include "outlet.h"
#include "papers_people.h"
#include "papers_run.h"
#include "rules.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 3 };

typedef struct Bench {
    int persons, pages;
    char path[64];
    const char *checker;  // the program that reads pages back
    const Schedule *schedule;
    Arena arena;
    PenTape tape;
    int *page_ends;        // marks up to the end of each page
    PangoLayout **shaped;  // one per mark; NULL for boxes
} Bench;

// Of this process alone: drawing waits for nothing, and a busy machine should not change the ratio.
static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// Of the programs that read pages back, all that have ended.
static double readers_seconds(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static void must(bool held, const char *what)
{
    if (held) return;
    (void)fprintf(stderr, "papers_bench: %s\n", what);
    exit(2);
}

static Papers *begin(const Bench *bench, Arena *arena)
{
    PapersBatch batch = people_batch(S("/tmp"), bench->schedule);
    batch.checker = bench->checker;
    Papers *papers;
    Error err;
    must(papers_begin(&batch, arena, &papers, &err), "begin");
    return papers;
}

static void take_everybody(const Bench *bench, Papers *papers, Arena *arena)
{
    for (int i = 0; i < bench->persons; i++) {
        PaperPerson person = people_many(i, arena);
        must(papers_person(papers, &person) == PAPER_FINE, "person");
    }
    papers_sort(papers);
}

// From snapshots to the file, fonts open: fitting, codes, sorting, drawing. Then the self-check.
static double draw_ours(Bench *bench, double *check_seconds)
{
    Arena whole = arena_reserve((ptrdiff_t)1 << 32), arena = whole;
    Papers *papers = begin(bench, &arena);
    Error err;
    double begun = seconds();
    int file = open(bench->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    take_everybody(bench, papers, &arena);
    must(file >= 0 && papers_draw(papers, file, &err), "draw");
    double drawn = seconds(), read = readers_seconds();
    if (!papers_check(papers, file, &err))
        must(false, str_z(&arena, outlet_error(OUTLET_TERMINAL, &arena, &err)));
    *check_seconds = seconds() - drawn + readers_seconds() - read;
    (void)close(file);
    bench->pages = papers->report.pages;
    papers_close(papers);
    arena_release(whole);
    return drawn - begun;
}

// Draws once with somebody listening, and shapes every line that was put down.
static Papers *record(Bench *bench)
{
    Papers *papers = begin(bench, &bench->arena);
    papers->drawing.pen.tape = &bench->tape;
    papers->drawing.pen.tape_arena = &bench->arena;
    take_everybody(bench, papers, &bench->arena);
    cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    bench->page_ends = NEW(&bench->arena, int, bench->pages);
    int page = 0;
    for (int i = 0; i < papers->count; i++) {
        Sheets sheets = sheets_of(&papers->drawing, papers->order[i]);
        for (int k = 0; k < sheets.count; k++) {
            papers->drawing.pen.cairo = cairo_create(nowhere);
            must(sheet_draw(&papers->drawing, papers->order[i], &sheets.at[k]), "tape");
            cairo_destroy(papers->drawing.pen.cairo);
            bench->page_ends[page++] = (int)bench->tape.count;
        }
    }
    cairo_surface_destroy(nowhere);
    return papers;
}

static void shape_everything(Bench *bench, Fonts *fonts)
{
    Map known = {0};
    bench->shaped = NEW(&bench->arena, PangoLayout *, bench->tape.count);
    for (ptrdiff_t i = 0; i < bench->tape.count; i++) {
        const PenMark *mark = &bench->tape.at[i];
        if (!mark->text.len) continue;
        double width = mark->box.h > 0 ? mark->box.w : 0;
        Str key = str_format(&bench->arena, "%d %.2f %.2f %.*s", (int)mark->ink.face,
                             mark->ink.points, width, STR(mark->text));
        bool made;
        int64_t *place = map_place(&known, &bench->arena, key, &made);
        if (made) *place = i;
        bench->shaped[i] = made ? g_object_ref(fonts_shape(fonts, mark->ink.face, mark->ink.points,
                                                           mark->text, width, false))
                                : bench->shaped[*place];
    }
}

static void put_bare(cairo_t *cairo, const PenMark *mark, PangoLayout *layout)
{
    const Box *b = &mark->box;
    cairo_set_source_rgb(cairo, mark->ink.grey, mark->ink.grey, mark->ink.grey);
    if (!layout) {
        cairo_rectangle(cairo, b->x / MM_PER_POINT, b->y / MM_PER_POINT, b->w / MM_PER_POINT,
                        b->h / MM_PER_POINT);
        cairo_fill(cairo);
        return;
    }
    int lines = pango_layout_get_line_count(layout);
    for (int i = 0; i < lines; i++) {
        cairo_move_to(cairo, b->x / MM_PER_POINT, (b->y + i * b->h) / MM_PER_POINT);
        pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout, i));
    }
}

static double draw_bare(const Bench *bench)
{
    double begun = seconds();
    cairo_surface_t *pdf =
        cairo_pdf_surface_create(bench->path, PAGE_W / MM_PER_POINT, PAGE_H / MM_PER_POINT);
    cairo_t *cairo = cairo_create(pdf);
    for (int page = 0, mark = 0; page < bench->pages; page++) {
        for (; mark < bench->page_ends[page]; mark++)
            put_bare(cairo, &bench->tape.at[mark], bench->shaped[mark]);
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_finish(pdf);
    must(cairo_surface_status(pdf) == CAIRO_STATUS_SUCCESS, "bare");
    cairo_surface_destroy(pdf);
    return seconds() - begun;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, RUNS, sizeof *values, by_size);
    return values[RUNS / 2];
}

int main(int argc, char **argv)
{
    Bench bench = {.persons = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 200,
                   .arena = arena_reserve((ptrdiff_t)1 << 33),
                   .checker = argc > 2 ? argv[2] : NULL};
    Error err;
    must(bench.persons > 0 && bench.checker, "PERSONS CHECKER");
    must(rules_embedded(&bench.arena, &bench.schedule, &err), "rules");
    (void)snprintf(bench.path, sizeof bench.path, "/tmp/papers-bench-%d.pdf", (int)getpid());

    double ours[RUNS], check[RUNS], bare[RUNS];
    for (int i = 0; i < RUNS; i++) ours[i] = draw_ours(&bench, &check[i]);
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    double peak = (double)usage.ru_maxrss / 1024;  // before the tape of the bare loop is made

    Papers *papers = record(&bench);
    shape_everything(&bench, papers->drawing.pen.fonts);
    for (int i = 0; i < RUNS; i++) bare[i] = draw_bare(&bench);
    double pages = bench.pages, rate = pages / median(ours), bare_rate = pages / median(bare);
    (void)printf("papers,%.0f,pages/s,%.0f,%.2f,%.0f\n", rate, bare_rate, rate / bare_rate, peak);
    (void)printf("papers.check,%.0f,pages/s,,,%.0f\n", pages / median(check), peak);
    papers_close(papers);
    return unlink(bench.path);
}
