// SPDX-License-Identifier: Apache-2.0
#include "unified_words.h"

#include "person_state.h"

Str unified_place(bool hidden, Str address)
{
    return hidden ? S("●●●●●●") : address;
}

Str unified_code_words(CodeState state)
{
    static const Str words[CODE_STATE_COUNT] = {
        [CODE_NONE] = S("まだ求めていません"), [CODE_REQUESTED] = S("依頼中"), [CODE_HELD] = S("取得済"), [CODE_FAILED] = S("失敗"),
        [CODE_EXPIRED] = S("期限切れ"), [CODE_RELEASED] = S("ひも付けを解除"), [CODE_MERGED] = S("別の統一識別番号にまとめました")};
    return words[state];
}

Str unified_failure_words(CodeFailure failure)
{
    static const Str words[] = {[CODE_E102_NOBODY] = S("住基ネットに該当する人がいません（E102）"),
                                [CODE_E103_DELETED] = S("住民票が消除されています（E103）"),
                                [CODE_E105_CLASH] = S("同じ符号を別の人が持っています（E105）")};
    return words[failure];
}

Str unified_work_words(WorkKind kind)
{
    static const Str words[WORK_KINDS] = {
        [WORK_NUMBER_CLASH] = S("同じ個人番号が二人に付いています。二人の照会と提供を止めています。二人の住民記録を確かめてください。"),
        [WORK_NUMBER_REVIEW] = S("届いた個人番号・宛名番号・4情報が、登録と合いません。記録を見比べて、同じ人かどうかを決めてください。"),
        [WORK_NUMBER_FORMER] = S("旧番号で見つかりました。新しい個人番号を、本人か住民記録で確かめてください。"),
        [WORK_FACTS_MISSING] = S("氏名カナ・生年月日・性別・住所のどれかがなく、符号を求められません。本人と確かめたら、もう一度求めてください。"),
        [WORK_PERSON_DIFFERS] = S("住基ネットの4情報と合いません。個人番号のひも付けを確かめてください。正しければ、もう一度求めてください。"),
        [WORK_CODE_NOBODY] = S("この個人番号の人が住基ネットにいません（E102）。個人番号を確かめてください。"),
        [WORK_CODE_DELETED] = S("住基ネットで消除された人です（E103）。個人番号と住民記録を確かめてください。"),
        [WORK_CODE_CLASH] = S("同じ符号が別の人に付いています（E105）。ひも付け誤りのおそれがあるため、二人の照会と提供を止めています。"
                              "すぐに二人の記録を確かめ、情報システム担当に電話で知らせてください。"),
        [WORK_NEWS_UNREADABLE] = S("中間サーバーの知らせが読めません。ほかの人の分は受け取っています。中間サーバーの保守の担当者に知らせてください。"),
        [WORK_NUMBER_UNREAD] = S("宛名管理が、この人の個人番号か住所を開けません。照会と提供を止めています。宛名管理の保守の担当者に知らせてください。")};
    return words[kind];
}
