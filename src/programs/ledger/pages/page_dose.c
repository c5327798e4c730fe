// A dose by hand: entered, corrected or cancelled. What is typed is judged before anything is written; then it is
// asked for, and another person decides (approvals).
//
// {change} of the path is "new", or sealed for this session the dose that is corrected or cancelled, or what the next
// dose of the same day and place begins with. The page of the
// form and the page that checks it lie one behind the other; what was typed goes from one to the other sealed.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "dose_effect.h"
#include "change_form_html.h"
#include "form.h"
#include "life_picture.h"
#include "outlet.h"
#include "visit_person.h"

#define CHANGE S("dose")

enum { LOT_MOST = 40, REASON_MOST = 200, SHORT_MOST = 60 };

// clang-format off
#define VACCINE(needed) {"vaccine", "ワクチン", FORM_LINE, SHORT_MOST, needed, 24, "名前、製品名、記号のどれかを入力します", NULL}
#define DAY_FIELD(needed) {"day", "接種日", FORM_LINE, 30, needed, 16, "例: R8.11.20、20261120、2026-11-20。日が分からなければ 2026-11-00", NULL}
#define LOT     {"lot", "ロット", FORM_LINE, LOT_MOST, false, 16, NULL, NULL}
#define CLINIC  {"clinic", "医療機関", FORM_LINE, 20, false, 16, "医療機関コード（10けた）。分からなければ空けます", NULL}

// In the order of the 予診票: the label of the vaccine with its lot, then the day and the place.
static const FormField enter_fields[] = {
    VACCINE(true), LOT, DAY_FIELD(true), CLINIC,
    {"source", "根拠", FORM_CHOICE, 0, true, 0, NULL, dose_sources},
    {"reason", "理由", FORM_LINE, REASON_MOST, true, 44, "なぜ手で入力するか（例: 母子健康手帳の提示）", NULL},
};
static const FormField correct_fields[] = {
    VACCINE(false), LOT, DAY_FIELD(false), CLINIC,
    {"reason", "理由", FORM_LINE, REASON_MOST, true, 44, "例: 誤入力、医療機関からの訂正。変えない項目は空けます", NULL},
};
static const char *const cancel_reasons[] = {"誤入力", "医療機関からの訂正", "重複", "別の人の接種", "本人・保護者の申出", "他市町村の回答", "その他", NULL};
static const FormField cancel_fields[] = {
    {"reason", "理由", FORM_CHOICE, 0, true, 0, NULL, cancel_reasons},
    {"more", "くわしく", FORM_LINE, REASON_MOST, false, 44, "その他のときは必ず書いてください", NULL},
};
static const FormKind kinds[DOSE_CHANGE_KINDS] = {
    [DOSE_ENTER] = {"dose", enter_fields, countof(enter_fields), "確認する", NULL},
    [DOSE_CORRECT] = {"dose", correct_fields, countof(correct_fields), "確認する", NULL},
    [DOSE_CANCEL] = {"dose", cancel_fields, countof(cancel_fields), "確認する", NULL},
};
static const struct {
    const char *title, *check, *button, *word;
} words_of[DOSE_CHANGE_KINDS] = {
    [DOSE_ENTER] = {"接種を入力", "入力の確認", "登録を申請する", "new"},
    [DOSE_CORRECT] = {"接種の記録を訂正", "訂正の確認", "訂正を申請する", "correct "},
    [DOSE_CANCEL] = {"接種の記録を取消", "取消の確認", "取消を申請する", "cancel "},
};
// clang-format on

// One visit of this page.
typedef struct DoseVisit {
    Visit *visit;
    VisitPerson person;
    DoseChangeKind kind;
    Str dose;  // number of the record, as typed in a command
    Str kept;  // of the dose before it, a line for each of next_fields; {0}: none was before
    DoseRecord old;
    bool compares;
    Str about;  // of the form: person and dose, in every session
    LastAct last;
    Str last_no;
} DoseVisit;

// ---- whose dose

bool dose_path(const Visit *visit, int kind, int32_t dose_id, Path *path, Error *err)
{
    Str sealed = str_of(words_of[kind].word);
    Str text = str_format(visit->arena, "%s%d", words_of[kind].word, (int)dose_id);
    if (kind != DOSE_ENTER && !visit_seal(visit, CHANGE, text, &sealed, err)) return false;
    const Str variables[] = {visit->variables[0], sealed};
    *path = visit_path(visit, &route_page_dose, variables, 2);
    return true;
}

// What doses of one day and place share, from form to form.
static const char *const next_fields[] = {"day", "clinic", "source", "reason"};
#define NEXT_DOSE "next "

static bool next_path(const DoseVisit *d, const Form *form, Path *path, Error *err)
{
    Str sealed;
    Text text = {0};
    Arena *arena = d->visit->arena;
    text_add(&text, arena, S(NEXT_DOSE));
    for (int i = 0; i < (int)countof(next_fields); i++)
        text_addf(&text, arena, "%.*s\n", STR(form_value(form, next_fields[i])));
    if (!visit_seal(d->visit, CHANGE, text_str(&text), &sealed, err)) return false;
    const Str variables[] = {d->visit->variables[0], sealed};
    *path = visit_path(d->visit, &route_page_dose, variables, 2);
    return true;
}

static void kept_set(const DoseVisit *d, Form *form)
{
    Cut line = str_cut(d->kept, '\n');
    for (int i = 0; i < (int)countof(next_fields) && line.found; i++, line = str_cut(line.tail, '\n'))
        form_set(form, next_fields[i], line.head);
}

static bool change_meant(DoseVisit *d, Error *err)
{
    Str text, given = d->visit->variables[1];
    if (str_equal(given, str_of(words_of[DOSE_ENTER].word))) return true;
    if (!visit_unseal(d->visit, CHANGE, given, &text, err)) return false;
    if (str_starts(text, S(NEXT_DOSE))) {
        d->kept = str_from(text, S(NEXT_DOSE).len);
        return true;
    }
    d->kind = str_starts(text, str_of(words_of[DOSE_CORRECT].word)) ? DOSE_CORRECT : DOSE_CANCEL;
    d->dose = str_from(text, str_of(words_of[d->kind].word).len);
    return true;
}

static bool old_found(DoseVisit *d, Error *err)
{
    int64_t number = 0;
    bool read = str_int64(d->dose, &number);
    VEC_EACH (const DoseRecord, r, *d->person.shown.records)
        if (read && r->dose.dose_id == number) {
            d->old = *r;
            d->compares = true;
        }
    return d->kind == DOSE_ENTER || d->compares ||
           FAIL(err, E_NOT_FOUND,
                .words = S("この接種の記録は、もう変わっています。一人のページを開き直してください。"));
}

static bool dose_visit(Visit *visit, DoseVisit *d, Error *err)
{
    *d = (DoseVisit){.visit = visit};
    if (!visit_person(visit, &d->person, err) || !change_meant(d, err) || !old_found(d, err) ||
        !last_act_of_person(visit->act->store, d->person.face.person.person_id, visit->arena,
                            &d->last, err))
        return false;
    d->last_no = str_format(visit->arena, "%d", (int)d->last.no);
    d->about = str_format(visit->arena, "%.*s %d %.*s",
                          STR(addressee_text(&d->person.shown.person->who)), (int)d->kind,
                          STR(d->dose));
    visit->title = str_of(words_of[d->kind].title);
    return true;
}

static Path form_path(const DoseVisit *d)
{
    return visit_path(d->visit, &route_page_dose, d->visit->variables, 2);
}

static Path person_again(const DoseVisit *d)
{
    return visit_path(d->visit, &route_page_person, d->visit->variables, 1);
}

// ---- the form

static void old_shown(const DoseVisit *d, ChangeFormPage *page)
{
    Arena *arena = d->visit->arena;
    const DoseChange nothing = {.kind = DOSE_CORRECT};
    if (!d->compares) return;
    CheckLineRows lines =
        dose_lines(&d->person.ledger, &nothing, &d->old, d->person.shown.person->is_protected, arena);
    VEC_EACH (const CheckLine, line, lines)
        *old_item_rows_push(&page->old, arena) = (OldItem){line->item, line->was};
    if (d->old.replaces) page->old_said = S("この記録は、一度訂正されたものです。");
}

static bool dose_draw(DoseVisit *d, Form *form, Error *err)
{
    if (!form_draw(form, err)) return false;
    ChangeFormPage page = {.title = str_of(words_of[d->kind].title),
                         .steps = S("1 入力 → 2 確認 → 3 別の人の承認"),
                         .back = person_again(d),
                         .aside = S("いまの判定（書き込みの前）"),
                         .wait = S("まだ判定していません"),
                         .wait_more = S("「確認する」を押すと、書き込む前に、この接種が有効かどうかと、何が変わるかを表示します。"),
                         .top = form->top,
                         .form = form->body};
    old_shown(d, &page);
    change_form_page_write(d->visit->page, &page);
    return true;
}

bool page_dose(Visit *visit, Error *err)
{
    Form form;
    DoseVisit *d = NEW(visit->arena, DoseVisit, 1);
    if (!dose_visit(visit, d, err) ||
        !form_open(visit, &kinds[d->kind], form_path(d), d->about, &form, err))
        return false;
    if (d->kept.len && !form.drafted) kept_set(d, &form);
    form_seen(&form, d->last_no, S("保存したあとに、この人の記録が変わりました。いまの記録を見て、確認してください。"));
    return dose_draw(d, &form, err);
}

static Str reason_of(const DoseVisit *d, const Form *form)
{
    Str reason = form_value(form, "reason");
    Str more = d->kind == DOSE_CANCEL ? form_value(form, "more") : (Str){0};
    if (!reason.len || !more.len) return reason;
    return str_format(d->visit->arena, "%.*s: %.*s", STR(reason), STR(more));
}

static DoseChangeTyped typed_in(const DoseVisit *d, const Form *form)
{
    DoseChangeTyped typed = {.who = addressee_text(&d->person.shown.person->who),
                             .dose = d->dose,
                             .reason = reason_of(d, form)};
    if (d->kind == DOSE_CANCEL) return typed;
    typed.day = form_value(form, "day");
    typed.vaccine = form_value(form, "vaccine");
    typed.lot = form_value(form, "lot");
    typed.clinic = form_value(form, "clinic");
    if (d->kind == DOSE_ENTER) typed.source = form_value(form, "source");
    return typed;
}

// What is wrong stands at its field; what belongs to none stands above.
static bool change_read(DoseVisit *d, Form *form, DoseChange *change, Error *err)
{
    PersonRow person;
    DoseFaults *faults = NEW(d->visit->arena, DoseFaults, 1);
    DoseChangeTyped typed = typed_in(d, form);
    DoseRecord old = {0};
    if (!dose_change_check(&d->person.ledger, d->kind, &typed, change, &person, &old, faults, err))
        return false;
    for (int i = 0; i < faults->count; i++)
        if (!form_takes(form, &faults->at[i]))
            form_trouble(form, outlet_error_message(OUTLET_PAGE, d->visit->arena, &faults->at[i]));
    if (d->kind == DOSE_CANCEL && str_equal(form_value(form, "reason"), S("その他")) &&
        !form_value(form, "more").len)
        form_fault(form, "more", S("理由が「その他」のときは、くわしく書いてください。"));
    return true;
}

bool send_dose(Visit *visit, Error *err)
{
    Form form;
    Str sealed;
    DoseChange change;
    DoseVisit *d = NEW(visit->arena, DoseVisit, 1);
    if (!dose_visit(visit, d, err)) return false;
    form_read(visit, &kinds[d->kind], form_path(d), d->about, &form);
    if (!change_read(d, &form, &change, err)) return false;
    form.seen = d->last_no;
    if (form.faulty) return dose_draw(d, &form, err);
    if (!form_keep(&form, err) || !form_seal(&form, &sealed, err)) return false;
    const Str variables[] = {visit->variables[0], visit->variables[1], sealed};
    visit->go = visit_path(visit, &route_page_dose_check, variables, 3);
    return true;
}

// ---- the check

static void typed_told(const DoseVisit *d, const Form *form, CheckLineRows *lines)
{
    static const char *const names[] = {"vaccine", "day", "lot", "clinic"};
    if (d->kind != DOSE_ENTER) return;
    for (int i = 0; i < (int)countof(names) && i < lines->count; i++)
        lines->at[i].typed = form_value(form, names[i]);
}

static void age_told(const DoseVisit *d, const DoseChange *change, CheckLineRows *lines)
{
    DaySpan given;
    Arena *arena = d->visit->arena;
    Day birth = life_birth(&d->person.shown);
    bool aged = birth != DAY_NONE && change->given_on.year &&
                partial_date_span(change->given_on, &given) && given.first >= birth;
    if (!aged) return;
    CheckLine *day = &lines->at[1];
    day->now = str_format(arena, "%.*s　%.*s", STR(day->now),
                          STR(date_age_text(arena, birth, given.first)));
}

static Str stale_words(const DoseVisit *d)
{
    char at[INSTANT_TEXT_SIZE];
    return str_format(d->visit->arena,
                      "あなたが開いたあとに、%.*sさんの登録でこの人の記録が変わりました（%s）。"
                      "下は、いまの記録で判定し直したものです。違いを確認して、もう一度送ってください。",
                      STR(d->last.done_by), instant_in_japan(d->last.done_at, at));
}

static bool check_draw(DoseVisit *d, const Form *form, const DoseChange *change, Str stale,
                       Error *err)
{
    Visit *visit = d->visit;
    const PersonShown *shown = &d->person.shown;
    DoseEffect effect = dose_effect(&d->person.ledger, shown, change, visit->arena);
    Path go = visit_path(visit, &route_send_dose_check, visit->variables, 3);
    ChangeCheckPage page = {
        .title = str_of(words_of[d->kind].check),
        .approves = true,
        .back = form_path(d),
        .leave = person_again(d),
        .go = go,
        .origin = visit_origin(visit, go),
        .place = form->place,
        .seen = d->last_no,
        .button = str_of(words_of[d->kind].button),
        .again = d->kind == DOSE_ENTER ? S("申請して、同じ日の次の接種を入力") : (Str){0},
        .danger = d->kind == DOSE_CANCEL,
        .compares = d->compares,
        .lines = dose_lines(&d->person.ledger, change, d->compares ? &d->old : NULL,
                            shown->person->is_protected, visit->arena),
        .stale = stale,
        .held = shown->held.len > 0,
        .verdict = d->kind == DOSE_CANCEL ? S("この記録は数えなくなります") : effect.verdict,
        .good = effect.good,
        .bad = effect.bad,
        .reasons = effect.reasons,
        .effects = effect.effects};
    typed_told(d, form, &page.lines);
    age_told(d, change, &page.lines);
    *check_line_rows_push(&page.lines, visit->arena) =
        (CheckLine){.item = S("理由"), .now = change->reason, .changed = d->compares};
    if (stale.len) visit->status = 409;
    visit->title = page.title;
    if (!form_number(visit, &page.once, err)) return false;
    change_check_page_write(visit->page, &page);
    return true;
}

// What was typed, from the address, read again against the ledger of now.
static bool typed_again(Visit *visit, DoseVisit *d, Form *form, DoseChange *change, Error *err)
{
    if (!dose_visit(visit, d, err) ||
        !form_open(visit, &kinds[d->kind], form_path(d), d->about, form, err) ||
        !form_unseal(form, visit->variables[2], err))
        return false;
    form->drafted_at = (Str){0};
    return change_read(d, form, change, err);
}

bool page_dose_check(Visit *visit, Error *err)
{
    Form form;
    DoseChange change;
    DoseVisit *d = NEW(visit->arena, DoseVisit, 1);
    if (!typed_again(visit, d, &form, &change, err)) return false;
    if (form.faulty) return dose_draw(d, &form, err);
    return check_draw(d, &form, &change, (Str){0}, err);
}

bool send_dose_check(Visit *visit, Error *err)
{
    Form form;
    int64_t number;
    Error why = {0};
    DoseChange change;
    DoseVisit *d = NEW(visit->arena, DoseVisit, 1);
    if (!typed_again(visit, d, &form, &change, err)) return false;
    if (form.faulty) return dose_draw(d, &form, err);
    if (!str_equal(web_value(visit->request->form, "_seen"), d->last_no))
        return check_draw(d, &form, &change, stale_words(d), err);
    const DoseChangeTyped typed = typed_in(d, &form);
    if (!dose_change_ask(&d->person.ledger, d->kind, &typed, &change, &number, &why)) {
        if (why.code != E_CONFLICT) return error_pass(err, &why);
        store_rollback(visit->act->store);
        return check_draw(d, &form, &change, outlet_error_message(OUTLET_PAGE, visit->arena, &why), err);
    }
    Path go = person_again(d);
    bool again = d->kind == DOSE_ENTER && str_equal(web_value(visit->request->form, "_do"), S("next"));
    if (again && !next_path(d, &form, &go, err)) return false;
    return visit_go(visit, go,
                    str_format(visit->arena,
                               "申請%lldとして受け付けました。ほかの職員が承認すると、記録に反映します。",
                               (long long)number),
                    err);
}
