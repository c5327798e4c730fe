// The ways in which one row of the resident feed changes a person, each with the share of the residents above
// which a person must look before the file takes effect (feed_share.h).
//
// Every item of a person names its kind (PersonField.changed): an item without a guard does not exist.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

// kind, per mille, words. The shares lie ten times and more above the busiest real month.
#define FEED_KINDS(X)                                              \
    X(PROTECTED, 10, "支援措置が始まる")                           \
    X(UNPROTECTED, 10, "支援措置の終了が届く")                     \
    X(CAME, 100, "新しく住民になる")                               \
    X(UNKNOWN, 10, "登録がないのに異動が届く")                     \
    X(RETURNED, 10, "死亡や転出のあと再び住民になる")              \
    X(DIED, 10, "死亡する")                                        \
    X(MOVED_OUT, 50, "転出する")                                   \
    X(REMOVED, 50, "消除される")                                   \
    X(RENAMED, 30, "氏名が変わる")                                 \
    X(KANA_CHANGED, 100, "氏名カナが変わる")                       \
    X(ROMAN_CHANGED, 30, "氏名ローマ字が変わる")                   \
    X(ALIAS_CHANGED, 10, "通称が変わる")                           \
    X(PRINTED_NAME_CHANGED, 10, "氏名優先区分が変わる")            \
    X(KIND_CHANGED, 10, "住民種別が変わる")                        \
    X(BIRTH_CHANGED, 10, "生年月日が変わる")                       \
    X(SEX_CHANGED, 10, "性別が変わる")                             \
    X(RELATIONSHIP_CHANGED, 50, "続柄が変わる")                    \
    X(POSTAL_CODE_CHANGED, 100, "郵便番号が変わる")                \
    X(ADDRESS_CHANGED, 100, "住所が変わる")                        \
    X(PHONE_CHANGED, 100, "電話番号が変わる")                      \
    X(RESIDENT_SINCE_CHANGED, 10, "住民となった日が変わる")        \
    X(RESIDENT_UNTIL_CHANGED, 50, "住民でなくなった日が変わる")    \
    X(ORIGIN_CHANGED, 50, "転入前の住所が変わる")                  \
    X(DESTINATION_CHANGED, 50, "転出後の住所が変わる")             \
    X(HOUSEHOLD_CHANGED, 100, "世帯番号が変わる")                  \
    X(NUMBER_MISSING, 50, "個人番号がなくなる")                    \
    X(NUMBER_CHANGED, 10, "個人番号が変わる")                      \
    X(ROW_REFUSED, 50, "行を受け付けられない")

typedef enum FeedKind {
    FEED_KIND_NONE,  // no item has it (register_test.c)
#define X(name, permille, words) FEED_KIND_##name,
    FEED_KINDS(X)
#undef X
        FEED_KIND_COUNT
} FeedKind;

typedef uint32_t FeedKinds;  // one bit each
_Static_assert(FEED_KIND_COUNT <= 32, "a bit for each kind");

static inline FeedKinds feed_kind_bit(FeedKind kind)
{
    return (FeedKinds)1 << kind;
}

static inline bool feed_kind_in(FeedKinds kinds, FeedKind kind)
{
    return kinds >> kind & 1;
}
