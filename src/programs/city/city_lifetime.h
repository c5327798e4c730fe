// The doses of one person's life: what the programme of each year offered, when the family came, what
// was given. A pure function of the person and the seed, so nothing is stored and the order of asking
// does not matter.
//
// Law     windows, intervals and products of the routine programme as immunization.md 3 has them; doses
//         are valid by the rule of their day. Invalid ones are made on purpose elsewhere (city_slip.h).
// Order   by day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"
#include "city_product.h"

#define LIFETIME_DOSES_MAX 160
#define HISTORY_BEGINS     day_of(1965, 4, 1)  // births whose childhood the ledger knows

typedef enum CitySeries {
    CITY_ROTA,
    CITY_HEPB,
    CITY_HIB,
    CITY_PCV,
    CITY_DPTIPV,
    CITY_BCG,
    CITY_MR1,
    CITY_VAR,
    CITY_JE1,
    CITY_MR2,
    CITY_JE2,
    CITY_DT2,
    CITY_HPV,
    CITY_CHILD_SERIES,
    CITY_RSVM = CITY_CHILD_SERIES,
    CITY_INF,
    CITY_COVID,
    CITY_EPN,
    CITY_HZ,
    CITY_SERIES_COUNT
} CitySeries;

typedef struct CityDose {
    Day on;
    Day due_date;  // 分娩予定日 of RSVM, else DAY_NONE
    uint8_t product, series;
    uint8_t number;  // in its series, from 1
    bool booster;
} CityDose;

typedef struct CityDoses {
    CityDose at[LIFETIME_DOSES_MAX];
    int count;
} CityDoses;

// All doses up to and including `until`.
void lifetime_doses(const City *city, int32_t person, Day until, CityDoses *doses);

// The next day on which clinics of the city give vaccinations: no Sunday, no turn of the year.
Day clinic_day(Day from);

// Parts, each for its ages.
void childhood_doses(const Person *p, Dice dice, Day until, CityDoses *doses);
void girlhood_doses(const Person *p, Dice dice, Day until, CityDoses *doses);
void later_doses(const Person *p, Dice dice, Day until, CityDoses *doses);
void dose_add(CityDoses *doses, CityDose dose);
// The first clinic day from `wanted` that keeps the distance to other vaccines which the years before
// October 2020 asked for, and on which this product looks like no misprint of a stored dose (same day
// and month a year apart, day and month exchanged).
Day dose_day(const CityDoses *doses, CityProduct product, Day wanted);
