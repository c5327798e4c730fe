// SPDX-License-Identifier: Apache-2.0
#include "job_note.h"

#include "logging.h"
#include "outlet.h"
#include "regular_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct JobNote {
    const Act *act;
    int file;
    const char *path;
    JobWay way;
    char line[JOB_NOTE_BYTES];
};

enum { FIELDS = 12 };
static const char ending[] = ".job", past_ending[] = ".past";

// ---- one line

static void write_line(JobNote *note)
{
    const JobWay *w = &note->way;
    int len = snprintf(note->line, sizeof note->line, "%lld\t%lld\t%lld\t%lld\t%d\t%d\t%lld\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n",
                       (long long)w->since, (long long)w->moved, (long long)w->done, (long long)w->total, w->of_bytes,
                       (int)w->end, (long long)w->ended, STR(w->command), STR(w->what), STR(w->words),
                       STR(w->operator_name), STR(w->said));
    if (len >= (int)sizeof note->line) {  // what came of it is the last: its tail is cut
        len = (int)sizeof note->line - 1;
        note->line[len - 1] = '\n';
    }
    // One write: a reader sees the line before or this one, and what a longer one left is cut.
    bool written = pwrite(note->file, note->line, (size_t)len, 0) == len && ftruncate(note->file, len) == 0;
    if (!written) log_line(LOG_WARN, "event=job_note_not_written errno=%d", errno);
}

static bool read_numbers(const Str fields[FIELDS], JobWay *way)
{
    int64_t of_bytes, end;
    bool good = str_int64(fields[0], &way->since) && str_int64(fields[1], &way->moved) &&
                str_int64(fields[2], &way->done) && str_int64(fields[3], &way->total) &&
                str_int64(fields[4], &of_bytes) && str_int64(fields[5], &end) && str_int64(fields[6], &way->ended) &&
                end >= JOB_OPEN && end <= JOB_BADLY;
    way->of_bytes = good && of_bytes;
    way->end = good ? (JobEnd)end : JOB_OPEN;
    return good;
}

static bool read_line(int file, Arena *arena, JobWay *way)
{
    Str fields[FIELDS];
    char *line = NEW(arena, char, JOB_NOTE_BYTES);
    ssize_t len = pread(file, line, JOB_NOTE_BYTES, 0);
    if (len <= 0 || line[len - 1] != '\n') return false;
    Cut cut = {.tail = {line, len - 1}, .found = true};
    for (int i = 0; i < FIELDS; i++) {
        if (!cut.found) return false;
        cut = str_cut(cut.tail, '\t');
        fields[i] = cut.head;
    }
    *way = (JobWay){.command = fields[7], .what = fields[8], .words = fields[9], .operator_name = fields[10], .said = fields[11]};
    return read_numbers(fields, way);
}

// ---- those that are there

typedef struct Found {
    JobWay way;
    const char *path;
} Found;
VEC(FoundNotes, Found, found_notes);

static bool is_note(const Act *act, const char *name, const char *its_ending)
{
    Str text = str_of(name), program = str_of(act->office->program->name);
    return str_starts(text, program) && str_starts(str_from(text, program.len), S("-")) &&
           str_ends(text, str_of(its_ending));
}

static void take_note(const char *path, Arena *arena, FoundNotes *notes)
{
    Found found = {.path = path};
    int file = regular_file_open(path, O_RDONLY | O_NOFOLLOW, 0);
    if (file < 0) return;
    bool read = read_line(file, arena, &found.way);
    found.way.died = flock(file, LOCK_SH | LOCK_NB) == 0;
    (void)close(file);
    if (read) *found_notes_push(notes, arena) = found;
}

static bool find_notes(const Act *act, const char *its_ending, Arena *arena, FoundNotes *notes)
{
    *notes = (FoundNotes){0};
    DIR *folder = opendir(str_z(arena, act->office->data_dir));
    if (!folder) return false;
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (is_note(act, entry->d_name, its_ending))
            take_note(office_path(act->office, entry->d_name, arena), arena, notes);
    (void)closedir(folder);
    return true;
}

static int by_age(const void *a, const void *b)
{
    const JobWay *x = a, *y = b;
    return (x->since > y->since) - (x->since < y->since);
}

static bool ways_read(const Act *act, const char *its_ending, Arena *arena, JobWays *ways, Error *err)
{
    FoundNotes notes;
    *ways = (JobWays){0};
    if (!find_notes(act, its_ending, arena, &notes))
        return FAIL(err, E_FILE_OPEN, .value = act->office->data_dir,
                    .words = S("データの置き場所が読めません。権限を確かめてください。"));
    VEC_EACH (const Found, found, notes) *job_ways_push(ways, arena) = found->way;
    return true;
}

bool job_notes_read(const Act *act, Arena *arena, JobWays *ways, Error *err)
{
    if (!ways_read(act, ending, arena, ways, err)) return false;
    if (ways->count) qsort(ways->at, (size_t)ways->count, sizeof *ways->at, by_age);
    return true;
}

static int by_end(const void *a, const void *b)
{
    const JobWay *x = a, *y = b;
    return (x->ended < y->ended) - (x->ended > y->ended);
}

bool job_past_read(const Act *act, int most, Arena *arena, JobWays *ways, Error *err)
{
    if (!ways_read(act, past_ending, arena, ways, err)) return false;
    if (ways->count) qsort(ways->at, (size_t)ways->count, sizeof *ways->at, by_end);
    if (ways->count > most) ways->count = most;
    return true;
}

// ---- one's own

static void take_dead_away(const Act *act, const JobWay *mine, Arena scratch)
{
    FoundNotes notes;
    const Instant oldest = mine->since - JOB_NOTE_DAYS * INSTANT_DAY;
    if (!find_notes(act, ending, &scratch, &notes)) return;
    VEC_EACH (const Found, found, notes) {
        const JobWay *way = &found->way;
        bool same = str_equal(way->command, mine->command) && str_equal(way->what, mine->what);
        if (way->died && (same || way->moved < oldest)) (void)unlink(found->path);
    }
}

JobNote *job_note_begin(const Act *act, const JobWay *way)
{
    Arena *arena = act->arena;
    JobNote *note = NEW(arena, JobNote, 1);
    note->act = act;
    note->way = *way;
    // Of what stands between two fields the outlet leaves nothing in one.
    note->way.command = outlet_text(OUTLET_TRAIL, arena, way->command);
    note->way.what = outlet_text(OUTLET_TRAIL, arena, way->what);
    note->way.operator_name = outlet_text(OUTLET_TRAIL, arena, way->operator_name);
    take_dead_away(act, &note->way, *arena);
    note->path = office_path(act->office,
                             str_z(arena, str_format(arena, "%s-%lld-%d%s", act->office->program->name,
                                                     (long long)way->since, (int)getpid(), ending)),
                             arena);
    note->file = regular_file_open(note->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (note->file < 0 || flock(note->file, LOCK_EX) != 0) {
        log_line(LOG_WARN, "event=job_note_not_made errno=%d", errno);
        if (note->file >= 0) (void)close(note->file);
        return NULL;
    }
    write_line(note);
    return note;
}

void job_note_move(JobNote *note, const char *words, int64_t done, int64_t total, bool of_bytes)
{
    if (!note) return;
    note->way.words = str_of(words);
    note->way.done = done;
    note->way.total = total;
    note->way.of_bytes = of_bytes;
    note->way.moved = clock_now();
    write_line(note);
}

void job_note_about(JobNote *note, Str what)
{
    if (!note || !what.len) return;
    note->way.what = outlet_text(OUTLET_TRAIL, note->act->arena, what);
    take_dead_away(note->act, &note->way, *note->act->arena);
    write_line(note);
}

void job_note_said(JobNote *note, Str words)
{
    if (!note) return;
    Arena *arena = note->act->arena;
    Str told = outlet_text(OUTLET_TRAIL, arena, words);
    note->way.said = note->way.said.len ? str_format(arena, "%.*s　%.*s", STR(note->way.said), STR(told)) : told;
}

static void old_taken_away(const Act *act, Instant before, Arena scratch)
{
    FoundNotes notes;
    if (!find_notes(act, past_ending, &scratch, &notes)) return;
    VEC_EACH (const Found, found, notes)
        if (found->way.ended < before) (void)unlink(found->path);
}

Instant job_note_over(JobNote *note, JobEnd end, Str said)
{
    if (!note) return 0;
    Arena scratch = *note->act->arena;
    note->way.end = end;
    note->way.ended = clock_now();
    if (said.len) note->way.said = outlet_text(OUTLET_TRAIL, &scratch, said);
    write_line(note);
    Str path = str_of(note->path);
    Str past = str_join(&scratch, str_first(path, path.len - (ptrdiff_t)strlen(ending)), str_of(past_ending));
    if (rename(note->path, str_z(&scratch, past)) != 0) log_line(LOG_WARN, "event=job_note_not_kept errno=%d", errno);
    (void)close(note->file);
    old_taken_away(note->act, note->way.ended - JOB_PAST_DAYS * INSTANT_DAY, scratch);
    return note->way.ended;
}

Instant job_note_end(JobNote *note)
{
    if (!note) return 0;
    (void)unlink(note->path);
    (void)close(note->file);
    return clock_now();
}
