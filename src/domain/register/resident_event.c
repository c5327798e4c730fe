// SPDX-License-Identifier: Apache-2.0
#include "resident_event.h"

#include <stddef.h>

#include "arena.h"

// clang-format off
static const ResidentEvent events[] = {
    // reason, kind, statuses a row may carry, in files, words
    {EVENT_MOVED_IN,                EVENT_ENTERS,    "1",    true,  "転入"},
    {EVENT_MOVED_IN_FROM_ABROAD,    EVENT_ENTERS,    "1",    true,  "転入(国外)"},
    {EVENT_MOVED_IN_SPECIAL,        EVENT_ENTERS,    "1",    true,  "特例転入"},
    {EVENT_MOVED_IN_EX_OFFICIO,     EVENT_ENTERS,    "1",    true,  "職権記載"},
    {EVENT_MOVED_IN_AGAIN,          EVENT_ENTERS,    "1",    true,  "再転入"},
    {EVENT_NON_RESIDENT_ADDED,      EVENT_DESCRIBES, "4",    false, "住登外登録"},
    {EVENT_NON_RESIDENT_CORRECTED,  EVENT_DESCRIBES, "349",  false, "住登外修正"},
    {EVENT_BORN,                    EVENT_ENTERS,    "1",    true,  "出生"},
    {EVENT_MOVED_WITHIN,            EVENT_STAYS,     "1",    true,  "転居"},
    {EVENT_MOVED_WARD,              EVENT_STAYS,     "1",    true,  "区間異動"},
    {EVENT_MOVE_OUT_PLANNED,        EVENT_PLANS,     "1",    true,  "転出予定"},
    {EVENT_MOVED_OUT,               EVENT_LEAVES,    "2",    true,  "転出確定"},
    {EVENT_MOVE_OUT_CANCELLED,      EVENT_RETURNS,   "1",    true,  "転出取消"},
    {EVENT_DIED,                    EVENT_LEAVES,    "3",    true,  "死亡"},
    {EVENT_HOUSEHOLDER_CHANGED,     EVENT_STAYS,     "1",    true,  "世帯主変更"},
    {EVENT_HOUSEHOLD_SPLIT,         EVENT_STAYS,     "1",    true,  "世帯分離"},
    {EVENT_HOUSEHOLD_JOINED,        EVENT_STAYS,     "1",    true,  "世帯合併"},
    {EVENT_HOUSEHOLD_CHANGED,       EVENT_STAYS,     "1",    true,  "世帯構成変更"},
    {EVENT_NAME_CHANGED,            EVENT_DESCRIBES, "1239", true,  "氏名変更"},
    {EVENT_RELATIONSHIP_CORRECTED,  EVENT_DESCRIBES, "1239", true,  "続柄修正"},
    {EVENT_SEX_CORRECTED,           EVENT_DESCRIBES, "1239", true,  "性別修正"},
    {EVENT_BIRTH_CORRECTED,         EVENT_DESCRIBES, "1239", true,  "生年月日修正"},
    {EVENT_KANA_CORRECTED,          EVENT_DESCRIBES, "1239", true,  "フリガナ修正"},
    {EVENT_NATURALISED,             EVENT_DESCRIBES, "129",  true,  "国籍取得・帰化"},
    {EVENT_NATIONALITY_LOST,        EVENT_DESCRIBES, "129",  true,  "国籍喪失"},
    {EVENT_STAY_CHANGED,            EVENT_DESCRIBES, "1239", true,  "在留の変更"},
    {EVENT_ALIAS_CHANGED,           EVENT_DESCRIBES, "1239", true,  "通称の変更"},
    {EVENT_REMOVED_EX_OFFICIO,      EVENT_LEAVES,    "9",    true,  "職権消除"},
    {EVENT_RESTORED_EX_OFFICIO,     EVENT_RETURNS,   "1",    true,  "職権回復"},
    {EVENT_CORRECTED_EX_OFFICIO,    EVENT_DESCRIBES, "1239", true,  "職権修正"},
    {EVENT_INDIVIDUAL_NO_CHANGED,   EVENT_DESCRIBES, "1239", true,  "個人番号変更"},
    {EVENT_RECORD_CODE_CHANGED,     EVENT_DESCRIBES, "1239", true,  "住民票コード変更"},
    {EVENT_PROTECTION,              EVENT_DESCRIBES, "1239", false, "支援措置の適用"},
    {EVENT_NOT_IN_FULL_COPY,        EVENT_LEAVES,    "9",    false, "全件にない"},
    {EVENT_CANCELLED,               EVENT_UNDOES,    "1239", true,  "取消"},
};
// clang-format on

const ResidentEvent *resident_event(int32_t reason)
{
    for (ptrdiff_t i = 0; i < countof(events); i++)
        if ((int32_t)events[i].reason == reason) return &events[i];
    return NULL;
}

const ResidentEvent *resident_event_in_words(Str words)
{
    for (ptrdiff_t i = 0; i < countof(events); i++)
        if (events[i].in_files && str_equal(str_of(events[i].words), words)) return &events[i];
    return NULL;
}
