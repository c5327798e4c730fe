// Addresses as data: what a person wrote or a register prints, taken apart (linkage.md 7.3).
//
//     福岡県北九州市小倉北区馬借二丁目六番一号　みほんビル３Ｆ
//     prefecture  city   ward    town  chome 2, numbers 6 1, building
//
// The text that came stays the truth and is stored; this is derived from it and may say "unparsed".
// Kanji numerals are numbers only before 丁目 丁 番地 番 号 の; a town keeps its own (三萩野, 一番町). 甲乙丙,
// イロハ, 番外, 無番地 are kept as marks. 番・号 (residential indication), 番地 (lots) and 番戸 are different
// systems: `kind` says which was written.
//
// Memory  derived text lives in `arena` or points into the text given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"
#include "vec.h"

#define ADDRESS_NUMBERS_MAX 6

typedef enum AddressKind {
    ADDRESS_KIND_UNKNOWN,  // 2-6-1
    ADDRESS_RESIDENTIAL,   // 番・号
    ADDRESS_LOT,           // 番地
    ADDRESS_HOUSE,         // 番戸, older than both
} AddressKind;

typedef enum AddressStatus {
    ADDRESS_EMPTY,      // nothing was written
    ADDRESS_UNPARSED,   // no town was found: nothing may be concluded from it
    ADDRESS_TOWN,       // a town (and perhaps 丁目), no number behind it
    ADDRESS_NO_NUMBER,  // 無番地, 番外地
    ADDRESS_WHOLE,      // town and number
} AddressStatus;

typedef struct AddressNumber {
    int32_t value;  // 0: a mark without a number
    Str mark;       // 甲, イ, 番外, 無番地 ...; {0} usually
} AddressNumber;

// Places whose names may stand in front, so that 四日市市 or 市川 need no guessing.
typedef struct AddressPlaces {
    Str prefecture, city;
    const Str *wards;
    int ward_count;
} AddressPlaces;

typedef struct Address {
    AddressStatus status;
    AddressKind kind;
    bool names_city;  // prefecture or city of `places` was written
    Str ward;         // {0}: not written
    Str town;         // as written, without 大字 and 字
    Str town_key;     // for comparing: variants ヶケが, ノの之, widths folded
    int32_t chome;    // 0: none
    AddressNumber numbers[ADDRESS_NUMBERS_MAX];  // 番・番地, 号・枝, 子枝, 孫枝 ...
    int number_count;
    Str building;  // 方書 as written; may name a person (…様方)
} Address;

typedef enum AddressFit {
    ADDRESS_FIT_UNKNOWN,  // one of them is empty or unparsed
    ADDRESS_DIFFERS,
    ADDRESS_PART_FITS,   // the written part stops before the block, and is the same so far
    ADDRESS_SAME_BLOCK,  // town, 丁目 and 番 (番地) are the same
    ADDRESS_SAME,        // every number that both have is the same, and the block is
} AddressFit;

// `building` may be {0}: then what follows the number is taken for it.
Address address_parse(Str text, Str building, const AddressPlaces *places, Arena *arena);

// Item A of immunization.md 6.2 holds for ADDRESS_PART_FITS and above. 3-8-1 is 三丁目8番1号 when the
// register has a 丁目; a missing ward contradicts nothing.
AddressFit address_fit(const Address *registered, const Address *written);

// The same of two that were both written somehow: either may be the one that writes less, or leaves the prefecture or
// the city out. The better of the two readings.
AddressFit address_fit_either(const Address *one, const Address *other);

// Texts under which an address is filed, and under which a written one asks, where addresses themselves must not
// stand: two that share a text are of the same block (ADDRESS_SAME_BLOCK at least). None where there is no
// number. Keyed before they are stored: a town's blocks are few enough to try.
VEC(AddressTexts, Str, address_texts);
AddressTexts address_filed_texts(const Address *registered, Arena *arena);
AddressTexts address_asking_texts(const Address *written, Arena *arena);

// Bytes that sort in the order of post: ward, town (codes or names, as the caller has them), numbers
// as numbers, building.
Str address_sort_key(const Address *address, Str ward_code, Str town_code, Arena *arena);

// "2-6-1": 丁目 and numbers joined; marks where they stood ("甲123-4-5"). {0} when there are none.
Str address_number_text(const Address *address, Arena *arena);
