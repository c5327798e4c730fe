// Letters asked for: those of a due list, or of a batch once more. What is asked for is carried out by a process of its
// own, by the steps of the command (order.h).
// SPDX-License-Identifier: Apache-2.0
#include "batch_asked.h"
#include "due_words.h"
#include "form.h"
#include "notice_order.h"
#include "order.h"
#include "print_form_html.h"

// clang-format off
#define TRIAL "見本を作る（だれにも送ったことになりません）"
#define SEND  "通知と予診票を作る（送ったことになります）"
static const char *const ways[] = {TRIAL, SEND, NULL};
static const FormField letters_fields[] = {{"way", "作るもの", FORM_CHOICE, 0, true, 0, NULL, ways}};
static const FormField again_fields[] = {
    {"reason", "理由", FORM_LINE, 100, true, 40, "例: 届かないと電話があったため", NULL},
};
// clang-format on
static const FormKind letters_kind = {"letters", letters_fields, countof(letters_fields), "作り始める", NULL};
static const FormKind again_kind = {"again", again_fields, countof(again_fields), "再発行を始める", NULL};

typedef struct Asking {
    Visit *visit;
    const FormKind *kind;
    NoticeOrder order;
    Str words, about, told;
    Path go, back;
    AddresseeNo who;
} Asking;

static bool draw(const Asking *a, Form *form, Error *err)
{
    if (!form_draw(form, err)) return false;
    PrintFormPage page = {.title = str_of(a->visit->route->title),
                          .sub = a->words,
                          .words = a->told,
                          .back = a->back,
                          .top = form->top,
                          .form = form->body};
    print_form_page_write(a->visit->page, &page);
    return true;
}

static bool shown(const Asking *a, Error *err)
{
    Form form;
    return form_open(a->visit, a->kind, a->go, a->about, &form, err) && draw(a, &form, err);
}

static bool begun(Asking *a, Error *err)
{
    int32_t number;
    Visit *visit = a->visit;
    const OrderAsked asked = {.kind = &order_notices,
                              .words = a->words,
                              .payload = notice_order_text(&a->order, visit->arena),
                              .purpose = str_of(purpose_words(visit->session->purpose)),
                              .staff_no = visit->session->row.staff_no};
    if (!order_ask(visit->act, &asked, &number, err) || !order_start(visit->act, number, err)) return false;
    Str text = str_format(visit->arena, "%d", (int)number);
    return visit_go(visit, visit_path(visit, &route_page_order, &text, 1), (Str){0}, err);
}

// ---- of a due list

static bool list_asked(Visit *visit, Asking *a, Error *err)
{
    DueAsked asked;
    Ledger ledger;
    CityWards wards;
    if (!due_asked_of(visit, &asked, err) || !visit_ledger(visit, &ledger, err) ||
        !city_wards(visit->act->store, visit->arena, &wards, err))
        return false;
    *a = (Asking){.visit = visit,
                  .kind = &letters_kind,
                  .order = {.series = asked.series, .ward = asked.ward, .within = asked.within},
                  .words = due_asked_words(ledger.schedule, &wards, &asked, visit->arena),
                  .about = due_asked_whole(&asked, visit->arena),
                  .told = asked.series.len ? S("一覧の人のうち、規則で送らない人（すでにお知らせした人、止めている人など）を除いて作ります。"
                                               "見本で確かめてから作ってください。作り始めたら、画面を離れても続きます。")
                                           : S("ワクチンを選んでいないため、A類のすべてを作ります。規則で送らない人（すでにお知らせした人、"
                                               "止めている人など）は除きます。見本で確かめてから作ってください。"),
                  .go = visit_path(visit, &route_page_letters, visit->variables, 1)};
    return due_asked_path(visit, &route_page_due_asked, &asked, &a->back, err);
}

bool page_letters(Visit *visit, Error *err)
{
    Asking a;
    return list_asked(visit, &a, err) && shown(&a, err);
}

bool send_letters(Visit *visit, Error *err)
{
    Form form;
    Asking a;
    if (!list_asked(visit, &a, err)) return false;
    form_read(visit, a.kind, a.go, a.about, &form);
    if (form.faulty) return draw(&a, &form, err);
    bool trial = str_equal(form_value(&form, "way"), S(TRIAL));
    a.order.way = trial ? NOTICES_TRIAL : NOTICES_SEND;
    a.words = str_format(visit->arena, "%s　%.*s", trial ? "見本" : "通知と予診票", STR(a.words));
    return begun(&a, err);
}

// ---- of a batch, once more

static bool again_asked(Visit *visit, bool one, Asking *a, Error *err)
{
    Str number = {0};
    BatchRow batch;
    VisitPerson *person = NEW(visit->arena, VisitPerson, 1);
    *a = (Asking){.visit = visit, .kind = &again_kind};
    if (!batch_of(visit, &batch, err)) return false;
    if (one && (!visit_unseal(visit, S("person"), visit->variables[1], &number, err) ||
                !addressee_no_parse(number, &a->who, NULL, err) || !visit_person_of(visit, &a->who, person, err)))
        return false;
    a->order = (NoticeOrder){.way = NOTICES_REPRINT, .batch = batch.number, .who = number, .within = -1};
    a->words = str_format(visit->arena, "%.*s%s", STR(batch.number), one ? "　1人の再発行" : "　全部の再発行");
    a->about = str_format(visit->arena, "%.*s %.*s", STR(batch.number), STR(number));
    a->told = S("いまの登録のとおりに作り直します。転出した人、接種の済んだ人、支援措置になった人の紙は作りません。");
    a->go = visit_path(visit, one ? &route_page_again_one : &route_page_again, visit->variables, one ? 2 : 1);
    a->back = visit_path(visit, &route_page_batch, &batch.number, 1);
    return true;
}

static bool again_sent(Visit *visit, bool one, Error *err)
{
    Form form;
    Asking a;
    if (!again_asked(visit, one, &a, err)) return false;
    form_read(visit, a.kind, a.go, a.about, &form);
    if (form.faulty) return draw(&a, &form, err);
    a.order.reason = form_value(&form, "reason");
    return begun(&a, err);
}

bool page_again(Visit *visit, Error *err)
{
    Asking a;
    return again_asked(visit, false, &a, err) && shown(&a, err);
}

bool page_again_one(Visit *visit, Error *err)
{
    Asking a;
    return again_asked(visit, true, &a, err) && shown(&a, err);
}

bool send_again(Visit *visit, Error *err)
{
    return again_sent(visit, false, err);
}

bool send_again_one(Visit *visit, Error *err)
{
    return again_sent(visit, true, err);
}
