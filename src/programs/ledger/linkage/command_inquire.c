// sesshu ledger inquire, results, inquiries: former cities are asked, their answers come, and how each inquiry stands.
// SPDX-License-Identifier: Apache-2.0
#include "inquiring.h"

#include "city_settings.h"
#include "inquiry_rows.h"
#include "list_leave.h"
#include "offer.h"
#include "say.h"

enum { SINCE_DAYS = 60, BATCH_BYTES = 256 << 20 };

// ---- asking

typedef struct Inquire {
    Act *act;
    Ledger ledger;
    const MunicipalityTable *places;
    Str to, confirmed;  // {0}: not said
    int64_t written;
} Inquire;

static bool written(Inquire *in, const MovedInRow *moved, const MunicipalityCode *city, Error *err)
{
    InquiryRow row = {.person_id = moved->person.person_id,
                      .municipality = *city,
                      .moved_on = moved->moved_on,
                      .undisclosed = moved->person.is_protected,
                      .reason = in->confirmed,
                      .asked_by = actor_name(in->act->actor),
                      .asked_at = in->act->now};
    AuditLeaf leaf = act_leaf(in->act, AUDIT_DONE);
    leaf.whose = &moved->person.who;
    leaf.detail = municipality_text(city);
    in->written++;
    return inquiry_row_add(in->act->store, &row, err) && act_record(in->act, &leaf, err);
}

// Whom the former city may be asked about only when somebody says so, and who is asked then.
static bool city_of(const Inquire *in, const Offer *offer, Str typed, MunicipalityCode *city, Error *err)
{
    *city = offer->answers;
    if (in->to.len && !municipality_code_parse(in->to, city, NULL, err)) return false;
    if (in->to.len) *city = municipality_answering(in->places, *city);
    if (offer->no == OFFER_PROTECTED && !(in->confirmed.len && in->to.len))
        return FAIL(err, E_HELD, .item = S("宛名番号"), .value = typed,
                    .words = S("支援措置の対象です。照会すると前の市町村の記録に残ります。確かめた理由を --confirm に、団体コードを "
                               "--to に入力してください。"));
    if (offer->no == OFFER_YES || offer->no == OFFER_PROTECTED || in->to.len) return true;
    return FAIL(err, E_CONFLICT, .item = S("宛名番号"), .value = typed,
                .words = S("この方は照会の対象ではありません (転入していない、国外から、照会済み、対象の接種がない、のどれか)。"
                           "別の市町村に照会するときは --to に団体コードを入力してください。"));
}

static bool person_asked(Inquire *in, Str typed, Arena *arena, Error *err)
{
    AddresseeNo who;
    MovedInRow moved;
    PersonRow person;
    MunicipalityCode city;
    Store *store = in->act->store;
    if (!addressee_no_parse(typed, &who, NULL, err) || !person_by_number(store, &who, KNOWN_NOW, arena, &person, err))
        return false;
    if (!person.person_id || person.withdrawn)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = typed,
                    .words = S("この宛名番号の人は台帳にいません。番号を確かめてください。"));
    if (!moved_in_of(store, person.person_id, arena, &moved, err)) return false;
    if (!moved.person.person_id) moved = (MovedInRow){.person = person, .moved_on = DAY_NONE};
    Offer offer = offer_of(&in->ledger, in->places, &moved, *arena);
    return city_of(in, &offer, typed, &city, err) && written(in, &moved, &city, err);
}

static bool offered_asked(Inquire *in, Day since, Arena *arena, Error *err)
{
    Offers offers;
    if (!offers_since(&in->ledger, in->places, since, arena, &offers, err)) return false;
    VEC_EACH (const Offer, offer, offers)
        if (offer->no == OFFER_YES && !written(in, &offer->row, &offer->answers, err)) return false;
    return true;
}

static bool all_written(Inquire *in, const CommandLine *line, Arena *arena, Error *err)
{
    Day since = option_day(line, "since", in->act->business_day - SINCE_DAYS);
    if (!act_begin(in->act, err)) return false;
    if (option_given(line, "offered") && !offered_asked(in, since, arena, err)) return false;
    for (ptrdiff_t i = 0; i < line->arguments.count; i++)
        if (!person_asked(in, line->arguments.at[i], arena, err)) return false;
    return store_commit(in->act->store, err);
}

static bool p1_read(Arena *arena, const Procedure **procedure, Error *err)
{
    Procedures rows;
    if (!procedure_table(arena, &rows, err)) return false;
    *procedure = procedure_named(&rows, S("P1"));
    return *procedure || FAIL(err, E_FILE_LAYOUT, .item = S("procedures.tsv"), .words = S("手続 P1 が表にありません。"));
}

// The record of provision names who asked; a city that has not said its section is the office.
static bool department_read(const Act *act, Arena *arena, Str *department, Error *err)
{
    CitySettings city;
    bool there;
    if (!city_settings_read(office_path(act->office, "city.json", arena), arena, &city, &there, err)) return false;
    *department = city.sender.section.len ? city.sender.section : S("予防接種担当");
    return true;
}

// Batches live in a place of their own: the act's grows meanwhile.
static bool all_sent(Act *act, Arena *arena, InquiriesReport *report, Error *err)
{
    Str department;
    HttpClient *unified = NULL;
    const Procedure *procedure;
    Arena batches = arena_reserve(BATCH_BYTES);
    bool good = p1_read(arena, &procedure, err) && department_read(act, arena, &department, err) &&
                linkage_connect(act->office, arena, &unified, err) &&
                inquiries_send(act, unified, procedure, department, batches, report, err);
    http_client_close(unified);
    arena_release(batches);
    return good;
}

static bool inquire(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    InquiriesReport report = {0};
    Inquire in = {.act = act, .to = option_text(line, "to"), .confirmed = option_text(line, "confirm")};
    if (!line->arguments.count && !option_given(line, "offered"))
        return FAIL(err, E_USAGE, .words = S("宛名番号か --offered を指定してください。"));
    if (!ledger_open(act, arena, &in.ledger, err) || !municipality_load(arena, &in.places, err) ||
        !all_written(&in, line, arena, err) || !all_sent(act, arena, &report, err))
        return false;
    say(stderr, "照会 %lld 件を書き、%lld 件を送りました。受け付けられなかったもの %lld 件。\n", (long long)in.written,
        (long long)report.sent, (long long)report.refused);
    if (report.refused) *status = EXIT_ATTENTION;
    return true;
}

static const Option inquire_options[] = {
    {OPTION_FLAG, "offered", NULL, "offer の一覧の「照会できます」の全員に照会する", false, false},
    {OPTION_DAY, "since", "D", "この日からの転入 (既定 60日前)", false, false},
    {OPTION_TEXT, "to", "CODE", "照会する団体コード (既定 前住所の市町村)", false, false},
    {OPTION_TEXT, "confirm", "R", "支援措置の対象の方に照会してよいと確かめた理由", false, false},
    {.kind = OPTION_END},
};

const Door command_inquire =
    COMMAND("inquire", "immunization", DUTY_LINK, AUDIT_INQUIRY, SHARED, inquire, .arguments = "宛名番号...", .least = 0,
            .most = -1, .words = "転入した方の接種歴を前の市町村に照会します", .options = inquire_options);

static bool results(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    InquiriesReport report = {0};
    HttpClient *unified = NULL;
    Arena batches = arena_reserve(BATCH_BYTES);
    (void)line;
    bool good = linkage_connect(act->office, arena, &unified, err) && inquiries_take(act, unified, batches, &report, err);
    http_client_close(unified);
    arena_release(batches);
    if (!good) return false;
    say(stderr, "照会の知らせ %lld 件、接種歴の届いたもの %lld 件。\n", (long long)report.news, (long long)report.answered);
    if (report.astray)
        say(stderr,
            "宛名番号が照会した方のものと合わない知らせ %lld 件は受け取らずに待ちます。統合宛名で、この方の宛名番号が 1 人のものに"
            "なっているか確かめてください (sesshu unified work、sesshu ledger inquiries の「番号の確認待ち」)。\n",
            (long long)report.astray);
    if (report.answered || report.astray) *status = EXIT_ATTENTION;
    return true;
}

const Door command_results = COMMAND("results", "immunization", DUTY_LINK, AUDIT_INQUIRY, SHARED, results, .arguments = "",
                                     .words = "照会の結果を受け取ります");

// ---- how each stands

static const char *const names[] = {"照会番号", "宛名番号", "municipality", "asked_on", "status", "result", "as_of", "looked"};

// clang-format off
static const ListCode statuses[] = {
    {"UNSENT", "未送信"}, {"REFUSED", "受け付けられない"}, {"ASTRAY", "番号の確認待ち"}, {"01", "受付"}, {"02", "許可要求中"}, {"03", "照会中"}, {"04", "手動応答待ち"},
    {"09", "正常終了"}, {"11", "入力エラー"}, {"12", "符号未取得"}, {"13", "許可拒否"}, {"14", "時間切れ"}, {"15", "取消"}, {0}};
static const ListCode results_shown[] = {
    {"01", "提供あり"}, {"02", "該当データなし"}, {"03", "該当者なし"}, {"04", "提供拒否"}, {"11", "許可なし"}, {"12", "期限切れ"},
    {"13", "提供側停止中"}, {"14", "復号失敗"}, {"99", "取消"}, {0}};
static const ListCode looks[] = {{"OPEN", "未確認"}, {"SETTLED", "確認済み"}, {0}};
// clang-format on
static const ListColumn columns[] = {{"municipality", "照会先の団体", NULL}, {"asked_on", "照会日", NULL},
                                     {"status", "照会の状況", statuses},     {"result", "回答", results_shown},
                                     {"as_of", "回答の基準日", NULL},        {"looked", "確認", looks}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static Str status_of(const InquiryRow *row)
{
    const Inquiry stands = {.state = row->state, .result = row->result};
    if (row->refusal.len) return S("REFUSED");
    if (!row->sent_at) return S("UNSENT");
    if (row->astray_no && !row->settled_at) return S("ASTRAY");
    return row->state ? str_of(inquiry_status(&stands)) : S("01");
}

static void inquiry_put(List *out, const InquiryRow *row, Arena *arena)
{
    char asked[DAY_TEXT_SIZE], as_of[DAY_TEXT_SIZE];
    list_put(out, str_format(arena, "%d", (int)row->inquiry_id));
    list_put(out, addressee_text(&row->who));
    list_put(out, row->is_protected ? (Str){0} : municipality_text(&row->municipality));
    list_put(out, str_of(day_text(instant_day_in_japan(row->asked_at), asked)));
    list_put(out, status_of(row));
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
    if (!inquiries_list(act->store, !option_given(line, "all"), arena, &rows, err) || !list_begin(act, &asked, &left, err))
        return false;
    VEC_EACH (const InquiryRow, row, rows) inquiry_put(&left, row, arena);
    return list_leave(&left, err);
}

static const Option list_options[] = {
    {OPTION_FLAG, "all", NULL, "確認の済んだものも出す", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_inquiries = COMMAND("inquiries", "immunization", DUTY_LINK, AUDIT_EXPORT, SHARED, inquiries,
                                       .arguments = "", .words = "情報照会の状況の一覧を出します", .options = list_options);
