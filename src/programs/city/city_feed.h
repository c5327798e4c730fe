// The resident feed: JUKI_<code>_<ALL|DIF>_<yyyymmddHHMMSS>_<nnn>.csv (files.md 2).
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"
#include "csv_write.h"

typedef struct FeedFile {
    CsvWriter *writer;
    const City *city;
    int64_t rows;  // 更新連番 of the last one
} FeedFile;

// One event of one person; the row carries the state that the arrays hold now.
typedef struct FeedEvent {
    int32_t person;
    int reason;  // 異動事由
    Day occurred, reported;
} FeedEvent;

typedef enum FeedKind { FEED_ALL, FEED_DIFFERENCE } FeedKind;

MUST bool feed_create(const City *city, Str dir, FeedKind kind, Day made_on, int sequence,
                      Arena *arena, FeedFile *feed, Error *err);
void feed_put(FeedFile *feed, const FeedEvent *event, Arena scratch);
// Everybody, as of the evening before the month.
MUST bool feed_full_copy(const City *city, Str dir, Arena scratch, Error *err);
// JLIS_<yyyymmdd>.csv: who J-LIS says they are, as the arrays hold them now (for sesshu network people).
MUST bool jlis_write(const City *city, Str dir, Day as_of, Arena scratch, Error *err);

// 氏名 and 氏名カナ as the register has them; kana may be {0}.
Str register_name(const City *city, const Person *p, Arena *arena);
Str register_kana(const City *city, const Person *p, Arena *arena);
Str alias_name(const City *city, const Person *p, Arena *arena);  // {0}: has none
Str alias_kana(const City *city, const Person *p, Arena *arena);
