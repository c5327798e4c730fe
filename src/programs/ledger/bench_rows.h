// What one run of the intake stored, read back, so that a bare loop can store the same again.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "claim_rows.h"
#include "dose_rows.h"
#include "intake_rows.h"

VEC(KeptRows, IntakeRowKept, kept_rows);

typedef struct BenchRows {
    KeptRows rows;      // in the order of the file
    DoseRecords doses;  // by row
    ClaimRows claims;   // by row
} BenchRows;

MUST bool bench_rows_read(Store *store, int32_t file_no, Arena *arena, BenchRows *rows, Error *err);

// Everybody of whom a version has this birth date, and where they lived: read, and thrown away.
MUST bool bench_born_read(Store *store, PartialDate birth, Arena scratch, Error *err);

// Residents, every 37th by number, `most` at most.
VEC(BenchResidents, AddresseeNo, bench_residents);
MUST bool bench_residents_read(Store *store, int most, Arena *arena, BenchResidents *residents, Error *err);

// Ids far beyond those in use, so that the same rows can be stored once more; and takes those out again.
enum { BENCH_ELSEWHERE = 1 << 30 };
MUST bool bench_rows_forget(Store *store, Error *err);
