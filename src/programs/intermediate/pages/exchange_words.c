// SPDX-License-Identifier: Apache-2.0
#include "exchange_words.h"

Str inquiry_state_words(InquiryState state)
{
    static const Str words[INQUIRY_STATE_COUNT] = {[INQUIRY_NONE] = S("–"),
                                                   [INQUIRY_PERMITTING] = S("許可要求中"),
                                                   [INQUIRY_ASKING] = S("照会中"),
                                                   [INQUIRY_HELD] = S("相手の手動応答待ち"),
                                                   [INQUIRY_ENDED] = S("終了")};
    return words[state];
}

Str result_words(LinkageResult result)
{
    static const Str words[RESULT_COUNT] = {[RESULT_GIVEN] = S("提供あり"),       [RESULT_NO_DATA] = S("該当データなし"),
                                            [RESULT_NOBODY] = S("該当者なし"),    [RESULT_REFUSED] = S("提供拒否"),
                                            [RESULT_NOT_ALLOWED] = S("許可なし"), [RESULT_EXPIRED] = S("期限切れ"),
                                            [RESULT_SILENT] = S("提供側停止中"),  [RESULT_UNREADABLE] = S("復号失敗"),
                                            [RESULT_CANCELLED] = S("取消")};
    return words[result];
}

static Str ended_words(LinkageResult result)
{
    switch (result) {
    case RESULT_GIVEN: return S("台帳が受け取り、職員が確かめて登録します");
    case RESULT_NO_DATA: return S("接種がないという意味ではありません。台帳で確かめます");
    case RESULT_NOBODY: return S("相手の団体に、この符号の人がいません。台帳で確かめます");
    case RESULT_CANCELLED: return S("ありません");
    case RESULT_NONE:
    case RESULT_REFUSED:
    case RESULT_NOT_ALLOWED:
    case RESULT_EXPIRED:
    case RESULT_SILENT:
    case RESULT_UNREADABLE:
    case RESULT_COUNT: break;
    }
    return S("わけを確かめて、要るときは台帳から照会し直します");
}

bool inquiry_waits(const Inquiry *inquiry)
{
    return inquiry->state != INQUIRY_ENDED && inquiry->result == RESULT_NONE;
}

Str inquiry_next_words(const Inquiry *inquiry)
{
    if (inquiry->state != INQUIRY_ENDED && !inquiry_waits(inquiry)) return S("遅れて届く応答の記録を待っています");
    switch (inquiry->state) {
    case INQUIRY_PERMITTING: return S("ネットワークの許可証を待っています。届くと相手に照会します");
    case INQUIRY_ASKING: return S("相手の応答を待っています。なければ、もう一度照会します");
    case INQUIRY_HELD: return S("相手の職員が決めるのを待っています（10日まで）");
    case INQUIRY_ENDED: return ended_words(inquiry->result);
    case INQUIRY_NONE:
    case INQUIRY_STATE_COUNT: break;
    }
    return S("ありません");
}

static Str absent_words(LinkageResult result, Arena *arena)
{
    if (result == RESULT_NOT_ALLOWED) return S("この団体から照会できません。照合リストと符号の状態を確かめてください");
    return str_format(arena, "読めません（%.*s）。提供側の副本を確かめてもらってください", STR(result_words(result)));
}

Str canary_words(const CanaryRow *row, Instant now, Arena *arena)
{
    char day[DAY_TEXT_SIZE], at[INSTANT_TEXT_SIZE];
    switch (canary_row_objection(row, now)) {
    case CANARY_ABSENT: return absent_words(row->result, arena);
    case CANARY_UNREAD: return S("2日以上読めていません。ネットワークとの送受信と、提供側を確かめてください");
    case CANARY_OLD: return str_format(arena, "副本が古くなっています（%s 現在）。提供側に知らせてください", day_text(row->as_of, day));
    case CANARY_SINGS: break;
    }
    return row->read_at ? str_format(arena, "読めました（%s、%s 現在の副本）", instant_in_japan(row->read_at, at), day_text(row->as_of, day))
                        : S("はじめての読み取りを待っています");
}

Str incident_words(Str kind)
{
    static const struct {
        const char *kind, *words;
    } all[] = {{"E105", "符号の重複（E105）"}, {"PERMIT", "答えられない照会"}, {"ANSWER", "求めていない応答"}, {"RECORD", "記録の食い違い"},
           {"CODE", "符号とひも付けの疑い"}, {"SHIELD", "支援措置の終わり"}};
    for (ptrdiff_t i = 0; i < countof(all); i++)
        if (str_equal(kind, str_of(all[i].kind))) return str_of(all[i].words);
    return kind;
}
