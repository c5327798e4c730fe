// SPDX-License-Identifier: Apache-2.0
#include "progress.h"

#include <unistd.h>

enum { BAR_CELLS = 24, MICROSECONDS = 1000000 };

static void note_now(Progress *progress, int64_t done, Instant now)
{
    progress->noted = now;
    job_note_move(progress->note, progress->words, done, progress->total, progress->of_bytes);
}

Progress progress_begin(ProgressOf of)
{
    Instant now = clock_now();
    // The first plain line waits too: what is over at once needs none.
    Progress progress = {.out = stderr,
                         .words = of.words,
                         .total = of.total,
                         .began = now,
                         .shown = now,
                         .terminal = isatty(STDERR_FILENO) == 1,
                         .of_bytes = of.of_bytes,
                         .noted = now};
    if (of.act && of.act->note) {
        progress.note = of.act->note;
        progress.lent = true;
        job_note_about(progress.note, of.what);
        note_now(&progress, 0, now);
    } else if (of.act)
        progress.note = job_note_begin(of.act, &(JobWay){.command = of.act->command,
                                                         .what = of.what,
                                                         .words = str_of(of.words),
                                                         .operator_name = actor_name(of.act->actor),
                                                         .since = now,
                                                         .moved = now,
                                                         .total = of.total,
                                                         .of_bytes = of.of_bytes});
    return progress;
}

void progress_stage(Progress *progress, const char *words, int64_t total, bool of_bytes)
{
    progress->words = words;
    progress->total = total;
    progress->of_bytes = of_bytes;
    progress->done = 0;
    note_now(progress, 0, clock_now());
}

static int percent_of(const Progress *progress, int64_t done)
{
    if (done >= progress->total) return 100;
    return (int)(done * 100 / progress->total);
}

static void put_bar(const Progress *progress, int64_t done)
{
    int cells = (int)(BAR_CELLS * percent_of(progress, done) / 100);
    (void)fputs(" [", progress->out);
    for (int i = 0; i < BAR_CELLS; i++) (void)fputc(i < cells ? '#' : '.', progress->out);
    (void)fputs("]", progress->out);
}

static void put_amount(const Progress *progress, int64_t amount)
{
    if (progress->of_bytes)
        (void)fprintf(progress->out, " %.1fMB", (double)amount / 1e6);
    else
        (void)fprintf(progress->out, " %lld件", (long long)amount);
}

static void put_line(Progress *progress, int64_t done)
{
    if (progress->terminal) (void)fputs("\r\033[K", progress->out);
    (void)fputs(progress->words, progress->out);
    if (progress->terminal && progress->total > 0) put_bar(progress, done);
    put_amount(progress, done);
    if (progress->total > 0) {
        (void)fputs(" /", progress->out);
        put_amount(progress, progress->total);
        (void)fprintf(progress->out, " (%d%%)", percent_of(progress, done));
    }
    if (!progress->terminal) (void)fputc('\n', progress->out);
    (void)fflush(progress->out);
    progress->drawn = true;
}

void progress_show(Progress *progress, int64_t done)
{
    Instant now = clock_now();
    progress->done = done;
    Instant pause = progress->terminal ? (Instant)PROGRESS_BAR_MILLISECONDS * 1000
                                       : (Instant)PROGRESS_LINE_SECONDS * MICROSECONDS;
    if (now - progress->noted >= MICROSECONDS) note_now(progress, done, now);
    if (now - progress->shown < pause) return;
    progress->shown = now;
    put_line(progress, done);
}

void progress_end(Progress *progress, int64_t done)
{
    if (!progress->lent) (void)job_note_end(progress->note);
    progress->note = NULL;
    if (!progress->drawn) return;  // it was over before anyone could wonder
    put_line(progress, done);
    if (progress->terminal) (void)fputc('\n', progress->out);
}
