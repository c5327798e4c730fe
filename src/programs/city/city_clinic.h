// Clinics of the city, their contracts, their ways of filling in a sheet, and which one a family uses.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_lifetime.h"
#include "errors.h"

typedef enum ClinicKind { CLINIC_GENERAL, CLINIC_CHILDREN, CLINIC_GROWN_UPS } ClinicKind;

// How this clinic writes. Habits, no mistakes: every one of them is allowed.
typedef struct ClinicHabits {
    bool cp932, half_width_kana, wide_digits, era_dates, no_address, kana_only, short_number;
    uint8_t vaccine_words;  // 0 product id, 1 name, 2 brand
    uint8_t claim_words;    // 0 N回目, 1 初回N, 2 full-width with the term
} ClinicHabits;

typedef struct Clinic {
    char code[11];
    Str name;
    int16_t association;  // place in city_associations
    uint16_t town;
    ClinicKind kind;
    Day contract_from, contract_to;  // DAY_NONE: open
    bool sends_own_file;
    ClinicHabits habits;
} Clinic;

typedef struct Association {
    const char *id, *name;
    const char *wards[2];  // municipality codes
} Association;
#define ASSOCIATIONS 5
extern const Association city_associations[ASSOCIATIONS];

typedef struct ClinicList {
    Clinic *at;
    int count;
    // Clinics of one ward's association stand together: first and count by association.
    int first[ASSOCIATIONS], counts[ASSOCIATIONS];
} ClinicList;

const ClinicList *clinics_make(const City *city, Arena *arena);
// The clinic of this dose: the family's own, or now and then another of the same part of the city.
int clinic_of_dose(const City *city, int32_t person, const CityDose *dose);
// CLINIC_<yyyymmdd>.csv (files.md 3) into `dir`.
MUST bool clinics_write(const City *city, Str dir, Arena scratch, Error *err);
