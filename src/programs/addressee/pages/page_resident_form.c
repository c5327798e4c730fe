// What an officer decides about one person of the register: that refused rows changed nothing, and that a measure which
// the register says is over may end. Both are done by what the commands do.
// SPDX-License-Identifier: Apache-2.0
#include "form.h"
#include "hold_resolve.h"
#include "outlet.h"
#include "protection_release.h"
#include "resident_form_html.h"
#include "visit_resident.h"

enum { REASON_MOST = 200 };

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
    Path go = visit_path(visit, deed->sends, visit->variables, 1);
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
    Path go = visit_path(visit, deed->sends, visit->variables, 1);
    if (!visit_resident(visit, &r, err)) return false;
    form_read(visit, deed->kind, go, addressee_text(&r.who), &form);
    if (form.faulty) return drawn(visit, deed, &r, &form, err);
    if (deed->done(visit, &r.who, &form, &said, &why))
        return resident_path(visit, &route_page_resident, &r.who, &back, err) && visit_go(visit, back, said, err);
    if (why.code != E_NOT_FOUND && why.code != E_RIGHT && why.code != E_CONFLICT) return error_pass(err, &why);
    store_rollback(visit->act->store);
    form_trouble(&form, outlet_error_message(OUTLET_PAGE, visit->arena, &why));
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
    "この人の行を受け付けられなかったため、通知を止めています。住民記録に確かめ、いまの住民情報のとおりでよいときに決めてください。違うときは、正しい行を受け取ってください。",
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
    if (!protection_release(visit->act, who, visit->arena, &uncovered, err)) return false;
    *said = str_format(visit->arena, "住所を伏せるのを終えました。同じ世帯で終えた人%lld人。", (long long)uncovered);
    return true;
}

static const ResidentDeed release_deed = {
    &release_kind, &route_send_release, "支援措置の終了を確かめる",
    "住民記録から終了が届いた人だけ、伏せるのを終えられます。届いたファイルを取り込んだ本人は終えられません。同じ世帯で、この人のために伏せていた人も終わります。",
    released};

bool page_release(Visit *visit, Error *err)
{
    return opened(visit, &release_deed, err);
}

bool send_release(Visit *visit, Error *err)
{
    return sent(visit, &release_deed, err);
}
