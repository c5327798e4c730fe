// Who somebody is between organisations: for each of them another code (情報提供用個人識別符号).
//
// Law     番号法 第21条の2; linkage.md 2.1, 2.2: two leaked databases cannot be joined by it, and nobody but the core
//         goes from one code to another (C-3.6-38). It stands in the intermediate servers and the core alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_code.h"

enum { PAIRWISE_BYTES = 32, PERSON_LINK_BYTES = 16 };

typedef struct PairwiseCode {  // of one person in one organisation; zeroed: none
    unsigned char at[PAIRWISE_BYTES];
} PairwiseCode;

// What stands for the person inside the core. It never leaves it.
typedef struct PersonLink {
    unsigned char at[PERSON_LINK_BYTES];
} PersonLink;

// The keys of all codes are changed together, from one epoch to the next: 1 to PAIRWISE_EPOCH_LAST.
enum { PAIRWISE_EPOCH_LAST = 9999 };

bool pairwise_present(const PairwiseCode *code);
bool pairwise_same(const PairwiseCode *a, const PairwiseCode *b);
bool link_same(const PersonLink *a, const PersonLink *b);
