// The residents that rows of a submission may mean, read for matching.h: all versions that stand, and where they
// lived.
//
// What many rows ask is read by sets (match_read_ahead), a few questions for a thousand rows. Rows of one file ask for
// the same birth dates again and again, so what was read is kept until its arena is full; then it is forgotten and
// read anew. Memory does not grow with the file.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "matching.h"
#include "store.h"

typedef struct MatchReader MatchReader;

// `bytes` is the most that is kept.
MatchReader *match_reader(Store *store, Arena *arena, ptrdiff_t bytes);
void match_reader_close(MatchReader *reader);  // NULL is fine

// Room for the next rows: what was read before may be forgotten here, and only here.
void match_reader_rows(MatchReader *reader);

// Reads what these look-ups will ask, as far as it is not kept.
MUST bool match_read_ahead(MatchReader *reader, const MatchLookups *lookups, Error *err);

// Adds everybody whom the look-ups name and who is not in `found` yet. Persons live until the next
// match_reader_rows; the list itself in `arena`.
MUST bool match_read(MatchReader *reader, const MatchLookups *lookups, Arena *arena,
                     MatchCandidates *found, Error *err);

// Is this the number of a protected person? As match_read_ahead has read it; one it was not asked counts as protected.
bool match_number_protected(const MatchReader *reader, Str number);

// Where one person lived, as it stands.
MUST bool match_residence(Store *store, int64_t person_id, KnownAt known, Arena *arena,
                          ResidenceSpanRows *spans, Error *err);
