// What the resident register says of one person at one moment: the whole state that every row of the
// resident feed carries after its event. Never an Individual Number: that travels beside it.
//
// Law     住民基本台帳法 第7条 (what the register records); items as in the feed's contract.
// Memory  texts point into the arena of whoever read them; person_state_copy moves them.
// Order   `person_fields` is the one list of these items: reader, comparison, replay, storage and
//         message walk it, so that an item added here is added everywhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "coded_word.h"
#include "day.h"
#include "feed_kind.h"
#include "str.h"

typedef enum ResidentKind {
    RESIDENT_JAPANESE = 1,
    RESIDENT_FOREIGN = 2,
} ResidentKind;

typedef enum ResidentStatus {
    STATUS_RESIDENT = 1,
    STATUS_MOVED_OUT = 2,
    STATUS_DEAD = 3,
    STATUS_NON_RESIDENT = 4,  // 住登外: registered by hand, never by the register's files
    STATUS_REMOVED = 9,  // otherwise: removed ex officio, registered by mistake
} ResidentStatus;

typedef enum RegisteredSex { SEX_MALE = 1, SEX_FEMALE = 2, SEX_UNKNOWN = 9 } RegisteredSex;

// Which name papers print (氏名優先区分).
typedef enum PrintedName { PRINT_NAME = 1, PRINT_ALIAS = 2 } PrintedName;

// 支援措置 as it bears on one person. The register says only who has a measure; protection.h says who
// is protected with them, and when that ends.
typedef enum Protection {
    PROTECTION_NONE,
    PROTECTION_OWN,        // has a measure (the register's 1)
    PROTECTION_HOUSEHOLD,  // shares the household of somebody who has one
    PROTECTION_ENDED,      // was protected: where from and where to is not told any more
} Protection;

typedef struct PersonState {
    int32_t kind;          // ResidentKind
    int32_t status;        // ResidentStatus
    int32_t sex;           // RegisteredSex
    int32_t printed_name;  // PrintedName; 0 where the feed does not say (then the name)
    int32_t protection;    // Protection
    PartialDate birth;
    Day resident_from;  // 住民となった日; DAY_NONE where not said
    Day resident_until;  // 住民でなくなった日: the first day that is not; planned for event 41
    Str household_no;     // 15 digits
    Str name, name_kana;  // family and given separated by one full-width space where known
    Str name_roman, alias, alias_kana;
    Str relationship;       // 続柄 as text; never proves guardianship
    Str municipality_code;  // 6 digits, the ward of a designated city
    Str postal_code;        // 7 digits
    Str town, lot, branch, sub_branch;
    Str address, building;  // as printed
    Str phone;
    Str from_address, from_building, from_municipality;
    Str to_address, to_building, to_municipality;
} PersonState;

typedef enum FieldKind {
    FIELD_TEXT,     // Str; `most` is in characters as people count them
    FIELD_DIGITS,   // Str of exactly `most` ASCII digits, or absent
    FIELD_CODE,     // int32_t, one of `codes`; 0 = absent
    FIELD_PARTIAL,  // PartialDate
    FIELD_DAY,      // Day
} FieldKind;

// Says where a protected person is.
typedef enum FieldHides {
    HIDES_NEVER,
    HIDES_PLACE,  // where he or she is: hidden while protected
    HIDES_TRACE,  // where from and where to: hidden for good once there was protection
} FieldHides;

// What an item may be at most, wherever it passes: the reader of the feed refuses more, so that what is
// accepted can be stored and told; the message refuses more, so that nobody else brings it in.
enum {
    PERSON_CHARACTER_BYTES = 32,  // of one character as people count them, on the average of an item
    PERSON_CHARACTER_MARKS = 15,  // code points joined to one base; a kanji has one, a family of emoji ten
};
#define PERSON_DAY_FIRST ((Day)-35428)  // 1873-01-01: before it the calendar was another one
#define PERSON_DAY_LAST  ((Day)84005)   // 2199-12-31: what lies behind is a sign for "never"

typedef struct PersonField {
    FieldKind kind;
    const char *item;    // as the feed's header names it
    const char *column;  // as tables name it
    uint16_t offset;     // in PersonState
    uint16_t most;
    const char *codes;  // FIELD_CODE: the digits that the register may say, "129"
    CodedItem words;    // FIELD_CODE: the words read for them
    bool needed;
    FieldHides hides;
    FeedKind changed;  // what a change of it is to the guard over a whole file
} PersonField;

enum { PERSON_FIELD_COUNT = 30 };
extern const PersonField person_fields[PERSON_FIELD_COUNT];
// The place in person_fields of the item that tables name so (asserted).
int person_field_item(const char *column);

// Where a value of this state lies; the kind must fit (asserted).
Str *person_text(PersonState *state, const PersonField *field);      // FIELD_TEXT, FIELD_DIGITS
int32_t *person_code(PersonState *state, const PersonField *field);  // FIELD_CODE
PartialDate *person_partial(PersonState *state, const PersonField *field);
Day *person_day(PersonState *state, const PersonField *field);

// The person and whatever says where he or she is must not be told: by any measure that stands.
bool person_protected(int32_t protection);
// THE rule of what of a state may stand in clear, at rest and in messages. Asked for every field.
bool person_field_hidden(const PersonState *state, const PersonField *field);
// The same state with all hidden fields emptied.
PersonState person_state_told(const PersonState *state);
// Whether a change may carry this code: the register's own, and those that this program gives beside them.
bool person_code_told(const PersonField *field, int64_t code);
bool person_text_fits(const PersonField *field, Str text);  // in bytes, as stored and sent
bool person_day_fits(Day day);                              // a day that a register can mean

// As people read them: 男, 女, 不明; 住民, 転出, 死亡, 住登外, 消除.
Str sex_words(int32_t sex);
Str status_words(int32_t status);

// A state in which nothing is said.
PersonState person_state_empty(void);
bool person_field_same(const PersonState *a, const PersonState *b, const PersonField *field);
bool person_state_same(const PersonState *a, const PersonState *b);
void person_field_take(PersonState *to, const PersonState *from, const PersonField *field);
PersonState person_state_copy(const PersonState *state, Arena *arena);
