// The facts by which one person is compared in two records before anything is linked: kana, birth date, sex, address.
//
// Law     linkage.md 3.1 and the 総点検 of 2023: people were joined on two facts that agreed while the others did not. All
//         four must be there and agree, or a person looks. The name itself is none: two offices write it in two ways.
// Folded  kana as names are compared (name_key.h), the address by width and blanks; what is kept is never folded.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "str.h"

typedef struct FourFacts {
    Str kana;           // may be empty: not everybody has one
    PartialDate birth;  // as registered
    int32_t sex;        // RegisteredSex (person_state.h); 0: not said
    Str address;        // as printed
} FourFacts;

enum { FACT_KANA = 1, FACT_BIRTH = 2, FACT_SEX = 4, FACT_ADDRESS = 8, FACTS_ALL = 15 };

// Bits of what is not known, so that nobody can compare by it: also a birth date without its day.
int facts_missing(const FourFacts *facts);
// Bits of what differs; what is missing on either side does.
int facts_differ(const FourFacts *a, const FourFacts *b, Arena scratch);
// "氏名カナ、住所": for a person who compares. Lives in `arena`.
Str facts_words(int facts, Arena *arena);
