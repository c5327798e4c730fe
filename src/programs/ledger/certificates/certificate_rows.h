// Certificates that were issued: never overwritten. A cancelled one keeps its number, and one that another took the place
// of is ended by it.
//
// Privacy what names people beside the resident, and the paper, are sealed together; nothing of it is in a list.
// Errors  E_LIMIT: the paper is longer than may be sealed; E_KEY: it does not open.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "certificate.h"
#include "person_rows.h"
#include "sealed_column.h"

typedef struct CertificateRow {
    int64_t number;
    int32_t person_id;
    CertificateKind kind;
    Day issued_on;
    int64_t again_of;  // 0: of none
    Str form_version;
    int32_t pages;
    Sha256 hash;
    int32_t from_act, to_act;
    int32_t overtaken;  // doses of it that were corrected or cancelled since
} CertificateRow;
VEC(CertificateRows, CertificateRow, certificates);

// At the counter: who asked, in which relation and by which mandate, how that was proven, and what for.
typedef struct CertificateAsked {
    Str asker, relation, checked, purpose;
} CertificateAsked;

typedef struct CertificateKept {
    CertificateAsked asked;
    Str pdf;
} CertificateKept;

extern const SealedColumn certificate_sealed;

// `row->to_act` and `overtaken` are not written.
MUST bool certificate_insert(Store *store, Keys *keys, const CertificateRow *row, const CertificateKept *kept,
                             const int32_t *doses, ptrdiff_t count, Arena scratch, Error *err);
MUST bool certificate_end(Store *store, int64_t number, const LedgerAct *act, Error *err);
// All of a person, newest first.
MUST bool certificates_of_person(Store *store, int32_t person_id, Arena *arena, CertificateRows *rows, Error *err);
MUST bool certificate_kept(Store *store, Keys *keys, int64_t number, Arena *arena, CertificateKept *kept, Error *err);

VEC(CertificateDoses, int32_t, certificate_doses);
// The doses that stand now of those that it speaks of: a corrected one as what it became.
MUST bool certificate_doses_now(Store *store, int64_t number, Arena *arena, CertificateDoses *doses, Error *err);

// One that stands, some of whose doses do not any more.
typedef struct OvertakenCertificate {
    PersonRow person;
    int64_t number;
    int32_t doses;
    Day since;  // business day of the last of it
} OvertakenCertificate;
VEC(OvertakenCertificates, OvertakenCertificate, overtaken_certificates);
// The longest overtaken first.
MUST bool certificates_overtaken(Store *store, Arena *arena, OvertakenCertificates *rows, Error *err);
