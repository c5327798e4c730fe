// SPDX-License-Identifier: Apache-2.0
#include "match_witness.h"

#include <assert.h>

typedef struct Written {
    NameKey names[SLOT_COUNT];
    Address address;
} Written;

bool version_in_force(const MatchVersion *version, DaySpan on)
{
    assert(on.first <= on.last);
    bool begun = version->valid.first == DAY_NONE || version->valid.first <= on.last;
    bool not_over = version->valid.last == DAY_NONE || version->valid.last >= on.first;
    return begun && not_over;
}

// The current version and those in force on the day of the dose speak fully; older ones are former.
static bool version_is_former(const MatchPerson *person, const MatchVersion *version, DaySpan given)
{
    const MatchVersion *current = &person->versions.at[person->versions.count - 1];
    return version != current && !version_in_force(version, given);
}

static NameFit one_step_lower(NameFit fit)
{
    if (fit >= NAME_SOUNDS) return NAME_ONE_SLIP;
    if (fit == NAME_ONE_SLIP) return NAME_TWO_SLIPS;
    return fit == NAME_SILENT ? NAME_SILENT : NAME_DIFFERENT;
}

static void hear_name(Witness *w, const Written *written, Str name, bool former, bool alias,
                      Arena scratch)
{
    if (!name.len) return;
    NameKey registered = name_key(name, &scratch);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        NameWitness *said = &w->names[slot];
        NameComparison c = name_compare(&written->names[slot], &registered);
        NameFit fit = former ? one_step_lower(c.fit) : c.fit;
        bool shares_part = said->shares_part || c.shares_part;
        bool shortened = said->shortened || c.shortened;
        if (fit > said->fit)
            *said = (NameWitness){.fit = fit, .slip = c.slip, .former = former, .alias = alias};
        said->shares_part = shares_part;
        said->shortened = shortened;
    }
}

// A name that the version after it still bears need not be read twice.
static bool same_names(const MatchVersion *a, const MatchVersion *b)
{
    return str_equal(a->name, b->name) && str_equal(a->name_kana, b->name_kana) &&
           str_equal(a->name_roman, b->name_roman) && str_equal(a->alias, b->alias) &&
           str_equal(a->alias_kana, b->alias_kana);
}

static void hear_names(Witness *w, const Written *written, DaySpan given, Arena scratch)
{
    assert(w->person && w->person->versions.count > 0);
    const MatchVersionRows *versions = &w->person->versions;
    for (ptrdiff_t i = versions->count - 1; i >= 0; i--) {
        const MatchVersion *v = &versions->at[i];
        bool former = version_is_former(w->person, v, given);
        bool repeats = i + 1 < versions->count && same_names(v, v + 1) &&
                       (former || !version_is_former(w->person, v + 1, given));
        if (repeats) continue;
        hear_name(w, written, v->name, former, false, scratch);
        hear_name(w, written, v->name_kana, former, false, scratch);
        hear_name(w, written, v->name_roman, former, false, scratch);
        hear_name(w, written, v->alias, former, true, scratch);
        hear_name(w, written, v->alias_kana, former, true, scratch);
    }
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (w->names[slot].fit > w->best) w->best = w->names[slot].fit;
}

static void hear_birth(Witness *w, PartialDate written)
{
    assert(w->person);
    const MatchVersionRows *versions = &w->person->versions;
    w->birth = BIRTH_OTHER;
    for (ptrdiff_t i = versions->count - 1; i >= 0; i--) {
        BirthSlip slip = birth_slip(written, versions->at[i].birth);
        if (slip >= w->birth) continue;
        w->birth = slip;
        w->birth_former =
            !partial_date_equal(versions->at[i].birth, versions->at[versions->count - 1].birth);
    }
}

static bool is_sex(int32_t sex)
{
    return sex == SEX_MALE || sex == SEX_FEMALE;
}

static void hear_sex(Witness *w, int32_t written)
{
    if (!is_sex(written)) return;
    VEC_EACH (MatchVersion, v, w->person->versions) {
        if (!is_sex(v->sex)) continue;
        if (v->sex == written) {
            w->sex = SEX_AGREES;
        } else if (w->sex == SEX_SAYS_NOTHING) {
            w->sex = SEX_DIFFERS;
        }
    }
}

static bool same_address(const MatchVersion *a, const MatchVersion *b)
{
    return str_equal(a->address, b->address) && str_equal(a->building, b->building);
}

// What stands in no version any more can still be recognised, by the block and by nothing finer.
static void hear_place_keys(Witness *w, const MatchKeys *asking)
{
    VEC_EACH (const Str, filed, w->person->place_keys)
        VEC_EACH (const Str, key, *asking)
            if (str_equal(*filed, *key)) w->address = ADDRESS_SAME_BLOCK;
}

static void hear_address(Witness *w, const Written *written, DaySpan given,
                         const AddressPlaces *places, Arena scratch)
{
    const MatchVersionRows *versions = &w->person->versions;
    for (ptrdiff_t i = versions->count - 1; i >= 0; i--) {
        const MatchVersion *v = &versions->at[i];
        if (i + 1 < versions->count && same_address(v, v + 1)) continue;
        Arena notes = scratch;
        Address registered = address_parse(v->address, v->building, places, &notes);
        AddressFit fit = address_fit(&registered, &written->address);
        if (fit <= w->address) continue;
        w->address = fit;
        w->address_former = version_is_former(w->person, v, given);
    }
}

// Reading addresses is the dearest part and matters only where something else already speaks; birth
// date and address alone (a sibling's name on the sheet) are asked for in the second round.
static bool address_matters(const Case *c, const Written *written, const Witness *w)
{
    if (written->address.status <= ADDRESS_UNPARSED) return false;
    return w->number || w->best >= NAME_TWO_SLIPS || (c->complete && w->birth == BIRTH_EQUAL);
}

static bool resident_in(const ResidenceSpanRows *spans, DaySpan given)
{
    VEC_EACH (ResidenceSpan, span, *spans) {
        bool begun = span->first == DAY_NONE || span->first <= given.last;
        bool not_over = span->last == DAY_NONE || span->last >= given.first;
        if (begun && not_over) return true;
    }
    return false;
}

Case case_open(const MatchRow *row, const MatchCandidates *found, const AddressPlaces *places,
               Arena *arena)
{
    Case c = {.row = row, .complete = found->looked == MATCH_EVERYWHERE, .count = (int32_t)found->persons.count};
    c.witnesses = NEW(arena, Witness, c.count);
    Written written = {.names = {name_key(row->name, arena), name_key(row->name_kana, arena)}};
    if (places) written.address = address_parse(row->address, (Str){0}, places, arena);
    bool has_number = str_present(addressee_text(&row->addressee_no));
    for (int32_t i = 0; i < c.count; i++) {
        Witness *w = &c.witnesses[i];
        w->person = &found->persons.at[i];
        w->index = i;
        w->number = has_number && addressee_same(&row->addressee_no, &w->person->addressee_no);
        hear_birth(w, row->birth);
        hear_names(w, &written, row->given, *arena);
        hear_sex(w, row->sex);
        if (address_matters(&c, &written, w)) {
            hear_place_keys(w, &row->place_keys);
            hear_address(w, &written, row->given, places, *arena);
        }
        w->resident = resident_in(&w->person->residence, row->given);
        if (w->number) c.numbered = w;
    }
    return c;
}

bool witness_is_k(const Witness *w)
{
    return w->best >= NAME_SOUNDS;
}

static bool any_below(const Witness *w, NameFit least)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (w->names[slot].fit != NAME_SILENT && w->names[slot].fit < least) return true;
    return false;
}

bool witness_name_is_plain(const Witness *w)
{
    return w->best == NAME_EQUAL && !any_below(w, NAME_EQUAL);
}

bool witness_names_are_equal(const Witness *w)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (w->names[slot].fit != NAME_EQUAL) return false;
    return true;
}

bool witness_has_slip(const Witness *w)
{
    return any_below(w, NAME_SOUNDS);
}

bool witness_is_slip(const Witness *w)
{
    return w->best == NAME_ONE_SLIP;
}

bool witness_may_be_shortened(const Witness *w)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (w->names[slot].shortened) return true;
    return false;
}

static const NameWitness *denial(const Witness *w)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (w->names[slot].fit == NAME_DIFFERENT) return &w->names[slot];
    return NULL;
}

bool witness_contradicts(const Witness *w)
{
    return w->best > NAME_DIFFERENT && denial(w);
}

bool witness_is_stranger(const Witness *w)
{
    const NameWitness *denied = denial(w);
    return w->best > NAME_DIFFERENT && denied && !denied->shares_part;
}

bool witness_address_fits(const Witness *w)
{
    return w->address >= ADDRESS_PART_FITS;
}

// Between two people an equal sound is no better than a slip: ハナア is ハナ drawn out or ハナコ mistyped.
static NameFit rank(NameFit fit)
{
    return fit == NAME_SOUNDS ? NAME_ONE_SLIP : fit;
}

bool witness_name_beats(const Witness *a, const Witness *b)
{
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        NameFit mine = rank(a->names[slot].fit), theirs = rank(b->names[slot].fit);
        if (mine > theirs && mine >= NAME_TWO_SLIPS) return true;
    }
    return false;
}

bool witness_name_yields(const Witness *a, const Witness *b)
{
    if (a->best <= NAME_DIFFERENT) return true;
    if (witness_name_beats(a, b)) return false;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        NameFit mine = rank(a->names[slot].fit), theirs = rank(b->names[slot].fit);
        if (mine != NAME_SILENT && mine < theirs) return true;
    }
    return false;
}

bool witness_same_person(const Witness *a, const Witness *b)
{
    assert(a->person && b->person);
    return addressee_same(&a->person->addressee_no, &b->person->addressee_no);
}

bool witness_same_household(const Witness *a, const Witness *b)
{
    assert(a->person && b->person);
    VEC_EACH (MatchVersion, v, a->person->versions)
        VEC_EACH (MatchVersion, u, b->person->versions)
            if (v->household_no.len && str_equal(v->household_no, u->household_no)) return true;
    return false;
}
