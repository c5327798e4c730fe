// sesshu ledger inquiry-file take ファイル, inquiry-file withdraw 番号, inquiry-files
// SPDX-License-Identifier: Apache-2.0
#include "inquiry_file.h"
#include "say.h"

static void taken_told(const InquiryFileReport *r)
{
    const InquiryFile *f = &r->file;
    if (r->known)
        say(stderr, "同じ内容のファイルを照会ファイル %lld として受け付けています。新しい照会は書いていません。\n", (long long)f->file_no);
    else
        say(stderr, "照会ファイル %lld: 読込 %lld行 照会 %lld 受付不可 %lld\n", (long long)f->file_no, (long long)f->row_count,
            (long long)f->written, (long long)f->refused);
    file_told_print(&r->told);
    if (r->approval_no)
        say(stderr, "%d件を超えるため、申請 %lld を出しました。ほかの職員が sesshu ledger approvals approve %lld で承認すると、"
                    "sesshu ledger results で送れます。\n", INQUIRIES_ALONE, (long long)r->approval_no, (long long)r->approval_no);
}

static bool take(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    InquiryFileReport report;
    InquiriesReport sent = {0};
    CsvEncoding encoding;
    if (!csv_encoding_parse(option_text(line, "encoding"), &encoding, err) || !ledger_open(act, arena, &ledger, err) ||
        !inquiry_file_take(&ledger, line->arguments.at[1], encoding, option_text(line, "reason"), arena, &report, err))
        return false;
    taken_told(&report);
    if (report.file.refused || report.approval_no) *status = EXIT_ATTENTION;
    if (report.approval_no || !report.file.unsent) return true;
    if (!asking_send(act, arena, &sent, err)) return false;
    say(stderr, "照会 %lld 件を送りました。受け付けられなかったもの %lld 件。\n", (long long)sent.sent, (long long)sent.refused);
    if (sent.refused) *status = EXIT_ATTENTION;
    return true;
}

static bool withdraw(Act *act, const CommandLine *line, Error *err)
{
    int64_t number, count;
    Str typed = line->arguments.at[1];
    if (!str_int64(typed, &number))
        return FAIL(err, E_USAGE, .item = S("照会ファイル"), .value = typed, .words = S("照会ファイルの番号を数字で指定してください。"));
    if (!inquiry_file_take_back(act, number, option_text(line, "reason"), &count, err)) return false;
    say(stderr, "照会ファイル %lld の、まだ送っていない照会 %lld 件を取りやめました。\n", (long long)number, (long long)count);
    return true;
}

static bool inquiry_file(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str what = line->arguments.at[0];
    if (str_equal(what, S("take"))) return take(act, line, arena, status, err);
    if (str_equal(what, S("withdraw"))) return withdraw(act, line, err);
    return FAIL(err, E_USAGE, .value = what, .words = S("take ファイル、withdraw 番号 のどちらかを指定してください。"));
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "照会する、または取りやめる理由", false, true},
    {OPTION_TEXT, "encoding", "CODE", "文字コード utf-8 または cp932 (既定 自動判定)", false, false},
    {.kind = OPTION_END},
};

const Door command_inquiry_file =
    COMMAND("inquiry-file", "immunization", DUTY_LINK, AUDIT_INQUIRY, SHARED, inquiry_file, .arguments = "take|withdraw ファイル|番号",
            .least = 2, .most = 2, .work = "一括照会の取込", .words = "一括で照会する人のファイルを取り込みます", .options = options);

// ---- all of them

static void told(const InquiryFile *f)
{
    char at[INSTANT_TEXT_SIZE];
    say(stdout, "照会ファイル %lld「%.*s」: %lld行、受付不可 %lld、照会 %lld (未送信 %lld、終わった %lld) %s %.*s%s\n",
        (long long)f->file_no, STR(f->name), (long long)f->row_count, (long long)f->refused, (long long)f->written,
        (long long)f->unsent, (long long)f->over, instant_in_japan(f->brought_at, at), STR(f->brought_by),
        f->granted_at ? "" : " 承認待ち");
}

static bool inquiry_files(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    InquiryFiles files;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)line, (void)status;
    if (!inquiry_files_read(act->store, arena, &files, err) || !act_record_now(act, &leaf, err)) return false;
    VEC_EACH (const InquiryFile, file, files) told(file);
    if (!files.count) say(stdout, "照会ファイルはまだありません。\n");
    return true;
}

const Door command_inquiry_files =
    COMMAND("inquiry-files", "immunization", DUTY_LINK, AUDIT_LOOK, SHARED, inquiry_files, .arguments = "",
            .words = "一括照会のファイルと、その照会の状況を表示します");
