// SPDX-License-Identifier: Apache-2.0
#include "city_person.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "check_digit.h"

#define OLD_SYSTEM_SHARE     4  // of five people, numbered before the change of systems
#define OLD_NUMBER_FIRST     1000000000LL
#define OLD_NUMBER_STEP      7  // old serials were given out with gaps
#define NEW_NUMBER_PREFIX    "11"
#define INDIVIDUAL_NO_BODIES 1000000

static bool numbered_before_change(int32_t person)
{
    return person % 5 < OLD_SYSTEM_SHARE;
}

Str city_addressee_no(int32_t person, char text[CITY_NUMBER_SIZE])
{
    if (numbered_before_change(person)) {
        (void)snprintf(text, CITY_NUMBER_SIZE, "%015lld",
                       OLD_NUMBER_FIRST + (long long)person * OLD_NUMBER_STEP);
        return (Str){text, 15};
    }
    (void)snprintf(text, CITY_NUMBER_SIZE, NEW_NUMBER_PREFIX "%012d", person);
    text[14] = (char)('0' + check_digit_luhn((Str){text, 14}));
    text[15] = 0;
    return (Str){text, 15};
}

int32_t city_person_of_number(const City *city, Str digits)
{
    char again[CITY_NUMBER_SIZE];
    int64_t serial = 0;
    bool new_form = str_starts(digits, S(NEW_NUMBER_PREFIX));
    Str part = new_form ? (Str){digits.at + 2, 12} : digits;
    assert(digits.len == 15);
    if (!str_int64(part, &serial)) return -1;
    if (!new_form) serial = (serial - OLD_NUMBER_FIRST) / OLD_NUMBER_STEP;
    if (serial < 0 || serial >= city->people_count) return -1;
    return str_equal(city_addressee_no((int32_t)serial, again), digits) ? (int32_t)serial : -1;
}

Str city_household_no(int32_t household, char text[CITY_NUMBER_SIZE])
{
    (void)snprintf(text, CITY_NUMBER_SIZE, "%015lld", 2000000000LL + household);
    return (Str){text, 15};
}

Str city_individual_no(int32_t person, char text[CITY_NUMBER_SIZE])
{
    if (person >= INDIVIDUAL_NO_BODIES) return (Str){0};
    // A step without a common factor visits every body once, so no number comes twice.
    int body = (int)(((int64_t)person * 618033 + 271828) % INDIVIDUAL_NO_BODIES);
    (void)snprintf(text, CITY_NUMBER_SIZE, "00000%06d", body);
    text[11] = (char)('0' + check_digit_mod11((Str){text, 11}));
    text[12] = 0;
    return (Str){text, 12};
}

Str city_record_code(int32_t person, char text[CITY_NUMBER_SIZE])
{
    (void)snprintf(text, CITY_NUMBER_SIZE, "00%08d", person);
    text[10] = (char)('0' + check_digit_mod11((Str){text, 10}));
    text[11] = 0;
    return (Str){text, 11};
}
