// What an officer decides about one person of the register: that refused rows changed nothing, that a measure begins or may
// end, and where post goes. All is done by what the commands do.
// SPDX-License-Identifier: Apache-2.0
#include "form.h"
#include "hold_resolve.h"
#include "mailing_change.h"
#include "measure_change.h"
#include "outlet.h"
#include "protection_release.h"
#include "resident_form_html.h"
#include "visit_resident.h"

enum { REASON_MOST = 200, DAY_CHARACTERS = 30, POSTAL_CHARACTERS = 10, PLACE_CHARACTERS = 200 };

static const FormField hold_fields[] = {
    {"reason", "どう確かめたか", FORM_LINE, REASON_MOST, true, 44, "例: 住民記録の画面で転入日を確認", NULL}};
static const FormKind hold_kind = {"hold", hold_fields, countof(hold_fields), "今の住民情報のとおりと決める", NULL};

static const char *const looked[] = {"住民記録の画面で、終了を確かめました", NULL};
static const FormField release_fields[] = {{"looked", "確かめたこと", FORM_CHOICE, 0, true, 0, NULL, looked}};
static const FormKind release_kind = {"release", release_fields, countof(release_fields), "住所を伏せるのを終える", NULL};

typedef struct ResidentDeed {
    const FormKind *kind;
    const Route *sends;
    const char *title, *words;
    int variables;  // of its path
    bool (*done)(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err);
} ResidentDeed;

static bool drawn(Visit *visit, const ResidentDeed *deed, const VisitResident *r, Form *form, Error *err)
{
    ResidentFormPage page = {.title = str_of(deed->title), .words = str_of(deed->words)};
    if (!form_draw(form, err) || !resident_path(visit, &route_page_resident, &r->who, &page.back, err)) return false;
    page.top = form->top;
    page.form = form->body;
    resident_form_page_write(visit->page, &page);
    return true;
}

static bool opened(Visit *visit, const ResidentDeed *deed, Error *err)
{
    Form form;
    VisitResident r;
    Path go = visit_path(visit, deed->sends, visit->variables, deed->variables);
    return visit_resident(visit, &r, err) &&
           form_open(visit, deed->kind, go, addressee_text(&r.who), &form, err) && drawn(visit, deed, &r, &form, err);
}

// What cannot be done is told above the form; what was typed stays.
static bool sent(Visit *visit, const ResidentDeed *deed, Error *err)
{
    Str said;
    Form form;
    Path back;
    VisitResident r;
    Error why = {0};
    Path go = visit_path(visit, deed->sends, visit->variables, deed->variables);
    if (!visit_resident(visit, &r, err)) return false;
    form_read(visit, deed->kind, go, addressee_text(&r.who), &form);
    if (form.faulty) return drawn(visit, deed, &r, &form, err);
    if (deed->done(visit, &r.who, &form, &said, &why))
        return resident_path(visit, &route_page_resident, &r.who, &back, err) && visit_go(visit, back, said, err);
    bool typed_wrongly = form_takes(&form, &why);
    if (!typed_wrongly && why.code != E_NOT_FOUND && why.code != E_RIGHT && why.code != E_CONFLICT)
        return error_pass(err, &why);
    store_rollback(visit->act->store);
    if (!typed_wrongly) form_trouble(&form, outlet_error_message(OUTLET_PAGE, visit->arena, &why));
    return drawn(visit, deed, &r, &form, err);
}

// ---- refused rows

static bool hold_decided(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err)
{
    int64_t decided;
    if (!hold_resolve(visit->act, who, form_value(form, "reason"), &decided, err)) return false;
    *said = str_format(visit->arena, "受け付けなかった行%lld件を、今の住民情報のとおりと決めました。通知を再開します。", (long long)decided);
    return true;
}

static const ResidentDeed hold_deed = {
    &hold_kind, &route_send_hold, "受け付けなかった行を決める",
    "この人の行を受け付けられなかったため、通知を止めています。住民記録に確かめ、いまの住民情報のとおりでよいときに決めてください。違うときは、正しい行を受け取ってください。", 1,
    hold_decided};

bool page_hold(Visit *visit, Error *err)
{
    return opened(visit, &hold_deed, err);
}

bool send_hold(Visit *visit, Error *err)
{
    return sent(visit, &hold_deed, err);
}

// ---- the end of a measure

static bool released(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err)
{
    int64_t uncovered;
    (void)form;
    if (!act_turn_take(visit->act, ACT_WAIT_SECONDS, err) ||  // the command's lock
        !protection_release(visit->act, who, visit->arena, &uncovered, err))
        return false;
    *said = str_format(visit->arena, "住所を伏せるのを終えました。同じ世帯で終えた人%lld人。", (long long)uncovered);
    return true;
}

static const ResidentDeed release_deed = {
    &release_kind, &route_send_release, "支援措置の終了を確かめる",
    "住民記録から終了が届いた人だけ、伏せるのを終えられます。届いたファイルを取り込んだ本人は終えられません。同じ世帯で、この人のために伏せていた人も終わります。", 1,
    released};

bool page_release(Visit *visit, Error *err)
{
    return opened(visit, &release_deed, err);
}

bool send_release(Visit *visit, Error *err)
{
    return sent(visit, &release_deed, err);
}

// ---- a measure that the city decided

static const FormField measure_fields[] = {
    {"kind", "区分", FORM_CHOICE, 0, true, 0, NULL, measure_kinds},
    {"begins_on", "開始日", FORM_LINE, DAY_CHARACTERS, true, 16, "例: R8.11.20", NULL},
    {"ends_on", "終了日", FORM_LINE, DAY_CHARACTERS, false, 16, "1年まで。空けると、開始日から1年です", NULL},
    {"reason", "理由", FORM_LINE, REASON_MOST, true, 44, "例: 支援措置申出書を受理。延長の申出", NULL}};
static const FormKind measure_kind = {"measure", measure_fields, countof(measure_fields), "支援措置を登録する", NULL};

static bool measure_entered(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err)
{
    int64_t covered;
    const MeasureTyped typed = {form_value(form, "kind"), form_value(form, "begins_on"), form_value(form, "ends_on"),
                                form_value(form, "reason")};
    if (!measure_enter(visit->act, who, &typed, &covered, err)) return false;
    *said = str_format(visit->arena, "支援措置を登録し、居場所を伏せました。同じ世帯で伏せた人%lld人。", (long long)covered);
    return true;
}

static const ResidentDeed measure_deed = {
    &measure_kind, &route_send_measure, "支援措置を入力",
    "登録するとすぐに、この人と同じ世帯の人の居場所を伏せます。終了日が過ぎても自動では終わりません。すでに支援措置のある人は期間の延長になります。", 1,
    measure_entered};

bool page_measure(Visit *visit, Error *err)
{
    return opened(visit, &measure_deed, err);
}

bool send_measure(Visit *visit, Error *err)
{
    return sent(visit, &measure_deed, err);
}

static const FormField measure_end_fields[] = {
    {"reason", "理由", FORM_LINE, REASON_MOST, true, 44, "例: 本人から終了の申出", NULL}};
static const FormKind measure_end_form = {"measure_end", measure_end_fields, countof(measure_end_fields), "終了を申請する", NULL};

static bool measure_end_asked(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err)
{
    int64_t number;
    if (!measure_ask_end(visit->act, who, form_value(form, "reason"), &number, err)) return false;
    *said = str_format(visit->arena, "申請%lldを出しました。ほかの職員が承認箱で承認すると、伏せるのを終えます。", (long long)number);
    return true;
}

static const ResidentDeed measure_end_deed = {
    &measure_end_form, &route_send_measure_end, "支援措置の終了を申請",
    "ほかの職員が承認すると、この人の居場所を伏せるのを終えます。同じ世帯で、この人のために伏せていた人も終わります。", 1,
    measure_end_asked};

bool page_measure_end(Visit *visit, Error *err)
{
    return opened(visit, &measure_end_deed, err);
}

bool send_measure_end(Visit *visit, Error *err)
{
    return sent(visit, &measure_end_deed, err);
}

// ---- where post goes

static const FormField mailing_fields[] = {
    {"purpose", "目的", FORM_CHOICE, 0, true, 0, NULL, mailing_purpose_words},
    {"begins_on", "開始日", FORM_LINE, DAY_CHARACTERS, false, 16, "空けると今日です", NULL},
    {"ends_on", "終了日", FORM_LINE, DAY_CHARACTERS, true, 16, "例: R9.3.31。過ぎると住民登録の住所に送ります", NULL},
    {"postal_code", "郵便番号", FORM_LINE, POSTAL_CHARACTERS, true, 10, NULL, NULL},
    {"address", "住所", FORM_LINE, PLACE_CHARACTERS, true, 44, NULL, NULL},
    {"building", "方書", FORM_LINE, PLACE_CHARACTERS, false, 44, "建物、部屋、○○様方", NULL},
    {"reason", "理由", FORM_LINE, REASON_MOST, true, 44, "例: 本人の申出、成年後見人の届出", NULL}};
static const FormKind mailing_kind = {"mailing", mailing_fields, countof(mailing_fields), "送付先の登録を申請する", NULL};

static bool mailing_asked(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err)
{
    int64_t number;
    const MailingTyped typed = {form_value(form, "purpose"),     form_value(form, "begins_on"), form_value(form, "ends_on"),
                                form_value(form, "postal_code"), form_value(form, "address"),   form_value(form, "building"),
                                form_value(form, "reason")};
    if (!mailing_ask(visit->act, who, &typed, &number, err)) return false;
    *said = str_format(visit->arena, "申請%lldを出しました。ほかの職員が承認箱で承認すると、送付先になります。", (long long)number);
    return true;
}

static const ResidentDeed mailing_deed = {
    &mailing_kind, &route_send_mailing, "送付先を入力",
    "住民登録の住所とは別のところへ送るときに使います。発送の日に期間の中にあれば使い、目的の合うものを「すべての郵便」より先に使います。支援措置の対象の人では、画面にも台帳にも出しません。",
    1, mailing_asked};

bool page_mailing(Visit *visit, Error *err)
{
    return opened(visit, &mailing_deed, err);
}

bool send_mailing(Visit *visit, Error *err)
{
    return sent(visit, &mailing_deed, err);
}

static const FormField mailing_end_fields[] = {
    {"reason", "理由", FORM_LINE, REASON_MOST, true, 44, "例: 本人から取りやめの申出", NULL}};
static const FormKind mailing_end_form = {"mailing_end", mailing_end_fields, countof(mailing_end_fields), "終了を申請する", NULL};

static bool mailing_end_asked(Visit *visit, const AddresseeNo *who, const Form *form, Str *said, Error *err)
{
    int64_t number, mailing_no = 0;
    (void)str_int64(visit->variables[1], &mailing_no);
    if (!mailing_ask_end(visit->act, who, mailing_no, form_value(form, "reason"), &number, err)) return false;
    *said = str_format(visit->arena, "申請%lldを出しました。ほかの職員が承認箱で承認すると、この送付先は使いません。", (long long)number);
    return true;
}

static const ResidentDeed mailing_end_deed = {
    &mailing_end_form, &route_send_mailing_end, "送付先の終了を申請",
    "終了日より前に使うのをやめるときに申請します。ほかの職員が承認すると、次の発送から使いません。終了日が過ぎた送付先は、申請しなくても使いません。",
    2, mailing_end_asked};

bool page_mailing_end(Visit *visit, Error *err)
{
    return opened(visit, &mailing_end_deed, err);
}

bool send_mailing_end(Visit *visit, Error *err)
{
    return sent(visit, &mailing_end_deed, err);
}
