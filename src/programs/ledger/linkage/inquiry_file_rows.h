// Files of inquiries that were taken, and how far what they ask has come.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

typedef struct InquiryFile {
    int64_t file_no;  // 0: there is none
    Str name;
    int64_t row_count, refused;  // `refused`: rows that became no inquiry
    Str reason, brought_by;
    Instant brought_at;
    Str granted_by;
    Instant granted_at;  // 0: it waits for a second person, and nothing of it leaves
    int64_t written, unsent, over;  // inquiries: all, not sent and not settled, answered or refused or settled
} InquiryFile;
VEC(InquiryFiles, InquiryFile, inquiry_files);

// Inside the writing transaction; gives `file_no`. `index`: csv_index_text.
MUST bool inquiry_file_add(Store *store, InquiryFile *file, Str index, Error *err);
MUST bool inquiry_file_counted(Store *store, const InquiryFile *file, Error *err);  // `row_count`, `refused`
MUST bool inquiry_file_granted(Store *store, int64_t file_no, Str by, Instant at, Error *err);
MUST bool inquiry_file_of_index(Store *store, Str index, Arena *arena, InquiryFile *file, Error *err);
MUST bool inquiry_file_find(Store *store, int64_t file_no, Arena *arena, InquiryFile *file, Error *err);
MUST bool inquiry_files_read(Store *store, Arena *arena, InquiryFiles *files, Error *err);  // the newest first

// How many of a file ask which city: for who decides about it.
typedef struct CityAsked {
    Str city;
    int64_t count;
} CityAsked;
VEC(CitiesAsked, CityAsked, cities_asked);
MUST bool inquiry_file_cities(Store *store, int64_t file_no, Arena *arena, CitiesAsked *cities, Error *err);

// Whether somebody is asked about this person in that city, and nobody has settled it.
MUST bool inquiry_under_way(Store *store, int32_t person_id, Str city, bool *under_way, Error *err);
// What has not left stays; each inquiry says so. `count`: how many.
MUST bool inquiry_file_withdraw(Store *store, int64_t file_no, Str by, Str how, Instant at, int64_t *count, Error *err);
