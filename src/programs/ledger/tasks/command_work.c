// sesshu ledger work [--kind K]
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "list_print.h"
#include "masked.h"
#include "work_found.h"

static const char *const names[] = {
    "番号", "kind", "宛名番号", "氏名", "file", "行番号", "since", "内容", "することがら",
};

// A file's name bears the clinic's code: of a protected person it is masked like the clinic itself.
static ListLine work_line(const void *list, int64_t nth, Arena *scratch)
{
    const WorkRows *rows = list;
    const WorkRow *r = &rows->at[nth];
    return (ListLine){{
        r->work_id ? str_format(scratch, "%d", r->work_id) : (Str){0},
        r->kind,
        addressee_text(&r->who),
        masked(r->is_protected, r->name),
        masked(r->is_protected, r->file),
        r->label,
        list_day(r->since, scratch),
        r->words,
        r->to_do,
    }};
}

static void keep_kind(WorkRows *rows, Str kind)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < rows->count; i++)
        if (str_equal(rows->at[i].kind, kind)) rows->at[kept++] = rows->at[i];
    rows->count = kept;
}

static bool kind_refused(Str kind, Arena *arena, Error *err)
{
    return FAIL(err, E_CODE_UNKNOWN, .item = S("--kind"), .value = kind,
                .words = str_format(arena, "この種類の仕事はありません。次のどれかを指定してください: %.*s",
                                    STR(work_kinds(arena))));
}

static bool work(Ledger *ledger, const CommandLine *line, Arena *arena, Error *err)
{
    WorkRows rows;
    Str kind = option_text(line, "kind");
    if (str_present(kind) && !str_present(work_kind_named(kind))) return kind_refused(kind, arena, err);
    if (!work_list(ledger->act->store, arena, &rows, err)) return false;
    if (!work_found(ledger, kind, line->as_of, arena, &rows, err)) return false;
    if (str_present(kind)) keep_kind(&rows, kind);
    ListPrint print = {names, (int)countof(names), rows.count, work_line, &rows, ledger->schedule};
    return list_print(ledger->act, &print, line->format, option_text(line, "out"), arena,
                      err);
}

static bool work_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                         Error *err)
{
    Ledger ledger;
    (void)status;
    return copy_asked_of_city(act, *arena, err) && ledger_open(act, arena, &ledger, err) &&
           work(&ledger, line, arena, err);
}

static const Option options[] = {
    {OPTION_TEXT, "kind", "KIND", "種類で絞る", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_work =
    COMMAND("work", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED, work_command,
            .arguments = "", .words = "人の判断を待つ仕事の一覧を出します", .options = options);
