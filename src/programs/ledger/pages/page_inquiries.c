// One person's inquiries at other cities: what is offered, asking, and how each stands (inquiry_asking.h).
// SPDX-License-Identifier: Apache-2.0
#include "inquiry_asking.h"
#include "dates.h"
#include "form.h"
#include "inquiries_html.h"
#include "inquiry_words.h"
#include "masked.h"
#include "order.h"
#include "visit_person.h"

// clang-format off
static const FormField fields[] = {
    {"city", "照会先の団体コード", FORM_LINE, 6, true, 8, "6桁。区は市にまとめて照会します", NULL},
    {"reason", "理由", FORM_LINE, 100, false, 40, "前の市区町村のほかに照会するとき、支援措置の対象の人を照会するときは、必ず書いてください", NULL},
};
// clang-format on
static const FormKind kind = {"inquiry", fields, countof(fields), "照会する", NULL};

typedef struct Asked {
    Visit *visit;
    VisitPerson person;
    Asking asking;
    Offer offer;
    Path go;
} Asked;

static bool asked_of(Visit *visit, Asked *a, Error *err)
{
    *a = (Asked){.visit = visit, .go = visit_path(visit, &route_page_inquiries, visit->variables, 1)};
    return visit_person(visit, &a->person, err) && asking_open(&a->person.ledger, visit->arena, &a->asking, err) &&
           asking_offer(&a->asking, a->person.shown.person, visit->arena, &a->offer, err);
}

static bool may_be_asked(const PersonRow *person)
{
    return person->status == STATUS_RESIDENT && !person->withdrawn;
}

static Str city_name(const MunicipalityTable *places, const MunicipalityCode *code)
{
    const Municipality *place = municipality_find(places, code);
    return place ? place->name : municipality_text(code);
}

// ---- what is offered

static Str offer_words(const Asking *asking, const Offer *offer, Arena *arena)
{
    static const Str words[] = {
        [OFFER_NOT_MOVED_IN] = S("この人は、ほかの市区町村から転入した人ではありません。"),
        [OFFER_ABROAD] = S("前の住所は国外か、分かりません。照会できる市区町村がありません。"),
        [OFFER_OUR_OWN] = S("前の住所もこの市の中です。接種の記録は台帳にあります。"),
        [OFFER_NOTHING_OPEN] = S("いまと1年以内に受けられる定期接種がないため、照会しません。"),
        [OFFER_PROTECTED] = S("支援措置の対象です。照会すると、前の市区町村の記録に残ります。照会してよいことを確かめたときだけ、団体コードと"
                              "確かめた理由を書いて照会してください。相手の画面と本人の画面には出ない照会（不開示）になります。"),
        [OFFER_ASKED] = S("この転入については照会済みです。")};
    if (!may_be_asked(&offer->row.person)) return S("この市に住んでいない人です。照会はできません。");
    if (offer->no != OFFER_YES) return words[offer->no];
    return str_format(arena, "前の市区町村に照会できます: %.*s（%.*sに転入）", STR(city_name(asking->places, &offer->answers)),
                      STR(date_era_text(arena, offer->row.moved_on)));
}

bool inquiry_note(const Visit *visit, const VisitPerson *person, InquiryNote *note, Error *err)
{
    Offer offer;
    Asking asking;
    InquiryRows rows;
    Arena *arena = visit->arena;
    *note = (InquiryNote){.open = visit_path(visit, &route_page_inquiries, visit->variables, 1)};
    if (!asking_open(&person->ledger, arena, &asking, err) ||
        !asking_offer(&asking, person->shown.person, arena, &offer, err) ||
        !inquiries_of_person(visit->act->store, person->shown.person->person_id, arena, &rows, err))
        return false;
    if (rows.count && !rows.at[0].settled_at)
        note->words = str_format(arena, "ほかの市区町村への照会 %lld: %.*s", (long long)rows.at[0].inquiry_id,
                                 STR(inquiry_words(&rows.at[0], arena)));
    else if (offer.no == OFFER_YES)
        note->words = offer_words(&asking, &offer, arena);
    else if (offer.no == OFFER_PROTECTED)
        note->words = S("前の市区町村への照会は、確かめてからできます（支援措置）");
    return true;
}

// ---- how each stands

static void line_add(const Asked *a, const InquiryRow *row, InquiryLineRows *lines)
{
    Visit *visit = a->visit;
    InquiryLine line = {.no = row->inquiry_id,
                        .city = masked(row->is_protected, city_name(a->asking.places, &row->municipality)),
                        .asked = date_era_text(visit->arena, instant_day_in_japan(row->asked_at)),
                        .who = row->asked_by,
                        .state = inquiry_words(row, visit->arena),
                        .good = row->settled_at || row->result == RESULT_GIVEN,
                        .waits = inquiry_over(row) && !row->settled_at,
                        .absent = row->result == RESULT_NO_DATA};
    if (row->as_of != DAY_NONE) line.as_of = date_era_text(visit->arena, row->as_of);
    if (row->settled_at)
        line.looked = str_format(visit->arena, "%.*s　%.*s", STR(date_era_text(visit->arena, instant_day_in_japan(row->settled_at))),
                                 STR(row->settled_how));
    const Str variables[] = {visit->variables[0], str_format(visit->arena, "%lld", (long long)row->inquiry_id)};
    if (inquiry_over(row)) line.open = visit_path(visit, &route_page_answer, variables, 2);
    *inquiry_line_rows_push(lines, visit->arena) = line;
}

static bool lines_of(const Asked *a, InquiriesPage *page, Error *err)
{
    InquiryRows rows;
    Visit *visit = a->visit;
    if (!inquiries_of_person(visit->act->store, a->person.shown.person->person_id, visit->arena, &rows, err)) return false;
    VEC_EACH (const InquiryRow, row, rows) {
        line_add(a, row, &page->lines);
        page->under_way |= !inquiry_over(row);
    }
    page->origin = page->once = S("");
    if (!page->under_way || !linkage_placed()) return true;
    page->go = visit_path(visit, &route_send_exchange, visit->variables, 1);
    page->origin = visit_origin(visit, page->go);
    return form_number(visit, &page->once, err);
}

static bool draw(const Asked *a, Form *form, Error *err)
{
    InquiriesPage page = {.back = visit_path(a->visit, &route_page_person, a->visit->variables, 1),
                          .offer = offer_words(&a->asking, &a->offer, a->visit->arena),
                          .offered = a->offer.no == OFFER_YES,
                          .warns = a->offer.no == OFFER_PROTECTED};
    if (!lines_of(a, &page, err)) return false;
    if (may_be_asked(a->person.shown.person)) {
        if (!form_draw(form, err)) return false;
        page.top = form->top;
        page.form = form->body;
    }
    inquiries_page_write(a->visit->page, &page);
    return true;
}

// ---- asking

static Str about(const Asked *a)
{
    return addressee_text(&a->person.shown.person->who);
}

bool page_inquiries(Visit *visit, Error *err)
{
    Form form;
    Asked *a = NEW(visit->arena, Asked, 1);
    if (!asked_of(visit, a, err) || !form_open(visit, &kind, a->go, about(a), &form, err)) return false;
    if (!form.drafted && a->offer.no == OFFER_YES) form_set(&form, "city", municipality_text(&a->offer.answers));
    return draw(a, &form, err);
}

static bool form_checked(Asked *a, Form *form)
{
    Error why = {0};
    Str city = form_value(form, "city");
    if (form->faulty) return false;
    if (!asking_to(&a->asking, city, &why) || !municipality_find(a->asking.places, &a->asking.to))
        form_fault(form, "city", S("この団体コードの市区町村はありません。6桁の団体コードを確かめてください。"));
    else if (municipality_same(&a->asking.to, &a->offer.here))
        form_fault(form, "city", S("この市自身には照会しません。"));
    bool plain = a->offer.no == OFFER_YES && municipality_same(&a->asking.to, &a->offer.answers);
    a->asking.confirmed = form_value(form, "reason");
    if (!plain && !a->asking.confirmed.len) form_fault(form, "reason", S("照会してよいと確かめた理由を書いてください。"));
    return !form->faulty;
}

// It leaves by a process of its own; where it cannot, with the next `results`: what was written stands.
static Str sent_on(Visit *visit)
{
    int32_t number;
    Error why = {0};
    const OrderAsked asked = {.kind = &order_inquiries,
                              .words = S("情報照会の送受信"),
                              .payload = S(""),
                              .purpose = str_of(purpose_words(visit->session->purpose)),
                              .staff_no = visit->session->row.staff_no};
    if (linkage_placed() && order_ask(visit->act, &asked, &number, &why) && order_start(visit->act, number, &why))
        return S("いま送っています。結果が届くと「今日の仕事」に出ます。");
    store_rollback(visit->act->store);
    return S("次の決まった時刻の送受信で送ります。");
}

bool send_inquiries(Visit *visit, Error *err)
{
    Form form;
    Asked *a = NEW(visit->arena, Asked, 1);
    if (!asked_of(visit, a, err)) return false;
    form_read(visit, &kind, a->go, about(a), &form);
    if (!may_be_asked(a->person.shown.person)) form_trouble(&form, offer_words(&a->asking, &a->offer, visit->arena));
    if (!form_checked(a, &form)) return draw(a, &form, err);
    if (!act_begin(visit->act, err) || !asking_person(&a->asking, &a->person.shown.person->who, visit->arena, err) ||
        !store_commit(visit->act->store, err))
        return false;
    return visit_go(visit, a->go,
                    str_format(visit->arena, "%.*sへの照会を書きました。%.*s", STR(city_name(a->asking.places, &a->asking.to)),
                               STR(sent_on(visit))),
                    err);
}

bool send_exchange(Visit *visit, Error *err)
{
    VisitPerson *person = NEW(visit->arena, VisitPerson, 1);
    return visit_person(visit, person, err) &&
           visit_go(visit, visit_path(visit, &route_page_inquiries, visit->variables, 1), sent_on(visit), err);
}
