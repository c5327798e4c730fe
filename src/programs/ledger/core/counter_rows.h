// Keys are numbered by the program: the next free number of each table, asked once in a transaction
// and counted on in memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

typedef enum Number {
    NUMBER_ACT,
    NUMBER_PERSON,
    NUMBER_PERSON_BEFORE,
    NUMBER_RESIDENCE,
    NUMBER_RESIDENT_VERSION,
    NUMBER_MATCH_VERSION,
    NUMBER_MAILING_ADDRESS,
    NUMBER_DOSE,
    NUMBER_DOSE_ORIGIN,
    NUMBER_NOT_GIVEN,
    NUMBER_PERSON_FACT,
    NUMBER_INTAKE_FILE,
    NUMBER_INTAKE_ROW,
    NUMBER_CLINIC,
    NUMBER_CLAIM,
    NUMBER_NOTICE_RUN,
    NUMBER_NOTICE,
    NUMBER_KINDS
} Number;

MUST bool number_next(Store *store, Number which, int32_t *next, Error *err);

// What is prepared before its turn has provisional numbers, counted from PROVISIONAL on: they come behind every stored
// one, and publishing sets them to the free ones from `first` on. Another number stays as it is.
enum { PROVISIONAL = 1 << 30 };
void number_settle(int32_t *number, int32_t first);
