// SPDX-License-Identifier: Apache-2.0
#include "inquiry_words.h"

#include "list_leave.h"

// clang-format off
const ListCode inquiry_statuses[] = {
    {"UNSENT", "未送信"}, {"REFUSED", "受け付けられない"}, {"ASTRAY", "番号の確認待ち"}, {"01", "受付"}, {"02", "許可要求中"}, {"03", "照会中"}, {"04", "手動応答待ち"},
    {"09", "正常終了"}, {"11", "入力エラー"}, {"12", "符号未取得"}, {"13", "許可拒否"}, {"14", "時間切れ"}, {"15", "取消"}, {0}};
const ListCode inquiry_results[] = {
    {"01", "提供あり"}, {"02", "該当データなし"}, {"03", "該当者なし"}, {"04", "提供拒否"}, {"11", "許可なし"}, {"12", "期限切れ"},
    {"13", "提供側停止中"}, {"14", "復号失敗"}, {"99", "取消"}, {0}};
// clang-format on

Str inquiry_status_code(const InquiryRow *row)
{
    const Inquiry stands = {.state = row->state, .result = row->result};
    if (row->refusal.len) return S("REFUSED");
    if (!row->sent_at) return S("UNSENT");
    if (row->astray_no && !row->settled_at) return S("ASTRAY");
    return row->state ? str_of(inquiry_status(&stands)) : S("01");
}

bool inquiry_over(const InquiryRow *row)
{
    return row->refusal.len > 0 || row->astray_no || row->result != RESULT_NONE;
}

Str inquiry_words(const InquiryRow *row, Arena *arena)
{
    if (row->refusal.len)
        return str_format(arena, "%.*s（%.*s）", STR(list_code_shown(inquiry_statuses, S("REFUSED"))), STR(row->refusal));
    if (row->result) return list_code_shown(inquiry_results, str_of(result_status(row->result)));
    return list_code_shown(inquiry_statuses, inquiry_status_code(row));
}
