// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "dates.h"
#include "fold.h"
#include "harden.h"
#include "individual_no.h"
#include "logging.h"
#include "near_word.h"
#include "outlet.h"
#include "say.h"
#include "typed_word.h"

enum { LEFT_COLUMNS = 23 };  // of a line of help

// clang-format off
static const Option common_options[] = {
    {OPTION_PLACE, "data",     "DIR",      "データの置き場所 (既定 SESSHU_DATA、なければ ./sesshu-data)", false, false},
    {OPTION_DAY,  "as-of",    "DATE",     "業務日 (既定 日本の今日)", false, false},
    {OPTION_TEXT, "operator", "NAME",     "操作する職員 (既定 SESSHU_OPERATOR、なければログイン名)", false, false},
    {OPTION_PLACE, "store",    "URL",      "データベース (既定 DIR の SQLite。postgresql://… で PostgreSQL)", false, false},
    {OPTION_TEXT, "format",   "csv|json|excel", "表の書き方 (excel: 日本語の見出しと言葉で、Excel で開けます)", false, false},
    {OPTION_FLAG, "help",     "",         "この説明を出します", false, false},
    {.kind = OPTION_END},
};
// clang-format on

static const Option *option_named(const Option *options, Str name)
{
    for (const Option *o = options; o && o->kind != OPTION_END; o++)
        if (str_equal(str_of(o->name), name)) return o;
    return NULL;
}

enum { LEFT_BYTES = 256 };  // for a name and what it is given, whole: a text cut in a character is none

// Two columns for a character of three bytes or more, as a terminal has it.
static int columns_of(const char *text)
{
    int columns = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if ((*c & 0xC0) != 0x80) columns += *c >= 0xE0 ? 2 : 1;
    return columns;
}

static void print_line(FILE *out, const char *left, const char *words, const char *more)
{
    int gap = LEFT_COLUMNS - columns_of(left);
    (void)fprintf(out, "  %s%*s%s%s\n", left, gap > 1 ? gap : 1, "", words, more);
}

static void print_options(FILE *out, const Option *options)
{
    for (const Option *o = options; o && o->kind != OPTION_END; o++) {
        char left[LEFT_BYTES];
        (void)snprintf(left, sizeof left, "--%s %s", o->name, o->value ? o->value : "");
        print_line(out, left, o->words, o->needed ? " (必須)" : "");
    }
}

static void print_statuses(FILE *out)
{
    (void)fputs("\n終了状態: 0 完了、1 確認が必要な行や承認待ちあり、2 受け付けられない (何も変えていません)\n", out);
}

static void program_help(FILE *out, const Program *program)
{
    (void)fprintf(out, "%s — %s\n\n使い方: %s コマンド [オプション]\n\nコマンド:\n", program->name,
                  program->words, program->name);
    for (int i = 0; i < program->command_count; i++) {
        const Command *c = program->commands[i];
        char left[LEFT_BYTES];
        (void)snprintf(left, sizeof left, "%s %s", c->name, c->arguments);
        print_line(out, left, c->words, "");
    }
    (void)fprintf(out, "\nどのコマンドにも使えるオプション:\n");
    print_options(out, common_options);
    (void)fprintf(out, "\n「%s コマンド --help」で、そのコマンドの説明が出ます。\n", program->name);
    print_statuses(out);
}

static void command_help(FILE *out, const Program *program, const Command *c)
{
    (void)fprintf(out, "使い方: %s %s%s%s [オプション]\n\n%s\n", program->name, c->name, *c->arguments ? " " : "",
                  c->arguments, c->words);
    if (c->options) {
        (void)fprintf(out, "\nオプション:\n");
        print_options(out, c->options);
    }
    (void)fprintf(out, "\n共通のオプション:\n");
    print_options(out, common_options);
    print_statuses(out);
}

static bool usage(Error *err, Str value, Str words)
{
    return FAIL(err, E_USAGE, .value = value, .words = words);
}

// As it is typed: "--to URL".
static Str option_typed(const Option *option, Arena *arena)
{
    return str_format(arena, "--%s%s%s", option->name, option->value ? " " : "",
                      option->value ? option->value : "");
}

// What somebody typed is kept, listed and told to others like what stands in a file: nobody behind this holds
// an Individual Number (decision 0048).
static bool read_value(Given *given, Arena *arena, Error *err)
{
    Error unread;
    switch (given->option->kind) {
    case OPTION_NUMBER:
        if (fold_int64(arena, given->text, &given->number)) return true;
        return FAIL(err, E_NUMBER_FORMAT, .item = option_typed(given->option, arena),
                    .value = given->text, .words = S("数として読めません。30 のように、数字だけを入力してください。"));
    case OPTION_DAY:
        // As people write it, as files may: 2026/11/23, 令和8年11月23日.
        if (date_parse_day(given->text, &given->day, NULL, &unread)) return true;
        return FAIL(err, E_DATE_FORMAT, .item = option_typed(given->option, arena),
                    .value = given->text,
                    .words = S("暦にある日として読めません。2026-11-23、2026/11/23、20261123、令和8年11月23日、R8.11.23 のように、"
                               "日まで入力してください。"));
    case OPTION_TEXT: given->text = individual_no_mask_text(arena, given->text); return true;
    case OPTION_PLACE:
    case OPTION_ADDRESSEE:
    case OPTION_FLAG:
    case OPTION_END: break;
    }
    return true;
}

// CSV and ｅｘｃｅｌ are no mistakes.
static OutputFormat format_named(Str typed)
{
    static const char *const names[] = {"csv", "json", "excel"};
    static const OutputFormat formats[] = {FORMAT_CSV, FORMAT_JSON, FORMAT_EXCEL};
    for (int i = 0; i < countof(names); i++)
        if (same_word(typed, names[i])) return formats[i];
    return FORMAT_DEFAULT;
}

static bool take_common(CommandLine *line, const Given *given, Error *err)
{
    Str name = str_of(given->option->name);
    if (str_equal(name, S("data"))) {
        line->data_dir = given->text;
    } else if (str_equal(name, S("as-of"))) {
        line->as_of = given->day;
        line->as_of_given = true;
    } else if (str_equal(name, S("operator"))) {
        line->operator_name = given->text;
    } else if (str_equal(name, S("store"))) {
        line->store_url = given->text;
    } else if (str_equal(name, S("format"))) {
        line->format = format_named(given->text);
        if (line->format == FORMAT_DEFAULT)
            return usage(err, given->text, S("--format には csv、json か excel を指定してください。"));
    }
    return true;
}

enum { NAMES_MOST = 64 };

static int add_names(const Option *options, const char **names, int count)
{
    for (const Option *o = options; o && o->kind != OPTION_END && count < NAMES_MOST; o++)
        names[count++] = o->name;
    return count;
}

static bool no_option(const Command *command, Str typed, Str name, Arena *arena, Error *err)
{
    const char *names[NAMES_MOST];
    int count = add_names(common_options, names, add_names(command->options, names, 0));
    const char *meant = near_word(name, names, count);
    Str words = S("このオプションはありません。--help で説明が出ます。");
    if (meant) words = str_format(arena, "このオプションはありません。--%s ではありませんか。--help で説明が出ます。", meant);
    if (holds_blank(name)) words = S("オプションと値は、半角の空白で区切って別々に入力してください。");
    return usage(err, typed, words);
}

// One "--name value" or "--name=value"; `*i` moves past what was read.
static bool read_option(CommandLine *line, int argc, char **argv, int *i, Arena *arena, Error *err)
{
    Cut cut = str_cut(str_from(str_of(argv[*i]), 2), '=');
    const Option *option = option_named(line->command->options, cut.head);
    bool common = false;
    if (!option) {
        option = option_named(common_options, cut.head);
        common = true;
    }
    if (!option) return no_option(line->command, str_of(argv[*i]), cut.head, arena, err);

    Given given = {.option = option, .text = cut.tail};
    if (option->kind != OPTION_FLAG && !cut.found) {
        if (*i + 1 >= argc) return usage(err, str_of(argv[*i]), S("値を指定してください。"));
        given.text = str_of(argv[++*i]);
    }
    if (!unquoted(&given.text, err)) return false;
    // A script's empty variable must not become the root folder or an operator without a name.
    if (option->kind != OPTION_FLAG && !given.text.len)
        return usage(err, str_of(argv[*i]), S("値が空です。値を指定してください。"));
    if (!read_value(&given, arena, err)) return false;
    if (common) return take_common(line, &given, err);
    *givens_push(&line->given, arena) = given;
    return true;
}

// A variable that is set to nothing is not set.
static Str environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? str_of(value) : (Str){0};
}

static bool option_missing(const Option *option, Arena scratch, Error *err)
{
    Str words = str_format(&scratch, "必ず指定してください (%s)。", option->words);
    return FAIL(err, E_USAGE, .item = option_typed(option, &scratch), .words = words);
}

// How the command is typed.
static bool wrong_arguments(const char *program, const Command *c, Str value, const char *what, Arena scratch,
                            Error *err)
{
    return usage(err, value,
                 str_format(&scratch, "%s。%s %s%s%s のように入力してください (--help で説明が出ます)。", what,
                            program, c->name, *c->arguments ? " " : "", c->arguments));
}

static bool line_complete(const char *program, const CommandLine *line, Arena scratch, Error *err)
{
    const Command *c = line->command;
    for (const Option *o = c->options; o && o->kind != OPTION_END; o++)
        if (o->needed && !option_given(line, o->name)) return option_missing(o, scratch, err);
    if (line->arguments.count < c->least)
        return wrong_arguments(program, c, (Str){0}, "指定が足りません", scratch, err);
    if (c->most >= 0 && line->arguments.count > c->most)
        return wrong_arguments(program, c, line->arguments.at[c->most], "余分な指定があります", scratch, err);
    return true;
}

static bool line_read(const char *program, CommandLine *line, int argc, char **argv, Arena *arena,
                      Error *err)
{
    line->data_dir = environment("SESSHU_DATA");
    if (!line->data_dir.len) line->data_dir = S("./sesshu-data");
    line->as_of = clock_today_in_japan();
    line->operator_name = environment("SESSHU_OPERATOR");
    line->store_url = environment("SESSHU_STORE");
    bool options_over = false, readable = true;
    Error later;
    for (int i = 2; i < argc; i++) {
        Str word = str_of(argv[i]);
        if (!options_over && str_equal(word, S("--"))) {
            options_over = true;
        } else if (!options_over && str_starts(word, S("--"))) {
            // Read on: whoever hears of the refusal must know where the data lie and who asked.
            readable =
                read_option(line, argc, argv, &i, arena, readable ? err : &later) && readable;
        } else if (!options_over && typed_as_option(word)) {
            Error *why = readable ? err : &later;
            readable = usage(why, word, S("オプションの前には、半角の - を二つ続けて入力してください (--out のように)。"));
        } else {
            readable = unquoted(&word, readable ? err : &later) && readable;
            *strs_push(&line->arguments, arena) = word;
        }
    }
    while (line->data_dir.len > 1 && line->data_dir.at[line->data_dir.len - 1] == '/')
        line->data_dir.len--;
    return readable && line_complete(program, line, *arena, err);
}

// Of a command: an option for it anywhere, or the word alone behind it.
static bool asks_help(int argc, char **argv, int from)
{
    for (int i = from; i < argc; i++)
        if (is_help_option(argv[i])) return true;
    return argc == from + 1 && is_help_word(argv[from]);
}

static const Command *command_named(const Program *program, const char *name)
{
    for (int i = 0; i < program->command_count; i++)
        if (!strcmp(program->commands[i]->name, name)) return program->commands[i];
    return NULL;
}

static bool no_command(const Program *program, Str typed, Arena *arena, Error *err)
{
    const char *names[NAMES_MOST];
    int count = 0;
    for (; count < program->command_count && count < NAMES_MOST; count++)
        names[count] = program->commands[count]->name;
    const char *meant = near_word(typed, names, count);
    Str words = S("このコマンドはありません。--help で一覧が出ます。");
    if (holds_blank(typed)) return usage(err, typed, S(COMMAND_BLANK_WORDS));
    if (meant)
        words = str_format(arena, "このコマンドはありません。%s %s ではありませんか。--help で一覧が出ます。",
                           program->name, meant);
    return usage(err, typed, words);
}

static int refuse(const Program *program, Arena *arena, const Error *err)
{
    log_line(LOG_INFO, "event=refused code=%s place=%s", error_code_text(err->code),
             err->at ? err->at : "");
    Str line = outlet_error(OUTLET_TERMINAL, arena, err);
    say(stderr, "%s: %s\n", program->name, str_z(arena, line));
    return EXIT_REFUSED;
}

// Nothing is half done: what is open is rolled back, and drafts have no name. A job that ends by itself after
// its step, and a server, hold these signals back.
static void interrupted(int signal)
{
    static const char words[] =
        "中断しました。途中のものは何も保存していません。もう一度実行してください。 [E_INTERRUPTED]\n";
    ssize_t told = write(STDERR_FILENO, words, sizeof words - 1);
    (void)told;
    _exit(128 + signal);
}

// A file that may grow no further fails as one on a full disk does, and its words are told.
static void interruptions_told(void)
{
    (void)signal(SIGXFSZ, SIG_IGN);
    const struct sigaction told = {.sa_handler = interrupted, .sa_flags = (int)SA_RESETHAND};
    (void)sigaction(SIGINT, &told, NULL);
    (void)sigaction(SIGTERM, &told, NULL);
}

int program_main(const Program *program, int argc, char **argv)
{
    process_harden();
    log_program(program->name);
    interruptions_told();
    if (argc < 2) {
        program_help(stderr, program);
        return EXIT_REFUSED;
    }
    if (is_version_word(argv[1])) {
        (void)printf("%s %s\n", program->name, SESSHU_VERSION);
        return EXIT_DONE;
    }
    const Command *command = command_named(program, argv[1]);
    if (!command && argc > 2 && is_help_word(argv[1]) && command_named(program, argv[2])) {
        command_help(stdout, program, command_named(program, argv[2]));
        return EXIT_DONE;
    }
    if (!command && (asks_help(argc, argv, 1) || is_help_word(argv[1]))) {
        program_help(stdout, program);
        return EXIT_DONE;
    }
    Arena arena = arena_reserve(program->arena_bytes);
    Error err = {0};
    if (!command) {
        (void)no_command(program, str_of(argv[1]), &arena, &err);
        return refuse(program, &arena, &err);
    }
    if (asks_help(argc, argv, 2)) {
        command_help(stdout, program, command);
        return EXIT_DONE;
    }

    CommandLine line = {.command = command, .program_path = argv[0]};
    ExitStatus status = EXIT_DONE;
    if (!line_read(program->name, &line, argc, argv, &arena, &err)) {
        if (program->refused) program->refused(program->context, &line, &arena, &err);
        return refuse(program, &arena, &err);
    }
    bool done = program->run ? program->run(program->context, &line, &arena, &status, &err)
                             : command->run(&line, &arena, &status, &err);
    if (!done) return refuse(program, &arena, &err);
    if (fflush(stdout) != 0) {
        (void)FAIL(&err, E_FILE_WRITE,
                   .words = S("結果を書き出せませんでした。出力先を確かめてください。"));
        return refuse(program, &arena, &err);
    }
    return (int)status;
}

bool command_may_ask(void)
{
    return getenv("SESSHU_FRONT") != NULL;
}

const Given *option_given(const CommandLine *line, const char *name)
{
    const Option *option = option_named(line->command->options, str_of(name));
    assert(option);
    const Given *last = NULL;
    for (ptrdiff_t i = 0; i < line->given.count; i++)
        if (line->given.at[i].option == option) last = &line->given.at[i];
    return last;
}

Str option_text(const CommandLine *line, const char *name)
{
    const Given *given = option_given(line, name);
    return given ? given->text : (Str){0};
}

int64_t option_number(const CommandLine *line, const char *name, int64_t fallback)
{
    const Given *given = option_given(line, name);
    return given ? given->number : fallback;
}

Day option_day(const CommandLine *line, const char *name, Day fallback)
{
    const Given *given = option_given(line, name);
    return given ? given->day : fallback;
}

const char *data_path(const CommandLine *line, Arena *arena, Str name)
{
    return str_z(arena, str_format(arena, "%.*s/%.*s", STR(line->data_dir), STR(name)));
}
