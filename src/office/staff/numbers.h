// What an office sets for itself, as a number: one row each with its unit, its limits and what it is for.
//
//     sesshu ledger set lock-seconds 90
//
// Law  controls C-3.3-07 (passwords are changed at fixed times), C-3.3-18 (nobody's screen stays open).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "store.h"

// name, typed as, before anybody sets it, least, most, unit, words
#define OFFICE_NUMBERS(X)                                                                             \
    X(LOCK_SECONDS, "lock-seconds", 120, 30, 600, "秒", "操作がないときに画面をロックするまでの時間") \
    X(PASSWORD_DAYS, "password-days", 90, 1, 366, "日", "パスワードを変えるまでの日数")

typedef enum OfficeNumber {
#define X(name, ...) NUMBER_##name,
    OFFICE_NUMBERS(X)
#undef X
        NUMBER_COUNT
} OfficeNumber;

typedef struct OfficeNumberKind {
    const char *name;
    int64_t first, least, most;
    const char *unit, *words;
} OfficeNumberKind;

extern const OfficeNumberKind office_number_kinds[NUMBER_COUNT];

// All of them, as they count now. A row beyond its limits is not ours, and does not.
typedef struct OfficeNumbers {
    int64_t at[NUMBER_COUNT];
} OfficeNumbers;

MUST bool office_numbers(Store *store, Arena scratch, OfficeNumbers *numbers, Error *err);
bool office_number_named(Str name, OfficeNumber *number);
