// sesshu ledger due --as-of D [--vaccine V] [--within DAYS] [--known-on D] [--rows N] [--ward CODE] [--after KEY] [--counts]
// SPDX-License-Identifier: Apache-2.0
#include "command_known.h"
#include "copy_state.h"
#include "due_page.h"
#include "list_print.h"
#include "say.h"
#include "series_wanted.h"
#include "standing_roll.h"
#include "waiting_dose_rows.h"
#include "ward_wanted.h"

static const char *const names[] = {
    "宛名番号", "氏名",          "生年月日",    "series", "position",  "status",
    "earliest", "standard_from", "standard_to", "last",   "last_safe", "held",
};

typedef struct DuePrint {
    const Schedule *schedule;
    const Judge *judge;
    const DueRows *rows;
    const DueCounts *counts;
    WaitingDoses waiting;
} DuePrint;

static ListLine due_line(const void *list, int64_t nth, Arena *scratch)
{
    const DuePrint *print = list;
    const DueRow *r = &print->rows->at[nth];
    char birth[DAY_TEXT_SIZE];
    return (ListLine){{
        addressee_text(&r->who),
        r->name,
        str_copy(scratch, str_of(partial_date_text(r->birth, birth))),
        group_id(print->schedule, r->group),
        schedule_text(print->schedule, r->position),
        status_text(print->schedule, (Status)r->status),
        list_day(r->earliest, scratch),
        list_day(r->standard_from, scratch),
        list_day(r->standard_to, scratch),
        list_day(r->last, scratch),
        list_day(r->last_safe, scratch),
        r->held.len ? r->held : dose_waits_kind(&print->waiting, print->judge, r->person_id, r->group),
    }};
}

static bool wanted_of(const Ledger *ledger, const CommandLine *line, Arena scratch,
                      DueWanted *wanted, Error *err)
{
    *wanted = (DueWanted){.as_of = command_day_asked(line),
                          .within = option_number(line, "within", -1)};
    if (option_given(line, "within") && wanted->within < 0)
        return FAIL(err, E_USAGE, .item = S("--within"),
                    .words = S("日数は0以上で指定してください。"));
    VEC_EACH (const Given, g, line->given)
        if (str_equal(str_of(g->option->name), S("vaccine")) &&
            !series_wanted_add(ledger->schedule, g->text, scratch, &wanted->groups, err))
            return false;
    if (!wanted->groups) wanted->groups = groups_all(ledger->schedule);
    return true;
}

static bool lines_print(Ledger *ledger, const CommandLine *line, const DueRows *rows, Arena *arena,
                        Error *err)
{
    DuePrint list = {.schedule = ledger->schedule, .judge = &ledger->judge, .rows = rows};
    if (rows->count &&
        !waiting_doses_of_all(ledger->act->store, ledger->known, arena, &list.waiting, err))
        return false;
    ListPrint print = {names, (int)countof(names), rows->count, due_line, &list, ledger->schedule};
    return list_print(ledger->act, &print, line->format, option_text(line, "out"), arena, err);
}

// ---- a page of it

static const char *const count_names[] = {"series", "区", "人数"};

static ListLine count_line(const void *list, int64_t nth, Arena *scratch)
{
    const DuePrint *print = list;
    const DueCount *c = &print->counts->at[nth];
    return (ListLine){{
        group_id(print->schedule, c->group),
        c->ward,
        str_format(scratch, "%lld", (long long)c->people),
    }};
}

// Of the series and the ward asked for.
static bool counts_print(Ledger *ledger, const CommandLine *line, const DuePageWanted *wanted,
                         const DueCounts *counts, Arena *arena, Error *err)
{
    DueCounts asked = {0};
    VEC_EACH (const DueCount, c, *counts)
        if (due_page_wants(wanted, c->group, c->ward)) *due_counts_push(&asked, arena) = *c;
    DuePrint list = {.schedule = ledger->schedule, .counts = &asked};
    ListPrint print = {count_names, (int)countof(count_names), asked.count, count_line, &list, ledger->schedule};
    return list_print(ledger->act, &print, line->format, option_text(line, "out"), arena, err);
}

// A place in the order of the list: a person and a series that there may be.
static bool after_of(const Ledger *ledger, Str written, Arena *arena, AskedKey *after, Error *err)
{
    if (!asked_key_read(written, after, err)) return false;
    if (!str_present(written) || group_find(ledger->schedule, after->series) != GROUP_NONE) return true;
    return FAIL(err, E_USAGE, .item = S("--after"), .value = written,
                .words = str_format(arena,
                                    "前のページの最後に書かれた値をそのまま指定してください。終わりは系列の記号です: %.*s",
                                    STR(groups_text(ledger->schedule, groups_all(ledger->schedule), arena))));
}

static bool page_wanted_of(const Ledger *ledger, const CommandLine *line, Arena *arena,
                           DuePageWanted *wanted, Error *err)
{
    enum { PAGE_ROWS = 50, PAGE_ROWS_MOST = 10000 };
    int64_t rows = option_number(line, "rows", PAGE_ROWS);
    if (rows < 1 || rows > PAGE_ROWS_MOST)
        return FAIL(err, E_USAGE, .item = S("--rows"),
                    .words = S("1から10000までの行数を指定してください。"));
    Str ward = option_text(line, "ward");
    wanted->page = (AskedPage){.count = (int)rows};
    if (str_present(ward) && !ward_wanted(ledger->act->store, ward, arena, &wanted->page.ward, err))
        return false;
    return after_of(ledger, option_text(line, "after"), arena, &wanted->page.after, err);
}

static bool page(Ledger *ledger, const CommandLine *line, const DueWanted *due, Arena *arena,
                 Error *err)
{
    DuePageWanted wanted = {.due = *due};
    DuePage found;
    bool there;
    if (!page_wanted_of(ledger, line, arena, &wanted, err) ||
        !due_page(ledger, &wanted, arena, &found, &there, err))
        return false;
    if (!there) return FAIL(err, E_NOT_FOUND, .words = S(STANDING_MISSING));
    say(stderr, "該当 %lld件\n", (long long)found.total);
    if (option_given(line, "counts")) return counts_print(ledger, line, &wanted, &found.counts, arena, err);
    if (found.more) say(stderr, "続きは --after %.*s\n", STR(asked_key_text(&found.last, arena)));
    return lines_print(ledger, line, &found.rows, arena, err);
}

static bool asks_page(const CommandLine *line)
{
    return option_given(line, "rows") || option_given(line, "ward") ||
           option_given(line, "after") || option_given(line, "counts");
}

static bool due(Ledger *ledger, const CommandLine *line, Arena *arena, Error *err)
{
    DueWanted wanted;
    DueRows rows;
    if (!wanted_of(ledger, line, *arena, &wanted, err)) return false;
    if (asks_page(line)) return page(ledger, line, &wanted, arena, err);
    return due_list(ledger, &wanted, &rows, err) && lines_print(ledger, line, &rows, arena, err);
}

static bool due_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                        Error *err)
{
    Ledger ledger;
    Day known_on;
    (void)status;
    return command_known_on(line, &known_on, err) && copy_asked_of_city(act, *arena, err) &&
           ledger_open_known(act, known_on, arena, &ledger, err) && due(&ledger, line, arena, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_TEXT,   "vaccine", "V",    "ワクチン (系列) で絞る。何度でも", true, false},
    {OPTION_NUMBER, "within",  "DAYS", "最終安全日がこの日数以内の人だけ", false, false},
    KNOWN_OPTION,
    {OPTION_NUMBER, "rows",    "N",    "最終安全日の近い順に、この行数だけ (既定 50)", false, false},
    {OPTION_TEXT,   "ward",    "CODE", "この区 (名前か市区町村コード) の人だけ、近い順に", false, false},
    {OPTION_TEXT,   "after",   "KEY",  "前のページの続きから", false, false},
    {OPTION_FLAG,   "counts",  NULL,   "一覧の代わりに、ワクチンと区ごとの人数", false, false},
    {OPTION_PLACE,  "out",     "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_due =
    COMMAND("due", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED, due_command, .arguments = "",
            .work = "対象者の一覧", .words = "接種の対象となる人の一覧を出します", .options = options);
