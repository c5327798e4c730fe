// SPDX-License-Identifier: Apache-2.0
#include "dice.h"

#include <assert.h>

// SplitMix64's step: every state is visited once, and neighbours look unrelated.
static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

Dice dice_for(uint64_t seed, DicePurpose purpose, uint64_t stream)
{
    return (Dice){mix(mix(mix(seed) ^ (uint64_t)purpose) ^ stream)};
}

uint32_t dice_below(Dice *dice, uint32_t count)
{
    assert(count > 0);
    dice->state += 0x9e3779b97f4a7c15u;
    uint32_t high = (uint32_t)(mix(dice->state) >> 32);
    return (uint32_t)(((uint64_t)high * count) >> 32);
}

int dice_between(Dice *dice, int least, int most)
{
    assert(least <= most);
    return least + (int)dice_below(dice, (uint32_t)(most - least) + 1);
}

bool dice_per_mille(Dice *dice, int chance)
{
    return (int)dice_below(dice, 1000) < chance;
}

bool dice_per_100000(Dice *dice, int chance)
{
    return (int)dice_below(dice, 100000) < chance;
}

int dice_share(Dice *dice, const uint32_t *shares, int count)
{
    assert(count > 0);
    uint32_t hit = dice_below(dice, shares[count - 1]);
    int low = 0, high = count - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (shares[middle] > hit) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
