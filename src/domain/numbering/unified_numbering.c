// SPDX-License-Identifier: Apache-2.0
#include "unified_numbering.h"

#include "numbering_rule.h"

#include <assert.h>

static bool nobody(const UnifiedNo *no)
{
    return no->digits[0] == '\0';
}

// Whom the addressee number means, beside whom the Individual Number means.
typedef enum AddresseeIs {
    ADDRESSEE_FREE,
    ADDRESSEE_SAME,
    ADDRESSEE_OTHER,
    ADDRESSEE_KINDS
} AddresseeIs;

// What is decided where the details agree. Where they do not, only what changes nothing stays.
// clang-format off
static const NumberingDecision decisions[NUMBER_STANDING_COUNT][ADDRESSEE_KINDS] = {
    //                    free                  same                 another
    [NUMBER_UNKNOWN] = {NUMBERING_NEW,       NUMBERING_REVIEW,    NUMBERING_REVIEW},
    [NUMBER_CURRENT] = {NUMBERING_JOIN,      NUMBERING_KNOWN,     NUMBERING_CLASH},
    [NUMBER_FORMER]  = {NUMBERING_BY_FORMER, NUMBERING_BY_FORMER, NUMBERING_CLASH},
};

static const char *const words[] = {
    [NUMBERING_NO_NUMBER] = "個人番号がないため、統一識別番号を付けられません。個人番号が届いてから、もう一度依頼してください。",
    [NUMBERING_NEW]       = "",
    [NUMBERING_KNOWN]     = "",
    [NUMBERING_JOIN]      = "",
    [NUMBERING_CHANGE]    = "",
    [NUMBERING_BY_FORMER] = "旧番号で見つかりました。この人の個人番号は変更されています。新しい番号を確かめてください。",
    [NUMBERING_REVIEW]    = "個人番号・宛名番号・氏名カナ・生年月日・性別・住所のどれかが、登録されている記録と合いません。記録を見比べて、決めてください。",
    [NUMBERING_CLASH]     = "同じ個人番号が、別の人に付いています。ひも付け誤りのおそれがあるため、番号を付けていません。二人の記録を確かめてください。",
    [NUMBERING_UNREAD]    = "宛名管理が、この人の個人番号か住所を開けません。宛名管理を直してから、受け取り直してください。",
};
// clang-format on
_Static_assert(sizeof words / sizeof *words == NUMBERING_COUNT, "words for each");

static AddresseeIs addressee_is(const NumberingSight *s)
{
    if (nobody(&s->addressee_of)) return ADDRESSEE_FREE;
    return unified_same(&s->addressee_of, &s->number_of) ? ADDRESSEE_SAME : ADDRESSEE_OTHER;
}

static Numbering without_number(const NumberingSight *s)
{
    if (nobody(&s->addressee_of)) return (Numbering){NUMBERING_NO_NUMBER};
    return (Numbering){NUMBERING_KNOWN, s->addressee_of};
}

// An unknown number of somebody whom we know is a change that was told, or a mistake.
static Numbering unknown_of_known(const NumberingSight *s)
{
    if (!s->change_told || !s->details_agree) return (Numbering){NUMBERING_REVIEW};
    return (Numbering){NUMBERING_CHANGE, s->addressee_of};
}

Numbering numbering_decided(const NumberingSight *sight)
{
    assert(sight->number < NUMBER_STANDING_COUNT);
    assert((sight->number == NUMBER_UNKNOWN) == nobody(&sight->number_of));
    if (sight->unread) return (Numbering){NUMBERING_UNREAD};
    if (!sight->number_given) return without_number(sight);
    AddresseeIs is = addressee_is(sight);
    if (sight->number == NUMBER_UNKNOWN && is != ADDRESSEE_FREE) return unknown_of_known(sight);
    NumberingDecision decision = decisions[sight->number][is];
    // Who is found by a number alone must be the one who is meant; and nobody's number changes back.
    bool found_alone = is == ADDRESSEE_FREE && decision != NUMBERING_NEW;
    bool changes_back =
        sight->number == NUMBER_FORMER && sight->change_told && decision != NUMBERING_CLASH;
    if ((found_alone && !sight->details_agree) || changes_back) decision = NUMBERING_REVIEW;
    bool means = decision == NUMBERING_JOIN || decision == NUMBERING_KNOWN ||
                 decision == NUMBERING_BY_FORMER;
    return (Numbering){decision, means ? sight->number_of : (UnifiedNo){{0}}};
}

Str numbering_words(NumberingDecision decision)
{
    assert(decision < NUMBERING_COUNT);
    return str_of(words[decision]);
}

bool generation_next(int now, int *next, Error *err)
{
    assert(now >= 0);
    if (now >= GENERATION_LAST)
        return FAIL(err, E_LIMIT,
                    .words =
                        S("個人番号の変更の回数が上限に達しています。管理者に知らせてください。"));
    *next = now + 1;
    return true;
}

UnifiedNo unified_no_numbered(int region, int64_t count)
{
    UnifiedNo no = {{0}};
    number_by_rule(region, NUMBERED_UNIFIED, count, no.digits);
    return no;
}
