// SPDX-License-Identifier: Apache-2.0
#include "rules_asked.h"

#include <assert.h>

#include "dates.h"
#include "person_state.h"
#include "rules_form_html.h"

#define ASKED S("rules")

// ---- in the address

static bool day_next(Str *text, Day *day)
{
    Cut cut = str_cut(*text, ' ');
    *text = cut.tail;
    *day = DAY_NONE;
    return !cut.head.len || day_read(cut.head.at, (int)cut.head.len, day);
}

bool rules_asked(const Visit *visit, int variable, RulesAsked *asked, Error *err)
{
    Str text;
    int64_t sex = SEX_FEMALE;
    *asked = (RulesAsked){visit->act->business_day, DAY_NONE, DAY_NONE, SEX_FEMALE};
    if (variable < 0) return true;
    if (!visit_unseal(visit, ASKED, visit->variables[variable], &text, err)) return false;
    if (!day_next(&text, &asked->on) || !day_next(&text, &asked->against) ||
        !day_next(&text, &asked->birth) || !str_int64(text, &sex))
        return FAIL(err, E_NOT_FOUND, .words = S("規則の画面から開き直してください。"));
    asked->sex = (int32_t)sex;
    return true;
}

bool rules_sealed(const Visit *visit, const RulesAsked *asked, Str *sealed, Error *err)
{
    assert(asked->sex == SEX_MALE || asked->sex == SEX_FEMALE);
    Text out = {0};
    char day[DAY_TEXT_SIZE];
    const Day days[] = {asked->on, asked->against, asked->birth};
    for (int i = 0; i < (int)countof(days); i++)
        text_addf(&out, visit->arena, "%s ", days[i] == DAY_NONE ? "" : day_text(days[i], day));
    text_addf(&out, visit->arena, "%d", asked->sex);
    return visit_seal(visit, ASKED, text_str(&out), sealed, err);
}

// ---- from the form

static bool day_typed(const Visit *visit, const char *name, const char *label, Day empty, Day *day,
                      Error *err)
{
    Error why = {0};
    Str typed = str_trim(web_value(visit->request->form, name));
    *day = empty;
    if (!typed.len || date_parse_day(typed, day, NULL, &why)) return true;
    return FAIL(err, why.code, .item = str_of(label), .value = typed,
                .words = S("日付として読めません。令和7年4月1日、R7.4.1、2025-04-01 の"
                           "ように入力してください。"));
}

// Whoever is tried must have been born on both days of the law.
static bool born_by(const RulesAsked *asked, Error *err)
{
    Day first =
        asked->against != DAY_NONE && asked->against < asked->on ? asked->against : asked->on;
    if (asked->birth == DAY_NONE || asked->birth <= first) return true;
    return FAIL(
        err, E_CONFLICT, .item = S("生年月日で試す"),
        .words =
            S("規則の日より後に生まれた人は、まだいません。生年月日か日付を確認してください。"));
}

bool rules_typed(const Visit *visit, RulesAsked *asked, Error *err)
{
    bool male = str_equal(web_value(visit->request->form, "sex"), S("1"));
    asked->sex = male ? SEX_MALE : SEX_FEMALE;
    return day_typed(visit, "on", "いつの規則か", visit->act->business_day, &asked->on, err) &&
           day_typed(visit, "against", "くらべる日", DAY_NONE, &asked->against, err) &&
           day_typed(visit, "birth", "生年月日で試す", DAY_NONE, &asked->birth, err) &&
           born_by(asked, err);
}

// ---- the form

static Str shown(const Visit *visit, const char *name, Day day, bool refused)
{
    if (refused) return web_value(visit->request->form, name);
    return day == DAY_NONE ? (Str){0} : date_era_text(visit->arena, day);
}

bool rules_form(const Visit *visit, Str vaccine, const RulesAsked *asked, Str refused, Markup *form,
                Error *err)
{
    assert(vaccine.len > 0);
    Path go = visit_path(visit, &route_send_rules, &vaccine, 1);
    Str on = shown(visit, "on", asked->on, refused.len > 0);
    const RulesForm f = {.go = go,
                         .origin = visit_origin(visit, go),
                         .on = on.at ? on : S(""),
                         .against = shown(visit, "against", asked->against, refused.len > 0),
                         .birth = shown(visit, "birth", asked->birth, refused.len > 0),
                         .male = asked->sex == SEX_MALE,
                         .compares = !str_equal(vaccine, RULES_ALL),
                         .refused = refused};
    Page *page = page_begin(visit->arena);
    rules_form_write(page, &f);
    return page_end(page, form, err);
}
