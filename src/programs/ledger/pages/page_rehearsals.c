// A rule set that is not in force, tried on everybody: which, for which day, and what was tried before.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "form.h"
#include "ledger_routes.h"
#include "order_shown.h"
#include "rehearsal_kept.h"
#include "rehearsal_order.h"
#include "rehearsals_html.h"

enum { FIELDS = 2, ORDERS_SHOWN = 20 };

typedef struct Asking {
    Visit *visit;
    SetNames names;
    FormField fields[FIELDS];
    FormKind kind;
    Path go;
} Asking;

static void asking_begin(Visit *visit, Asking *a)
{
    Arena *arena = visit->arena;
    *a = (Asking){.visit = visit, .go = visit_path(visit, &route_page_rehearsals, NULL, 0)};
    a->names = rule_sets_found(visit->act, arena);
    const char **choices = NEW(arena, const char *, a->names.count + 1);
    for (ptrdiff_t i = 0; i < a->names.count; i++) choices[i] = str_z(arena, a->names.at[i]);
    a->fields[0] = (FormField){"set", "試す規則", FORM_LIST, 0, true, 0, "サーバーの rule-sets フォルダーの名前", choices};
    a->fields[1] = (FormField){"day", "いつの時点で", FORM_LINE, 40, true, 16, "例: R9.4.1（規則が変わる日）", NULL};
    a->kind = (FormKind){"rehearsal", a->fields, FIELDS, "全員を判定して比べる", NULL};
}

static const char *state_words(const OrderRow *row, const OrderShown *shown)
{
    if (row->state == ORDER_DONE) return "終わりました";
    if (row->state == ORDER_FAILED) return "できませんでした";
    return shown->died ? "途中で止まりました" : "実行中です";
}

static bool order_line(const Asking *a, const OrderRow *row, RehearsalsPage *page, Error *err)
{
    OrderShown shown;
    Visit *visit = a->visit;
    char at[INSTANT_TEXT_SIZE];
    Str number = str_format(visit->arena, "%d", (int)row->order_no);
    if (!order_shown(visit->act, row, &shown, err)) return false;
    *rehearsal_order_line_rows_push(&page->lines, visit->arena) =
        (RehearsalOrderLine){.open = visit_path(visit, &route_page_rehearsal, &number, 1),
                             .words = row->words,
                             .who = row->asked_by,
                             .since = str_copy(visit->arena, str_of(instant_in_japan(row->asked_at, at))),
                             .state = str_of(state_words(row, &shown))};
    return true;
}

static bool draw(const Asking *a, Form *form, Error *err)
{
    OrderRows rows;
    Visit *visit = a->visit;
    if (!form_draw(form, err) ||
        !orders_read(visit->act->store, str_of(order_rehearsal.name), ORDERS_SHOWN, visit->arena, &rows, err))
        return false;
    RehearsalsPage page = {.back = visit_path(visit, &route_page_rules, NULL, 0),
                           .top = form->top,
                           .form = form->body,
                           .empty = a->names.count == 1};
    VEC_EACH (const OrderRow, row, rows)
        if (!order_line(a, row, &page, err)) return false;
    rehearsals_page_write(visit->page, &page);
    return true;
}

bool page_rehearsals(Visit *visit, Error *err)
{
    Form form;
    Asking a;
    asking_begin(visit, &a);
    if (!form_open(visit, &a.kind, a.go, S("rehearsal"), &form, err)) return false;
    if (!form_value(&form, "day").len) form_set(&form, "day", date_era_text(visit->arena, visit->act->business_day));
    return draw(&a, &form, err);
}

static bool day_read_of(Form *form, Day *day)
{
    Error why = {0};
    if (date_parse_day(form_value(form, "day"), day, NULL, &why)) return true;
    form_fault(form, "day", S("日付として読めません。令和9年4月1日、R9.4.1、2027-04-01 のように入力してください。"));
    return false;
}

bool send_rehearsals(Visit *visit, Error *err)
{
    Day day;
    Form form;
    Asking a;
    int32_t number;
    asking_begin(visit, &a);
    form_read(visit, &a.kind, a.go, S("rehearsal"), &form);
    if (form.faulty || !day_read_of(&form, &day)) return draw(&a, &form, err);
    Str set = form_value(&form, "set"), when = date_era_text(visit->arena, day);
    const OrderAsked asked = {.kind = &order_rehearsal,
                              .words = str_format(visit->arena, "%.*s　%.*s", STR(set), STR(when)),
                              .payload = rehearsal_order_text(set, day, visit->arena),
                              .purpose = str_of(purpose_words(visit->session->purpose)),
                              .staff_no = visit->session->row.staff_no};
    if (!order_ask(visit->act, &asked, &number, err) || !order_start(visit->act, number, err)) return false;
    Str text = str_format(visit->arena, "%d", (int)number);
    return visit_go(visit, visit_path(visit, &route_page_rehearsal, &text, 1), (Str){0}, err);
}
