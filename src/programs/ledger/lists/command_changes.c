// sesshu ledger changes --from D1 --to D2 [--known-on D | --kept]
// SPDX-License-Identifier: Apache-2.0
#include "changes_kept.h"
#include "command_known.h"
#include "copy_state.h"
#include "list_print.h"
#include "say.h"
#include "waiting_dose_rows.h"

#include <stdio.h>

static const char *const names[] = {
    "宛名番号",  "氏名",          "生年月日",    "series", "from_status",
    "to_status", "from_position", "to_position", "cause",  "detail",
    "held",
};

typedef struct ChangesPrint {
    const Schedule *schedule;
    const Judge *judge;
    const ChangeRows *rows;
    WaitingDoses waiting;
} ChangesPrint;

static ListLine change_line(const void *list, int64_t nth, Arena *scratch)
{
    const ChangesPrint *print = list;
    const ChangeRow *r = &print->rows->at[nth];
    char birth[DAY_TEXT_SIZE];
    return (ListLine){{
        addressee_text(&r->who),
        r->name,
        str_copy(scratch, str_of(partial_date_text(r->birth, birth))),
        group_id(print->schedule, r->group),
        status_text(print->schedule, (Status)r->from_status),
        status_text(print->schedule, (Status)r->to_status),
        r->from_position,
        r->to_position,
        str_of(change_cause_text((ChangeCause)r->cause)),
        r->detail,
        r->held.len ? r->held : dose_waits_kind(&print->waiting, print->judge, r->person_id, r->group),
    }};
}

static bool kept_changes(const Ledger *ledger, Day from, Day to, Changes *changes, Error *err)
{
    ChangesKept kept;
    char at[INSTANT_TEXT_SIZE];
    if (!changes_kept_find(ledger, from, to, &kept, err)) return false;
    if (!kept.list_no)
        return FAIL(err, E_NOT_FOUND, .item = S("--kept"),
                    .words = S("この二つの日の差分は保存されていません。sesshu ledger keep-changes で作ってください。"));
    say(stderr, "%s に作った一覧です。その後に登録が変わった人 %lld人。\n", instant_in_japan(kept.made_at, at),
        (long long)kept.written);
    *changes = (Changes){.schedule = kept.schedule};
    return changes_kept_read(ledger, &kept, CHANGE_WAYS, 0, INT32_MAX, &changes->rows, err);
}

static bool changes(Ledger *ledger, const CommandLine *line, Arena *arena, Error *err)
{
    Changes found;
    Day from = option_day(line, "from", DAY_NONE), to = option_day(line, "to", DAY_NONE);
    bool kept = option_given(line, "kept");
    if (from >= to)
        return FAIL(err, E_USAGE, .item = S("--to"),
                    .words = S("--to には --from より後の日を指定してください。"));
    if (kept && ledger->known.act)
        return FAIL(err, E_USAGE, .item = S("--kept"), .words = S("--known-on と一緒には指定できません。"));
    if (kept ? !kept_changes(ledger, from, to, &found, err) : !changes_list(ledger, from, to, &found, err))
        return false;
    ChangesPrint list = {.schedule = found.schedule, .judge = &ledger->judge, .rows = &found.rows};
    if (found.rows.count &&
        !waiting_doses_of_all(ledger->act->store, ledger->known, arena, &list.waiting, err))
        return false;
    ListPrint print = {names, (int)countof(names), found.rows.count, change_line, &list, found.schedule};
    return list_print(ledger->act, &print, line->format, option_text(line, "out"), arena,
                      err);
}

static bool changes_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                            Error *err)
{
    Ledger ledger;
    Day known_on;
    (void)status;
    return command_known_on(line, &known_on, err) && copy_asked_of_city(act, *arena, err) &&
           ledger_open_known(act, known_on, arena, &ledger, err) &&
           changes(&ledger, line, arena, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_DAY, "from", "D1", "比べる初めの日", false, true},
    {OPTION_DAY, "to",   "D2", "比べる終わりの日", false, true},
    KNOWN_OPTION,
    {OPTION_FLAG, "kept", NULL, "夜間か画面で作って保存した一覧から出す (判定しない)", false, false},
    {OPTION_PLACE,  "out",     "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_changes = COMMAND(
    "changes", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED, changes_command, .arguments = "",
    .work = "差分の一覧", .words = "二つの日の間に変わったことの一覧を出します", .options = options);
