// SPDX-License-Identifier: Apache-2.0
#include "demo_summary.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "csv.h"
#include "map.h"
#include "regular_file.h"
#include "say.h"
#include "vec.h"

// How often each value stands in a column (or each pair in two), in the order of first appearance.
typedef struct Tally {
    Str value, other;  // of the first and the second column
    int64_t count;
} Tally;
VEC(Tallies, Tally, tallies);

typedef struct Count {
    Map places;
    Tallies rows;
    int64_t total;
} Count;

static int64_t *count_place(Count *count, Arena *arena, Str value, Str other)
{
    bool made;
    Str key = str_format(arena, "%.*s\t%.*s", STR(value), STR(other));
    int64_t *at = map_place(&count->places, arena, key, &made);
    if (made) {
        *at = count->rows.count;
        *tallies_push(&count->rows, arena) =
            (Tally){str_copy(arena, value), str_copy(arena, other), 0};
    }
    return &count->rows.at[*at].count;
}

static void count_one(Count *count, Arena *arena, Str value, Str other)
{
    ++*count_place(count, arena, value, other);
    count->total++;
}

// ---- reading what the commands wrote

typedef struct Reading {
    Count *count;
    Arena *arena;
} Reading;

typedef void RowTaker(Reading *reading, const CsvRow *row);

// Two columns of a file, row by row.
static bool file_read(const char *path, const char *first, const char *second, RowTaker *take,
                      Reading *reading, Error *err)
{
    const CsvColumn columns[] = {{first, true, false}, {second, true, false}};
    const CsvLayout layout = {columns, second ? 2 : 1};
    CsvReader *reader;
    CsvRow row;
    Arena whole = arena_reserve((ptrdiff_t)1 << 24), scratch = whole;
    bool ok = csv_open(path, &layout, CSV_ENCODING_AUTO, &scratch, &reader, err);
    if (ok) {
        while (csv_next(reader, &row))
            if (!row.bad) take(reading, &row);
        ok = csv_close(reader, err);
    }
    arena_release(whole);
    return ok;
}

// All files of a shape, in the order of their names. How many there were in `files`.
static bool files_read(const char *shape, const char *first, const char *second, RowTaker *take,
                       Reading *reading, size_t *files, Error *err)
{
    glob_t found;
    *files = 0;
    if (glob(shape, 0, NULL, &found) != 0)
        return FAIL(err, E_NOT_FOUND, .value = str_of(shape), .words = S("ファイルがありません。"));
    bool ok = true;
    for (; ok && *files < found.gl_pathc; ++*files)
        ok = file_read(found.gl_pathv[*files], first, second, take, reading, err);
    globfree(&found);
    return ok;
}

static void take_value(Reading *reading, const CsvRow *row)
{
    count_one(reading->count, reading->arena, row->fields[0], (Str){0});
}

static void take_pair(Reading *reading, const CsvRow *row)
{
    count_one(reading->count, reading->arena, row->fields[0], row->fields[1]);
}

static int64_t count_of(const Count *count, Str value)
{
    int64_t sum = 0;
    VEC_EACH (const Tally, t, count->rows)
        if (str_equal(t->value, value)) sum += t->count;
    return sum;
}

bool demo_first_due(const DemoFiles *files, Arena *arena, Str *who, Error *err)
{
    static const CsvColumn columns[] = {{"宛名番号", true, false}};
    static const CsvLayout layout = {columns, 1};
    CsvReader *reader;
    CsvRow row;
    if (!csv_open(files->due, &layout, CSV_ENCODING_AUTO, arena, &reader, err)) return false;
    *who = csv_next(reader, &row) ? str_copy(arena, row.fields[0]) : (Str){0};
    return csv_close(reader, err);
}

// ---- the parts of the summary

static void take_state(Reading *reading, const CsvRow *row)
{
    int64_t state = 0;
    (void)!str_int64(row->fields[1], &state);
    *count_place(reading->count, reading->arena, row->fields[0], (Str){0}) = state;
    reading->count->total++;
}

// The last word that the feeds say of each person.
static bool residents(const DemoFiles *files, Arena *arena, Error *err)
{
    enum { STATES = 10 };
    Count people = {0};
    size_t feeds;
    int64_t of_state[STATES] = {0};
    Reading reading = {&people, arena};
    if (!files_read(files->feeds, "宛名番号", "住民状態", take_state, &reading, &feeds, err))
        return false;
    VEC_EACH (const Tally, t, people.rows)
        if (t->count >= 0 && t->count < STATES) of_state[t->count]++;
    (void)printf("住民          住民 %lld人、転出 %lld人、死亡 %lld人、その他 %lld人\n"
                 "              住民情報 %zuファイル %lld行から\n",
                 (long long)of_state[1], (long long)of_state[2], (long long)of_state[3],
                 (long long)of_state[9], feeds, (long long)people.total);
    return true;
}

static bool submissions(const char *words, const char *path, Arena *arena, Error *err)
{
    Count outcomes = {0};
    Reading reading = {&outcomes, arena};
    if (!file_read(path, "outcome", NULL, take_value, &reading, err)) return false;
    int64_t linked =
        count_of(&outcomes, S("accepted")) + count_of(&outcomes, S("accepted_with_warning"));
    (void)printf("%s%lld行: 登録 %lld (うち要注意 %lld)、人が決める (要確認) %lld、返戻 %lld、"
                 "重複 %lld\n              %s\n",
                 words, (long long)outcomes.total, (long long)linked,
                 (long long)count_of(&outcomes, S("accepted_with_warning")),
                 (long long)count_of(&outcomes, S("review")),
                 (long long)count_of(&outcomes, S("returned")),
                 (long long)count_of(&outcomes, S("duplicate")), path);
    return true;
}

static int by_series(const void *a, const void *b)
{
    const Tally *x = a, *y = b;
    int order = str_order(x->value, y->value);
    return order ? order : str_order(x->other, y->other);
}

static void print_series(const Count *series)
{
    int64_t shown = 0;
    for (ptrdiff_t i = 0; i < series->rows.count; i++) {
        const Tally *t = &series->rows.at[i];
        bool late = str_equal(t->other, S("late"));
        if (i == 0 || !str_equal(t->value, series->rows.at[i - 1].value)) {
            const char *gap = shown % 6 ? "、" : shown ? "\n              " : "              ";
            (void)fputs(gap, stdout);
            say(stdout, "%.*s %lld", STR(t->value), (long long)count_of(series, t->value));
            shown++;
        }
        if (late) (void)printf(" (標準超過 %lld)", (long long)t->count);
    }
}

static bool due(const DemoFiles *files, Arena *arena, Error *err)
{
    Count series = {0}, people = {0};
    Reading lines = {&series, arena}, persons = {&people, arena};
    if (!file_read(files->due, "series", "status", take_pair, &lines, err) ||
        !file_read(files->due, "宛名番号", NULL, take_value, &persons, err))
        return false;
    Tallies rows = series.rows;
    if (rows.count) qsort(rows.at, (size_t)rows.count, sizeof *rows.at, by_series);
    (void)printf("対象者        %td人、延べ %lld件\n", people.rows.count, (long long)series.total);
    print_series(&series);
    (void)printf("\n              %s\n", files->due);
    return true;
}

static bool changes(const DemoFiles *files, Arena *arena, Error *err)
{
    static const struct {
        const char *status, *words;
    } parts[] = {
        {"due", "対象"},          {"late", "標準超過"},   {"complete", "完了"},
        {"not_yet", "時期前"},    {"closed", "期間終了"}, {"review", "要確認"},
        {"not_target", "対象外"},
    };
    Count to = {0};
    Reading reading = {&to, arena};
    if (!file_read(files->changes, "to_status", "cause", take_pair, &reading, err)) return false;
    (void)printf("1か月の変化   %lld件。変わったあとの状態:", (long long)to.total);
    for (ptrdiff_t i = 0; i < countof(parts); i++)
        (void)printf("%s%s %lld", i ? "、" : " ", parts[i].words,
                     (long long)count_of(&to, str_of(parts[i].status)));
    (void)printf("\n              %s\n", files->changes);
    return true;
}

static void take_pages(Reading *reading, const CsvRow *row)
{
    int64_t pages = 0;
    (void)!str_int64(row->fields[1], &pages);
    (void)count_place(reading->count, reading->arena, row->fields[0], (Str){0});
    reading->count->total += pages;
}

static bool papers(const DemoFiles *files, Arena *arena, Error *err)
{
    char line[4096];
    Count people = {0};
    size_t lists;
    Reading reading = {&people, arena};
    if (!files_read(files->dispatch, "整理番号", "枚数", take_pages, &reading, &lists, err))
        return false;
    (void)printf(
        "お知らせ      A類 (個別に知らせる義務のある種類) の対象のうち %td人に %lld枚\n",
        people.rows.count, (long long)people.total);
    FILE *in = regular_file_read(files->notices);
    if (!in)
        return FAIL(err, E_FILE_OPEN, .value = str_of(files->notices),
                    .words = S("通知の結果が読めません。"));
    while (fgets(line, sizeof line, in)) (void)printf("              %s", line);
    bool ok = !ferror(in);
    (void)fclose(in);
    return ok || FAIL(err, E_FILE_READ, .value = str_of(files->notices),
                      .words = S("通知の結果が読めません。"));
}

bool demo_summary(const DemoFiles *files, int64_t seconds, Arena *arena, Error *err)
{
    (void)printf("\n════ 予防接種事務の1か月 (架空の市、2026年10月分) ════\n");
    if (!residents(files, arena, err) ||
        !submissions("接種歴        ", files->history, arena, err) ||
        !submissions("予診票10月分  ", files->outcome, arena, err) || !due(files, arena, err) ||
        !changes(files, arena, err) || !papers(files, arena, err))
        return false;
    (void)printf("返戻の理由    %s/errors\n"
                 "かかった時間  %lld秒。すべてのファイルは %s にあります。\n",
                 files->folder, (long long)seconds, files->folder);
    return true;
}
