// sesshu addressee import FILE..., approve FILE
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "feed_import.h"
#include "outlet.h"

static void status_raise(ExitStatus *status, ExitStatus to)
{
    if (to > *status) *status = to;
}

static bool take(Act *act, const FeedOrder *order, Arena *arena, ExitStatus *status, Error *err)
{
    FeedReport report;
    Arena before = *arena;
    if (!feed_import(act, order, arena, &report, err)) return false;  // its texts stay in the arena
    feed_report_print(outlet_text(OUTLET_TERMINAL, arena, order->path), &report);
    status_raise(status, feed_report_status(&report));
    *arena = before;
    return true;
}

static bool take_all(Act *act, const CommandLine *line, bool approved, Arena *arena,
                     ExitStatus *status, Error *err)
{
    FeedOrder order = {.approved = approved};
    if (!csv_encoding_parse(option_text(line, "encoding"), &order.encoding, err)) return false;
    for (ptrdiff_t i = 0; i < line->arguments.count; i++) {
        order.path = line->arguments.at[i];
        if (!take(act, &order, arena, status, err)) return false;
    }
    return true;
}

static const Option options[] = {
    {OPTION_TEXT, "encoding", "CODE", "文字コード auto、utf-8、cp932 (既定 auto)", false, false},
    {.kind = OPTION_END},
};

static bool import(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return take_all(act, line, false, arena, status, err);
}

const Door command_import =
    COMMAND("import", "register", DUTY_IMPORT, AUDIT_IMPORT, ALONE, import, .arguments = "ファイル...",
            .least = 1, .most = -1, .work = "住民情報の取込", .words = "住民情報 (JUKI_…) を取り込みます",
            .options = options);

static bool approve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return take_all(act, line, true, arena, status, err);
}

const Door command_approve =
    COMMAND("approve", "register", DUTY_APPROVE, AUDIT_IMPORT, ALONE, approve, .arguments = "ファイル",
            .least = 1, .most = 1,
            .words = "住民が大きく減る全件を、ほかの職員が承認して反映します", .options = options);
