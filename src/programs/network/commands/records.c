// sesshu network records: 情報提供等記録 of the core, one line an inquiry, for whoever must answer for them.
//
// Law     番号法 第23条; F-4-05. The core knows that an answer was given and not which.
// SPDX-License-Identifier: Apache-2.0
#include "allow_list_rows.h"
#include "core_record_rows.h"
#include "list_leave.h"

#include <stdio.h>

static const char *const names[] = {"記録番号", "照会日時", "照会者", "提供者", "項", "提供日時", "結果", "不開示"};

// clang-format off
static const ListCode results[] = {
    {"GIVEN", "回答あり"}, {"ASKED", "回答待ち"}, {"NOT_ALLOWED", "許可なし"}, {"REFUSED", "提供拒否"}, {"EXPIRED", "期限切れ"}, {0}};
static const ListCode shut[] = {{"YES", "不開示"}, {0}};
// clang-format on
static const ListColumn columns[] = {{"結果", "結果", results}, {"不開示", "不開示", shut}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static Str result_code(const ProvisionRecord *record)
{
    switch (record->result) {
    case RESULT_NONE: return S("ASKED");
    case RESULT_NOT_ALLOWED: return S("NOT_ALLOWED");
    case RESULT_REFUSED: return S("REFUSED");
    case RESULT_EXPIRED: return S("EXPIRED");
    case RESULT_GIVEN:
    case RESULT_NO_DATA:
    case RESULT_NOBODY:
    case RESULT_SILENT:
    case RESULT_UNREADABLE:
    case RESULT_CANCELLED:
    case RESULT_COUNT: break;
    }
    return S("GIVEN");
}

static void line_put(List *out, const RecordLine *line, const NamedList *list, Arena scratch)
{
    char number[24], at[INSTANT_TEXT_SIZE];
    ProvisionRecord record = record_of_relay(&line->relay);
    const Question *q = &record.permit.question;
    (void)snprintf(number, sizeof number, "%lld", (long long)line->no);
    list_put(out, str_of(number));
    list_put(out, str_of(instant_in_japan(line->asked_at, at)));
    list_put(out, organisation_name(list, &line->asker, &scratch));
    list_put(out, organisation_name(list, &q->provider, &scratch));
    (void)snprintf(number, sizeof number, "%d", q->item);
    list_put(out, str_of(number));
    list_put(out, record.provided_at ? str_of(instant_in_japan(record.provided_at, at)) : (Str){0});
    list_put(out, result_code(&record));
    list_put(out, record.permit.undisclosed ? S("YES") : (Str){0});
    list_end_row(out);
}

static bool records(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    NamedList list;
    RecordLineRows rows;
    Day from = option_day(line, "from", act->business_day - 30), to = option_day(line, "to", act->business_day);
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL, &words};
    (void)status;
    if (!allow_list_read(act->store, act->now, arena, &list, err) ||
        !core_records_between(act->store, instant_day_begins(from), instant_day_begins(to + 1), arena, &rows, err) ||
        !list_begin(act, &asked, &left, err))
        return false;
    VEC_EACH (RecordLine, one, rows) line_put(&left, one, &list, *arena);
    return list_leave(&left, err);
}

static const Option options[] = {
    {OPTION_DAY, "from", "D", "この日の照会から (既定 30日前)", false, false},
    {OPTION_DAY, "to", "D", "この日の照会まで (既定 業務日)", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_records = COMMAND("records", "linkage", DUTY_AUDIT, AUDIT_EXPORT, SHARED, records, .arguments = "",
                                     .words = "コアの情報提供等記録を出します", .options = options);
