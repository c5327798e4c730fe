// Chance that repeats: the same seed, stream and purpose give the same throws on every machine.
//
// A city draws from many small dice (one per household, person, clinic, file), so that a person's life
// does not change because somebody else's did.
//
// Memory  a Dice is a value; nothing is shared.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct Dice {
    uint64_t state;
} Dice;

typedef enum DicePurpose {
    DICE_POPULATION,
    DICE_HOUSEHOLD,
    DICE_CHILDHOOD,
    DICE_GIRLHOOD,
    DICE_LATER_LIFE,
    DICE_VISIT,
    DICE_CLINIC,
    DICE_MONTH,
    DICE_SENDER,
    DICE_SHEET,
} DicePurpose;

Dice dice_for(uint64_t seed, DicePurpose purpose, uint64_t stream);

uint32_t dice_below(Dice *dice, uint32_t count);    // 0 .. count - 1; count > 0 (asserted)
int dice_between(Dice *dice, int least, int most);  // both included
bool dice_per_mille(Dice *dice, int chance);
bool dice_per_100000(Dice *dice, int chance);
// The place whose share is hit; `shares` holds running sums, the last one is the whole.
int dice_share(Dice *dice, const uint32_t *shares, int count);
