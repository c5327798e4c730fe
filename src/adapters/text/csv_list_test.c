// A list leaves under the number of its record, into a place where nothing else is lost, and can be compared later.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "error_csv.h"
#include "recorded_made.h"

typedef struct Place {
    Arena arena;
    char folder[40];
    Error err;
} Place;

static const Recorded first_record = {"ledger", 73}, second_record = {"ledger", 74};

static int begin(void **state)
{
    Place *place = calloc(1, sizeof *place);
    place->arena = arena_reserve(1 << 26);
    strncpy(place->folder, "/tmp/csv_list_XXXXXX", sizeof place->folder - 1);
    *state = place;
    return mkdtemp(place->folder) ? 0 : 1;
}

static void emptied(const char *folder)
{
    DIR *files = opendir(folder);
    if (!files) return;
    for (const struct dirent *e; (e = readdir(files));) {
        char path[600];
        (void)snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] == '.') continue;
        if (e->d_type == DT_DIR) emptied(path);
        else (void)unlink(path);
    }
    (void)closedir(files);
    (void)rmdir(folder);
}

static int end(void **state)
{
    Place *place = *state;
    emptied(place->folder);
    arena_release(place->arena);
    free(place);
    return 0;
}

static const char *path_of(Place *place, const char *name)
{
    return str_z(&place->arena, str_format(&place->arena, "%s/%s", place->folder, name));
}

static Str content(Place *place, const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0) return (Str){0};
    char *at = NEW(&place->arena, char, 1 << 16);
    ssize_t len = read(fd, at, 1 << 16);
    (void)close(fd);
    return (Str){at, len};
}

static int entries(const char *folder)
{
    int count = 0;
    DIR *open_folder = opendir(folder);
    if (!open_folder) return -1;
    for (const struct dirent *e; (e = readdir(open_folder));) count += e->d_name[0] != '.';
    (void)closedir(open_folder);
    return count;
}

static void written(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
    assert_int_equal(close(fd), 0);
}

static void expect(Str found, const char *text)
{
    if (!str_equal(found, str_of(text))) fail_msg("%.*s\nis not\n%s", STR(found), text);
}

static CsvWriter *drafted(Place *place)
{
    CsvWriter *draft;
    assert_true(csv_list_begin(str_of(place->folder), &place->arena, &draft, &place->err));
    const Str cells[] = {S("宛名番号"), S("氏名"), S("1"), S("山田, \"花子\"\r\n様"), S("2"), S("太郎")};
    for (int i = 0; i < countof(cells); i++) {
        csv_put(draft, cells[i]);
        if (i % 2) csv_end_row(draft);
    }
    return draft;
}

static const char *const names[] = {"宛名番号", "氏名"};

static CsvListWay way_to(Place *place, const char *path, OutputTakes takes, const OutputHome *home)
{
    Str head = csv_list_head(names, (int)countof(names), true, &place->arena);
    return (CsvListWay){true, {path, takes, home, head}, NULL};
}

static bool leaves(Place *place, const char *path, OutputTakes takes, const OutputHome *home,
                   const Recorded *record)
{
    CsvListWay way = way_to(place, path, takes, home);
    return csv_list_leave(drafted(place), record, &way, &place->arena, &place->err);
}

// A list in the contract of files.md: no column of the record.
static Str plain_text(Place *place)
{
    char *memory = NULL;
    size_t len = 0;
    const CsvListWay way = {.stream = open_memstream(&memory, &len)};
    assert_true(csv_list_leave(drafted(place), &first_record, &way, &place->arena, &place->err));
    assert_int_equal(fclose(way.stream), 0);
    Str text = str_copy(&place->arena, (Str){memory, (ptrdiff_t)len});
    free(memory);
    return text;
}

static void every_row_bears_the_number_of_the_record(void **state)
{
    Place *place = *state;
    CsvListFacts said, read;
    const char *path = path_of(place, "due.csv");
    CsvWriter *draft = drafted(place);
    assert_true(csv_list_facts(draft, &said, &place->err));
    assert_int_equal(said.rows, 2);
    CsvListWay way = way_to(place, path, OUTPUT_LIST, NULL);
    bool whole;
    assert_true(csv_list_leave(draft, &first_record, &way, &place->arena, &place->err));
    expect(content(place, path),
           "\"宛名番号\",\"氏名\",\"一覧の証跡番号\"\r\n"
           "\"1\",\"山田, \"\"花子\"\"\r\n様\",\"ledger-73\"\r\n"
           "\"2\",\"太郎\",\"ledger-73\"\r\n");
    assert_true(csv_list_read(path, &read, &whole, &place->err));
    assert_true(whole);
    assert_string_equal(read.record, "ledger-73");
    assert_int_equal(read.rows, 2);
    assert_true(sha256_equal(&said.content, &read.content));

    // Without the number it says the same.
    Str plain = plain_text(place);
    expect(plain, "\"宛名番号\",\"氏名\"\r\n\"1\",\"山田, \"\"花子\"\"\r\n様\"\r\n\"2\",\"太郎\"\r\n");
    written(path, str_z(&place->arena, plain));
    assert_true(csv_list_read(path, &read, &whole, &place->err));
    assert_true(whole);
    assert_string_equal(read.record, "");
    assert_true(sha256_equal(&said.content, &read.content));
}

// What was changed behind us, row or number, is no longer what the record says.
static void a_list_that_was_changed_is_another(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "list.csv");
    CsvListFacts said, read;
    bool whole;
    CsvWriter *draft = drafted(place);
    assert_true(csv_list_facts(draft, &said, &place->err));
    csv_abandon(draft);
    static const struct {
        const char *text;
        const char *record;
        bool whole;
    } cases[] = {
        {"\"宛名番号\",\"氏名\",\"一覧の証跡番号\"\r\n\"1\",\"山田\",\"ledger-73\"\r\n", "ledger-73", true},
        {"\"宛名番号\",\"氏名\",\"一覧の証跡番号\"\r\n\"1\",\"a\",\"ledger-73\"\r\n\"2\",\"b\",\"ledger-74\"\r\n", "ledger-73", false},
        {"\"宛名番号\",\"氏名\",\"一覧の証跡番号\"\r\n\"1\",\"a\"\r\n", "", false},
        {"\"宛名番号\",\"氏名\"\r\n\"1\",\"a\"\r\n", "", true},
        {"\"一覧の証跡番号\",\"氏名\"\r\n\"ledger-73\",\"a\"\r\n", "", true},
        {"\"宛名番号\",\"一覧の証跡番号\"\r\n\"1\",\"ledger-73\"", "", false},
        {"SQLite format 3", "", false},
        {"", "", false},
    };
    for (int i = 0; i < countof(cases); i++) {
        written(path, cases[i].text);
        assert_true(csv_list_read(path, &read, &whole, &place->err));
        assert_string_equal(read.record, cases[i].record);
        assert_int_equal(whole, cases[i].whole);
        assert_false(sha256_equal(&said.content, &read.content));
    }
    assert_false(csv_list_read(path_of(place, "nowhere"), &read, &whole, &place->err));
    assert_int_equal(place->err.code, E_FILE_OPEN);
    assert_false(csv_list_read(place->folder, &read, &whole, &place->err));
}

static void an_earlier_list_makes_way_and_nothing_else(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv"), *kept = path_of(place, "kept");
    assert_true(leaves(place, path, OUTPUT_LIST, NULL, &first_record));
    assert_true(leaves(place, path, OUTPUT_LIST, NULL, &second_record));
    assert_true(str_find(content(place, path), S("ledger-74")) > 0);
    assert_false(leaves(place, path, OUTPUT_FREE, NULL, &first_record));
    assert_int_equal(place->err.code, E_CONFLICT);
    static const char *const others[] = {"", "SQLite format 3", "宛名番号,氏名\n1,花子\n",
                                         "\"行番号\",\"outcome\"\r\n",
                                         "\"宛名番号\",\"氏名\"\r\n"};
    for (int i = 0; i < countof(others); i++) {
        written(path, others[i]);
        assert_false(leaves(place, path, OUTPUT_LIST, NULL, &first_record));
        assert_int_equal(place->err.code, E_CONFLICT);
        expect(content(place, path), others[i]);
    }
    // Another name of such a file is such a file.
    assert_int_equal(unlink(path), 0);
    written(kept, "key");
    assert_int_equal(link(kept, path), 0);
    assert_false(leaves(place, path, OUTPUT_LIST, NULL, &first_record));
    expect(content(place, kept), "key");
}

static void what_is_no_file_is_no_place(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv"), *list = path_of(place, "list.csv");
    assert_true(leaves(place, list, OUTPUT_LIST, NULL, &first_record));
    for (int kind = 0; kind < 4; kind++) {
        if (kind == 0) assert_int_equal(symlink(list, path), 0);
        if (kind == 1) assert_int_equal(symlink(path_of(place, "nowhere"), path), 0);
        if (kind == 2) assert_int_equal(mkfifo(path, 0600), 0);
        if (kind == 3) assert_int_equal(mkdir(path, 0700), 0);
        assert_false(leaves(place, path, OUTPUT_LIST, NULL, &second_record));
        assert_int_equal(place->err.code, E_CONFLICT);
        assert_int_equal(kind == 3 ? rmdir(path) : unlink(path), 0);
    }
    assert_false(leaves(place, "/dev/null", OUTPUT_LIST, NULL, &first_record));
    assert_int_equal(access(path_of(place, "nowhere"), F_OK), -1);
    assert_true(str_find(content(place, list), S("ledger-73")) > 0);
}

static void the_offices_own_files_are_no_place(void **state)
{
    Place *place = *state;
    static const char *const own[] = {"keys", "errors", "city-*", "ledger.*", ".*"};
    const char *data = path_of(place, "data");
    const OutputHome home = {str_of(data), own, (int)countof(own)};
    assert_int_equal(mkdir(data, 0700), 0);
    assert_int_equal(mkdir(path_of(place, "data/keys"), 0700), 0);
    assert_int_equal(mkdir(path_of(place, "data/keys/deep"), 0700), 0);
    assert_int_equal(mkdir(path_of(place, "data/out"), 0700), 0);
    assert_int_equal(symlink(data, path_of(place, "elsewhere")), 0);
    assert_int_equal(symlink(path_of(place, "data/keys"), path_of(place, "data/out/keys")), 0);
    static const char *const inside[] = {
        "data/keys/due.csv",     "data/keys/deep/due.csv", "data/out/../keys/due.csv",
        "elsewhere/keys/due.csv", "data/out/keys/due.csv",  "data/ledger.db",
        "data/ledger.csv",        "data/city-rules.json",   "elsewhere/city-postal.csv",
        "data/.hidden",           "data/keys"};
    for (int i = 0; i < countof(inside); i++) {
        assert_false(leaves(place, path_of(place, inside[i]), OUTPUT_LIST, &home, &first_record));
        assert_int_equal(place->err.code, E_CONFLICT);
        assert_false(leaves(place, path_of(place, inside[i]), OUTPUT_FREE, &home, &first_record));
    }
    assert_int_equal(entries(path_of(place, "data/keys")), 1);
    static const char *const beside[] = {"data/due.csv", "data/out/ledger.csv", "ledger.csv"};
    for (int i = 0; i < countof(beside); i++)
        assert_true(leaves(place, path_of(place, beside[i]), OUTPUT_LIST, &home, &first_record));
}

static ErrorCsv *refused_for(Place *place, const char *input, int64_t line, bool marked)
{
    ErrorCsv *errors = error_csv_begin(str_of(place->folder), str_of(input), marked, &place->arena);
    if (line)
        error_csv_add(errors, &(ErrorCsvRow){line, S("接種日"), S("R102"), S("日付不正"),
                                             S("7,\"花子\",2026-13-01")});
    return errors;
}

static ErrorCsv *refused(Place *place, const char *input, int64_t line)
{
    return refused_for(place, input, line, false);
}

static Str left(Place *place, ErrorCsv *errors, const Recorded *record)
{
    Str path;
    CsvListFacts facts;
    assert_true(error_csv_facts(errors, &facts, &place->err));
    assert_true(error_csv_leave(errors, record, &place->arena, &path, &place->err));
    return str_from(path, (ptrdiff_t)strlen(place->folder));
}

static void refused_rows_go_to_a_list_of_their_own(void **state)
{
    Place *place = *state;
    Str path = left(place, refused(place, "in/YOSHIN_202605.csv", 7), &first_record);
    expect(path, "/errors/YOSHIN_202605.csv.errors.csv");
    expect(content(place, path_of(place, str_z(&place->arena, str_from(path, 1)))),
           "\"ファイル\",\"行\",\"項目\",\"コード\",\"メッセージ\",\"元の行\",\"扱い\",\"一覧の証跡番号\"\r\n"
           "\"YOSHIN_202605.csv\",\"7\",\"接種日\",\"R102\",\"日付不正\",\"7,\"\"花子\"\",2026-13-01\","
           "\"受付不可\",\"ledger-73\"\r\n");
    error_csv_abandon(NULL);
}

// For a clerk's spreadsheet the same rows begin with a mark: other bytes, and so a list beside the one without.
static void refused_rows_open_in_a_spreadsheet(void **state)
{
    static const char *const paths[] = {"/errors/data.csv.errors.csv", "/errors/data.csv.2.errors.csv"};
    Place *place = *state;
    for (int i = 0; i < 4; i++) {
        bool marked = i % 2;
        expect(left(place, refused_for(place, "data.csv", 7, marked), &first_record), paths[marked]);
        const char *path = path_of(place, paths[marked] + 1);
        assert_int_equal(str_starts(content(place, path), S("\xEF\xBB\xBF")), marked);
        CsvListFacts facts;
        bool whole;
        assert_true(csv_list_read(path, &facts, &whole, &place->err) && whole);
        assert_int_equal(facts.rows, 1);
    }
}

// Whatever the files are called, the list of one never stands where that of another lay.
static void no_list_takes_the_place_of_another(void **state)
{
    Place *place = *state;
    char longest[256];
    memset(longest, 'n', sizeof longest - 1);
    longest[255] = 0;
    expect(left(place, refused(place, "a/data.csv", 1), &first_record), "/errors/data.csv.errors.csv");
    expect(left(place, refused(place, "b/data.csv", 2), &first_record), "/errors/data.csv.2.errors.csv");
    expect(left(place, refused(place, "data.csv.2", 3), &first_record), "/errors/data.csv.2.2.errors.csv");
    expect(left(place, refused(place, "data.csv", 4), &first_record), "/errors/data.csv.3.errors.csv");
    Str one = left(place, refused(place, longest, 5), &first_record);
    longest[254] = 'm';
    Str other = left(place, refused(place, longest, 6), &first_record);
    assert_false(str_equal(one, other));
    // The same rows again are the same list, with the number of the record under which it left again.
    expect(left(place, refused(place, "data.csv", 2), &second_record), "/errors/data.csv.2.errors.csv");
    assert_true(str_find(content(place, path_of(place, "errors/data.csv.2.errors.csv")),
                         S("ledger-74")) > 0);
    assert_true(str_find(content(place, path_of(place, "errors/data.csv.errors.csv")),
                         S("ledger-73")) > 0);
    // A file of that name without a refused row takes nobody's list away.
    error_csv_abandon(refused(place, "data.csv", 0));
    assert_int_equal(access(path_of(place, "errors/data.csv.errors.csv"), F_OK), 0);
    // What lies under such a name and is no list stays too.
    written(path_of(place, "errors/other.csv.errors.csv"), "notes of a clerk");
    expect(left(place, refused(place, "other.csv", 1), &first_record), "/errors/other.csv.2.errors.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_row_bears_the_number_of_the_record, begin, end),
        cmocka_unit_test_setup_teardown(a_list_that_was_changed_is_another, begin, end),
        cmocka_unit_test_setup_teardown(an_earlier_list_makes_way_and_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_no_place, begin, end),
        cmocka_unit_test_setup_teardown(the_offices_own_files_are_no_place, begin, end),
        cmocka_unit_test_setup_teardown(refused_rows_go_to_a_list_of_their_own, begin, end),
        cmocka_unit_test_setup_teardown(refused_rows_open_in_a_spreadsheet, begin, end),
        cmocka_unit_test_setup_teardown(no_list_takes_the_place_of_another, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
