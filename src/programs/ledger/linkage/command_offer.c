// sesshu ledger offer: who moved in, and of whom the former city may be asked.
// SPDX-License-Identifier: Apache-2.0
#include "list_leave.h"
#include "masked.h"
#include "offer.h"
#include "say.h"

enum { SINCE_DAYS = 60 };

static const char *const names[] = {"宛名番号", "氏名", "生年月日", "moved_on", "municipality", "city", "offer"};

// clang-format off
static const ListCode offers_shown[] = {{"ASK", "照会できます"}, {"CONFIRM", "確かめてから (支援措置)"}, {0}};
// clang-format on
static const ListColumn columns[] = {
    {"moved_on", "転入日", NULL}, {"municipality", "前住所の団体", NULL}, {"city", "団体名", NULL}, {"offer", "照会", offers_shown}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static bool shown(OfferNo no)
{
    return no == OFFER_YES || no == OFFER_PROTECTED;
}

static Str city_name(const MunicipalityTable *places, const MunicipalityCode *code)
{
    const Municipality *place = code->digits[0] ? municipality_find(places, code) : NULL;
    return place ? place->name : (Str){0};
}

static void offer_put(List *out, const MunicipalityTable *places, const Offer *offer)
{
    char birth[DAY_TEXT_SIZE], day[DAY_TEXT_SIZE];
    const PersonRow *person = &offer->row.person;
    bool asks = offer->no == OFFER_YES;
    list_put(out, addressee_text(&person->who));
    list_put(out, masked(person->is_protected, person->name));
    list_put(out, str_of(partial_date_text(person->birth, birth)));
    list_put(out, str_of(day_text(offer->row.moved_on, day)));
    list_put(out, asks ? municipality_text(&offer->answers) : (Str){0});
    list_put(out, asks ? city_name(places, &offer->answers) : (Str){0});
    list_put(out, asks ? S("ASK") : S("CONFIRM"));
    list_end_row(out);
}

static void tell(const Offers *offers)
{
    int64_t of[OFFER_NO_COUNT] = {0};
    VEC_EACH (const Offer, offer, *offers) of[offer->no]++;
    say(stderr,
        "転入した方 %lld 人: 照会できる方 %lld 人、支援措置のため確かめてからの方 %lld 人、照会済み %lld 人、国外または"
        "前住所不明 %lld 人、対象の接種がない方 %lld 人。\n",
        (long long)offers->count, (long long)of[OFFER_YES], (long long)of[OFFER_PROTECTED], (long long)of[OFFER_ASKED],
        (long long)of[OFFER_ABROAD], (long long)of[OFFER_NOTHING_OPEN]);
}

static bool offer(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    Offers offers;
    Ledger ledger;
    const MunicipalityTable *places;
    Day since = option_day(line, "since", act->business_day - SINCE_DAYS);
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL,
                             &words};
    (void)status;
    if (!ledger_open(act, arena, &ledger, err) || !municipality_load(arena, &places, err) ||
        !offers_since(&ledger, places, since, arena, &offers, err) || !list_begin(act, &asked, &left, err))
        return false;
    VEC_EACH (const Offer, one, offers)
        if (shown(one->no)) offer_put(&left, places, one);
    tell(&offers);
    return list_leave(&left, err);
}

static const Option options[] = {
    {OPTION_DAY, "since", "D", "この日からの転入 (既定 60日前)", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_offer = COMMAND("offer", "immunization", DUTY_LINK, AUDIT_EXPORT, SHARED, offer, .arguments = "",
                                   .words = "転入した方のうち、前の市町村に接種歴を照会できる方の一覧を出します",
                                   .options = options);
