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
    X(PASSWORD_DAYS, "password-days", 90, 1, 366, "日", "パスワードを変えるまでの日数")                             \
    X(REVIEW_DAYS, "review-days", 180, 30, 366, "日", "職員の権限を点検する間隔")                                      \
    X(TERM_NOTICE_DAYS, "term-notice-days", 30, 1, 180, "日", "職務の期間の終わりを前もって知らせる日数")             \
    X(WORK_BEGINS, "work-begins", 7, 0, 23, "時", "勤務の始まり。これより前に人を見た日に印を付ける")                  \
    X(WORK_ENDS, "work-ends", 21, 1, 24, "時", "勤務の終わり。これより後に人を見た日に印を付ける")                     \
    X(MANY_LOOKS, "many-looks", 200, 10, 10000, "人", "一日にこれだけの人を見た日に印を付ける")                        \
    X(MANY_REFUSALS, "many-refusals", 5, 2, 1000, "回", "一日にこれだけ断られた日に印を付ける")                        \
    X(STALE_MONTHS, "stale-months", 12, 1, 120, "か月", "宛名管理: 住登外者の本人確認を古いとみなすまでの月数") \
    X(RELEASE_ALONE, "release-alone", 100, 0, 1000000, "人", "台帳: 一人で書類を出せる通知の束の人数。これより多い束は、別の人が承認する") \
    X(LIST_DAYS, "list-days", 90, 30, 1830, "日", "受け付けない行の内容と、その一覧のファイルを残す日数") \
    X(ANSWER_DAYS, "answer-days", 90, 14, 1830, "日", "台帳: 確かめ終えた照会の、回答の内容を残す日数")

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
