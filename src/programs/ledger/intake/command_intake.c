// sesshu ledger intake FILE... [--outcome OUT.csv]
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "intake_run.h"
#include "job_note.h"
#include "list_columns.h"
#include "list_leave.h"
#include "outlet.h"
#include "person_rows.h"
#include "regular_file.h"
#include "say.h"
#include "standing_roll.h"

#include <stdio.h>

static void tell(const IntakeReport *r)
{
    const int32_t *of = r->file.counts.of_outcome;
    char day[DAY_TEXT_SIZE];
    if (r->taken_before)
        say(stderr,
            "%.*s: %s に取込済みのファイルです。今回は何も登録していません。行を改めて判定するには、ファイルの番号を変えて"
            "取り込んでください。そのときの結果は次のとおりです。\n",
            STR(r->file.name), day_text(r->file.taken_on, day));
    if (r->month_unknown)
        say(stderr,
            "%.*s: ファイル名が YOSHIN_年月6桁_機関コード_連番3桁.csv の形ではないため、"
            "何月分か分かりません。行はそのまま取り込みます。\n",
            STR(r->file.name));
    say(stderr, "%.*s: 読込 %d行 登録 %d 登録(要注意) %d 要確認 %d 返戻 %d 重複 %d\n",
        STR(r->file.name), r->file.counts.rows, of[INTAKE_ACCEPTED],
        of[INTAKE_ACCEPTED_WITH_WARNING], of[INTAKE_REVIEW], of[INTAKE_RETURNED],
        of[INTAKE_DUPLICATE]);
    if (r->wide_digits)
        (void)fprintf(stderr, "全角の数字 %lld 字を半角に直しました\n", (long long)r->wide_digits);
    if (str_present(r->unknown_columns))
        say(stderr, "知らない列は読みませんでした: %.*s\n", STR(r->unknown_columns));
    if (str_present(r->errors_path)) say(stderr, "返戻の一覧: %.*s\n", STR(r->errors_path));
}

// The same for whoever looks at the work on a screen.
static void tell_note(const Act *act, const IntakeReport *r)
{
    const int32_t *of = r->file.counts.of_outcome;
    job_note_said(act->note, str_format(act->arena, "%.*s: %s%d行　登録 %d　要注意 %d　要確認 %d　返戻 %d　重複 %d", STR(r->file.name),
                                        r->taken_before ? "取込済み　" : "", r->file.counts.rows, of[INTAKE_ACCEPTED],
                                        of[INTAKE_ACCEPTED_WITH_WARNING], of[INTAKE_REVIEW], of[INTAKE_RETURNED], of[INTAKE_DUPLICATE]));
}

// Always from what is stored, so that the first run and every later one write the same rows.
static bool write_outcome(List *list, const IntakeReport *reports, ptrdiff_t count, Error *err)
{
    Act *act = list->act;
    list->detail =
        count == 1 ? reports[0].file.name : str_format(act->arena, "%lld files", (long long)count);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (intake_outcome_write(act->store, reports[i].file.file_no, list, err)) continue;
        csv_abandon(list->draft);
        return false;
    }
    return list_leave(list, err);
}

static bool of_the_file(const Error *err)
{
    return err->code == E_FILE_OPEN || err->code == E_FILE_READ || err->code == E_FILE_LAYOUT ||
           err->code == E_ENCODING;
}

// One of several files may be refused while the command goes on: each has its record.
static bool record_refused(Ledger *ledger, Str file, const Error *why, Error *err)
{
    Act *act = ledger->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_FAILED);
    leaf.detail = str_format(act->arena, "%s %.*s", error_code_text(why->code), STR(file));
    return act_record_now(act, &leaf, err);
}

// A refused file stops no other one; where the store or the disk fails, all that follow would fail too.
static bool take_each(Ledger *ledger, const StrRows *files, CsvEncoding encoding, Arena *arena,
                      IntakeReport *reports, ptrdiff_t *taken, ExitStatus *status, Error *err)
{
    for (ptrdiff_t i = 0; i < files->count; i++) {
        IntakeReport *report = &reports[*taken];
        Error why;
        if (!intake_take(ledger, files->at[i], encoding, arena, report, &why)) {
            *err = why;
            if (!of_the_file(&why)) return false;
            error_set_value(&why, files->at[i]);
            say(stderr, "%s\n", str_z(arena, outlet_error(OUTLET_TERMINAL, arena, &why)));
            error_set_value(&why, file_name_of(files->at[i]));
            job_note_said(ledger->act->note, outlet_error(OUTLET_TRAIL, arena, &why));
            if (!record_refused(ledger, files->at[i], &why, err)) return false;
            *status = EXIT_REFUSED;
            continue;
        }
        ++*taken;
        tell(report);
        tell_note(ledger->act, report);
        const int32_t *of = report->file.counts.of_outcome;
        bool look = of[INTAKE_REVIEW] || of[INTAKE_RETURNED];
        if (look && !report->taken_before && *status == EXIT_DONE) *status = EXIT_ATTENTION;
    }
    return true;
}

static bool take_all(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                     Error *err)
{
    List list;
    CsvEncoding encoding;
    ptrdiff_t taken = 0;
    const ListAsked asked = {option_text(line, "outcome"), intake_outcome_items,
                             intake_outcome_item_count, false, line->format == FORMAT_EXCEL,
                             ledger_list_words(ledger->schedule, arena)};
    IntakeReport *reports = NEW(arena, IntakeReport, line->arguments.count);
    if (!csv_encoding_parse(option_text(line, "encoding"), &encoding, err) ||
        !list_begin(ledger->act, &asked, &list, err))
        return false;
    bool ok = take_each(ledger, &line->arguments, encoding, arena, reports, &taken, status, err);
    // Nothing came of a single file that was refused: no outcome, and the one of an earlier run stays.
    if (line->arguments.count == 1 && !taken) {
        csv_abandon(list.draft);
        return ok;
    }
    // What was taken before another file was refused has its outcome all the same.
    Error later;
    return write_outcome(&list, reports, taken, ok ? err : &later) && ok;
}

// Every row of it will be returned, and the office is told why before it asks the clinics.
static bool nobody_told(const Act *act, Error *err)
{
    bool any;
    if (!persons_any(act->store, &any, err)) return false;
    if (!any)
        (void)fputs("注意: 台帳に住民が一人もいないので、どの行も返戻になります。先に sesshu addressee import と sesshu ledger "
                    "sync を行い、このファイルは番号を変えてもう一度取り込んでください。\n",
                    stderr);
    return true;
}

static bool intake_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                           Error *err)
{
    Ledger ledger;
    if (!copy_asked(act, COPY_HELPS, *arena, err) || !ledger_open(act, arena, &ledger, err) || !nobody_told(act, err) ||
        !take_all(&ledger, line, arena, status, err))
        return false;
    standing_renew(act);
    return true;
}

// clang-format off
static const Option options[] = {
    {OPTION_PLACE, "outcome",  "OUT.csv", "行ごとの結果を書くファイル (既定 標準出力)", false, false},
    {OPTION_TEXT, "encoding", "CODE",    "文字コード utf-8 または cp932 (既定 自動判定)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_intake =
    COMMAND("intake", "immunization", DUTY_IMPORT, AUDIT_IMPORT, SHARED, intake_command,
            .arguments = "ファイル...", .least = 1, .most = -1,
            .work = "予診票データの取込", .words = "医療機関の予診票データを取り込みます", .options = options);
