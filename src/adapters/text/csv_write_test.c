// What we write is whole or not there, and our own reader reads it back.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "csv.h"
#include "csv_write.h"
#include "output.h"

typedef struct Place {
    Arena arena;
    char folder[32];
} Place;

static int begin(void **state)
{
    Place *place = calloc(1, sizeof *place);
    place->arena = arena_reserve(1 << 24);
    strncpy(place->folder, "/tmp/csv_write_XXXXXX", sizeof place->folder - 1);
    *state = place;
    return mkdtemp(place->folder) ? 0 : 1;
}

static int end(void **state)
{
    Place *place = *state;
    const char *const folders[] = {"/errors", ""};
    for (int i = 0; i < 2; i++) {
        const char *folder =
            str_z(&place->arena, str_format(&place->arena, "%s%s", place->folder, folders[i]));
        DIR *files = opendir(folder);
        if (!files) continue;
        for (const struct dirent *e; (e = readdir(files));)
            (void)unlinkat(dirfd(files), e->d_name, 0);
        (void)closedir(files);
        (void)rmdir(folder);
    }
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
    char *at = NEW(&place->arena, char, 1 << 20);
    ssize_t len = read(fd, at, 1 << 20);
    (void)close(fd);
    return (Str){at, len};
}

static int entries(const char *folder)
{
    int count = 0;
    DIR *open_folder = opendir(folder);
    if (!open_folder) return -1;
    for (const struct dirent *e; (e = readdir(open_folder));)
        if (e->d_name[0] != '.') count++;
    (void)closedir(open_folder);
    return count;
}

static void expect(Str got, const char *wanted)
{
    if (!str_equal(got, str_of(wanted))) print_message("got %.*s\n", STR(got));
    assert_true(str_equal(got, str_of(wanted)));
}

static void a_file_appears_whole_when_it_is_committed(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv");
    CsvWriter *writer;
    Error err = {0};
    assert_true(csv_create(path, &place->arena, &writer, &err));
    csv_put(writer, S("行番号"));
    csv_put(writer, S("備考"));
    csv_end_row(writer);
    csv_put_int64(writer, -12);
    csv_put(writer, S("\"左\"腕,\r\n右"));
    csv_put(writer, (Str){0});
    csv_end_row(writer);
    assert_int_equal(access(path, F_OK), -1);
    assert_true(csv_commit(writer, &err));
    expect(content(place, path), "\"行番号\",\"備考\"\r\n\"-12\",\"\"\"左\"\"腕,\r\n右\",\"\"\r\n");
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(entries(place->folder), 1);
}

static void an_abandoned_file_leaves_the_old_one_as_it_was(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv");
    CsvWriter *writer;
    Error err = {0};
    assert_true(csv_create(path, &place->arena, &writer, &err));
    csv_put(writer, S("old"));
    assert_true(csv_commit(writer, &err));
    assert_true(csv_create(path, &place->arena, &writer, &err));
    csv_put(writer, S("new"));
    csv_abandon(writer);
    csv_abandon(NULL);
    expect(content(place, path), "\"old\"");
    assert_int_equal(entries(place->folder), 1);
    assert_false(csv_create(path_of(place, "none/out.csv"), &place->arena, &writer, &err));
    assert_int_equal(err.code, E_FILE_WRITE);
}

static void of_a_killed_run_nothing_is_left_and_two_writers_never_mix(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv");
    CsvWriter *writer, *second;
    Error err = {0};
    pid_t killed = fork();
    if (killed == 0) {
        bool begun = csv_create(path, &place->arena, &writer, &err);
        for (int i = 0; i < 100000; i++) csv_put(writer, S("half a row"));
        (void)kill(getpid(), begun ? SIGKILL : SIGTERM);
    }
    int status;
    assert_int_equal(waitpid(killed, &status, 0), killed);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_int_equal(entries(place->folder), 0);

    assert_true(csv_create(path, &place->arena, &writer, &err));
    csv_put(writer, S("first"));
    assert_true(csv_create(path, &place->arena, &second, &err));
    csv_put(second, S("second"));
    assert_true(csv_commit(writer, &err));
    expect(content(place, path), "\"first\"");
    assert_true(csv_commit(second, &err));
    expect(content(place, path), "\"second\"");
    assert_int_equal(entries(place->folder), 1);
}

// Whoever knows a name in advance gains nothing by being there first; what died while it changed places goes.
static void a_name_that_is_taken_is_nobodys_way_in(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv"), *elsewhere = path_of(place, "elsewhere");
    const char *const taken[] = {path, path_of(place, "out.csv.unfinished")};
    CsvWriter *writer;
    Error err = {0};
    struct stat about;
    for (int i = 0; i < countof(taken); i++) {
        assert_int_equal(symlink(elsewhere, taken[i]), 0);
        assert_true(csv_create(path, &place->arena, &writer, &err));
        csv_put(writer, S("x"));
        assert_true(csv_commit(writer, &err));
        assert_int_equal(access(elsewhere, F_OK), -1);
        assert_true(lstat(path, &about) == 0 && S_ISREG(about.st_mode) &&
                    (about.st_mode & 0777) == 0600);
        assert_int_equal(entries(place->folder), 1);
    }
}

static Str drafted(Place *place, const char *draft, const char *words, Sha256 *hash)
{
    Error err = {0};
    Output output;
    assert_true(output_begin(&(OutputPlace){draft, OUTPUT_FREE, NULL, {0}}, &place->arena, &output, &err));
    assert_int_equal(entries(place->folder), 0);
    assert_int_equal(write(output.file, words, strlen(words)), (int)strlen(words));
    assert_true(output_commit(&output, hash, &err));
    return str_of(words);
}

static void a_draft_gets_its_name_if_it_is_what_was_committed(void **state)
{
    Place *place = *state;
    const char *draft = path_of(place, "a.draft"), *path = path_of(place, "a");
    Error err = {0};
    Sha256 hash, right;
    OutputFate fate;
    Str words = drafted(place, draft, "letters", &hash);
    right = sha256_of_text(words);
    assert_true(sha256_equal(&hash, &right));
    for (int i = 0; i < 2; i++) {  // a second start finds it named
        assert_true(output_move(draft, path, &hash, &fate, &err));
        assert_int_equal(fate, OUTPUT_NAMED);
        expect(content(place, path), "letters");
        assert_int_equal(entries(place->folder), 1);
    }
    assert_int_equal(unlink(path), 0);
    assert_true(output_move(draft, path, &hash, &fate, &err));
    assert_int_equal(fate, OUTPUT_LOST);
    (void)drafted(place, draft, "other letters", NULL);
    assert_true(output_move(draft, path, &hash, &fate, &err));
    assert_int_equal(fate, OUTPUT_LOST);
    assert_int_equal(entries(place->folder), 0);
    assert_true(
        output_move(path_of(place, "gone/a.draft"), path_of(place, "gone/a"), &hash, &fate, &err));
    assert_int_equal(fate, OUTPUT_WAITS);
}

static void a_full_disk_is_told_at_the_end_and_leaves_nothing(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv");
    CsvWriter *writer;
    Error err = {0};
    assert_true(csv_create(path, &place->arena, &writer, &err));
    // The file may not grow past 100,000 bytes: the write behind it fails as on a full disk.
    struct rlimit was, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small = was;
    small.rlim_cur = 100000;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 20000; i++) csv_put(writer, S("0123456789"));
    bool done = csv_commit(writer, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_false(done);
    assert_int_equal(err.code, E_FILE_WRITE);
    assert_int_equal(entries(place->folder), 0);

    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    writer = csv_on_stream(full, &place->arena);
    csv_put(writer, S("x"));
    assert_false(csv_commit(writer, &err));
    assert_int_equal(err.code, E_STORE_FULL);
    (void)fclose(full);
}

static void our_reader_reads_what_our_writer_wrote(void **state)
{
    static const CsvColumn columns[] = {{"a"}, {"b"}};
    static const CsvLayout layout = {columns, 2};
    Place *place = *state;
    const char *path = path_of(place, "out.csv");
    CsvWriter *writer;
    Error err = {0};
    assert_true(csv_create(path, &place->arena, &writer, &err));
    for (int i = -1; i < 2000; i++) {
        csv_put(writer, i < 0 ? S("a") : str_format(&place->arena, "\"%d\n,", i));
        csv_put(writer, i < 0 ? S("b") : S("邉󠄀"));
        csv_end_row(writer);
    }
    assert_true(csv_commit(writer, &err));
    CsvReader *reader;
    CsvRow row;
    assert_true(csv_open(path, &layout, CSV_ENCODING_AUTO, &place->arena, &reader, &err));
    for (int i = 0; i < 2000; i++) {
        assert_true(csv_next(reader, &row));
        assert_false(row.bad);
        assert_true(str_equal(row.fields[0], str_format(&place->arena, "\"%d\n,", i)));
        expect(row.fields[1], "邉󠄀");
    }
    assert_false(csv_next(reader, &row));
    assert_true(csv_close(reader, &err));
}

static void nobody_else_may_change_the_folder(void **state)
{
    Place *place = *state;
    CsvWriter *writer;
    Error err = {0};
    const char *open_folder = path_of(place, "open");
    assert_int_equal(mkdir(open_folder, 0700), 0);
    assert_int_equal(chmod(open_folder, 0777), 0);
    assert_false(csv_create(path_of(place, "open/out.csv"), &place->arena, &writer, &err));
    assert_int_equal(err.code, E_FILE_WRITE);
    assert_int_equal(chmod(open_folder, 01777), 0);  // like /tmp: what is mine stays mine
    assert_true(csv_create(path_of(place, "open/out.csv"), &place->arena, &writer, &err));
    csv_abandon(writer);
    assert_int_equal(rmdir(open_folder), 0);
}

static void a_written_cell_holds_no_number_and_runs_nowhere(void **state)
{
    Place *place = *state;
    const char *path = path_of(place, "out.csv");
    CsvWriter *writer;
    Error err = {0};
    const Str cells[] = {S("行番号"),  S("宛名番号"),     S("住所"),
                         S("=1+1"),    S("477919127652"), S("町 477919127652"),
                         S("\x1B[2J"), S("477919127652"), S("-5")};
    assert_true(csv_create(path, &place->arena, &writer, &err));
    for (int i = 0; i < countof(cells); i++) {
        csv_put(writer, cells[i]);
        if (i % 3 == 2) csv_end_row(writer);
    }
    assert_true(csv_commit(writer, &err));
    expect(content(place, path), "\"行番号\",\"宛名番号\",\"住所\"\r\n"
                                 "\"'=1+1\",\"477919127652\",\"町 ********7652\"\r\n"
                                 "\"\\x1B[2J\",\"477919127652\",\"-5\"\r\n");
    // Input files of made-up people hold what they are to try.
    assert_true(csv_create(path, &place->arena, &writer, &err));
    csv_as_it_stands(writer);
    csv_put(writer, S("=477919127652"));
    csv_end_row(writer);
    assert_true(csv_commit(writer, &err));
    expect(content(place, path), "\"=477919127652\"\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_else_may_change_the_folder, begin, end),
        cmocka_unit_test_setup_teardown(a_name_that_is_taken_is_nobodys_way_in, begin, end),
        cmocka_unit_test_setup_teardown(a_draft_gets_its_name_if_it_is_what_was_committed, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_written_cell_holds_no_number_and_runs_nowhere, begin, end),
        cmocka_unit_test_setup_teardown(a_file_appears_whole_when_it_is_committed, begin, end),
        cmocka_unit_test_setup_teardown(an_abandoned_file_leaves_the_old_one_as_it_was, begin, end),
        cmocka_unit_test_setup_teardown(
            of_a_killed_run_nothing_is_left_and_two_writers_never_mix, begin, end),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told_at_the_end_and_leaves_nothing, begin,
                                        end),
        cmocka_unit_test_setup_teardown(our_reader_reads_what_our_writer_wrote, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
