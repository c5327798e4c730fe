// A non-resident registered, corrected, or confirmed again. The first two are requests: another officer grants them in
// the box. Whoever is near is shown beside the form before a second number can be asked for.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "form.h"
#include "non_resident_change.h"
#include "outlet.h"
#include "outside_form_html.h"
#include "visit_resident.h"

#include <string.h>

enum { DAY_CHARACTERS = 30, REASON_CHARACTERS = 200, NUMBER_CHARACTERS = 20 };

static const char *const kinds[] = {"日本人", "外国人", NULL};
static const char *const sexes[] = {"男", "女", "不明", NULL};
static const char *const printed[] = {"氏名", "通称", NULL};
static const char *const statuses[] = {"住登外", "死亡", "消除", NULL};
static const char *const others[] = {"別の人と確かめました", NULL};

// clang-format off
#define PERSON_FIELDS(needed)                                                                                        \
    {"name", "氏名", FORM_LINE, 100, needed, 24, "例: 山田　太郎", NULL},                                            \
    {"name_kana", "氏名カナ", FORM_LINE, 100, false, 24, "例: ヤマダ　タロウ。半角でも入力できます", NULL},          \
    {"name_roman", "氏名ローマ字", FORM_LINE, 100, false, 24, "外国人のとき。旅券や在留カードのとおり", NULL},       \
    {"alias", "通称", FORM_LINE, 100, false, 24, NULL, NULL},                                                        \
    {"alias_kana", "通称カナ", FORM_LINE, 100, false, 24, NULL, NULL},                                               \
    {"printed_name", "氏名優先区分", FORM_CHOICE, 0, false, 0, "通知に印刷する名前", printed},                       \
    {"kind", "住民種別", FORM_CHOICE, 0, needed, 0, NULL, kinds},                                                    \
    {"sex", "性別", FORM_CHOICE, 0, needed, 0, NULL, sexes},                                                         \
    {"birth", "生年月日", FORM_LINE, DAY_CHARACTERS, needed, 16, "例: R6.5.10", NULL},                               \
    {"postal_code", "郵便番号", FORM_LINE, 10, false, 10, NULL, NULL},                                               \
    {"municipality_code", "市区町村コード", FORM_LINE, 10, false, 10, "6桁。国外や、わからないときは空けます", NULL}, \
    {"address", "住所", FORM_LINE, 200, needed, 44, "都道府県から", NULL},                                           \
    {"building", "方書", FORM_LINE, 200, false, 30, NULL, NULL},                                                     \
    {"phone", "電話番号", FORM_LINE, 20, false, 16, NULL, NULL}

static const FormField add_fields[] = {
    PERSON_FIELDS(true),
    {"number", "移行した宛名番号", FORM_LINE, NUMBER_CHARACTERS, false, 18, "前のシステムでつけた番号をそのまま使うときだけ", NULL},
    {"document", "確認した書類", FORM_LIST, 0, true, 0, "見せられた書類", identity_documents},
    {"checked_on", "確認した日", FORM_LINE, DAY_CHARACTERS, true, 16, "例: R8.11.20", NULL},
    {"reason", "理由", FORM_LINE, REASON_CHARACTERS, true, 44, "例: 里帰り出産中に接種、施設に入所", NULL},
    {"others", "似た人", FORM_CHOICE, 0, false, 0, "似た人が見つかったときだけ答えます", others},
};
static const FormField correct_fields[] = {
    PERSON_FIELDS(false),
    {"status", "住民状態", FORM_CHOICE, 0, false, 0, NULL, statuses},
    {"occurred_on", "異動年月日", FORM_LINE, DAY_CHARACTERS, false, 16, "いつからか。空けると今日です", NULL},
    {"document", "確認した書類", FORM_LIST, 0, true, 0, "見せられた書類", identity_documents},
    {"checked_on", "確認した日", FORM_LINE, DAY_CHARACTERS, true, 16, "例: R8.11.20", NULL},
    {"reason", "理由", FORM_LINE, REASON_CHARACTERS, true, 44, "例: 引っ越したとの届出", NULL},
};
static const FormField confirm_fields[] = {
    {"document", "確認した書類", FORM_LIST, 0, true, 0, "見せられた書類", identity_documents},
    {"checked_on", "確認した日", FORM_LINE, DAY_CHARACTERS, true, 16, "例: R8.11.20", NULL},
};
// clang-format on

static const FormKind add_kind = {"outside_add", add_fields, countof(add_fields), "登録を申請する", NULL};
static const FormKind correct_kind = {"outside_correct", correct_fields, countof(correct_fields), "訂正を申請する", NULL};
static const FormKind confirm_kind = {"outside_confirm", confirm_fields, countof(confirm_fields), "本人確認を記録する", NULL};

// ---- whoever is near

static Str how_text(const PersonLikeness *l, Arena *arena)
{
    return str_format(arena, "氏名 %.*s、生年月日 %.*s、性別 %.*s、住所 %.*s", STR(likeness_words(l->name)),
                      STR(likeness_words(l->birth)), STR(likeness_words(l->sex)), STR(likeness_words(l->place)));
}

static bool alike_add(const Visit *visit, const AlikePerson *one, AlikeLineRows *lines, Error *err)
{
    Arena *arena = visit->arena;
    const RegisterVersion *now = register_current(&one->person.history);
    const PersonState shown = state_shown(&now->state, one->person.row.protection);
    AlikeLine *line = alike_line_rows_push(lines, arena);
    *line = (AlikeLine){.number = addressee_text(&one->person.who),
                        .name = resident_name(&shown),
                        .kana = shown.name_kana,
                        .birth = date_partial_era_text(arena, shown.birth),
                        .sex = sex_words(shown.sex),
                        .place = person_field_words(&shown, person_field_named("address"), arena),
                        .state = status_words(shown.status),
                        .how = how_text(&one->likeness, arena),
                        .one_person = likeness_one_person(&one->likeness)};
    visit_shows(visit, &one->person.who);
    return resident_path(visit, &route_page_resident, &one->person.who, &line->open, err);
}

// ---- the forms

static bool drawn(Visit *visit, OutsideFormPage *page, Form *form, Error *err)
{
    if (!form_draw(form, err)) return false;
    page->top = form->top;
    page->form = form->body;
    outside_form_page_write(visit->page, page);
    return true;
}

// {0} where this form does not ask it.
static Str typed_value(const Form *form, const char *name)
{
    for (int i = 0; i < form->kind->count; i++)
        if (!strcmp(form->kind->fields[i].name, name)) return form_value(form, name);
    return (Str){0};
}

static NonResidentTyped typed_of(const Form *form)
{
    NonResidentTyped typed = {.occurred_on = typed_value(form, "occurred_on"),
                              .document = typed_value(form, "document"),
                              .checked_on = typed_value(form, "checked_on"),
                              .number = typed_value(form, "number"),
                              .reason = typed_value(form, "reason"),
                              .others = typed_value(form, "others").len > 0};
    for (ptrdiff_t i = 0; non_resident_items[i]; i++)
        typed.items[person_field_named(non_resident_items[i]) - person_fields] = typed_value(form, non_resident_items[i]);
    return typed;
}

static void faults_told(Form *form, const TypedFaults *faults)
{
    VEC_EACH (const Error, why, *faults)
        if (!form_takes(form, why)) form_trouble(form, outlet_error_message(OUTLET_PAGE, form->visit->arena, why));
}

// What somebody else did between reading and asking is told above the form.
static bool asked(Visit *visit, NonResidentChangeKind kind, const NonResidentTyped *typed, Form *form, Str *said, Error *err)
{
    int64_t number;
    Error why = {0};
    if (non_resident_ask(visit->act, kind, typed, &number, &why)) {
        *said = str_format(visit->arena, "申請%lldを出しました。ほかの職員が承認箱で承認すると%s。", (long long)number,
                           kind == NON_RESIDENT_ADD ? "番号がつきます" : "変わります");
        return true;
    }
    if (why.code != E_CONFLICT && why.code != E_NOT_FOUND) return error_pass(err, &why);
    store_rollback(visit->act->store);
    form_trouble(form, outlet_error_message(OUTLET_PAGE, visit->arena, &why));
    return true;
}

// ---- registering

static OutsideFormPage add_page(const Visit *visit)
{
    return (OutsideFormPage){
        .title = S("住登外者を登録"),
        .words = S("住民登録のない人に宛名番号をつけます。本人確認の書類を見て入力してください。似た人がいないか、登録の前に調べます。"
                   "申請をほかの職員が承認すると、番号がつきます。"),
        .back = visit_path(visit, &route_page_outside, NULL, 0)};
}

bool page_outside_new(Visit *visit, Error *err)
{
    Form form;
    OutsideFormPage page = add_page(visit);
    Path go = visit_path(visit, &route_send_outside_new, NULL, 0);
    return form_open(visit, &add_kind, go, S(""), &form, err) && drawn(visit, &page, &form, err);
}

bool send_outside_new(Visit *visit, Error *err)
{
    Form form;
    TypedFaults faults;
    NonResidentRead read;
    Str said = {0};
    OutsideFormPage page = add_page(visit);
    form_read(visit, &add_kind, visit_path(visit, &route_send_outside_new, NULL, 0), S(""), &form);
    if (form.faulty) return drawn(visit, &page, &form, err);
    NonResidentTyped typed = typed_of(&form);
    if (!non_resident_read(visit->act, NON_RESIDENT_ADD, &typed, &read, &faults, err)) return false;
    VEC_EACH (const AlikePerson, one, read.alike)
        if (!alike_add(visit, one, &page.alike, err)) return false;
    faults_told(&form, &faults);
    if (!form.faulty && !asked(visit, NON_RESIDENT_ADD, &typed, &form, &said, err)) return false;
    if (form.faulty || !said.len) return drawn(visit, &page, &form, err);
    return visit_go(visit, visit_path(visit, &route_page_outside, NULL, 0), said, err);
}

// ---- one who is registered

typedef struct OutsidePerson {
    VisitResident r;
    OutsideFormPage page;
    Path go;
} OutsidePerson;

static bool person_opened(Visit *visit, const Route *sends, const char *title, const char *words, OutsidePerson *p, Error *err)
{
    *p = (OutsidePerson){.page = {.title = str_of(title), .words = str_of(words)}};
    if (!visit_resident(visit, &p->r, err) || !resident_path(visit, &route_page_resident, &p->r.who, &p->page.back, err))
        return false;
    p->go = visit_path(visit, sends, visit->variables, 1);
    return register_non_resident(&p->r.history) ||
           FAIL(err, E_NOT_FOUND, .words = S("この人は住登外者ではありません。住民のことは住民記録の担当に知らせてください。"));
}

static bool correct_opened(Visit *visit, OutsidePerson *p, Error *err)
{
    return person_opened(visit, &route_send_outside_correct, "住登外者を訂正",
                         "変わったところだけ入力します。空けたところはそのままで、「なし」と入力すると取り除きます。"
                         "ほかの職員が承認すると変わります。",
                         p, err);
}

bool page_outside_correct(Visit *visit, Error *err)
{
    Form form;
    OutsidePerson p;
    return correct_opened(visit, &p, err) &&
           form_open(visit, &correct_kind, p.go, addressee_text(&p.r.who), &form, err) && drawn(visit, &p.page, &form, err);
}

bool send_outside_correct(Visit *visit, Error *err)
{
    Form form;
    OutsidePerson p;
    TypedFaults faults;
    NonResidentRead read;
    Str said = {0};
    if (!correct_opened(visit, &p, err)) return false;
    form_read(visit, &correct_kind, p.go, addressee_text(&p.r.who), &form);
    if (form.faulty) return drawn(visit, &p.page, &form, err);
    NonResidentTyped typed = typed_of(&form);
    typed.who = addressee_text(&p.r.who);
    if (!non_resident_read(visit->act, NON_RESIDENT_CORRECT, &typed, &read, &faults, err)) return false;
    faults_told(&form, &faults);
    if (!form.faulty && !asked(visit, NON_RESIDENT_CORRECT, &typed, &form, &said, err)) return false;
    if (form.faulty || !said.len) return drawn(visit, &p.page, &form, err);
    return visit_go(visit, p.page.back, said, err);
}

static bool confirm_opened(Visit *visit, OutsidePerson *p, Error *err)
{
    return person_opened(visit, &route_send_outside_confirm, "本人確認を記録",
                         "変わったところがないときに使います。変わったところがあれば訂正してください。", p, err);
}

bool page_outside_confirm(Visit *visit, Error *err)
{
    Form form;
    OutsidePerson p;
    return confirm_opened(visit, &p, err) &&
           form_open(visit, &confirm_kind, p.go, addressee_text(&p.r.who), &form, err) && drawn(visit, &p.page, &form, err);
}

bool send_outside_confirm(Visit *visit, Error *err)
{
    Form form;
    OutsidePerson p;
    Error why = {0};
    if (!confirm_opened(visit, &p, err)) return false;
    form_read(visit, &confirm_kind, p.go, addressee_text(&p.r.who), &form);
    if (form.faulty) return drawn(visit, &p.page, &form, err);
    const NonResidentConfirmed typed = {form_value(&form, "document"), form_value(&form, "checked_on")};
    if (non_resident_confirm(visit->act, &p.r.who, &typed, &why))
        return visit_go(visit, p.page.back, S("本人確認を記録しました。"), err);
    store_rollback(visit->act->store);
    if (!form_takes(&form, &why)) return error_pass(err, &why);
    return drawn(visit, &p.page, &form, err);
}
