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
