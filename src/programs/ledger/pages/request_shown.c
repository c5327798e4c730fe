// SPDX-License-Identifier: Apache-2.0
#include "request_shown.h"

#include "dates.h"
#include "dose_effect.h"
#include "masked.h"

bool request_of_dose(const ApprovalKind *kind)
{
    for (int i = 0; i < DOSE_CHANGE_KINDS; i++)
        if (kind == &dose_change_kinds[i]) return true;
    return false;
}

// "今井 さくら　令和8年11月20日 麻しん風しん": of a correction the dose as it stands.
static bool dose_subject(Ledger *ledger, const ApprovalRow *row, Str *subject, Error *err)
{
    bool found;
    DoseChange change;
    PersonRow person;
    DoseRecord old = {0};
    Arena *arena = ledger->act->arena;
    if (!dose_change_asked(ledger, row->payload, &change, &person, &old, &found, err)) return false;
    Str name = masked(person.is_protected, person.name);
    if (!found) {
        *subject = str_format(arena, "%.*s　記録 %d", STR(name), (int)change.dose_id);
        return true;
    }
    bool enters = change.kind == DOSE_ENTER;
    PartialDate day = enters ? change.given_on : old.dose.given_on;
    Str product = enters ? product_name(ledger->schedule,
                                        product_by_id(ledger->schedule, change.product))
                         : dose_product_words(ledger->schedule, &ledger->products, &old);
    *subject = str_format(arena, "%.*s　%.*s　%.*s", STR(name),
                          STR(date_partial_era_text(arena, day)), STR(product));
    return true;
}

static bool subject_now(Visit *visit, Ledger *ledger, const ApprovalRow *row,
                        const ApprovalKind *kind, Str *subject, Error *err)
{
    *subject = row->unreadable ? S("内容が読めません。情報システム担当に知らせてください。")
                               : row->subject;
    if (row->unreadable) return true;
    if (request_of_dose(kind)) return dose_subject(ledger, row, subject, err);
    if (!kind || !kind->shown) return true;
    return kind->shown(visit->act, row->payload, visit->arena, subject, err);
}

bool request_shown(Visit *visit, Ledger *ledger, const ApprovalRow *row, RequestShown *shown,
                   Error *err)
{
    char at[INSTANT_TEXT_SIZE];
    const ApprovalKind *kind =
        approval_kind_named(visit->act->office->program->approvals, row->kind);
    int left = row->approval.last_day - instant_day_in_japan(visit->act->now);  // it lapses by the clock
    *shown = (RequestShown){
        .kind = kind,
        .kind_words = kind ? str_of(kind->words) : row->kind,
        .asked_at = str_copy(visit->arena, str_of(instant_in_japan(row->asked_at, at))),
        .until = left < 0 ? S("期限が過ぎました") : str_format(visit->arena, "あと%d日", left)};
    if (!subject_now(visit, ledger, row, kind, &shown->subject, err) ||
        !approval_view(visit->act, row, &shown->no, err))
        return false;
    shown->own = shown->no == APPROVAL_SAME_PERSON;
    return true;
}

bool request_asked(Visit *visit, ApprovalRow *row, Error *err)
{
    int64_t number = 0;
    bool found = false;
    if (str_int64(visit->variables[0], &number) && number > 0 &&
        !approval_row_read(visit->act->store, visit->act->office->keys, number, visit->arena, row, &found, err))
        return false;
    return found || FAIL(err, E_NOT_FOUND, .words = S("この申請はありません。承認箱を開き直してください。"));
}

Str request_number(const Visit *visit, const ApprovalRow *row)
{
    return str_format(visit->arena, "%lld", (long long)row->approval_no);
}
