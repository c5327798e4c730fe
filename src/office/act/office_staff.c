// sesshu staff: who of the office may do what, for the review that a city makes of it; and the roster that says it.
//
// Law  controls C-3.3-06: rights are looked at again at fixed times; C-3.3-08, C-3.3-09: terms, and who left.
// SPDX-License-Identifier: Apache-2.0
#include "identity.h"
#include "list_leave.h"
#include "office_main.h"
#include "office_roster.h"
#include "say.h"
#include "staff_rows.h"

#include <stdio.h>

static const char *const names[] = {"職員",       "ログイン", "権限",
                                    "権限の名前", "与えた人", "いつから",
                                    "所属",       "開始日",   "終了日",
                                    "担当区"};

static Str day_or_none(Day day, char text[DAY_TEXT_SIZE])
{
    return day == DAY_NONE ? (Str){0} : str_of(day_text(day, text));
}

static void put_row(CsvWriter *out, const StaffDutyRow *row, Arena scratch)
{
    char day[DAY_TEXT_SIZE];
    char since[INSTANT_TEXT_SIZE];
    Duty duty = DUTY_NONE;
    bool held = duty_named(row->duty, &duty);
    csv_put(out, row->name);
    csv_put(out, row->account == NO_ACCOUNT ? (Str){0} : account_name(row->account, &scratch));
    csv_put(out, row->duty);
    csv_put(out, held ? str_of(duty_words(duty)) : (Str){0});
    csv_put(out, row->granted_by);
    csv_put(out, held ? str_of(instant_in_japan(row->granted_at, since)) : (Str){0});
    csv_put(out, row->department);
    csv_put(out, day_or_none(row->begins_on, day));
    csv_put(out, day_or_none(row->ends_on, day));
    csv_put(out, held ? ward_scope_words(row->wards, &scratch) : (Str){0});
    csv_end_row(out);
}

// Of those whose term ends soon; of all where nobody asked.
static bool wanted(const StaffDutyRow *row, Day today, int64_t ending)
{
    if (ending < 0) return true;
    return row->ends_on != DAY_NONE && row->ends_on >= today && row->ends_on - today <= ending;
}

static bool import(Act *act, const CommandLine *line, ExitStatus *status, Error *err)
{
    int64_t number = 0, changes = 0;
    const char *name = act->office->program->name;
    Str reason = option_text(line, "reason");
    if (line->arguments.count != 2 || !str_equal(line->arguments.at[0], S("import")))
        return FAIL(err, E_USAGE, .words = S("list か、import 名簿のファイル --reason 理由 と指定してください。"));
    if (!reason.len)
        return FAIL(err, E_MISSING, .item = S("--reason"), .words = S("名簿を変える理由を --reason で書いてください。"));
    if (!roster_ask(act, line->arguments.at[1], reason, &number, &changes, err)) return false;
    if (!changes) {
        say(stdout, "%s: 名簿は、いまの権限と同じです。何も変えていません。\n", name);
        return true;
    }
    say(stdout, "%s: 名簿による変更 %lld件を申請 %lld としました。ほかの職員が確かめて承認すると、変わります。\n", name,
        (long long)changes, (long long)number);
    *status = EXIT_ATTENTION;
    return true;
}

static bool staff(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List list;
    StaffDutyRows rows;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), true,
                             .for_sheet = line->format == FORMAT_EXCEL};
    int64_t ending = option_number(line, "ending", -1);
    Day today = instant_day_in_japan(act->now);
    bool lists = !line->arguments.count || (line->arguments.count == 1 && str_equal(line->arguments.at[0], S("list")));
    if (!lists) return import(act, line, status, err);
    if (!staff_duties_read(act->store, arena, &rows, err) || !list_begin(act, &asked, &list, err))
        return false;
    VEC_EACH (const StaffDutyRow, row, rows)
        if (wanted(row, today, ending)) put_row(list.draft, row, *arena);
    return list_leave(&list, err);
}

static const Option options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル", false, false},
    {OPTION_NUMBER, "ending", "N", "任期があと N 日以内に終わるものだけ", false, false},
    {OPTION_TEXT, "reason", "R", "import: 名簿を変える理由", false, false},
    {.kind = OPTION_END},
};

const Door office_staff =
    COMMAND("staff", "office", DUTY_ADMIN, AUDIT_LOOK, SHARED, staff, .arguments = "[list | import 名簿.csv]",
            .least = 0, .most = 2, .options = options,
            .words = "職員とログイン、それぞれの権限と任期の一覧を出します (import: 名簿で変えることを申請します)");
