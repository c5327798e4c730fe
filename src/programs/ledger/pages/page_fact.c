// What the office recognises or hears of a person: entered, ended and withdrawn by hand, one row of a file of facts
// (docs/facts.md) that is typed instead. Read, checked and decided by what takes the file; shown before it is kept.
//
// {change} of the path is "new", or the fact that is said anew or withdrawn, sealed for this session.
// SPDX-License-Identifier: Apache-2.0
#include "change_check_html.h"
#include "change_form_html.h"
#include "dates.h"
#include "dose_effect.h"
#include "fact_file.h"
#include "fact_said.h"
#include "form.h"
#include "outlet.h"
#include "visit_person.h"

#define CHANGE S("fact")

enum { DAY_MOST = 30, TEXT_MOST = 100, REASON_MOST = 200, FIELDS = 10 };

static const char *const withdraw_reasons[] = {
    "誤入力", "別の人のもの", "本人・保護者の申出", "医師・医療機関からの訂正", "その他", NULL};

static const struct {
    const char *title, *check, *button, *done, *word;
} words_of[FACT_CHANGES] = {
    [FACT_ENTER] = {"認定・届出を入力", "入力の確認", "登録する", "認定・届出を登録しました。", "new"},
    [FACT_AGAIN] = {"認定・届出を終える・直す", "変更の確認", "登録する", "認定・届出を登録し直しました。", "again "},
    [FACT_WITHDRAW] = {"認定・届出を取り消す", "取消の確認", "取り消す", "認定・届出を取り消しました。", "withdraw "},
};

// One visit of this page.
typedef struct FactVisit {
    Visit *visit;
    VisitPerson person;
    int change;
    FactRow old;  // as it is stored; of an entry none
    Str about;    // of the form: person and fact, in every session
    LastAct last;
    Str last_no;
    FormField fields[FIELDS];
    FormKind kind;
} FactVisit;

// ---- which fact

bool fact_path(const Visit *visit, int change, int32_t fact_id, Path *path, Error *err)
{
    Str sealed = str_of(words_of[change].word);
    Str text = str_format(visit->arena, "%s%d", words_of[change].word, (int)fact_id);
    if (change != FACT_ENTER && !visit_seal(visit, CHANGE, text, &sealed, err)) return false;
    const Str variables[] = {visit->variables[0], sealed};
    *path = visit_path(visit, &route_page_fact, variables, 2);
    return true;
}

// Read as it is stored: what is covered on a page is not written back.
static bool old_found(FactVisit *f, int64_t fact_id, Error *err)
{
    FactRows facts;
    const Visit *visit = f->visit;
    if (!facts_of_person(visit->act->store, f->person.face.person.person_id, KNOWN_NOW, visit->arena, &facts, err))
        return false;
    VEC_EACH (const FactRow, fact, facts)
        if (fact->fact_id == fact_id) f->old = *fact;
    return f->old.fact_id ||
           FAIL(err, E_NOT_FOUND,
                .words = S("この認定・届出は、もう変わっています。一人のページを開き直してください。"));
}

static bool change_meant(FactVisit *f, Error *err)
{
    Str text, given = f->visit->variables[1];
    int64_t fact_id = 0;
    f->change = FACT_ENTER;
    if (str_equal(given, str_of(words_of[FACT_ENTER].word))) return true;
    if (!visit_unseal(f->visit, CHANGE, given, &text, err)) return false;
    f->change = str_starts(text, str_of(words_of[FACT_AGAIN].word)) ? FACT_AGAIN : FACT_WITHDRAW;
    (void)str_int64(str_from(text, str_of(words_of[f->change].word).len), &fact_id);
    return old_found(f, fact_id, err);
}

// ---- its fields: labelled as the items of the file are

static void field_add(FactVisit *f, FormField field)
{
    f->fields[f->kind.count++] = field;
}

static void fields_to_enter(FactVisit *f)
{
    Arena *arena = f->visit->arena;
    const Schedule *schedule = f->person.ledger.schedule;
    field_add(f, (FormField){"kind", "種類", FORM_LIST, 0, true, 0, NULL, fact_kinds_to_choose(schedule, arena)});
    field_add(f, (FormField){"subject", "対象", FORM_LIST, 0, false, 0,
                             "特別の事情と医師が認めた接種は一つ選びます。接種拒否と禁忌は、空けるとすべてのワクチンです",
                             fact_subjects_to_choose(schedule, arena)});
    field_add(f, (FormField){"value", "値", FORM_LINE, TEXT_MOST, false, 24,
                             "分娩予定日などの日付、回数、障害（心臓 腎臓 呼吸器 HIV）、認めた接種の日と製剤。ほかは空けます", NULL});
    field_add(f, (FormField){"since", "開始日", FORM_LINE, DAY_MOST, false, 16,
                             "例: R8.11.20。空けると、生年月日、妊娠の始まり、今日など、種類ごとの日からです", NULL});
    field_add(f, (FormField){"until", "終了日", FORM_LINE, DAY_MOST, false, 16, "続いているときは空けます", NULL});
    field_add(f, (FormField){"cause", "理由", FORM_LIST, 0, false, 0, "特別の事情のときだけ選びます",
                             fact_causes_to_choose(arena)});
}

static void fields_to_say_again(FactVisit *f)
{
    Arena *arena = f->visit->arena;
    FactShape shape = fact_shape(&f->old);
    if (fact_has_value(f->person.ledger.schedule, &f->old))
        field_add(f, (FormField){"value", "値", FORM_LINE, TEXT_MOST, false, 24, "変えないときは空けます", NULL});
    if (shape != FACT_ACCEPTED)
        field_add(f, (FormField){"until", "終了日", FORM_LINE, DAY_MOST, false, 16,
                                 "この事柄が終わった日（例: R8.11.20）。その日までは効きます", NULL});
    if (shape == FACT_CIRCUMSTANCE)
        field_add(f, (FormField){"cause", "理由", FORM_LIST, 0, false, 0, "変えないときは選びません",
                                 fact_causes_to_choose(arena)});
}

static void fields_of_recognition(FactVisit *f, bool needed)
{
    field_add(f, (FormField){"on", "認定日", FORM_LINE, DAY_MOST, false, 16,
                             needed ? "特別の事情と医師が認めた接種では必ず入力します" : "変えないときは空けます", NULL});
    field_add(f, (FormField){"by", "認定者", FORM_LINE, TEXT_MOST, false, 30,
                             needed ? "例: 健康課 保健師。医師が認めた接種では医師の名前" : "変えないときは空けます", NULL});
    field_add(f, (FormField){"source", "根拠", FORM_CHOICE, 0, needed, 0, NULL,
                             fact_sources_to_choose(f->visit->arena)});
}

static void fields_laid_out(FactVisit *f)
{
    f->kind = (FormKind){.name = "fact", .fields = f->fields, .button = "確認する"};
    if (f->change == FACT_WITHDRAW) {
        field_add(f, (FormField){"why", "取り消す理由", FORM_CHOICE, 0, true, 0, NULL, withdraw_reasons});
        field_add(f, (FormField){"more", "くわしく", FORM_LINE, REASON_MOST, false, 44, "その他のときは必ず書いてください", NULL});
        return;
    }
    if (f->change == FACT_ENTER) fields_to_enter(f);
    if (f->change == FACT_AGAIN) fields_to_say_again(f);
    fields_of_recognition(f, f->change == FACT_ENTER);
    if (f->change == FACT_AGAIN)
        field_add(f, (FormField){"why", "変える理由", FORM_LINE, REASON_MOST, true, 44, "例: 治療が終わった、分娩予定日の訂正", NULL});
}

static bool fact_visit(Visit *visit, FactVisit *f, Error *err)
{
    *f = (FactVisit){.visit = visit};
    if (!visit_person(visit, &f->person, err) || !change_meant(f, err) ||
        !last_act_of_person(visit->act->store, f->person.face.person.person_id, visit->arena, &f->last, err))
        return false;
    f->last_no = str_format(visit->arena, "%d", (int)f->last.no);
    f->about = str_format(visit->arena, "%.*s %d %d", STR(addressee_text(&f->person.shown.person->who)), f->change,
                          (int)f->old.fact_id);
    visit->title = str_of(words_of[f->change].title);
    fields_laid_out(f);
    return true;
}

static Path form_path(const FactVisit *f)
{
    return visit_path(f->visit, &route_page_fact, f->visit->variables, 2);
}

static Path person_again(const FactVisit *f)
{
    return visit_path(f->visit, &route_page_person, f->visit->variables, 1);
}

// ---- what is said

static PersonRowItems standing_items(const FactVisit *f)
{
    const Schedule *schedule = f->person.ledger.schedule;
    if (f->change == FACT_ENTER) return (PersonRowItems){0};
    return f->change == FACT_AGAIN ? fact_again(schedule, &f->old, f->visit->arena)
                                   : fact_withdrawn(schedule, &f->old, f->visit->arena);
}

static void item_set(PersonRowItems *items, Str item, Str value, Arena *arena)
{
    VEC_EACH (PersonRowItem, one, *items)
        if (str_equal(one->item, item)) {
            one->value = value;
            return;
        }
    *person_row_items_push(items, arena) = (PersonRowItem){item, value};
}

static bool is_item(Str label)
{
    for (int i = 0; i < fact_layout.count; i++)
        if (csv_column_named(&fact_layout.columns[i], label)) return true;
    return false;
}

static Str reason_of(const FactVisit *f, const Form *form)
{
    Str more = {0}, why = f->change == FACT_ENTER ? S("画面での入力") : form_value(form, "why");
    if (f->change == FACT_WITHDRAW) more = form_value(form, "more");
    return more.len ? str_format(f->visit->arena, "%.*s: %.*s", STR(why), STR(more)) : why;
}

// What is not typed stays as it stands.
static PersonRowSaid said_by(const FactVisit *f, const Form *form)
{
    char birth[DAY_TEXT_SIZE];
    Arena *arena = f->visit->arena;
    const PersonRow *person = &f->person.face.person;
    PersonRowSaid said = {.who = person->who, .items = standing_items(f), .reason = reason_of(f, form)};
    for (int i = 0; i < f->kind.count; i++) {
        Str label = str_of(f->fields[i].label), typed = form_value(form, f->fields[i].name);
        if (typed.len && is_item(label)) item_set(&said.items, label, typed, arena);
    }
    item_set(&said.items, S("宛名番号"), addressee_text(&person->who), arena);
    item_set(&said.items, S("生年月日"), str_copy(arena, str_of(partial_date_text(person->birth, birth))), arena);
    return said;
}

static void faults_told(Form *form, const RowFaults *faults)
{
    VEC_EACH (const Error, why, *faults)
        if (!form_takes(form, why))
            form_trouble(form, outlet_error_message(OUTLET_PAGE, form->visit->arena, why));
}

// What is wrong stands at its field; what belongs to none stands above.
static bool fact_tried(FactVisit *f, Form *form, PersonRowSaid *said, PersonRowTold *told, Error *err)
{
    *said = said_by(f, form);
    if (!person_row_try(&f->person.ledger, &fact_file_kind, said, told, err)) return false;
    faults_told(form, &told->faults);
    if (told->did == ROW_KNOWN) form_trouble(form, S("同じ内容が、すでに登録されています。変わるところを入力してください。"));
    if (f->change == FACT_WITHDRAW && str_equal(form_value(form, "why"), S("その他")) && !form_value(form, "more").len)
        form_fault(form, "more", S("理由が「その他」のときは、くわしく書いてください。"));
    return true;
}

// ---- the form

// An item for people: a day in both calendars, and who recognised it covered of a protected person.
static Str item_shown(const FactVisit *f, Str item, Str value)
{
    Day day;
    bool hidden = f->person.shown.person->is_protected && str_equal(item, S("認定者"));
    if (hidden && value.len) return S("●●●●●●");
    return day_read(value.at, (int)value.len, &day) ? date_both_text(f->visit->arena, day) : value;
}

static bool fact_draw(FactVisit *f, Form *form, Error *err)
{
    Arena *arena = f->visit->arena;
    if (!form_draw(form, err)) return false;
    ChangeFormPage page = {.title = str_of(words_of[f->change].title),
                           .steps = S("1 入力 → 2 確認"),
                           .back = person_again(f),
                           .top = form->top,
                           .form = form->body,
                           .aside = S("登録の前に"),
                           .wait = S("まだ書き込んでいません"),
                           .wait_more = S("「確認する」を押すと、書き込む前に、判定や接種できる期間がどう変わるかを表示します。")};
    if (f->change != FACT_ENTER) {
        PersonRowItems items = fact_again(f->person.ledger.schedule, &f->old, arena);
        VEC_EACH (const PersonRowItem, item, items)
            *old_item_rows_push(&page.old, arena) = (OldItem){item->item, item_shown(f, item->item, item->value)};
    }
    change_form_page_write(f->visit->page, &page);
    return true;
}

bool page_fact(Visit *visit, Error *err)
{
    Form form;
    FactVisit *f = NEW(visit->arena, FactVisit, 1);
    if (!fact_visit(visit, f, err) || !form_open(visit, &f->kind, form_path(f), f->about, &form, err)) return false;
    form_seen(&form, f->last_no, S("保存したあとに、この人の記録が変わりました。いまの記録を見て、確認してください。"));
    return fact_draw(f, &form, err);
}

bool send_fact(Visit *visit, Error *err)
{
    Form form;
    Str sealed;
    PersonRowSaid said;
    PersonRowTold told;
    FactVisit *f = NEW(visit->arena, FactVisit, 1);
    if (!fact_visit(visit, f, err)) return false;
    form_read(visit, &f->kind, form_path(f), f->about, &form);
    if (!fact_tried(f, &form, &said, &told, err)) return false;
    form.seen = f->last_no;
    if (form.faulty) return fact_draw(f, &form, err);
    if (!form_keep(&form, err) || !form_seal(&form, &sealed, err)) return false;
    const Str variables[] = {visit->variables[0], visit->variables[1], sealed};
    visit->go = visit_path(visit, &route_page_fact_check, variables, 3);
    return true;
}

// ---- the check

static FactRows foreseen(const FactVisit *f, const PersonRowTold *told)
{
    FactRows then = {0};
    Arena *arena = f->visit->arena;
    VEC_EACH (const FactRow, fact, *f->person.shown.facts)
        if (fact->fact_id != told->fact_ended) *facts_push(&then, arena) = *fact;
    if (told->fact) facts_place(&then, told->fact, arena);
    return then;
}

static Str item_of(const PersonRowItems *items, Str item)
{
    VEC_EACH (const PersonRowItem, one, *items)
        if (str_equal(one->item, item)) return one->value;
    return (Str){0};
}

// As the rules understood what was typed, beside what stood before and what was typed.
static CheckLineRows lines_of(const FactVisit *f, const Form *form, const PersonRowTold *told)
{
    CheckLineRows lines = {0};
    Arena *arena = f->visit->arena;
    const Schedule *schedule = f->person.ledger.schedule;
    PersonRowItems was = {0}, now = {0};
    if (f->change != FACT_ENTER) was = fact_again(schedule, &f->old, arena);
    if (told->fact) now = fact_again(schedule, told->fact, arena);
    for (int i = 0; i < fact_layout.count; i++) {
        Str item = str_of(fact_layout.columns[i].name);
        Str before = item_of(&was, item), after = item_of(&now, item);
        CheckLine line = {.item = item,
                          .was = item_shown(f, item, before),
                          .now = item_shown(f, item, after),
                          .changed = !str_equal(before, after)};
        for (int k = 0; k < f->kind.count; k++)
            if (str_equal(str_of(f->fields[k].label), item)) line.typed = form_value(form, f->fields[k].name);
        if (line.was.len || line.now.len) *check_line_rows_push(&lines, arena) = line;
    }
    return lines;
}

static Str stale_words(const FactVisit *f)
{
    char at[INSTANT_TEXT_SIZE];
    return str_format(f->visit->arena,
                      "あなたが開いたあとに、%.*sさんの登録でこの人の記録が変わりました（%s）。"
                      "下は、いまの記録で確かめ直したものです。違いを確認して、もう一度送ってください。",
                      STR(f->last.done_by), instant_in_japan(f->last.done_at, at));
}

typedef struct FactCheck {
    Form form;
    PersonRowSaid said;
    PersonRowTold told;
} FactCheck;

static bool check_draw(FactVisit *f, const FactCheck *check, Str stale, Error *err)
{
    Visit *visit = f->visit;
    Arena *arena = visit->arena;
    FactRows then = foreseen(f, &check->told);
    Path go = visit_path(visit, &route_send_fact_check, visit->variables, 3);
    ChangeCheckPage page = {.title = str_of(words_of[f->change].check),
                            .back = form_path(f),
                            .leave = person_again(f),
                            .go = go,
                            .origin = visit_origin(visit, go),
                            .place = check->form.place,
                            .seen = f->last_no,
                            .button = str_of(words_of[f->change].button),
                            .danger = f->change == FACT_WITHDRAW,
                            .compares = f->change != FACT_ENTER,
                            .lines = lines_of(f, &check->form, &check->told),
                            .stale = stale,
                            .held = f->person.shown.held.len > 0,
                            .effects = facts_effect(&f->person.ledger, &f->person.shown, &then, arena)};
    VEC_EACH (const PersonFileNote, note, check->told.minded)
        *minded_rows_push(&page.minded, arena) =
            (Minded){str_format(arena, "%.*s: %.*s（%.*s）", STR(note->item), STR(note->words), STR(note->code))};
    if (f->change != FACT_ENTER)
        *check_line_rows_push(&page.lines, arena) =
            (CheckLine){.item = S("変える理由"), .now = check->said.reason, .changed = true};
    if (stale.len) visit->status = 409;
    visit->title = page.title;
    if (!form_number(visit, &page.once, err)) return false;
    change_check_page_write(visit->page, &page);
    return true;
}

// What was typed, from the address, read again against the ledger of now.
static bool typed_again(Visit *visit, FactVisit *f, FactCheck *check, Error *err)
{
    if (!fact_visit(visit, f, err) || !form_open(visit, &f->kind, form_path(f), f->about, &check->form, err) ||
        !form_unseal(&check->form, visit->variables[2], err))
        return false;
    check->form.drafted_at = (Str){0};
    return fact_tried(f, &check->form, &check->said, &check->told, err);
}

bool page_fact_check(Visit *visit, Error *err)
{
    FactCheck check = {0};
    FactVisit *f = NEW(visit->arena, FactVisit, 1);
    if (!typed_again(visit, f, &check, err)) return false;
    return check.form.faulty ? fact_draw(f, &check.form, err) : check_draw(f, &check, (Str){0}, err);
}

bool send_fact_check(Visit *visit, Error *err)
{
    Error why = {0};
    FactCheck check = {0};
    FactVisit *f = NEW(visit->arena, FactVisit, 1);
    if (!typed_again(visit, f, &check, err)) return false;
    if (check.form.faulty) return fact_draw(f, &check.form, err);
    if (!str_equal(web_value(visit->request->form, "_seen"), f->last_no))
        return check_draw(f, &check, stale_words(f), err);
    if (check.told.minded.count && !web_value(visit->request->form, "minded").len)
        return check_draw(f, &check, S("確認が必要なことがあります。読んで「内容を確認しました」に印を付け、もう一度送ってください。"), err);
    if (!person_row_keep(&f->person.ledger, &fact_file_kind, &check.said, &why)) {
        if (why.code != E_CONFLICT) return error_pass(err, &why);
        store_rollback(visit->act->store);
        return check_draw(f, &check, outlet_error_message(OUTLET_PAGE, visit->arena, &why), err);
    }
    return visit_go(visit, person_again(f), str_of(words_of[f->change].done), err);
}
