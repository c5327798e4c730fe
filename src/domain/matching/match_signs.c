// SPDX-License-Identifier: Apache-2.0
#include "match_signs.h"

#include "match_witness.h"

static MatchSign of_name(const NameWitness *name)
{
    switch (name->fit) {
    case NAME_SILENT: return SIGN_SILENT;
    case NAME_DIFFERENT: return name->shares_part ? SIGN_NEAR : SIGN_OTHER;
    case NAME_TWO_SLIPS:
    case NAME_ONE_SLIP: return SIGN_NEAR;
    case NAME_SOUNDS:
    case NAME_EQUAL: return name->former ? SIGN_NEAR : SIGN_SAME;
    }
    return SIGN_SILENT;
}

static MatchSign of_birth(BirthSlip slip)
{
    if (slip == BIRTH_EQUAL) return SIGN_SAME;
    return slip == BIRTH_OTHER ? SIGN_OTHER : SIGN_NEAR;
}

static MatchSign of_address(AddressFit fit)
{
    switch (fit) {
    case ADDRESS_FIT_UNKNOWN: return SIGN_SILENT;
    case ADDRESS_DIFFERS: return SIGN_OTHER;
    case ADDRESS_PART_FITS: return SIGN_NEAR;
    case ADDRESS_SAME_BLOCK:
    case ADDRESS_SAME: return SIGN_SAME;
    }
    return SIGN_SILENT;
}

static MatchSign of_number(const MatchRow *row, const Witness *w)
{
    if (w->number) return SIGN_SAME;
    return row->number_written ? SIGN_OTHER : SIGN_SILENT;
}

MatchSigns match_signs(const MatchRow *row, const MatchPerson *person, const AddressPlaces *places,
                       Arena *arena)
{
    MatchCandidates one = {.looked = MATCH_EVERYWHERE};
    *match_persons_push(&one.persons, arena) = *person;
    Case c = case_open(row, &one, places, arena);
    const Witness *w = &c.witnesses[0];
    return (MatchSigns){.number = of_number(row, w),
                        .name = of_name(&w->names[SLOT_NAME]),
                        .kana = of_name(&w->names[SLOT_KANA]),
                        .birth = row->birth.year ? of_birth(w->birth) : SIGN_SILENT,
                        .sex = w->sex == SEX_AGREES    ? SIGN_SAME
                               : w->sex == SEX_DIFFERS ? SIGN_OTHER
                                                       : SIGN_SILENT,
                        .address = of_address(w->address),
                        .birth_words = birth_slip_words(w->birth)};
}

int match_signs_count(const MatchSigns *s, MatchSign sign)
{
    return (s->number == sign) + (s->name == sign) + (s->kana == sign) + (s->birth == sign) +
           (s->sex == sign) + (s->address == sign);
}
