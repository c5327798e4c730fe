// sesshu ledger inquire, results, inquiries: former cities are asked, their answers come, and how each inquiry stands.
// SPDX-License-Identifier: Apache-2.0
#include "inquiry_asking.h"
#include "inquiry_words.h"
#include "list_leave.h"
#include "say.h"

enum { SINCE_DAYS = 60 };

static bool all_written(Asking *asking, const CommandLine *line, Arena *arena, Error *err)
{
    Act *act = asking->ledger.act;
    Day since = option_day(line, "since", act->business_day - SINCE_DAYS);
    if (!act_begin(act, err)) return false;
    if (option_given(line, "offered") && !asking_offered(asking, since, arena, err)) return false;
    for (ptrdiff_t i = 0; i < line->arguments.count; i++) {
        AddresseeNo who;
        if (!addressee_no_parse(line->arguments.at[i], &who, NULL, err) || !asking_person(asking, &who, arena, err))
            return false;
    }
    return store_commit(act->store, err);
}

static bool inquire(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    Asking asking;
    InquiriesReport report = {0};
    Str to = option_text(line, "to");
    if (!line->arguments.count && !option_given(line, "offered"))
        return FAIL(err, E_USAGE, .words = S("宛名番号か --offered を指定してください。"));
    if (!ledger_open(act, arena, &ledger, err) || !asking_open(&ledger, arena, &asking, err) || (to.len && !asking_to(&asking, to, err))) return false;
    asking.confirmed = option_text(line, "confirm");
    if (!all_written(&asking, line, arena, err) || !asking_send(act, arena, &report, err)) return false;
    say(stderr, "照会 %lld 件を書き、%lld 件を送りました。受け付けられなかったもの %lld 件。\n", (long long)asking.written,
        (long long)report.sent, (long long)report.refused);
    if (report.refused) *status = EXIT_ATTENTION;
    return true;
}

static const Option inquire_options[] = {
    {OPTION_FLAG, "offered", NULL, "offer の一覧の「照会できます」の全員に照会する", false, false},
    {OPTION_DAY, "since", "D", "この日からの転入 (既定 60日前)", false, false},
    {OPTION_TEXT, "to", "CODE", "照会する団体コード (既定 前住所の市町村)", false, false, true},
    {OPTION_TEXT, "confirm", "R", "支援措置の対象の方に照会してよいと確かめた理由", false, false},
    {.kind = OPTION_END},
};

const Door command_inquire =
    COMMAND("inquire", "immunization", DUTY_LINK, AUDIT_INQUIRY, SHARED, inquire, .arguments = "宛名番号...", .least = 0,
            .most = -1, .words = "転入した方の接種歴を前の市町村に照会します", .options = inquire_options);

// What was written at a screen leaves with it.
static bool results(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    InquiriesReport report = {0};
    (void)line;
    if (!asking_exchange(act, arena, &report, err)) return false;
    say(stderr, "照会の知らせ %lld 件、接種歴の届いたもの %lld 件。\n", (long long)report.news, (long long)report.answered);
    if (report.sent + report.refused)
        say(stderr, "まだ送っていなかった照会 %lld 件を送りました。受け付けられなかったもの %lld 件。\n", (long long)report.sent,
            (long long)report.refused);
    if (report.astray)
        say(stderr,
            "宛名番号が照会した方のものと合わない知らせ %lld 件は受け取らずに待ちます。統合宛名で、この方の宛名番号が 1 人のものに"
            "なっているか確かめてください (sesshu unified work、sesshu ledger inquiries の「番号の確認待ち」)。\n",
            (long long)report.astray);
    if (report.unread)
        say(stderr, "読めない知らせが %lld 件あります。ほかの方の分は受け取りました。sesshu ledger work で確かめてください。\n",
            (long long)report.unread);
    if (report.unread + report.answered + report.astray + report.refused) *status = EXIT_ATTENTION;
    return true;
}

const Door command_results =
    COMMAND("results", "immunization", DUTY_LINK, AUDIT_INQUIRY, SHARED, results, .arguments = "",
            .words = "まだ送っていない照会を送り、照会の結果を受け取ります");

// ---- how each stands

static const char *const names[] = {"照会番号", "宛名番号", "municipality", "asked_on", "status", "result", "as_of", "looked"};

static const ListCode looks[] = {{"OPEN", "未確認"}, {"SETTLED", "確認済み"}, {0}};
static const ListColumn columns[] = {{"municipality", "照会先の団体", NULL}, {"asked_on", "照会日", NULL},
                                     {"status", "照会の状況", inquiry_statuses},     {"result", "回答", inquiry_results},
                                     {"as_of", "回答の基準日", NULL},        {"looked", "確認", looks}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static void inquiry_put(List *out, const InquiryRow *row, Arena *arena)
{
    char asked[DAY_TEXT_SIZE], as_of[DAY_TEXT_SIZE];
    list_put(out, str_format(arena, "%lld", (long long)row->inquiry_id));
    list_put(out, addressee_text(&row->who));
    list_put(out, row->is_protected ? (Str){0} : municipality_text(&row->municipality));
    list_put(out, str_of(day_text(instant_day_in_japan(row->asked_at), asked)));
    list_put(out, inquiry_status_code(row));
    list_put(out, str_of(result_status(row->result)));
    list_put(out, str_of(day_text(row->as_of, as_of)));
    list_put(out, row->settled_at ? S("SETTLED") : S("OPEN"));
    list_end_row(out);
}

static bool inquiries(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    InquiryRows rows;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL,
                             &words};
    (void)status;
    if (!inquiries_list(act->store, !option_given(line, "all"), option_number(line, "file", 0), arena, &rows, err) || !list_begin(act, &asked, &left, err))
        return false;
    VEC_EACH (const InquiryRow, row, rows) inquiry_put(&left, row, arena);
    return list_leave(&left, err);
}

static const Option list_options[] = {
    {OPTION_FLAG, "all", NULL, "確認の済んだものも出す", false, false},
    {OPTION_NUMBER, "file", "N", "この照会ファイル (inquiry-files) のものだけ出す", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_inquiries = COMMAND("inquiries", "immunization", DUTY_LINK, AUDIT_EXPORT, SHARED, inquiries,
                                       .arguments = "", .words = "情報照会の状況の一覧を出します", .options = list_options);
