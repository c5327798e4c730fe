// sesshu staff: who of the office may do what, for the review that a city makes of it.
//
// Law  controls C-3.3-06: rights are looked at again at fixed times.
// SPDX-License-Identifier: Apache-2.0
#include "identity.h"
#include "list_leave.h"
#include "office_main.h"
#include "staff_rows.h"

static const char *const names[] = {"職員",       "ログイン", "権限",
                                    "権限の名前", "与えた人", "いつから"};

static void put_row(CsvWriter *out, const StaffDutyRow *row, Arena scratch)
{
    char since[INSTANT_TEXT_SIZE];
    Duty duty = DUTY_NONE;
    bool held = duty_named(row->duty, &duty);
    csv_put(out, row->name);
    csv_put(out, row->account == NO_ACCOUNT ? (Str){0} : account_name(row->account, &scratch));
    csv_put(out, row->duty);
    csv_put(out, held ? str_of(duty_words(duty)) : (Str){0});
    csv_put(out, row->granted_by);
    csv_put(out, held ? str_of(instant_in_japan(row->granted_at, since)) : (Str){0});
    csv_end_row(out);
}

static bool staff(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List list;
    StaffDutyRows rows;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), true,
                             .for_sheet = line->format == FORMAT_EXCEL};
    (void)status;
    if (!staff_duties_read(act->store, arena, &rows, err) || !list_begin(act, &asked, &list, err))
        return false;
    VEC_EACH (const StaffDutyRow, row, rows) put_row(list.draft, row, *arena);
    return list_leave(&list, err);
}

static const Option options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル", false, false},
    {.kind = OPTION_END},
};

const Door office_staff =
    COMMAND("staff", "office", DUTY_ADMIN, AUDIT_LOOK, SHARED, staff, .arguments = "",
            .options = options, .words = "職員とログイン、それぞれの権限の一覧を出します");
