// Which programs the register is told to (提供先), and which of its items each may be given.
//
// Law     番号法 第19条, 個人情報保護法 第69条: what an office does not need is not handed to it; controls F-2-04, L-1, C-2.5-08.
// Who     stands here: a program that is none of these is told nothing, whatever certificate it has. What each is given the
//         city decides, by two people (consumer_change.h of 宛名管理); here stand the most that it may ever be given, and
//         what it cannot do without.
// Frame   number of the person, of the change and of the version, when it was recorded and what it takes back follow every
//         change: without them nobody could follow the sequence. Everything else is an item.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "person_state.h"

// Items beside person_fields, counted on from them.
enum {
    TOLD_EVENT = PERSON_FIELD_COUNT,  // 異動: its reason, when it happened, when it was reported
    TOLD_RESIDENCE,                   // from when until when the person lived here
    TOLD_MAILINGS,                    // where post goes
    TOLD_NUMBER,                      // the Individual Number
    TOLD_ITEM_COUNT,
};

typedef int64_t ToldItems;  // a bit an item
#define TOLD(item) ((ToldItems)1 << (item))
// What the difference can tell: it has no place for an Individual Number.
#define TOLD_BY_DIFFERENCE (TOLD(TOLD_NUMBER) - 1)

const char *told_item_name(int item);   // "address": as it is kept
const char *told_item_words(int item);  // 「住所」
bool told_item_named(Str words, int *item);  // by either
// The bits of names between blanks, as they are kept; false for a name that is none.
bool told_items_of(Str names, ToldItems *items);
Str told_items_text(ToldItems items, Arena *arena);   // as they are kept
Str told_items_words(ToldItems items, Arena *arena);  // 「氏名、住所」

typedef struct Consumer {
    const char *role;     // of its certificate
    const char *words;    // 「予防接種台帳」
    const char *needs;    // what it is never without; as told_items_text
    const char *most;     // what it may be given; NULL: all that the difference can tell
    bool founded;         // it is given the most until the city decides otherwise; else nothing
} Consumer;

enum { CONSUMER_COUNT = 6 };
extern const Consumer consumers[CONSUMER_COUNT];

// Roles of those who ask for the difference, as a door names them (door.h).
#define DIFFERENCE_ROLES "ledger payments tax children welfare"
#define NUMBERS_ROLE "unified"

const Consumer *consumer_of_role(Str role);  // NULL: none is called so
ToldItems consumer_needs(const Consumer *consumer);
ToldItems consumer_most(const Consumer *consumer);
ToldItems consumer_founding(const Consumer *consumer);
// May it be given these? Errors name the items.
MUST bool consumer_possible(const Consumer *consumer, ToldItems given, Arena *arena, Error *err);
