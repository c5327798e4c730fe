// Letters taken back before they are posted: one envelope, or the whole batch (notice_withdraw.h).
// SPDX-License-Identifier: Apache-2.0
#include "batch_asked.h"
#include "form.h"
#include "notice_withdraw.h"
#include "person_state.h"
#include "print_form_html.h"

// clang-format off
static const char *const pull_reasons[] = {"死亡", "転出", "接種の入力あり", "支援措置", "本人の申出", "その他", NULL};
static const FormField pull_fields[] = {
    {"reason", "理由", FORM_CHOICE, 0, true, 0, NULL, pull_reasons},
    {"more", "くわしく", FORM_LINE, 100, false, 40, "「その他」のときは必ず書いてください", NULL},
};
static const FormField cancel_fields[] = {
    {"reason", "理由", FORM_LINE, 100, true, 40, "例: 印刷機の故障で、全部刷り直すため", NULL},
};
// clang-format on
static const FormKind pull_kind = {"pull", pull_fields, countof(pull_fields), "この人の通知を取り下げる", NULL};
static const FormKind cancel_kind = {"cancel", cancel_fields, countof(cancel_fields), "束を全部取り下げる", NULL};

typedef struct Withdrawal {
    Visit *visit;
    BatchRow batch;
    const AddresseeNo *who;  // NULL: the whole batch
    AddresseeNo one;
    Str likely;  // the reason that the register gives; {0}: none
    Path go;
} Withdrawal;

static bool batch_asked(Visit *visit, Withdrawal *w, Error *err)
{
    *w = (Withdrawal){.visit = visit, .go = visit_path(visit, &route_page_cancel, visit->variables, 1)};
    return batch_of(visit, &w->batch, err);
}

static Str reason_likely(const PersonRow *person)
{
    if (person->status == STATUS_DEAD) return S("死亡");
    if (person->status == STATUS_MOVED_OUT) return S("転出");
    return person->is_protected ? S("支援措置") : (Str){0};
}

static bool person_asked(Visit *visit, Withdrawal *w, Error *err)
{
    Str number;
    VisitPerson *person = NEW(visit->arena, VisitPerson, 1);
    *w = (Withdrawal){.visit = visit, .go = visit_path(visit, &route_page_pull, visit->variables, 2)};
    if (!batch_of(visit, &w->batch, err) || !visit_unseal(visit, S("person"), visit->variables[1], &number, err) ||
        !addressee_no_parse(number, &w->one, NULL, err))
        return false;
    w->who = &w->one;
    if (!visit_person_of(visit, w->who, person, err)) return false;
    w->likely = reason_likely(person->shown.person);
    return true;
}

static Str about(const Withdrawal *w)
{
    Str whom = w->who ? addressee_text(w->who) : S("");
    return str_format(w->visit->arena, "%.*s %.*s", STR(w->batch.number), STR(whom));
}

static Path back(const Withdrawal *w)
{
    return visit_path(w->visit, &route_page_batch, &w->batch.number, 1);
}

static bool draw(Withdrawal *w, Form *form, Error *err)
{
    if (!form_draw(form, err)) return false;
    PrintFormPage page = {
        .title = str_of(w->visit->route->title),
        .sub = w->batch.number,
        .warns = true,
        .words = w->who ? S("この人への通知は送らなかったことになり、次の抽出でまた対象になります。"
                            "封筒を束から抜いて、処分してください。")
                        : str_format(w->visit->arena,
                                     "%lld件の通知を全部取り下げます。だれにも送らなかったことになります。"
                                     "印刷した紙は処分してください。",
                                     (long long)w->batch.letters),
        .back = back(w),
        .top = form->top,
        .form = form->body};
    print_form_page_write(w->visit->page, &page);
    return true;
}

static Str reason_of(const Withdrawal *w, const Form *form)
{
    Str reason = form_value(form, "reason"), more = w->who ? form_value(form, "more") : (Str){0};
    return more.len ? str_format(w->visit->arena, "%.*s　%.*s", STR(reason), STR(more)) : reason;
}

// The lock is the command's too.
static bool withdrawn(Withdrawal *w, const Form *form, WithdrawDone *done, Error *why)
{
    Act *act = w->visit->act;
    const WithdrawAsked asked = {w->batch.number, reason_of(w, form), w->who};
    return act_turn_take(act, ACT_WAIT_SECONDS, why) && notices_withdraw(act, &asked, done, why);
}

static bool carried_out(Withdrawal *w, Form *form, Error *err)
{
    Error why = {0};
    WithdrawDone done;
    Visit *visit = w->visit;
    if (!withdrawn(w, form, &done, &why)) {
        if (why.code != E_NOT_FOUND) return error_pass(err, &why);
        form_trouble(form, S("取り下げる通知がありません。もう取り下げられています。"));
        return draw(w, form, err);
    }
    return visit_go(visit, back(w),
                    str_format(visit->arena, "%lld件を取り下げました。%s", (long long)(done.letters + done.reprints),
                               w->who ? "封筒を抜いて、処分してください。" : "印刷した紙は処分してください。"),
                    err);
}

bool page_cancel(Visit *visit, Error *err)
{
    Form form;
    Withdrawal w;
    return batch_asked(visit, &w, err) && form_open(visit, &cancel_kind, w.go, about(&w), &form, err) &&
           draw(&w, &form, err);
}

bool send_cancel(Visit *visit, Error *err)
{
    Form form;
    Withdrawal w;
    if (!batch_asked(visit, &w, err)) return false;
    form_read(visit, &cancel_kind, w.go, about(&w), &form);
    return form.faulty ? draw(&w, &form, err) : carried_out(&w, &form, err);
}

bool page_pull(Visit *visit, Error *err)
{
    Form form;
    Withdrawal w;
    if (!person_asked(visit, &w, err) || !form_open(visit, &pull_kind, w.go, about(&w), &form, err)) return false;
    if (!form.drafted) form_set(&form, "reason", w.likely);
    return draw(&w, &form, err);
}

bool send_pull(Visit *visit, Error *err)
{
    Form form;
    Withdrawal w;
    if (!person_asked(visit, &w, err)) return false;
    form_read(visit, &pull_kind, w.go, about(&w), &form);
    if (str_equal(form_value(&form, "reason"), S("その他")) && !form_value(&form, "more").len)
        form_fault(&form, "more", S("理由が「その他」のときは、くわしく書いてください。"));
    return form.faulty ? draw(&w, &form, err) : carried_out(&w, &form, err);
}
