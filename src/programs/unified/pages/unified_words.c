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
