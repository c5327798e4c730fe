// Issuing a certificate: chosen and drawn from the ledger as it stands in one transaction, read back, numbered and kept as it
// leaves; and cancelling one, which keeps its number.
//
// Refused   of whoever is protected (支援措置): the officer in charge decides with a second person, outside of this
//           program so far; and while the register's row of the person is held.
// Number    given once, also by an office that was put back from a copy (given_number_rows.h).
// Law       予防接種法施行規則 第3条, 第4条; controls F-1-04, F-1-05, D-2-15.
// Errors    E_NOT_FOUND: nothing of it can be certified; E_RIGHT: protected; E_CONFLICT: the register; E_MISSING: an item of
//           city.json; E_PAPER: it cannot be printed as it stands; E_LIMIT: more doses than one paper holds.
// Turn      the writer's lasts from the number until the paper is drawn and read back: nobody else writes meanwhile.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "certificate_choice.h"

// Who may ask; "本人" needs no relation. Ended by NULL.
extern const char *const certificate_askers[];
// By which paper whoever asks was known. Ended by NULL.
extern const char *const certificate_proofs[];

// May anything be certified of this person here? E_RIGHT, E_CONFLICT as above.
MUST bool certificate_may(const PersonShown *shown, Error *err);
// A dose as it would stand on a paper.
CertificateDose certificate_dose_printed(const Ledger *ledger, const CertifiableDose *dose, Arena *arena);
// 交付中, 終わった番号, 記録が変わりました.
Str certificate_state_words(const CertificateRow *row);

// What is wrong with it; E_MISSING, E_CODE_UNKNOWN, E_LENGTH with the item.
MUST bool certificate_asked_check(const CertificateAsked *asked, Error *err);

// What can be certified of this person now.
typedef struct CertificateDesk {
    PersonShown shown;
    CertifiableDoses doses;
    CertificateRows issued;
    CertificateChoices choices;
} CertificateDesk;
MUST bool certificate_desk(const Ledger *ledger, const PersonShown *shown, Arena *arena, CertificateDesk *desk, Error *err);

typedef struct CertificateIssued {
    int64_t number;
    Str paper;  // 予防接種済証
    Str pdf;
    int doses;
} CertificateIssued;

// In the open transaction, which whoever asks commits; writes the record. `look`: of the look at the person.
MUST bool certificate_issue(const Ledger *ledger, const Recorded *look, const AddresseeNo *who, const CertificateWanted *wanted,
                            const CertificateAsked *asked, Arena *arena, CertificateIssued *issued, Error *err);
// Likewise. E_NOT_FOUND: none of that number stands for the person.
MUST bool certificate_cancel(const Ledger *ledger, const AddresseeNo *who, int64_t number, Str reason, Error *err);
