// SPDX-License-Identifier: Apache-2.0
#include "jobs_shown.h"

enum { SECOND = 1000000, MINUTE_SECONDS = 60 };

// ---- words

static Str time_words(Instant at, Arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    return str_copy(arena, str_of(instant_in_japan(at, text)));
}

// A command without its options; work that no door calls by a name (an older version's) is shown as it was typed.
static Str title_of(const Visit *visit, const JobWay *way)
{
    Str command = str_cut(way->command, ' ').head;
    Str title = visit_title_of(visit, way->command);
    const Door *door = door_named(visit->act->office->program->doors, command);
    if (door && door->typed.work) return str_of(door->typed.work);
    return title.len ? title : command;
}

static Str amount_words(const JobWay *way, Arena *arena)
{
    if (!way->done) return (Str){0};
    if (way->of_bytes) return str_format(arena, "%.*s %.1fMB", STR(way->words), (double)way->done / 1e6);
    return str_format(arena, "%.*s %lld件", STR(way->words), (long long)way->done);
}

static Str lasted_words(const JobWay *way, Arena *arena)
{
    int64_t seconds = (way->ended - way->since) / SECOND;
    if (seconds < 1) return S("1秒未満");
    return seconds < MINUTE_SECONDS ? str_format(arena, "%lld秒", (long long)seconds)
                                    : str_format(arena, "%lld分", (long long)seconds / MINUTE_SECONDS);
}

Str job_left_words(const JobWay *way, Instant now, Arena *arena)
{
    Instant gone = now - way->since;
    if (way->done * 20 < way->total || gone < 3 * SECOND || way->done >= way->total) return (Str){0};
    int64_t seconds = gone / SECOND * (way->total - way->done) / way->done;
    return seconds < 90 ? str_format(arena, "残り約%lld秒", (long long)seconds + 1)
                        : str_format(arena, "残り約%lld分", (long long)seconds / MINUTE_SECONDS + 1);
}

// ---- lines

static JobLine line_of(const Visit *visit, const JobWay *way, JobPlace *place)
{
    Arena *arena = visit->arena;
    return (JobLine){.title = title_of(visit, way),
                     .what = way->what,
                     .open = place ? place(visit, way) : NULL,
                     .who = way->operator_name,
                     .since = time_words(way->since, arena)};
}

static void running_add(const Visit *visit, const JobWay *way, JobPlace *place, JobsPage *page)
{
    JobLine line = line_of(visit, way, place);
    line.stage = way->words;
    line.at = way->done;
    line.total = way->total;
    line.counted = way->total > 0;
    line.left = job_left_words(way, visit->act->now, visit->arena);
    *job_line_rows_push(&page->running, visit->arena) = line;
}

// It wrote nothing, or what it wrote stands: whichever it was, the same asked again goes on or begins anew.
static void stopped_add(const Visit *visit, const JobWay *way, JobPlace *place, JobsPage *page)
{
    JobLine line = line_of(visit, way, place);
    line.ended = time_words(way->moved, visit->arena);
    line.said = S("途中で止まりました。登録は途中のまま残りません。同じ操作をもう一度行ってください。");
    *job_line_rows_push(&page->troubled, visit->arena) = line;
}

static void past_add(const Visit *visit, const JobWay *way, JobPlace *place, JobsPage *page)
{
    JobLine line = line_of(visit, way, place);
    line.ended = time_words(way->ended, visit->arena);
    line.lasted = lasted_words(way, visit->arena);
    line.asks = way->end == JOB_ASKS;
    line.said = way->said.len ? way->said : amount_words(way, visit->arena);
    *job_line_rows_push(way->end == JOB_BADLY ? &page->troubled : &page->done, visit->arena) = line;
}

bool jobs_shown(Visit *visit, JobPlace *place, JobsPage *page, Error *err)
{
    JobWays now, past;
    *page = (JobsPage){0};
    if (!job_notes_read(visit->act, visit->arena, &now, err) ||
        !job_past_read(visit->act, JOBS_PAST_MOST, visit->arena, &past, err))
        return false;
    VEC_EACH (const JobWay, way, now)
        (way->died ? stopped_add : running_add)(visit, way, place, page);
    VEC_EACH (const JobWay, way, past) past_add(visit, way, place, page);
    page->days = JOB_PAST_DAYS;
    page->count = page->running.count;
    visit->rows = now.count + past.count;
    visit->renews = page->running.count > 0;
    return true;
}

bool jobs_counted(Visit *visit, int64_t *running, int64_t *stopped, Error *err)
{
    JobWays now;
    *running = *stopped = 0;
    if (!job_notes_read(visit->act, visit->arena, &now, err)) return false;
    VEC_EACH (const JobWay, way, now) *(way->died ? stopped : running) += 1;
    return true;
}
