// Is this the same dose as one that the ledger has? (immunization.md 5.6)
//
// Asked of one person's doses, stored ones and those staged from earlier rows of the same file, before
// a new one is staged. Two doses of two persons are never the same; that is matching's business.
//
// Memory  none; pure. Texts are compared byte for byte: the caller folds lots to upper half-width.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "claimed_dose.h"
#include "day.h"

// Where a record comes from (immunization.md 5.4): P1 to P7.
typedef enum Provenance {
    PROVENANCE_CLINIC = 1,  // P1 submission under contract
    PROVENANCE_WIDE_AREA,   // P2 wide-area or request letter
    PROVENANCE_OTHER_CITY,  // P3 answer over the network
    PROVENANCE_BOOKLET,     // P4 母子健康手帳, typed by an officer
    PROVENANCE_FOREIGN,     // P5
    PROVENANCE_GUARDIAN,    // P6 word of mouth, not counted
    PROVENANCE_OLD_SYSTEM,  // P7
} Provenance;

typedef struct KnownDose {
    int64_t ref;  // the caller's own
    bool given;   // 接種区分 1 or 3; false: examined only, stopped. The two are never the same
    PartialDate given_on;
    int32_t product;      // the caller's number, equal for equal products
    uint64_t series;      // set of the series that list the product
    uint64_t components;  // set of what it protects against (D, P, T, IPV, HIB, M, R ...)
    bool seasonal;        // INF, COVID: the same day a year later is honest
    int32_t provenance;
    Str clinic, lot;   // {0} or empty: not known
    bool claimed;      // a claim stands for it, whatever its state
    int32_t month;     // of the file, yyyymm; 0: came another way
    Str row_no;        // 行番号 in that file
    Str content;       // equal for rows that say the same (a hash of all items); {0}: not known
    bool claim_known;  // 期回数 was read
    ClaimedDose claimed_dose;  // what it said
    bool corrects;             // its row carries 訂正
    bool replaced;  // stands no longer: only a row that says the very same is a second report of it
    bool in_question;  // a row of the incoming one's number waits and asks about it
    // Of an incoming row: nothing was stored for this clinic's row of that month and number, it waits or was returned.
    bool returned_before;
} KnownDose;

typedef enum Sameness {
    SAME_NONE,
    SAME_DUPLICATE,  // of `ref`: store nothing, fill what is empty there
    SAME_CORRECTS,   // 訂正: a new version of `ref`
    SAME_DOUBT,      // a person decides; `doubt` says why
} Sameness;

typedef enum SamenessDoubt {
    DOUBT_NONE,
    DOUBT_LOT_OR_CLINIC = 301,  // one product twice on one day, another lot or clinic
    DOUBT_PRODUCT = 302,        // one series, another product, one day
    DOUBT_NEAR_DAY = 303,       // 1 to 3 days apart, one of them copied from paper or elsewhere
    DOUBT_DATE_SLIP = 304,      // a year apart, or day and month exchanged
    DOUBT_COMBINATION = 305,    // a combination and its component on one day
    DOUBT_CORRECTION = 306,     // 訂正, and it is not certain of what
} SamenessDoubt;

enum { SAMENESS_REFS_MAX = 8 };

typedef struct SamenessVerdict {
    Sameness sameness;
    SamenessDoubt doubt;
    int64_t ref;
    int64_t doubted[SAMENESS_REFS_MAX];  // SAME_DOUBT: all that it may be, `ref` first
    int32_t doubted_count;
    bool fills;  // the incoming record ranks higher or knows the full date: fill what is empty
    bool ended;  // SAME_DUPLICATE of what stands no longer, and nothing of that product and day stands in its place
    bool claim_attaches;  // nobody has been paid for `ref` yet: pay this claim, keep one dose (6.5)
} SamenessVerdict;

// A row with 訂正 (`incoming->corrects`) replaces what this clinic sent for this person, product and day; else
// what it sent in this month's row of this number for this product and this 期回数. Where that is not
// certain, or where a dose is met that stands already, a person decides: nothing is replaced in silence and
// nothing is left behind. It may turn a dose into an examination, and is judged like any other row where
// nothing was sent. Of two for one dose the later in the file is the newer. A row that was replaced since, sent
// once more, is a duplicate.
SamenessVerdict dose_sameness(const KnownDose *incoming, const KnownDose *known, ptrdiff_t count);

// What this clinic sent of this product, lot and day, and what stands no longer, while nothing of that product and day
// does: moved to somebody else, corrected to another day, withdrawn. Of another lot a row speaks of another dose. NULL:
// nothing of the kind.
const KnownDose *dose_ended(const KnownDose *incoming, const KnownDose *known, ptrdiff_t count);

// Is there a record that came with a row of the very same words, standing or replaced?
bool dose_same_content(const KnownDose *incoming, const KnownDose *known, ptrdiff_t count);
