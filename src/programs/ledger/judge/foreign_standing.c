// SPDX-License-Identifier: Apache-2.0
#include "foreign_standing.h"

#include <assert.h>

static const char *const source_texts[] = {
    [ORIGIN_CERTIFICATE] = "接種証明書",
    [ORIGIN_BOOKLET] = "母子健康手帳",
    [ORIGIN_PHYSICIAN] = "医師の証明",
    [ORIGIN_WORD] = "申告",
};
static const char *const kind_texts[] = {
    [STANDING_COUNTS] = "counts",
    [STANDING_WAITS] = "needs_judgement",
    [STANDING_NOTHING] = "counts_for_nothing",
};

const char *origin_source_text(OriginSource source)
{
    assert(source >= ORIGIN_CERTIFICATE && source <= ORIGIN_WORD);
    return source_texts[source];
}

const char *standing_text(ForeignStandingKind kind)
{
    assert(kind <= STANDING_NOTHING);
    return kind_texts[kind];
}

static Str products_of(const ForeignCode *code, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < code->product_count; i++)
        text_addf(&text, arena, "%s%.*s", i ? " " : "", STR(code->products[i]));
    return text_str(&text);
}

static Str decided_why(const OriginRow *origin, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    return str_format(arena, "医師の判断 %.*s %s", STR(origin->physician),
                      day_text(origin->decided_on, day));
}

static ForeignStanding of_table(const ForeignCode *code, Arena *arena)
{
    static const ForeignStandingKind kinds[] = {
        [FOREIGN_COUNTS] = STANDING_COUNTS,
        [FOREIGN_JUDGEMENT] = STANDING_WAITS,
        [FOREIGN_NOTHING] = STANDING_NOTHING,
    };
    if (!code)
        return (ForeignStanding){.kind = STANDING_WAITS,
                                 .why = S("このCVXコードは数え方の表にありません")};
    return (ForeignStanding){kinds[code->rule], code->name, products_of(code, arena), code->why};
}

ForeignStanding foreign_standing(const ForeignCodes *codes, const OriginRow *origin, Arena *arena)
{
    assert(origin->source >= ORIGIN_CERTIFICATE && origin->source <= ORIGIN_WORD);
    assert(origin->cvx.len > 0);
    ForeignStanding standing = of_table(foreign_code_find(codes, origin->cvx), arena);
    if (origin->source == ORIGIN_WORD)
        return (ForeignStanding){
            STANDING_NOTHING, standing.name, {0}, S("申告だけで、記録がありません")};
    if (origin->decision == DECISION_NONE) return standing;
    standing.why = decided_why(origin, arena);
    standing.kind = origin->decision == DECISION_COUNTS ? STANDING_COUNTS : STANDING_NOTHING;
    if (standing.kind == STANDING_NOTHING) standing.products = (Str){0};
    if (origin->counts_as.len) standing.products = origin->counts_as;
    return standing;
}
