// SPDX-License-Identifier: Apache-2.0
#include "demo_summary.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "csv.h"
#include "map.h"
#include "vec.h"

// How often each value stands in a column, in the order of first appearance.
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

static void count_one(Count *count, Arena *arena, Str value, Str other)
{
    bool made;
    Str key = str_format(arena, "%.*s\t%.*s", STR(value), STR(other));
    int64_t *at = map_place(&count->places, arena, key, &made);
    if (made) {
        *at = count->rows.count;
        *tallies_push(&count->rows, arena) =
            (Tally){str_copy(arena, value), str_copy(arena, other), 0};
    }
    count->rows.at[*at].count++;
    count->total++;
}

// Counts the rows of a file by one column, or by two (`second` NULL: one).
static bool count_file(const char *path, const char *first, const char *second, Arena *arena,
                       Count *count, Error *err)
{
    const CsvColumn columns[] = {{first, true, false}, {second ? second : first, true, false}};
    const CsvLayout layout = {columns, second ? 2 : 1};
    CsvReader *reader;
    CsvRow row;
    Arena whole = arena_reserve((ptrdiff_t)1 << 24), scratch = whole;
    bool ok = csv_open(path, &layout, CSV_ENCODING_AUTO, &scratch, &reader, err);
    if (ok) {
        while (csv_next(reader, &row))
            if (!row.bad) count_one(count, arena, row.fields[0], second ? row.fields[1] : (Str){0});
        ok = csv_close(reader, err);
    }
    arena_release(whole);
    return ok;
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

static bool residents(const DemoFiles *files, Arena *arena, Error *err)
{
    glob_t found;
    Count states = {0};
    bool ok = glob(files->feeds, 0, NULL, &found) == 0;
    if (!ok)
        return FAIL(err, E_NOT_FOUND, .value = str_of(files->feeds),
                    .words = S("住民情報のファイルがありません。"));
    for (size_t i = 0; ok && i < found.gl_pathc; i++)
        ok = count_file(found.gl_pathv[i], "住民状態", NULL, arena, &states, err);
    (void)printf(
        "住民情報      %lld行 (%zuファイル): 住民 %lld、転出 %lld、死亡 %lld、その他 %lld\n",
        (long long)states.total, found.gl_pathc, (long long)count_of(&states, S("1")),
        (long long)count_of(&states, S("2")), (long long)count_of(&states, S("3")),
        (long long)count_of(&states, S("9")));
    globfree(&found);
    return ok;
}

static bool submissions(const DemoFiles *files, Arena *arena, Error *err)
{
    Count outcomes = {0};
    if (!count_file(files->outcome, "outcome", NULL, arena, &outcomes, err)) return false;
    int64_t linked =
        count_of(&outcomes, S("accepted")) + count_of(&outcomes, S("accepted_with_warning"));
    (void)printf(
        "予診票10月分  %lld行: 登録 %lld (うち要注意 %lld)、要確認 %lld、返戻 %lld、重複 %lld\n"
        "              %s\n",
        (long long)outcomes.total, (long long)linked,
        (long long)count_of(&outcomes, S("accepted_with_warning")),
        (long long)count_of(&outcomes, S("review")), (long long)count_of(&outcomes, S("returned")),
        (long long)count_of(&outcomes, S("duplicate")), files->outcome);
    return true;
}

static int by_series(const void *a, const void *b)
{
    const Tally *x = a, *y = b;
    int order = str_order(x->value, y->value);
    return order ? order : str_order(x->other, y->other);
}

static bool due(const DemoFiles *files, Arena *arena, Error *err)
{
    Count series = {0};
    if (!count_file(files->due, "series", "status", arena, &series, err)) return false;
    Tallies rows = series.rows;
    if (rows.count) qsort(rows.at, (size_t)rows.count, sizeof *rows.at, by_series);
    (void)printf("対象者        %lld件 (標準の時期を過ぎた人 late を含む)\n",
                 (long long)series.total);
    int64_t shown = 0;
    for (ptrdiff_t i = 0; i < rows.count; i++) {
        bool late = str_equal(rows.at[i].other, S("late"));
        bool new_series = i == 0 || !str_equal(rows.at[i].value, rows.at[i - 1].value);
        if (new_series)
            (void)printf("%s%.*s %lld",
                         shown++ % 6  ? "、"
                         : shown == 1 ? "              "
                                      : "\n              ",
                         STR(rows.at[i].value), (long long)count_of(&series, rows.at[i].value));
        if (late) (void)printf("(late %lld)", (long long)rows.at[i].count);
    }
    (void)printf("\n              %s\n", files->due);
    return true;
}

static bool changes(const DemoFiles *files, Arena *arena, Error *err)
{
    Count to = {0};
    if (!count_file(files->changes, "to_status", "cause", arena, &to, err)) return false;
    (void)printf("1か月の変化   %lld件: 対象になった %lld、標準の時期を過ぎた %lld、完了 %lld、"
                 "期間が終わった %lld、要確認 %lld\n              %s\n",
                 (long long)to.total, (long long)count_of(&to, S("due")),
                 (long long)count_of(&to, S("late")), (long long)count_of(&to, S("complete")),
                 (long long)count_of(&to, S("closed")), (long long)count_of(&to, S("review")),
                 files->changes);
    return true;
}

static bool papers(const DemoFiles *files, Error *err)
{
    char line[4096];
    FILE *in = fopen(files->notices, "r");
    if (!in)
        return FAIL(err, E_FILE_OPEN, .value = str_of(files->notices),
                    .words = S("通知の結果が読めません。"));
    const char *head = "お知らせ      ";
    while (fgets(line, sizeof line, in)) {
        (void)printf("%s%s", head, line);
        head = "              ";
    }
    bool ok = !ferror(in);
    (void)fclose(in);
    return ok || FAIL(err, E_FILE_READ, .value = str_of(files->notices),
                      .words = S("通知の結果が読めません。"));
}

bool demo_summary(const DemoFiles *files, int64_t seconds, Arena *arena, Error *err)
{
    (void)printf("\n════ 予防接種事務の1か月 (架空の市、2026年10月分) ════\n");
    if (!residents(files, arena, err) || !submissions(files, arena, err) ||
        !due(files, arena, err) || !changes(files, arena, err) || !papers(files, err))
        return false;
    (void)printf("かかった時間  %lld秒。すべてのファイルは %s にあります。\n", (long long)seconds,
                 files->folder);
    return true;
}
