// SPDX-License-Identifier: Apache-2.0
#include "demo.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "clock.h"
#include "demo_desk.h"
#include "demo_step.h"
#include "demo_story.h"
#include "demo_summary.h"
#include "folder.h"
#include "regular_file.h"
#include "sibling.h"
#include "typed_word.h"

enum { RESIDENTS_LEAST = 300, RESIDENTS_MOST = 1200000 };

// The city ends with October 2026. Its office takes October's submissions in November.
#define CITY_DAY   "2026-10-31"
#define OFFICE_DAY "2026-11-10"
#define MONTH_AGO  "2026-10-10"
#define MONTH      "202610"
#define HISTORY    "4001000"  // sender of the files that hold what was given before

typedef struct Demo {
    Arena *arena;
    const char *front;  // our own executable: what an operator types
    Str data;
    int64_t residents;
    const char *port;
    bool once;
    DemoFiles files;
} Demo;

static const char *place(const Demo *demo, const char *name)
{
    return str_z(demo->arena, str_format(demo->arena, "%.*s/%s", STR(demo->data), name));
}

static Step *step_begin(const Demo *demo, const char *words, const char *system,
                        const char *command)
{
    return step_of(demo->arena, demo->front, words, system, command);
}

// All files of that shape, in the order of their names, which is the order of their days.
static bool step_files(const Demo *demo, Step *step, const char *shape, Error *err)
{
    glob_t found;
    const char *pattern = place(demo, shape);
    int result = glob(pattern, 0, NULL, &found);
    if (result != 0 || found.gl_pathc > ARGUMENTS_MOST / 2) {
        if (result == 0) globfree(&found);
        return FAIL(err, E_NOT_FOUND, .value = str_of(pattern),
                    .words =
                        S("この形のファイルがありません。--data に別の場所を指定してください。"));
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        arguments_add(&step->arguments, str_z(demo->arena, str_of(found.gl_pathv[i])));
    globfree(&found);
    return true;
}

// Only a refusal (2) ends the demo, rows that wait for a person are its daily bread.
static bool run(const Demo *demo, Step *step, Error *err)
{
    step_option(step, "--data", demo->data.at);
    return step_run(step, err);
}

static bool make_city(const Demo *demo, Error *err)
{
    Step *step = step_begin(demo, "架空の市をつくる", "city", NULL);
    step_option(step, "--residents",
                str_z(demo->arena, str_format(demo->arena, "%lld", (long long)demo->residents)));
    step_option(step, "--seed", "1");
    step_option(step, "--as-of", CITY_DAY);
    step_option(step, "--out", place(demo, "city"));
    step->output = place(demo, "city.csv");
    return run(demo, step, err);
}

static bool take_residents(const Demo *demo, Error *err)
{
    Step *import = step_begin(demo, "住民情報を宛名管理に取り込む", "addressee", "import");
    if (!step_files(demo, import, "city/JUKI_*_ALL_*.csv", err) ||
        !step_files(demo, import, "city/JUKI_*_DIF_*.csv", err))
        return false;
    Step *init = step_begin(demo, "データの置き場所を整える", "init", "--practice");
    return run(demo, init, err) && run(demo, import, err) &&
           run(demo, step_begin(demo, "宛名管理の異動を台帳が受け取る", "ledger", "sync"),
                    err);
}

static bool take_submissions(const Demo *demo, Error *err)
{
    Step *clinics = step_begin(demo, "委託医療機関の一覧を登録する", "ledger", "clinics");
    Step *history = step_begin(demo, "これまでの接種歴を登録する", "ledger", "intake");
    Step *month = step_begin(demo, "10月分の予診票を取り込む", "ledger", "intake");
    step_option(history, "--as-of", OFFICE_DAY);
    step_option(history, "--outcome", demo->files.history);
    step_option(month, "--as-of", OFFICE_DAY);
    step_option(month, "--outcome", demo->files.outcome);
    return step_files(demo, clinics, "city/CLINIC_*.csv", err) &&
           step_files(demo, history, "city/YOSHIN_*_" HISTORY "_*.csv", err) &&
           step_files(demo, month, "city/YOSHIN_" MONTH "_*.csv", err) &&
           run(demo, clinics, err) && run(demo, history, err) &&
           run(demo, month, err);
}

static bool make_lists(const Demo *demo, Error *err)
{
    Step *due = step_begin(demo, "接種の対象者を調べる", "ledger", "due");
    step_option(due, "--as-of", OFFICE_DAY);
    due->output = place(demo, "due.csv");
    Step *changes = step_begin(demo, "1か月の変化を調べる", "ledger", "changes");
    step_option(changes, "--from", MONTH_AGO);
    step_option(changes, "--to", OFFICE_DAY);
    changes->output = place(demo, "changes.csv");
    Step *notices = step_begin(demo, "お知らせと予診票をつくる", "ledger", "notices");
    step_option(notices, "--as-of", OFFICE_DAY);
    step_option(notices, "--out", place(demo, "notices"));
    notices->output = place(demo, "notices.txt");
    Step *roll = step_begin(demo, "画面のために、だれが対象かを数えておく", "ledger", "standing");
    arguments_add(&roll->arguments, "roll");
    step_option(roll, "--as-of", OFFICE_DAY);
    return run(demo, due, err) && run(demo, changes, err) &&
           run(demo, notices, err) && run(demo, roll, err);
}

static bool check_trail(const Demo *demo, Error *err)
{
    Step *audit = step_begin(demo, "証跡が改ざんされていないことを確かめる", "audit", "verify");
    return run(demo, audit, err);
}

static bool show_somebody(const Demo *demo, Error *err)
{
    Str who;
    if (!demo_first_due(&demo->files, demo->arena, &who, err)) return false;
    if (!who.len) return true;
    Step *show = step_begin(demo, "ひとりの記録を見る", "ledger", "show");
    arguments_add(&show->arguments, str_z(demo->arena, who));
    step_option(show, "--as-of", OFFICE_DAY);
    return run(demo, show, err);
}

// Behind the month, so that nothing of it stands in the month's lists.
static bool story(const Demo *demo, Error *err)
{
    glob_t feeds;
    if (glob(demo->files.feeds, 0, NULL, &feeds) != 0)
        return FAIL(err, E_NOT_FOUND, .value = str_of(demo->files.feeds), .words = S("ファイルがありません。"));
    const DemoStory told = {.front = demo->front,
                            .data = demo->data.at,
                            .day = OFFICE_DAY,
                            .jlis = place(demo, "city/JLIS_20261031.csv"),
                            .feeds = (int)feeds.gl_pathc};
    globfree(&feeds);
    return demo_story(&told, demo->arena, err);
}

static bool screens(const Demo *demo, Error *err)
{
    DemoDesk desk = {
        .front = demo->front, .data = demo->data.at, .network = place(demo, "world/network"), .day = OFFICE_DAY, .port = demo->port};
    return demo_first_due(&demo->files, demo->arena, &desk.somebody, err) &&
           demo_desk(&desk, demo->arena, err);
}

// ---- the command line

static bool option_value(int argc, char **argv, const char *name, const char **value)
{
    for (int i = 2; i + 1 < argc; i++)
        if (!strcmp(argv[i], name)) {
            *value = argv[i + 1];
            return true;
        }
    return false;
}

static bool known(const char *word)
{
    static const char *const words[] = {"--residents", "--data", "--port"};
    for (ptrdiff_t i = 0; i < countof(words); i++)
        if (!strcmp(word, words[i])) return true;
    return false;
}

static bool port_read(int argc, char **argv, Demo *demo, Error *err)
{
    int port = 0;
    demo->port = "8443";
    if (!option_value(argc, argv, "--port", &demo->port)) return true;
    if (str_digits(str_of(demo->port), 1, 5, &port) && port >= 1 && port <= 65535) return true;
    return FAIL(err, E_NUMBER_FORMAT, .item = S("--port"), .value = str_of(demo->port),
                .words = S("ポートは1から65535までの数で指定してください。"));
}

static bool line_read(int argc, char **argv, Demo *demo, Error *err)
{
    const char *value = NULL;
    for (int i = 2; i < argc; i++) {
        demo->once |= !strcmp(argv[i], "--once");
        if (!strcmp(argv[i], "--once")) continue;
        if (!known(argv[i]) || i + 1 >= argc)
            return FAIL(
                err, E_USAGE, .value = str_of(argv[i]),
                .words = S("使い方: sesshu demo [--residents N] [--data DIR] [--port P] [--once]"));
        i++;
    }
    demo->data = option_value(argc, argv, "--data", &value) ? str_of(value) : S("./demo-data");
    demo->residents = 20000;
    if (option_value(argc, argv, "--residents", &value) &&
        (!str_int64(str_of(value), &demo->residents) || demo->residents < RESIDENTS_LEAST ||
         demo->residents > RESIDENTS_MOST))
        return FAIL(err, E_NUMBER_FORMAT, .item = S("--residents"), .value = str_of(value),
                    .words = S("住民の数は300から1,200,000までで指定してください。"));
    return port_read(argc, argv, demo, err);
}

// A folder belongs to the city that was made in it first: another one's files would not follow on.
static bool folder_is_this_citys(const Demo *demo, Error *err)
{
    char line[32] = {0};
    int64_t residents = 0;
    const char *path = place(demo, "demo.txt");
    FILE *made = regular_file_read(path);
    if (made) {
        bool read = fgets(line, sizeof line, made) != NULL;
        (void)fclose(made);
        if (read && str_int64(str_trim(str_of(line)), &residents) && residents == demo->residents)
            return true;
        return FAIL(err, E_CONFLICT, .item = S("--data"), .value = demo->data,
                    .words = str_format(demo->arena,
                                        "ここには住民 %lld 人の市があります。同じ人数を指定するか、"
                                        "--data に別の場所を指定してください。",
                                        (long long)residents));
    }
    if (!folder_is_empty(demo->data.at))
        return FAIL(err, E_CONFLICT, .item = S("--data"), .value = demo->data,
                    .words = S("ここには架空の市ではないものがあります。--data に新しい場所を"
                               "指定してください。何も変えていません。"));
    int file = regular_file_open(path, O_WRONLY | O_CREAT, 0600);
    made = file < 0 ? NULL : fdopen(file, "w");
    bool written = made && fprintf(made, "%lld\n", (long long)demo->residents) > 0;
    if (made && fclose(made) == 0 && written) return true;
    return FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("書き込めません。場所と権限を確かめてください。"));
}

static bool folder_there(const Demo *demo, Error *err)
{
    if (mkdir(demo->data.at, 0700) == 0 || errno == EEXIST) return folder_is_this_citys(demo, err);
    return FAIL(err, E_FILE_WRITE, .item = S("--data"), .value = demo->data,
                .words = S("フォルダーを作れません。場所と権限を確かめてください。"));
}

static void help(void)
{
    (void)puts("使い方: sesshu demo [オプション]\n\n"
               "架空の市で1か月の業務を通して行い、まとめを出します\n\nオプション:\n"
               "  --residents N          住民の数 (既定 20000)\n"
               "  --data DIR             データの置き場所 (既定 ./demo-data)\n"
               "  --port P               画面のポート (既定 8443)\n"
               "  --once                 画面を開かずに、まとめを出して終わります\n"
               "  --help                 この説明を出します");
}

bool demo_run(int argc, char **argv, Arena *arena, int *status, Error *err)
{
    Demo demo = {.arena = arena};
    for (int i = 2; i < argc; i++)
        if (is_help_word(argv[i])) {
            help();
            return true;
        }
    if (!line_read(argc, argv, &demo, err) || !folder_there(&demo, err)) return false;
    if (!sibling_path(arena, "sesshu", &demo.front, err)) return false;
    demo.data = str_of(str_z(arena, demo.data));
    demo.files = (DemoFiles){
        .feeds = place(&demo, "city/JUKI_*.csv"),
        .history = place(&demo, "history-outcome.csv"),
        .outcome = place(&demo, "outcome-" MONTH ".csv"),
        .due = place(&demo, "due.csv"),
        .changes = place(&demo, "changes.csv"),
        .notices = place(&demo, "notices.txt"),
        .dispatch = place(&demo, "notices/dispatch-*.csv"),
        .folder = demo.data.at,
    };
    Instant began = clock_now();
    if (!make_city(&demo, err) || !take_residents(&demo, err) || !take_submissions(&demo, err) ||
        !make_lists(&demo, err) || !show_somebody(&demo, err) || !check_trail(&demo, err))
        return false;
    *status = 0;
    if (!demo_summary(&demo.files, (clock_now() - began) / 1000000, arena, err) || !story(&demo, err)) return false;
    return demo.once || screens(&demo, err);
}
