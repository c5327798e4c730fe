// People and households of the synthetic city, as narrow as 1.2 million of them want to be.
//
// Everything that can be worked out from a place in these arrays is worked out, not stored: numbers,
// doses, printed addresses. Nobody in here is real.
//
// Units   Day is a civil day; `since` and `until` are 住民となった日 and 住民でなくなった日.
// Memory  both arrays are reserved whole when the city is made; newcomers are appended.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_names.h"
#include "day.h"
#include "postal.h"

#define CITY_RESIDENTS_MAX 1200000
#define NO_NAME            UINT16_MAX
#define NO_COUNTRY         UINT16_MAX

typedef enum Standing { RESIDENT = 1, MOVED_OUT = 2, DEAD = 3, REMOVED = 9 } Standing;

typedef enum Relation {
    RELATION_HEAD,
    RELATION_WIFE,
    RELATION_HUSBAND,
    RELATION_CHILD,
    RELATION_PARENT,  // of the householder; sex says which
    RELATION_PARTNER,
} Relation;

typedef struct Person {
    Day birth;  // the true one
    Day since, until;
    int32_t household;
    uint16_t family, given;
    uint16_t foreign;           // place in the table of foreign names, or NO_COUNTRY
    uint16_t former_family;     // NO_NAME: never changed in the month
    int8_t register_birth_off;  // days by which the register is wrong until it is corrected
    uint8_t sex;
    uint8_t relation;
    uint8_t standing;
    bool born_here : 1;
    bool uses_alias : 1;  // family and given are then the 通称
    bool is_twin : 1;
    bool month_unknown : 1;  // of birth; day_unknown follows
    bool day_unknown : 1;
    bool is_protected : 1;
    bool number_awaited : 1;  // the Individual Number of a newborn comes some days later
    bool planned_move_out : 1;
} Person;

typedef struct Household {
    int32_t first, count;  // members made together stand together; later ones only point here
    uint16_t town;         // place in the postal table
    uint16_t lot, branch, sub_branch;
    uint8_t chome;     // 0: the town has none
    uint8_t building;  // 0: a house of its own
    uint16_t room;
    uint8_t from_place, to_place;  // places outside: where they came from, where they went
    uint16_t moves;                // moves within the city; the next address is drawn with it
} Household;

typedef struct City {
    uint64_t seed;
    Day as_of;        // the last day of the month that is told in daily files
    Day month_first;  // the first day of that month; the full copy shows the day before
    NameTables names;
    PostalTowns towns;
    Person *people;
    int32_t people_count, people_room;
    Household *households;
    int32_t household_count, household_room;
    int32_t full_copy_count;  // people who stand in the full copy
    const struct ClinicList *clinics;
    const struct NamesakeIndex *namesakes;
} City;

static inline bool city_lives_here(const Person *p, Day on)
{
    return p->since <= on && (p->until == DAY_NONE || on < p->until);
}

// 宛名番号 in 15 digits. People numbered before the change of systems keep ten digits behind zeros; the
// others have region, kind, serial, Luhn digit (linkage.md 1.7).
#define CITY_NUMBER_SIZE 16
Str city_addressee_no(int32_t person, char text[CITY_NUMBER_SIZE]);
// Whose number it is; -1 when nobody's. Needs 15 digits.
int32_t city_person_of_number(const City *city, Str digits);
Str city_household_no(int32_t household, char text[CITY_NUMBER_SIZE]);
// A synthetic Individual Number: the body begins with 00000, so there are a million of them; {0} for
// those who come after.
Str city_individual_no(int32_t person, char text[CITY_NUMBER_SIZE]);
Str city_record_code(int32_t person, char text[CITY_NUMBER_SIZE]);  // 住民票コード, of J-LIS alone
