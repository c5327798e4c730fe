// SPDX-License-Identifier: Apache-2.0
#include "request_shown.h"

#include "request_pages.h"

static bool subject_now(Visit *visit, const ApprovalRow *row, const ApprovalKind *kind, Str *subject, Error *err)
{
    bool known = false;
    const RequestPages *own = visit_requests(visit);
    *subject = row->unreadable ? S("内容が読めません。情報システム担当に知らせてください。")
                               : row->subject;
    if (row->unreadable) return true;
    if (own && !own->subject(visit, row, &known, subject, err)) return false;
    if (known || !kind || !kind->shown) return true;
    return kind->shown(visit->act, row->payload, visit->arena, subject, err);
}

bool request_shown(Visit *visit, const ApprovalRow *row, RequestShown *shown, Error *err)
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
    if (!subject_now(visit, row, kind, &shown->subject, err) ||
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
