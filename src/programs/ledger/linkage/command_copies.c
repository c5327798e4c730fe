// sesshu ledger copies [--compare]: what others may read of our doses is laid down at the intermediate server, and compared.
// SPDX-License-Identifier: Apache-2.0
#include "copies.h"
#include "inquiring.h"
#include "list_leave.h"
#include "say.h"

enum { BATCH_BYTES = 256 << 20 };

static const char *const names[] = {"宛名番号", "記録番号", "objection"};

// clang-format off
static const ListCode differences[] = {{"MISSING", "中間サーバーにない"}, {"EXTRA", "台帳にない"}, {"DIFFERENT", "内容が違う"}, {0}};
// clang-format on
static const ListColumn columns[] = {{"objection", "副本の誤り", differences}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static void told_put(List *out, const CopyTold *told, Arena *arena)
{
    list_put(out, addressee_text(&told->who));
    list_put(out, str_format(arena, "%d", (int)told->dose_id));
    list_put(out, told->words);
    list_end_row(out);
}

static bool told_leave(Act *act, const CommandLine *line, const CopiesReport *report, Arena *arena, Error *err)
{
    List left;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL,
                             &words};
    if (!list_begin(act, &asked, &left, err)) return false;
    VEC_EACH (const CopyTold, told, report->told) told_put(&left, told, arena);
    return list_leave(&left, err);
}

static bool done(const Ledger *ledger, bool compares, Arena *arena, CopiesReport *report, Error *err)
{
    HttpClient *unified = NULL;
    Arena batches = arena_reserve(BATCH_BYTES);
    bool good = linkage_connect(ledger->act->office, arena, &unified, err) &&
                (compares ? copies_compare(ledger, unified, batches, arena, report, err)
                          : copies_lay(ledger, unified, batches, arena, report, err));
    http_client_close(unified);
    arena_release(batches);
    return good;
}

static bool copies(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    CopiesReport report = {0};
    bool compares = option_given(line, "compare");
    if (!ledger_open(act, arena, &ledger, err) || !done(&ledger, compares, arena, &report, err)) return false;
    if (compares)
        say(stderr, "副本の照合: 違い %lld 件。\n", (long long)report.told.count);
    else
        say(stderr, "副本: 登録 %lld 件、削除 %lld 件、受け付けられなかったもの %lld 件。\n", (long long)report.laid,
            (long long)report.deleted, (long long)report.refused);
    if (report.told.count) *status = EXIT_ATTENTION;
    // An empty list is asked for too: it shows that nothing differed.
    bool leaves = report.told.count > 0 || option_given(line, "out");
    return !leaves || told_leave(act, line, &report, arena, err);
}

static const Option options[] = {
    {OPTION_FLAG, "compare", NULL, "登録した副本と中間サーバーにあるものを比べる", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "受け付けられなかったもの、違いの一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_copies = COMMAND("copies", "immunization", DUTY_LINK, AUDIT_EXPORT, ALONE, copies, .arguments = "",
                                    .words = "接種の記録の副本を中間サーバーに登録し、または比べます", .options = options);
