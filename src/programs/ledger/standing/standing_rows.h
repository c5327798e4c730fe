// Standings as the ledger keeps them: db/ledger/0022_standing.sql says what each column means.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "standing_judge.h"

// What may be believed at all.
typedef struct StandingState {
    int32_t roll_no;  // 0: nothing was ever kept
    Str judged_by;
    int32_t act_no;  // STANDING_MAKING: nothing is believed
    Day day;
} StandingState;

enum { STANDING_MAKING = -1 };

MUST bool standing_state_read(Store *store, Arena *arena, StandingState *state, Error *err);
// Inside the open transaction.
MUST bool standing_state_write(Store *store, const StandingState *state, Error *err);
MUST bool standing_forget_all(Store *store, Error *err);
// How many stand due and late with each series, kept for the day (db/ledger/0028_standing_day.sql).
MUST bool standing_day_keep(Store *store, Day day, Error *err);
MUST bool standing_counts_tidy(Store *store, Error *err);  // kinds of which nobody is left
// PostgreSQL plans by what it measured last, and takes a table that was just filled for an empty one.
MUST bool standing_measure(Store *store, Error *err);

// How many people are stale on this day (stale_set.h); everybody where nothing is kept. Exact up to `most`; more are some
// number above it.
MUST bool standing_stale_count(Store *store, const StandingState *state, Day day, int64_t most, int64_t *count,
                               Error *err);

// Who may have changed between the two days, as `state` was read; how many they are.
MUST bool standing_moved(Store *store, const StandingState *state, Day from, Day to,
                         CityMoved *moved, int64_t *count, Error *err);
// Are they no more than `most`? Somebody who may have changed for two reasons counts twice.
MUST bool standing_moved_few(Store *store, const StandingState *state, Day from, Day to, int64_t most,
                             bool *few, Error *err);

// What a standing is judged from, beside the rows of the person.
typedef struct PersonKey {
    int32_t person_id, act_no;
    Str ward;  // good until the next one
} PersonKey;

// In order of person; of everybody, or of the stale ones (city_rows_begin_stale). Needs an open transaction.
typedef struct PersonKeys PersonKeys;
MUST bool person_keys_begin(Store *store, const StandingState *stale_since, Day day, Arena *arena,
                            PersonKeys **keys, Error *err);
// The same of everybody, with the ward as it was known.
MUST bool person_keys_begin_known(Store *store, KnownAt known, Arena *arena, PersonKeys **keys,
                                  Error *err);
bool person_keys_next(PersonKeys *keys, PersonKey *key);
MUST bool person_keys_end(PersonKeys *keys, Error *err);

typedef struct StandingRow {
    int32_t person_id, act_no;
    Day judged_on;
    Str ward;
    int32_t born;  // month of birth as 202610; 0: not known
    Standing standing;
} StandingRow;
VEC(StandingRows, StandingRow, standing_rows);

int32_t month_born(PartialDate birth);  // as StandingRow.born

// Takes the place of what is kept of these persons; `anew`: nothing is.
MUST bool standing_rows_put(Store *store, const Schedule *schedule, const StandingRows *rows,
                            bool anew, Error *err);

// Positions met before: a list holds few, and the rules know thousands of texts.
typedef struct PositionsMet {
    int32_t at[64];
    int count;
} PositionsMet;

int32_t position_met(const Schedule *schedule, PositionsMet *met, Str text);

// A next dose out of a row with the columns of `standing`.
NextStanding next_standing_read(Query *q, const Schedule *schedule, PositionsMet *met);

// What is kept, person by person in order of number. Needs an open transaction.
typedef struct StandingKept StandingKept;
MUST bool standing_kept_begin(Store *store, const Schedule *schedule, Arena *arena,
                              StandingKept **kept, Error *err);
// The next one; its standing lives until the one after it.
bool standing_kept_next(StandingKept *kept, StandingRow *row);
MUST bool standing_kept_end(StandingKept *kept, Error *err);

// Kinds of rows whose count (standing_count, standing_month) is not that of the rows.
MUST bool standing_counts_wrong(Store *store, int64_t *wrong, Error *err);
