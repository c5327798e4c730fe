// sesshu: the front. Every system is a program of its own beside this one; here is only who is meant,
// what goes to all of them, and who must answer while another one works.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "demo.h"
#include "harden.h"
#include "logging.h"
#include "near_word.h"
#include "outlet.h"
#include "say.h"
#include "sibling.h"
#include "typed_word.h"

enum { REFUSED = 2, ARENA_BYTES = 1 << 28 };

// Whether commands for every system go to it.
typedef enum Keeps {
    KEEPS_NOTHING,
    KEEPS_DATA,      // init too
    KEEPS_IF_FOUNDED // where its own init has founded it in the same folder; not everybody exchanges with other cities
} Keeps;

// clang-format off
typedef struct System {
    const char *name, *program;
    const char *only_command;  // put before what was typed; NULL: the command is typed
    Keeps keeps;
    const char *words;
} System;

static const System systems[] = {
    {"addressee", "sesshu-addressee", NULL,   KEEPS_DATA, "宛名管理: 住民情報を受け取ります"},
    {"ledger",    "sesshu-ledger",    NULL,   KEEPS_DATA, "予防接種台帳: 接種の記録、対象者、通知"},
    {"unified",   "sesshu-unified",   NULL,   KEEPS_IF_FOUNDED, "団体内統合宛名: 個人番号、ほかの市町村との情報連携"},
    {"network",   "sesshu-network",   NULL,   KEEPS_NOTHING, "情報提供ネットワークシステムとJ-LISの役 (検証用、置き場所は市と別)"},
    {"intermediate", "sesshu-intermediate", NULL, KEEPS_IF_FOUNDED, "中間サーバー: ほかの団体に照会し、副本で答えます"},
    {"schedule",  "sesshu-schedule",  NULL,   KEEPS_NOTHING, "接種スケジュールの判定を試します (diff: 規則の改正を全住民で試します)"},
    {"city",      "sesshu-city",      "make", KEEPS_NOTHING, "架空の市の住民情報と予診票データを作ります"},
};

// Commands for every system that keeps data.
typedef struct ForAll {
    const char *name, *arguments, *words;
} ForAll;

static const ForAll for_all[] = {
    {"init",   "",          "データの置き場所をすべてのシステムについて整えます"},
    {"grant",  "名前 権限", "職員に権限をすべてのシステムで与えます"},
    {"revoke", "名前 権限", "職員の権限をすべてのシステムでなくします"},
    {"staff",  "[list]",    "職員とログインと権限の一覧を、すべてのシステムについて出します"},
    {"account", "名前 ログイン", "職員をこの計算機のログインに結びます"},
    {"audit",  "verify|read", "すべてのシステムの証跡を確かめます、読みます"},
    {"keys",   "status|rotate|reseal|retire", "鍵の世代をすべてのシステムで見る、改める"},
    {"upgrade", "",         "新しい版のプログラムに合わせて、データをすべてのシステムで改めます"},
    {"erase",  "",          "保存期間の過ぎたものをすべてのシステムで消去します (毎晩)"},
    {"backup", "--to フォルダー",   "控えを取り、元と同じであることを確かめます"},
    {"restore", "--from フォルダー", "控えを確かめ (--verify)、新しい置き場所に戻します"},
    {"move",   "--to URL",  "データをほかのデータベースに移します (SQLite、PostgreSQL)"},
    {"tls",    "status|renew", "通信用の証明書をすべてのシステムについて見る、作り直す"},
};

// A command that asks another system. The place of one that is running already stands in `variable`;
// where nothing stands there, the other system is started for as long as the command runs.
typedef struct Need {
    const char *system, *command;
    const char *other, *serve, *variable;
    bool always;  // else the command says that it needs it (EXIT_ASKS), and is run again
} Need;

static const Need needs[] = {
    {"ledger", "sync",    "addressee", "serve", "SESSHU_ADDRESSEE", true },
    {"ledger", "notices", "addressee", "serve", "SESSHU_ADDRESSEE", false},
    {"unified", "sync",   "addressee", "serve", "SESSHU_ADDRESSEE", true },
    {"ledger", "inquire", "unified",   "serve", "SESSHU_UNIFIED",   true },
    {"ledger", "inquiry-file", "unified", "serve", "SESSHU_UNIFIED", true},
    {"ledger", "results", "unified",   "serve", "SESSHU_UNIFIED",   true },
    {"ledger", "copies",  "unified",   "serve", "SESSHU_UNIFIED",   true },
};

// A command that is of one system by name and of another by the data it needs.
typedef struct Elsewhere {
    const char *system, *command;
    const char *other, *there;
} Elsewhere;

static const Elsewhere elsewhere[] = {
    {"schedule", "diff", "ledger", "rehearse"},
};

// What a companion must be told as well, to work on the same data.
static const char *const shared_options[] = {"--data", "--store", "--operator", "--as-of"};
// clang-format on

static void help(FILE *out)
{
    (void)fprintf(
        out, "sesshu — 予防接種事務システム\n\n使い方: sesshu システム コマンド [オプション]\n\n"
             "システム:\n");
    for (ptrdiff_t i = 0; i < countof(systems); i++)
        (void)fprintf(out, "  %-12s %s\n", systems[i].name, systems[i].words);
    (void)fprintf(out, "\nすべてのシステムへのコマンド:\n");
    for (ptrdiff_t i = 0; i < countof(for_all); i++) {
        char left[64];
        (void)snprintf(left, sizeof left, "%s %s", for_all[i].name, for_all[i].arguments);
        (void)fprintf(out, "  %-16s %s\n", left, for_all[i].words);
    }
    (void)fprintf(out, "\n  %-16s %s\n", "demo",
                  "架空の市で1か月の業務を通して行い、まとめを出します"
                  " (--residents N --data DIR --once)");
    (void)fprintf(out, "\n「sesshu システム --help」で、そのシステムのコマンドの一覧が出ます。\n"
                       "終了状態: 0 完了、1 確認が必要な行や承認待ちあり、2 受け付けられない (何も変えていません)\n");
}

static int refuse(Arena *arena, const Error *err)
{
    Str line = outlet_error(OUTLET_TERMINAL, arena, err);
    say(stderr, "sesshu: %s\n", str_z(arena, line));
    return REFUSED;
}

static const System *system_named(const char *name)
{
    for (ptrdiff_t i = 0; i < countof(systems); i++)
        if (!strcmp(systems[i].name, name)) return &systems[i];
    return NULL;
}

// What may have been meant; of a command of one system the front knows nothing.
static Str no_such(Str typed, Arena *arena)
{
    const char *names[countof(systems) + countof(for_all) + 1] = {"demo"};
    int count = 1;
    for (ptrdiff_t i = 0; i < countof(systems); i++) names[count++] = systems[i].name;
    for (ptrdiff_t i = 0; i < countof(for_all); i++) names[count++] = for_all[i].name;
    const char *meant = near_word(typed, names, count);
    if (holds_blank(typed)) return S(COMMAND_BLANK_WORDS);
    Str near = meant ? str_format(arena, "sesshu %s ではありませんか。", meant) : S("");
    return str_format(arena,
                      "このシステムやコマンドはありません。%.*s台帳のコマンドは sesshu ledger、住民情報のコマンドは "
                      "sesshu addressee に続けて入力します。--help で一覧が出ます。",
                      STR(near));
}

static bool goes_to_all(const char *name)
{
    for (ptrdiff_t i = 0; i < countof(for_all); i++)
        if (!strcmp(for_all[i].name, name)) return true;
    return false;
}

static const Need *need_of(const System *system, const char *command)
{
    for (ptrdiff_t i = 0; i < countof(needs); i++) {
        const char *place = getenv(needs[i].variable);
        bool running = place && *place;
        if (!strcmp(needs[i].system, system->name) && !strcmp(needs[i].command, command) &&
            !running)
            return &needs[i];
    }
    return NULL;
}

static const Elsewhere *elsewhere_of(const System *system, const char *command)
{
    for (ptrdiff_t i = 0; i < countof(elsewhere); i++)
        if (!strcmp(elsewhere[i].system, system->name) && !strcmp(elsewhere[i].command, command))
            return &elsewhere[i];
    return NULL;
}

static bool has_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (is_help_option(argv[i])) return true;
    return is_help_word(argv[argc - 1]);
}

// ---- arguments for another program

static bool begin_arguments(const System *system, Arena *arena, Arguments *arguments, Error *err)
{
    const char *path;
    if (!sibling_path(arena, system->program, &path, err)) return false;
    *arguments = (Arguments){0};
    arguments_add(arguments, path);
    return true;
}

static void add_all(Arguments *arguments, int from, int argc, char **argv)
{
    for (int i = from; i < argc; i++) arguments_add(arguments, argv[i]);
}

static bool is_shared(const char *argument, bool *value_follows)
{
    for (ptrdiff_t i = 0; i < countof(shared_options); i++) {
        size_t len = strlen(shared_options[i]);
        if (strncmp(argument, shared_options[i], len) != 0) continue;
        *value_follows = argument[len] == '\0';
        if (*value_follows || argument[len] == '=') return true;
    }
    return false;
}

static void add_shared(Arguments *arguments, int argc, char **argv)
{
    for (int i = 3; i < argc; i++) {
        bool value_follows = false;
        if (!is_shared(argv[i], &value_follows)) continue;
        arguments_add(arguments, argv[i]);
        if (value_follows && i + 1 < argc) arguments_add(arguments, argv[++i]);
    }
}

// ---- ways to run

static bool run_with_companion(const System *system, const Need *need, int argc, char **argv,
                               Arena *arena, int *status, Error *err)
{
    Arguments asking, answering;
    Companion companion;
    if (!begin_arguments(system_named(need->other), arena, &answering, err)) return false;
    arguments_add(&answering, need->serve);
    arguments_add(&answering, "--port=0");
    add_shared(&answering, argc, argv);
    if (!begin_arguments(system, arena, &asking, err)) return false;
    add_all(&asking, 2, argc, argv);

    if (!companion_start(&answering, arena, &companion, err)) return false;
    bool told = setenv(need->variable, str_z(arena, companion.address), 1) == 0;
    bool ran = told && sibling_run(&asking, status, err);
    companion_end(&companion);
    return ran || (!told && FAIL(err, E_INTERNAL, .words = S("環境変数を渡せません。")));
}

// Runs the command by itself; the other system is started only when it asks for it.
static bool run_asking(const System *system, const Need *need, int argc, char **argv, Arena *arena,
                       int *status, Error *err)
{
    Arguments arguments;
    if (!begin_arguments(system, arena, &arguments, err)) return false;
    add_all(&arguments, 2, argc, argv);
    if (setenv("SESSHU_FRONT", "1", 1) != 0)
        return FAIL(err, E_INTERNAL, .words = S("環境変数を渡せません。"));
    if (!sibling_run(&arguments, status, err)) return false;
    if (*status != EXIT_ASKS) return true;
    return run_with_companion(system, need, argc, argv, arena, status, err);
}

static bool run_system(const System *system, int argc, char **argv, Arena *arena, int *status,
                       Error *err)
{
    const Need *need = argc > 2 && !has_help(argc, argv) ? need_of(system, argv[2]) : NULL;
    if (need && need->always)
        return run_with_companion(system, need, argc, argv, arena, status, err);
    if (need) return run_asking(system, need, argc, argv, arena, status, err);
    Arguments arguments;
    const Elsewhere *sent = argc > 2 ? elsewhere_of(system, argv[2]) : NULL;
    if (sent) {
        if (!begin_arguments(system_named(sent->other), arena, &arguments, err)) return false;
        arguments_add(&arguments, sent->there);
        add_all(&arguments, 3, argc, argv);
        return sibling_become(&arguments, err);
    }
    if (!begin_arguments(system, arena, &arguments, err)) return false;
    bool typed = argc > 2 && system->only_command && !strcmp(argv[2], system->only_command);
    if (system->only_command && !typed) arguments_add(&arguments, system->only_command);
    add_all(&arguments, 2, argc, argv);
    return sibling_become(&arguments, err);
}

// What follows `option` on the command line, or NULL.
static const char *option_value(const char *option, int argc, char **argv)
{
    size_t len = strlen(option);
    for (int i = 2; i < argc; i++) {
        if (strncmp(argv[i], option, len) != 0) continue;
        if (argv[i][len] == '=') return argv[i] + len + 1;
        if (argv[i][len] == '\0' && i + 1 < argc) return argv[i + 1];
    }
    return NULL;
}

// Its office lies where the command works, or its copy where a copy is put back from.
static bool is_founded(const System *system, int argc, char **argv, Arena arena)
{
    const char *from = option_value("--from", argc, argv), *typed = option_value("--data", argc, argv);
    const char *set = getenv("SESSHU_DATA");
    const char *data = typed ? typed : set && *set ? set : "./sesshu-data";
    Str file = from ? str_format(&arena, "%s/%s.backup", from, system->name)
                    : str_format(&arena, "%s/%s.trail", data, system->name);
    struct stat there;
    return stat(str_z(&arena, file), &there) == 0;
}

static bool goes_to(const System *system, int argc, char **argv, Arena arena)
{
    if (system->keeps != KEEPS_IF_FOUNDED) return system->keeps == KEEPS_DATA;
    return strcmp(argv[1], "init") != 0 && is_founded(system, argc, argv, arena);
}

// The worst status of all; each is run, so that one trouble hides no other.
static bool run_for_all(int argc, char **argv, Arena *arena, int *worst, Error *err)
{
    for (ptrdiff_t i = 0; i < countof(systems); i++) {
        int status = 0;
        Arguments arguments;
        if (!goes_to(&systems[i], argc, argv, *arena)) continue;
        if (!begin_arguments(&systems[i], arena, &arguments, err)) return false;
        add_all(&arguments, 1, argc, argv);
        if (!sibling_run(&arguments, &status, err)) return false;
        if (status > *worst) *worst = status;
        if (has_help(argc, argv)) break;  // all say the same
    }
    return true;
}

// "help ledger due" as "ledger due --help".
static void help_last(int argc, char **argv)
{
    static char option[] = "--help";
    for (int i = 1; i + 1 < argc; i++) argv[i] = argv[i + 1];
    argv[argc - 1] = option;
}

int main(int argc, char **argv)
{
    int status = 0;
    Error err = {0};
    Arena arena = arena_reserve(ARENA_BYTES);
    process_harden();
    log_program("sesshu");
    if (argc < 2 || is_help_option(argv[1]) || (argc == 2 && is_help_word(argv[1]))) {
        help(argc < 2 ? stderr : stdout);
        return argc < 2 ? REFUSED : 0;
    }
    if (is_help_word(argv[1])) {
        help_last(argc, argv);
    } else if (is_version_word(argv[1])) {
        (void)printf("sesshu %s\n", SESSHU_VERSION);
        return 0;
    }
    if (argc > ARGUMENTS_MOST - 8) {
        (void)FAIL(&err, E_LIMIT, .words = S("指定が多すぎます。分けて実行してください。"));
        return refuse(&arena, &err);
    }
    const System *system = system_named(argv[1]);
    bool good = false;
    if (system)
        good = run_system(system, argc, argv, &arena, &status, &err);
    else if (goes_to_all(argv[1]))
        good = run_for_all(argc, argv, &arena, &status, &err);
    else if (!strcmp(argv[1], "demo"))
        good = demo_run(argc, argv, &arena, &status, &err);
    else
        (void)FAIL(&err, E_USAGE, .value = str_of(argv[1]),
                   .words = no_such(str_of(argv[1]), &arena));
    return good ? status : refuse(&arena, &err);
}
