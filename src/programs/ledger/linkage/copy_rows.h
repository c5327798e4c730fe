// Doses on their way into copies: what is not over there yet, or otherwise; what must go; what lies there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "identity.h"
#include "sha256.h"

typedef struct CopyDose {
    int32_t dose_id;
    AddresseeNo who;
    bool is_protected;
    PartialDate birth;
    DoseRecord record;  // product, day, provenance, clinic, lot, volume and judgement of it
    Day recorded_on;
    int32_t judged_act;
    int64_t version;  // that lies over there; 0: none
} CopyDose;
VEC(CopyDoses, CopyDose, copy_doses);

// The next ones behind `after`, in order of dose_id. Not what somebody only said (P6), nor of whom the register took back.
MUST bool copies_wanting(Store *store, int32_t after, int most, Arena *arena, CopyDoses *doses, Error *err);
// Records whose dose stands no longer. Only number, person and version are filled.
MUST bool copies_gone(Store *store, int32_t after, int most, Arena *arena, CopyDoses *doses, Error *err);

typedef struct CopyLaid {
    int32_t dose_id;
    int64_t version;
    Sha256 hash;
    int32_t judged_act;
    bool hidden, deleted;
} CopyLaid;
MUST bool copy_laid(Store *store, const CopyLaid *laid, Error *err);
MUST bool copy_laid_find(Store *store, int32_t dose_id, Arena scratch, CopyLaid *laid, Error *err);  // dose_id 0: there is none
VEC(DoseIds, int32_t, dose_ids);
// All that should stand over there, in order of dose_id.
MUST bool copies_standing(Store *store, Arena *arena, DoseIds *ids, Error *err);

MUST bool copy_sequence_read(Store *store, int64_t *sequence, Error *err);  // 0: nothing was ever laid down
MUST bool copy_sequence_keep(Store *store, int64_t sequence, Error *err);
// A municipality code that the register uses for our residents; {0}: none yet.
MUST bool own_place_read(Store *store, Arena *arena, Str *code, Error *err);
