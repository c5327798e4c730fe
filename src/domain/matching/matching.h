// Which resident a row of a clinic's submission means, with evidence in words.
//
// Law     予防接種法施行規則 第3条: the record belongs to the person vaccinated. A dose on the wrong
//         person is the worst mistake of the office, so a person decides wherever evidence is weak
//         or contradicts itself. The levels L1 to L7 are those of immunization.md 6.2; they decide
//         alone, the score only puts candidates in order.
// Number  整理番号 is one witness, never proof: a mistyped one with a valid check digit exists.
// Pure    no look-up is done here. The caller looks up in rounds, each wider than the one before:
//
//             MatchCandidates found = {0};
//             do {
//                 MatchLookups keys = match_lookups(&row, &found, arena);
//                 ... add to `found` every person the keys name, each once, all versions ...
//                 found.looked++;
//                 d = match_decide(&row, &found, places, arena);
//             } while (d.outcome == MATCH_LOOK_FURTHER);
//
//         What a round decides stands: no wider one would decide otherwise. The first decides nine rows in ten: the
//         number, the birth date and every written name are one person's, and nobody else of that birth date bears
//         one of these names. Whoever contests such a row bears one of them exactly, so he or she was found.
//         The second depends on everybody of that birth date; the third on households and namesakes too.
//         Keys that name nobody are normal.
// Names   as registered, or already folded by name_text: folding twice is folding once. Filing the
//         folded text beside birth date, household and address makes the first round two narrow reads.
// Reads   everything a person ever was: former names, births, households and addresses count
//         (versions that were cancelled do not: do not hand them in).
// Does not  ask whether the person lived here on the day, or lived at all: intake.h does (R141-R143).
//         A link is "this row means this person", never "store it".
// Memory  results live in `arena`; texts of rows and versions are not copied.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "address.h"
#include "day.h"
#include "identity.h"
#include "person_state.h"
#include "residence.h"
#include "vec.h"

VEC(MatchKeys, Str, match_keys);

// ---- in: what the clinic wrote

typedef struct MatchRow {
    AddresseeNo addressee_no;  // none: blank, or nothing that is a number
    bool number_written;       // something stood there
    Str name, name_kana, address;
    PartialDate birth;
    int32_t sex;    // SEX_MALE, SEX_FEMALE; SEX_UNKNOWN or 0 contradicts nothing
    DaySpan given;  // the day of the dose; what a partly unknown day may mean
    MatchKeys place_keys;  // address_asking_texts of `address`, keyed by the caller
} MatchRow;

// ---- in: whom the look-ups found

typedef struct MatchVersion {
    DaySpan valid;  // in life, both included; DAY_NONE as `last` = still
    Str name, name_kana, name_roman, alias, alias_kana;
    PartialDate birth;
    int32_t sex;
    Str household_no;       // 15 digits
    Str address, building;  // as printed
} MatchVersion;
VEC(MatchVersionRows, MatchVersion, match_versions);

typedef struct MatchPerson {
    AddresseeNo addressee_no;
    int64_t person_id;            // the caller's own
    MatchVersionRows versions;    // oldest first, the current one last; at least one
    ResidenceSpanRows residence;  // for "another resident on the day of the dose"
    bool withdrawn;               // registered by mistake (取消): never linked
    bool is_protected;            // 支援措置: never linked as one of several
    MatchKeys place_keys;  // address_filed_texts of places that no longer stand in a version, keyed alike
} MatchPerson;
VEC(MatchPersonRows, MatchPerson, match_persons);

// How far was looked.
typedef enum MatchRound { MATCH_NOWHERE, MATCH_NAMESAKES, MATCH_BIRTHS, MATCH_EVERYWHERE } MatchRound;

typedef struct MatchCandidates {
    MatchPersonRows persons;
    MatchRound looked;
} MatchCandidates;

// ---- look-ups

typedef enum MatchLookupKind {
    LOOKUP_NUMBER,     // the person with this 宛名番号 (text: 15 digits)
    LOOKUP_NAMESAKE,   // whoever is named by both: this name key (text) and this birth date (birth)
    LOOKUP_BIRTH,      // everybody of whom any version has exactly this birth date (birth)
    LOOKUP_HOUSEHOLD,  // everybody of whom any version has this 世帯番号 (text)
    LOOKUP_NAME,       // everybody of whom any name of any version is filed under this key (text)
} MatchLookupKind;

typedef struct MatchLookup {
    MatchLookupKind kind;
    Str text;
    PartialDate birth;
} MatchLookup;
VEC(MatchLookups, MatchLookup, match_lookups);

// Of the round after `found->looked`, of which there must be one (asserted).
MatchLookups match_lookups(const MatchRow *row, const MatchCandidates *found, Arena *arena);

// The keys under which the caller files one version for LOOKUP_NAME: of name, kana, roman, alias and
// alias kana (name_index_key), each once. Stable, may be stored.
MatchKeys match_version_keys(const MatchVersion *version, Arena *arena);

// ---- out

typedef enum MatchOutcome {
    MATCH_LOOK_FURTHER,  // not decided: do the next round; never of the last one
    MATCH_LINK,
    MATCH_REVIEW,
    MATCH_RETURN,
} MatchOutcome;

typedef enum MatchLevel {
    MATCH_L1,   // number, birth, name
    MATCH_L1N,  // the same, and a namesake
    MATCH_L1S,  // number, birth, a slip in the name
    MATCH_L2,   // no number; birth, name, sex, address, exactly one
    MATCH_L3,   // number, birth, another name
    MATCH_L4,   // number of a person with another birth date
    MATCH_L5,   // no number, and less than L2 needs
    MATCH_L6,   // twins, namesakes, two at the best level, protected or withdrawn persons
    MATCH_L7,   // nobody
} MatchLevel;

typedef enum MatchCode {
    MATCH_CODE_NONE,
    MATCH_V131,  // 候補複数
    MATCH_V132,  // 根拠不足
    MATCH_R131,  // 該当者なし
    MATCH_R133,  // 整理番号の人と不一致
} MatchCode;

typedef struct MatchCandidate {
    int32_t person;  // index in the persons given
    int32_t score;   // 0 to 100, for the order alone
    Str evidence;  // 「整理番号・生年月日・カナ一致」; of a protected person nothing about the address
} MatchCandidate;
VEC(MatchCandidateRows, MatchCandidate, match_candidates);

typedef struct MatchDecision {
    MatchOutcome outcome;
    MatchLevel level;
    MatchCode code;              // NONE with a link
    bool sex_differs;            // a link with W133
    MatchCandidateRows persons;  // LINK: exactly one; REVIEW: best first; RETURN: none
    Str evidence;                // of the first candidate, and why it was not enough
} MatchDecision;

// `places`: the city's own names for reading addresses. At least one round was looked up (asserted).
MatchDecision match_decide(const MatchRow *row, const MatchCandidates *found,
                           const AddressPlaces *places, Arena *arena);

Str match_level_text(MatchLevel level);  // "L1n"
