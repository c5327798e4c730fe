// What may be certified of one person: which doses, and as which papers.
//
// Never     a record under review, and what somebody only said (P6). What was cancelled is no record any more.
// 済証      of one valid dose of a routine or special vaccination that clinics reported to this city: another city certifies its
//           own, and a private dose earns none, whatever its verdict.
// Record    of the doses that are right as they stand; with those that do not count only where that is asked for, and
//           then marked. What another city, a booklet or a paper from abroad says, says so.
// Law       予防接種法施行規則 第3条, 第4条; immunization.md 11.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "certificate_rows.h"
#include "life_series.h"

typedef struct CertifiableDose {
    const DoseRecord *record;
    Str vaccine, position;
    Str no_record;  // why no certificate shows it; {0}: it may be shown
    Str no_paper;   // why there is no 済証 of it; {0}: there may be
    bool uncounted;  // judged invalid: shown where all are asked for
} CertifiableDose;
VEC(CertifiableDoses, CertifiableDose, certifiable_doses);

// Each record once, in the order of the person's page.
CertifiableDoses certifiable_doses_of(const PersonShown *shown, Arena *arena);

// 済証, 接種の記録の証明.
Str certificate_kind_words(CertificateKind kind);

typedef enum CertificateScope {
    CERTIFY_VALID,    // the record of all that counts, and of what is no matter of counting
    CERTIFY_WHOLE,    // with what does not count
    CERTIFY_VACCINE,  // of one vaccine
    CERTIFY_DOSE,     // 済証 of one dose
    CERTIFY_AGAIN,    // what another certificate speaks of, as it stands now
    CERTIFY_SCOPES
} CertificateScope;

typedef const CertifiableDose *CertifiedRef;
VEC(CertifiedRefs, CertifiedRef, certified_refs);

typedef struct CertificateChoice {
    CertificateScope scope;
    CertificateKind kind;
    Str vaccine;      // CERTIFY_VACCINE
    int64_t subject;  // CERTIFY_DOSE: the record; CERTIFY_AGAIN: the number of the certificate
    Str words;        // as it is chosen, each another
    CertifiedRefs doses;
} CertificateChoice;
VEC(CertificateChoices, CertificateChoice, certificate_choices);

// `issued`: of this person.
MUST bool certificate_choices_of(Store *store, const CertifiableDoses *doses, const CertificateRows *issued, Arena *arena,
                                 CertificateChoices *choices, Error *err);

// What is asked for: by its words, or by what it is.
typedef struct CertificateWanted {
    Str words;
    CertificateScope scope;
    Str vaccine;
    int64_t subject;
} CertificateWanted;
// E_NOT_FOUND, with why.
MUST bool certificate_chosen(const CertificateChoices *choices, const CertifiableDoses *doses, const CertificateWanted *wanted,
                             Arena *arena, const CertificateChoice **chosen, Error *err);
