// The command line as people and scripts type it.
// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Heard {  // by the command that ran
    int runs;
    Str data_dir, operator_name;
    int64_t within;
    Str reason, out;
    Day as_of;
} Heard;

static Heard heard;

static bool listen(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)arena;
    (void)status;
    (void)err;
    heard = (Heard){heard.runs + 1,
                    line->data_dir,
                    line->operator_name,
                    option_number(line, "within", -1),
                    option_text(line, "reason"),
                    option_text(line, "out"),
                    line->as_of};
    return true;
}

// A command that is told to end while it works.
static bool wait_for_the_end(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)line, (void)arena, (void)status, (void)err;
    (void)raise(SIGTERM);
    return true;
}

static void an_interruption_leaves_a_sentence(void **state)
{
    static const Command slow = {"slow", "", 0, 0, "長い処理", NULL, wait_for_the_end};
    static const Command *const commands[] = {&slow};
    static const Program program = {.name = "sesshu test",
                                    .words = "試験",
                                    .commands = commands,
                                    .command_count = 1,
                                    .arena_bytes = 1 << 20};
    char told[256] = "";
    char first[] = "sesshu", second[] = "slow";
    char *words[] = {first, second};
    int ends[2], status;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) {
        (void)dup2(ends[1], STDERR_FILENO);
        _exit(program_main(&program, 2, words));
    }
    (void)close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(read(ends[0], told, sizeof told - 1) > 0);
    (void)close(ends[0]);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    assert_non_null(strstr(told, "何も保存していません"));
    assert_non_null(strstr(told, "E_INTERRUPTED"));
}

enum { WORDS_MAX = 8 };

// "due|--within|30", as a shell would hand it over. The words live as long as the process.
static int typed(const char *line)
{
    static const Option options[] = {{OPTION_NUMBER, "within", "DAYS", "日数", false, false},
                                     {OPTION_TEXT, "reason", "R", "理由", false, false},
                                     {OPTION_PLACE, "out", "DIR", "場所", false, false},
                                     {OPTION_END, 0}};
    static const Command due = {"due", "", 0, 0, "対象者の一覧", options, listen};
    static const Command *const commands[] = {&due};
    const Program program = {.name = "sesshu test",
                             .words = "試験",
                             .commands = commands,
                             .command_count = 1,
                             .arena_bytes = 1 << 20};
    Arena arena = arena_reserve(1 << 16);
    char *words[WORDS_MAX] = {str_z(&arena, S("sesshu"))};
    int count = 1;
    for (Cut cut = {.tail = str_of(line), .found = true}; cut.found;) {
        cut = str_cut(cut.tail, '|');
        assert_true(count < WORDS_MAX - 1);
        words[count++] = str_z(&arena, cut.head);
    }
    heard = (Heard){0};
    return program_main(&program, count, words);
}

static void values_are_taken_in_both_spellings(void **state)
{
    (void)state;
    assert_int_equal(typed("due|--data|a b/|--operator=花子|--within|30"), EXIT_DONE);
    assert_int_equal(heard.runs, 1);
    assert_true(str_equal(heard.data_dir, S("a b")));
    assert_true(str_equal(heard.operator_name, S("花子")));
    assert_int_equal(heard.within, 30);
}

// A reason is kept and shown to others; a path must lead where it leads.
static void a_number_typed_into_words_is_masked_as_it_is_read(void **state)
{
    (void)state;
    assert_int_equal(typed("due|--reason|申出 4779-1912-7652|--out=/tmp/477919127652"), EXIT_DONE);
    assert_true(str_equal(heard.reason, S("申出 ****-****-7652")));
    assert_true(str_equal(heard.out, S("/tmp/477919127652")));
    assert_int_equal(typed("due|--reason=４７７９１９１２７６５２"), EXIT_DONE);
    assert_int_equal(str_find(heard.reason, S("４７７９")), -1);
}

static void an_empty_value_is_refused_before_anything_runs(void **state)
{
    (void)state;
    assert_int_equal(typed("due|--operator|"), EXIT_REFUSED);
    assert_int_equal(typed("due|--operator="), EXIT_REFUSED);
    assert_int_equal(typed("due|--data|"), EXIT_REFUSED);
    assert_int_equal(typed("due|--data"), EXIT_REFUSED);
    assert_int_equal(heard.runs, 0);
}

static void what_no_table_lists_is_refused(void **state)
{
    (void)state;
    assert_int_equal(typed("due|--nope|1"), EXIT_REFUSED);
    assert_int_equal(typed("due|extra"), EXIT_REFUSED);
    assert_int_equal(typed("due|--as-of|2026-02-30"), EXIT_REFUSED);
    assert_int_equal(typed("due|--format|xml"), EXIT_REFUSED);
    assert_int_equal(typed("nosuch"), EXIT_REFUSED);
    assert_int_equal(typed("due|－－within|3"), EXIT_REFUSED);
    assert_int_equal(typed("due|—within|3"), EXIT_REFUSED);
    assert_int_equal(typed("due|-within|3"), EXIT_REFUSED);
    assert_int_equal(typed("due|--as-of|2026-10-00"), EXIT_REFUSED);
    assert_int_equal(heard.runs, 0);
}

static void a_day_is_read_as_people_write_it(void **state)
{
    static const char *const spelt[] = {"due|--as-of|2026-11-05", "due|--as-of|2026/11/5", "due|--as-of=20261105",
                                        "due|--as-of|令和8年11月5日", "due|--as-of|R8.11.5", "due|--as-of|２０２６－１１－０５"};
    (void)state;
    for (int i = 0; i < countof(spelt); i++) {
        assert_int_equal(typed(spelt[i]), EXIT_DONE);
        assert_int_equal(heard.as_of, day_of(2026, 11, 5));
    }
}

// Pasted out of a document, and in whatever width and case: what a shell does not know, a person does.
static void words_out_of_a_document_are_taken(void **state)
{
    (void)state;
    static const char *const thirty[] = {"due|--within|３０", "due|--within|“30”", "due|--within=“３０”", "due|--within|「30」", "due|--within|＂30＂", "due|--within|‘30’"};
    for (int i = 0; i < countof(thirty); i++) {
        assert_int_equal(typed(thirty[i]), EXIT_DONE);
        assert_int_equal(heard.within, 30);
    }
    assert_int_equal(typed("due|--as-of|“2026-11-05”|--format|ＥＸＣＥＬ"), EXIT_DONE);
    assert_int_equal(heard.as_of, day_of(2026, 11, 5));
    assert_int_equal(typed("due|--reason|“申出”"), EXIT_DONE);
    assert_true(str_equal(heard.reason, S("申出")));
    assert_int_equal(typed("due|--reason|窓口で「転居」と聞いた"), EXIT_DONE);
    assert_true(str_equal(heard.reason, S("窓口で「転居」と聞いた")));
    heard = (Heard){0};
    assert_int_equal(typed("due|--reason|“紙で|確認”"), EXIT_REFUSED);  // cut at a blank by the shell
    assert_int_equal(typed("due|--reason|“”"), EXIT_REFUSED);
    assert_int_equal(typed("due|--within|30日"), EXIT_REFUSED);
    assert_int_equal(typed("due|--within|三十"), EXIT_REFUSED);
    assert_int_equal(typed("due --within 30"), EXIT_REFUSED);
    assert_int_equal(typed("due|--within 30"), EXIT_REFUSED);
    assert_int_equal(heard.runs, 0);
}

static void help_is_had_by_any_of_its_names(void **state)
{
    (void)state;
    static const char *const asked[] = {"--help", "-h", "-?", "help", "ヘルプ", "due|--help", "due|-h", "due|--within|3|-?", "due|help", "due|ヘルプ", "help|due", "-h|due", "--version", "-V", "version"};
    for (int i = 0; i < countof(asked); i++) assert_int_equal(typed(asked[i]), EXIT_DONE);
    assert_int_equal(heard.runs, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interruption_leaves_a_sentence),
        cmocka_unit_test(values_are_taken_in_both_spellings),
        cmocka_unit_test(a_number_typed_into_words_is_masked_as_it_is_read),
        cmocka_unit_test(an_empty_value_is_refused_before_anything_runs),
        cmocka_unit_test(what_no_table_lists_is_refused),
        cmocka_unit_test(a_day_is_read_as_people_write_it),
        cmocka_unit_test(words_out_of_a_document_are_taken),
        cmocka_unit_test(help_is_had_by_any_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
