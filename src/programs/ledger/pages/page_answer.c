// What another city answered, beside what the ledger knows; what of it is asked to be entered (answer_entering.h).
// SPDX-License-Identifier: Apache-2.0
#include "answer_entering.h"
#include "answer_html.h"
#include "dates.h"
#include "form.h"
#include "inquiry_words.h"
#include "masked.h"
#include "municipality.h"
#include "outlet.h"
#include "visit_person.h"

static const FormField fields[] = {
    {"how", "確かめた結果", FORM_LINE, 200, false, 60, "例: 前の市区町村に電話で確かめ、台帳の日が正しいと分かった", NULL},
};

typedef struct AnswerShown {
    Visit *visit;
    VisitPerson person;
    Answered answered;
    FormKind kind;
    Path go;
} AnswerShown;

static Str city_words(const InquiryRow *inquiry, Arena *arena, Error *err)
{
    const MunicipalityTable *places;
    if (inquiry->is_protected) return MASKED;
    if (!municipality_load(arena, &places, err)) return (Str){0};
    const Municipality *place = municipality_find(places, &inquiry->municipality);
    return place ? place->name : municipality_text(&inquiry->municipality);
}

static const char *button(const Answered *a, Arena *arena)
{
    if (!a->fresh) return "確認済みにする";
    return str_z(arena, str_format(arena, "台帳にない接種 %lld件の追加を申請する", (long long)a->fresh));
}

static bool shown_of(Visit *visit, AnswerShown *s, Error *err)
{
    *s = (AnswerShown){.visit = visit, .go = visit_path(visit, &route_page_answer, visit->variables, 2)};
    if (!visit_person(visit, &s->person, err) ||
        !answer_open(&s->person.ledger, visit->variables[1], visit->arena, &s->answered, err))
        return false;
    visit->detail = visit->variables[1];
    if (s->answered.inquiry.person_id != s->person.shown.person->person_id)
        return FAIL(err, E_NOT_FOUND, .words = S("この人の照会ではありません。一人のページから開き直してください。"));
    s->kind = (FormKind){"answer", fields, countof(fields), button(&s->answered, visit->arena), NULL};
    return true;
}

static Str about(const AnswerShown *s)
{
    return str_format(s->visit->arena, "%lld", (long long)s->answered.inquiry.inquiry_id);
}

// ---- shown

// Evidence that nothing stood there on that day: not that nothing was given.
static Str result_words(const AnswerShown *s)
{
    const Answered *a = &s->answered;
    Arena *arena = s->visit->arena;
    if (a->inquiry.astray_no && !a->inquiry.settled_at)
        return S("届いた知らせの宛名番号が、照会した人のものと合いません。受け取らずに待っています。統合宛名の担当に、この人の宛名番号が"
                 "1人のものになっているかを確かめてください。照会をやめるときは、結果を書いて終えてください。");
    if (a->unread.code)
        return str_format(arena, "届いた回答を読めません (%.*s)。前の市区町村に内容を確かめ、結果を書いて終えてください。",
                          STR(outlet_error_message(OUTLET_PAGE, arena, &a->unread)));
    if (a->inquiry.result == RESULT_NO_DATA)
        return str_format(arena, "%.*sの時点で、前の市区町村に接種の記録はありませんでした。接種していないという意味ではありません。",
                          STR(date_era_text(arena, a->inquiry.as_of)));
    if (a->inquiry.result == RESULT_NOBODY)
        return S("前の市区町村は、この人を知りませんでした。その前の住所を本人に確かめてください。");
    if (a->inquiry.result != RESULT_GIVEN)
        return str_format(arena, "回答は得られませんでした: %.*s。わけを確かめ、結果を書いて終えてください。", STR(inquiry_words(&a->inquiry, arena)));
    if (a->doubtful)
        return str_format(arena,
                          "台帳と違うもの、製剤や日の分からないものが %lld件あります。どちらの記録も変えていません。"
                          "前の市区町村か本人に確かめ、結果を書いて終えてください。台帳の記録を直すときは、一人のページの「訂正」で行います。",
                          (long long)a->doubtful);
    return a->fresh ? S("台帳にない接種の追加を申請できます。ほかの職員が承認すると、台帳に入ります。")
                    : S("回答の接種は、すべて台帳にあります。");
}

static AnswerLine line_of(const AnswerShown *s, const AnswerDose *dose)
{
    Arena *arena = s->visit->arena;
    bool doubt = dose->kind == ANSWER_DOUBT;
    AnswerLine line = {.day = date_partial_era_text(arena, dose->given_on),
                       .vaccine = dose->vaccine,
                       .lot = dose->lot,
                       .place = masked(s->answered.inquiry.is_protected, dose->institution),
                       .verdict = answer_kind_words(dose->kind),
                       .same = dose->kind == ANSWER_KNOWN,
                       .fresh = dose->kind == ANSWER_NEW,
                       .asks = doubt || dose->kind == ANSWER_UNCLEAR};
    if (doubt) line.verdict = str_format(arena, "%.*s（D%d）", STR(line.verdict), (int)dose->doubt);
    if (dose->dose_id) line.ours = date_partial_era_text(arena, dose->standing_on);
    return line;
}

static bool draw(AnswerShown *s, Form *form, Error *err)
{
    bool enters;
    Visit *visit = s->visit;
    const Answered *a = &s->answered;
    Str city = city_words(&a->inquiry, visit->arena, err);
    if (!city.at || !visit_may(visit, &route_send_answer, &enters, err)) return false;
    AnswerPage page = {.title = S("照会の回答"),
                       .sub = str_format(visit->arena, "照会 %lld　%.*s　%.*s", (long long)a->inquiry.inquiry_id, STR(city),
                                         STR(inquiry_words(&a->inquiry, visit->arena))),
                       .back = visit_path(visit, &route_page_inquiries, visit->variables, 1),
                       .words = result_words(s),
                       .warns = a->doubtful || a->inquiry.result != RESULT_GIVEN,
                       .count = a->doses.count};
    VEC_EACH (const AnswerDose, dose, a->doses) *answer_line_rows_push(&page.lines, visit->arena) = line_of(s, dose);
    if (enters && inquiry_over(&a->inquiry) && !a->inquiry.settled_at) {
        if (!form_draw(form, err)) return false;
        page.top = form->top;
        page.form = form->body;
    }
    answer_page_write(visit->page, &page);
    return true;
}

bool page_answer(Visit *visit, Error *err)
{
    Form form;
    AnswerShown *s = NEW(visit->arena, AnswerShown, 1);
    return shown_of(visit, s, err) && form_open(visit, &s->kind, s->go, about(s), &form, err) && draw(s, &form, err);
}

// ---- taken over

static Str entered_words(const AnswerShown *s, const AnswerEntered *entered)
{
    Text said = {0};
    Arena *arena = s->visit->arena;
    if (entered->asked)
        text_addf(&said, arena, "台帳にない接種 %lld件の追加を申請しました。ほかの職員が承認すると、台帳に入ります。",
                  (long long)entered->asked);
    VEC_EACH (const AnswerRefused, refused, entered->refusals)
        text_addf(&said, arena, "%.*s %.*sは申請できません: %.*s", STR(date_partial_era_text(arena, refused->dose->given_on)),
                  STR(refused->dose->vaccine), STR(outlet_error_message(OUTLET_PAGE, arena, &refused->why)));
    if (entered->settled)
        text_addf(&said, arena, "照会 %lld を確認済みにしました。", (long long)s->answered.inquiry.inquiry_id);
    else
        text_addf(&said, arena, "確かめるもの %lld件が残っています。", (long long)entered->open);
    return text_str(&said);
}

bool send_answer(Visit *visit, Error *err)
{
    Form form;
    AnswerEntered entered;
    AnswerShown *s = NEW(visit->arena, AnswerShown, 1);
    if (!shown_of(visit, s, err)) return false;
    const Answered *a = &s->answered;
    form_read(visit, &s->kind, s->go, about(s), &form);
    if (a->inquiry.settled_at) form_trouble(&form, S("この照会は、もう確認済みです。"));
    if (!a->fresh && (a->doubtful || !result_answered(a->inquiry.result)) && !form_value(&form, "how").len)
        form_fault(&form, "how", S("何を確かめ、どう決めたかを書いてください。"));
    if (form.faulty) return draw(s, &form, err);
    if (!answer_enter(&s->answered, form_value(&form, "how"), visit->arena, &entered, err)) return false;
    Path go = entered.settled ? visit_path(visit, &route_page_inquiries, visit->variables, 1) : s->go;
    return visit_go(visit, go, entered_words(s, &entered), err);
}
