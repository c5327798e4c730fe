// sesshu intermediate records [--out FILE]: 情報提供等記録, the newest word about each permit.
// SPDX-License-Identifier: Apache-2.0
#include "network_exchange.h"
#include "list_leave.h"
#include "record_rows.h"
#include "shield_rows.h"

static const char *const record_names[] = {"記録番号", "役割",       "記録日時", "許可証番号",       "照会番号", "統一識別番号", "情報照会者",
                                           "情報提供者", "命令の項", "特定個人情報名", "提供日時", "結果",     "不開示",       "担当"};

static Str moment(Instant at, Arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    return at ? str_copy(arena, str_of(instant_in_japan(at, text))) : S("");
}

static Str permit_text(const PermitId *id, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < PERMIT_ID_BYTES; i++) text_addf(&text, arena, i % 4 || !i ? "%02x" : "-%02x", id->at[i]);
    return text_str(&text);
}

static void row_put(List *list, const RecordRow *row, int hides, Arena scratch)
{
    const Permit *permit = &row->record.permit;
    const Question *asked = &permit->question;
    list_put(list, str_format(&scratch, "%lld", (long long)row->record_no));
    list_put(list, row->record.role == RECORD_INQUIRER ? S("照会") : S("提供"));
    list_put(list, moment(row->written_at, &scratch));
    list_put(list, permit_text(&permit->id, &scratch));
    list_put(list, str_of(permit->inquiry.digits));
    list_put(list, unified_text(&row->record.person));
    list_put(list, organisation_shown(&asked->inquirer, &scratch));
    list_put(list, organisation_shown(&asked->provider, &scratch));
    list_put(list, str_format(&scratch, "%d", asked->item));
    list_put(list, str_of(asked->dataset.at));
    list_put(list, moment(row->record.provided_at, &scratch));
    list_put(list, str_of(result_status(row->record.result)));
    list_put(list, permit->undisclosed || hides & SHIELD_RECORDS ? S("1") : S("0"));
    list_put(list, row->who);
    list_end_row(list);
}

static bool all_put(const Act *act, List *list, Arena arena, Error *err)
{
    enum { PAGE = 500 };
    for (int64_t after = 0;;) {
        RecordRows rows;
        Arena page = arena;
        if (!records_after(act->store, after, PAGE, &page, &rows, err)) return false;
        VEC_EACH (RecordRow, row, rows) {
            int hides;
            if (!shield_hides(act->store, &row->record.person, &row->record.permit.question.procedure, &hides, err)) return false;
            row_put(list, row, hides, page);
        }
        if (rows.count < PAGE) return true;
        after = rows.at[rows.count - 1].record_no;
    }
}

static bool records(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List list;
    const ListAsked asked = {.out = option_text(line, "out"),
                             .names = record_names,
                             .count = (int)countof(record_names),
                             .for_sheet = act->for_sheet};
    (void)status;
    if (!list_begin(act, &asked, &list, err)) return false;
    if (all_put(act, &list, *arena, err)) return list_leave(&list, err);
    csv_abandon(list.draft);
    return false;
}

static const Option options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_records =
    COMMAND("records", "linkage", DUTY_EXPORT, AUDIT_EXPORT, SHARED, records, .arguments = "",
            .words = "情報提供等記録の一覧を出します", .options = options);
