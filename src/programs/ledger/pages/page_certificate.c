// A certificate at the counter: who asks and for what, what would stand on it, and it is issued. What was typed goes from the form
// to its check sealed.
// SPDX-License-Identifier: Apache-2.0
#include "certificate_check_html.h"
#include "certificate_html.h"
#include "certificate_issue.h"
#include "certified_path.h"
#include "dates.h"
#include "form.h"
#include "outlet.h"
#include "visit_person.h"

#include <string.h>

typedef struct CounterVisit {
    Visit *visit;
    VisitPerson person;
    CertificateDesk desk;
    FormField fields[5];  // what may be chosen is this person's
    FormKind kind;
    Path go;
} CounterVisit;

static const char *const *choices_of(const CertificateChoices *choices, Arena *arena)
{
    const char **words = NEW(arena, const char *, choices->count + 1);
    for (ptrdiff_t i = 0; i < choices->count; i++) words[i] = str_z(arena, choices->at[i].words);
    return words;
}

static void kind_made(CounterVisit *c)
{
    // clang-format off
    const FormField fields[] = {
        {"asker",    "請求した人", FORM_CHOICE, 0, true, 0, NULL, certificate_askers},
        {"relation", "間柄",       FORM_LINE, 60, false, 30, "本人でないときは必ず。例: 母、母子健康手帳で確認", NULL},
        {"checked",  "本人確認",   FORM_LIST, 0, true, 0, "請求した人を確かめた書類", certificate_proofs},
        {"purpose",  "使う目的",   FORM_LINE, 60, true, 30, "例: 入園、留学", NULL},
        {"what",     "証明書",     FORM_LIST, 0, true, 0, NULL, choices_of(&c->desk.choices, c->visit->arena)},
    };
    // clang-format on
    memcpy(c->fields, fields, sizeof fields);
    c->kind = (FormKind){"certificate", c->fields, countof(c->fields), "確認する", NULL};
}

static bool counter_visit(Visit *visit, CounterVisit *c, Error *err)
{
    *c = (CounterVisit){.visit = visit};
    if (!visit_person(visit, &c->person, err) || !certificate_may(&c->person.shown, err) ||
        !certificate_desk(&c->person.ledger, &c->person.shown, visit->arena, &c->desk, err))
        return false;
    kind_made(c);
    c->go = visit_path(visit, &route_page_certificate, visit->variables, 1);
    return true;
}

static Str about(const CounterVisit *c)
{
    return addressee_text(&c->person.shown.person->who);
}

// ---- the form

static void not_certified(const CounterVisit *c, CertificatePage *page)
{
    Arena *arena = c->visit->arena;
    VEC_EACH (const CertifiableDose, d, c->desk.doses) {
        Str why = d->no_record.len ? d->no_record : d->uncounted ? S("定期として数えません") : (Str){0};
        if (!why.len) continue;
        Str day = date_partial_era_text(arena, d->record->dose.given_on);
        *not_certified_rows_push(&page->not, arena) =
            (NotCertified){str_format(arena, "%.*s %.*s　%.*s", STR(d->vaccine), STR(d->position), STR(day)), why};
    }
}

static bool draw(CounterVisit *c, Form *form, Error *err)
{
    Visit *visit = c->visit;
    if (!c->desk.choices.count) form_trouble(form, S("証明できる接種の記録がありません。"));
    if (!form_draw(form, err)) return false;
    CertificatePage page = {.back = visit_path(visit, &route_page_person, visit->variables, 1),
                            .top = form->top,
                            .form = form->body};
    not_certified(c, &page);
    VEC_EACH (const CertificateRow, row, c->desk.issued)
        *issued_line_rows_push(&page.issued, visit->arena) =
            (IssuedLine){.number = str_format(visit->arena, "%lld", (long long)row->number),
                         .kind = certificate_kind_words(row->kind),
                         .day = row->issued_on,
                         .state = certificate_state_words(row),
                         .open = certified_path(visit, &route_page_certified, row->number)};
    certificate_page_write(visit->page, &page);
    return true;
}

bool page_certificate(Visit *visit, Error *err)
{
    Form form;
    CounterVisit *c = NEW(visit->arena, CounterVisit, 1);
    if (!counter_visit(visit, c, err) || !form_open(visit, &c->kind, c->go, about(c), &form, err)) return false;
    if (!form.drafted && c->desk.choices.count) form_set(&form, "what", c->desk.choices.at[0].words);
    return draw(c, &form, err);
}

static CertificateAsked asked_in(const Form *form)
{
    return (CertificateAsked){form_value(form, "asker"), form_value(form, "relation"), form_value(form, "checked"),
                              form_value(form, "purpose")};
}

static void fault_of(CounterVisit *c, Form *form, const Error *why)
{
    if (!form_takes(form, why)) form_trouble(form, outlet_error_message(OUTLET_PAGE, c->visit->arena, why));
}

// What was typed, and what is chosen by it; a fault of the form where it is none.
static void read_right(CounterVisit *c, Form *form, const CertificateChoice **choice)
{
    Error why = {0};
    const CertificateAsked asked = asked_in(form);
    const CertificateWanted wanted = {.words = form_value(form, "what")};
    if (form->faulty) return;
    if (!certificate_asked_check(&asked, &why)) fault_of(c, form, &why);
    if (!form->faulty && !certificate_chosen(&c->desk.choices, &c->desk.doses, &wanted, c->visit->arena, choice, &why))
        fault_of(c, form, &why);
}

bool send_certificate(Visit *visit, Error *err)
{
    Form form;
    Str sealed;
    const CertificateChoice *choice = NULL;
    CounterVisit *c = NEW(visit->arena, CounterVisit, 1);
    if (!counter_visit(visit, c, err)) return false;
    form_read(visit, &c->kind, c->go, about(c), &form);
    read_right(c, &form, &choice);
    if (form.faulty) return draw(c, &form, err);
    if (!form_keep(&form, err) || !form_seal(&form, &sealed, err)) return false;
    const Str variables[] = {visit->variables[0], sealed};
    visit->go = visit_path(visit, &route_page_certificate_check, variables, 2);
    return true;
}

// ---- the check

static bool check_draw(CounterVisit *c, const Form *form, const CertificateChoice *choice, Error *err)
{
    Visit *visit = c->visit;
    const CertificateAsked asked = asked_in(form);
    Path go = visit_path(visit, &route_send_certificate_check, visit->variables, 2);
    CertificateCheckPage page = {.what = choice->words,
                                 .back = c->go,
                                 .leave = visit_path(visit, &route_page_person, visit->variables, 1),
                                 .go = go,
                                 .origin = visit_origin(visit, go),
                                 .place = form->place,
                                 .asker = asked.asker,
                                 .relation = asked.relation,
                                 .checked = asked.checked,
                                 .purpose = asked.purpose,
                                 .count = choice->doses.count};
    VEC_EACH (const CertifiedRef, d, choice->doses) {
        const CertificateDose p = certificate_dose_printed(&c->person.ledger, *d, visit->arena);
        *certified_line_rows_push(&page.lines, visit->arena) =
            (CertifiedLine){p.vaccine, p.position, p.given_on, p.product, p.legal, p.lot, p.place, p.source};
    }
    if (!form_number(visit, &page.once, err)) return false;
    certificate_check_page_write(visit->page, &page);
    return true;
}

static bool typed_again(Visit *visit, CounterVisit *c, Form *form, const CertificateChoice **choice, Error *err)
{
    if (!counter_visit(visit, c, err) || !form_open(visit, &c->kind, c->go, about(c), form, err) ||
        !form_unseal(form, visit->variables[1], err))
        return false;
    form->drafted_at = (Str){0};
    read_right(c, form, choice);
    return true;
}

bool page_certificate_check(Visit *visit, Error *err)
{
    Form form;
    const CertificateChoice *choice = NULL;
    CounterVisit *c = NEW(visit->arena, CounterVisit, 1);
    if (!typed_again(visit, c, &form, &choice, err)) return false;
    return form.faulty ? draw(c, &form, err) : check_draw(c, &form, choice, err);
}

// What cannot be printed, or is no more as it was chosen, is the form's again.
bool send_certificate_check(Visit *visit, Error *err)
{
    Form form;
    Error why = {0};
    CertificateIssued issued;
    Act *act = visit->act;
    const CertificateChoice *choice = NULL;
    CounterVisit *c = NEW(visit->arena, CounterVisit, 1);
    if (!typed_again(visit, c, &form, &choice, err)) return false;
    if (form.faulty) return draw(c, &form, err);
    const CertificateAsked asked = asked_in(&form);
    const CertificateWanted wanted = {.words = choice->words};
    if (!act_begin(act, err)) return false;
    if (!certificate_issue(&c->person.ledger, c->person.shown.record, &c->person.shown.person->who, &wanted, &asked, visit->arena,
                           &issued, &why)) {
        bool of_the_form = why.code == E_NOT_FOUND || why.code == E_PAPER || why.code == E_LIMIT;
        if (!of_the_form) return error_pass(err, &why);
        store_rollback(act->store);
        fault_of(c, &form, &why);
        return draw(c, &form, err);
    }
    if (!store_commit(act->store, err)) return false;
    return visit_go(visit, certified_path(visit, &route_page_certified, issued.number),
                    str_format(visit->arena, "第%lld号を交付しました。紙を出して渡してください。", (long long)issued.number), err);
}
