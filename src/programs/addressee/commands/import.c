// SPDX-License-Identifier: Apache-2.0
#include "addressee_commands.h"
#include "feed_import.h"
#include "rights.h"

static void status_raise(ExitStatus *status, ExitStatus to)
{
    if (to > *status) *status = to;
}

static bool take(Office *office, const FeedOrder *order, Arena *arena, ExitStatus *status,
                 Error *err)
{
    FeedReport report;
    Arena before = *arena;
    if (!feed_import(office, order, arena, &report, err)) return false;  // its texts stay in the arena
    feed_report_print(order->path, &report);
    status_raise(status, feed_report_status(&report));
    *arena = before;
    return true;
}

static bool take_all(const CommandLine *line, bool approved, Arena *arena, ExitStatus *status,
                     Error *err)
{
    Office office;
    FeedOrder order = {.approved = approved};
    if (!csv_encoding_parse(option_text(line, "encoding"), &order.encoding, err)) return false;
    if (!office_open(line, &addressee_office, arena, &office, err)) return false;
    bool good = true;
    for (ptrdiff_t i = 0; i < line->arguments.count && good; i++) {
        order.path = line->arguments.at[i];
        good = take(&office, &order, arena, status, err);
    }
    office_close(&office);
    return good;
}

bool command_import(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return take_all(line, false, arena, status, err);
}

bool command_approve(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return take_all(line, true, arena, status, err);
}
