// SPDX-License-Identifier: Apache-2.0
#include "pairwise_code.h"

#include <string.h>

bool pairwise_present(const PairwiseCode *code)
{
    static const PairwiseCode none;
    return !pairwise_same(code, &none);
}

bool pairwise_same(const PairwiseCode *a, const PairwiseCode *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}

bool link_same(const PersonLink *a, const PersonLink *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}
