// The number is blank or nobody's: L2, L5, L6, L7.
// SPDX-License-Identifier: Apache-2.0
#include "match_levels.h"

#include <assert.h>

enum { TWIN_KANA_APART = 2 };

// Where only the sound of the name agrees, nothing else about it may differ.
static bool name_is_enough(const Witness *w)
{
    return w->best == NAME_EQUAL || (witness_is_k(w) && !witness_has_slip(w));
}

static bool has_all_of_l2(const Case *c, const Witness *w)
{
    return fits_exactly(w) && name_is_enough(w) && partial_date_whole(c->row->birth) &&
           w->sex != SEX_DIFFERS && witness_address_fits(w) && !witness_contradicts(w);
}

static const Witness *only_one_with_all_of_l2(const Case *c)
{
    const Witness *found = NULL;
    for (int32_t i = 0; i < c->count; i++) {
        if (!has_all_of_l2(c, &c->witnesses[i])) continue;
        if (found) return NULL;
        found = &c->witnesses[i];
    }
    return found;
}

// How far apart two registered given names are, by kana where both have them.
static int given_names_apart(const Witness *a, const Witness *b, Arena scratch)
{
    const MatchVersionRows *x = &a->person->versions, *y = &b->person->versions;
    const MatchVersion *u = &x->at[x->count - 1], *v = &y->at[y->count - 1];
    NameKey left = name_key(u->name_kana, &scratch), right = name_key(v->name_kana, &scratch);
    int apart = name_given_distance(&left, &right);
    if (apart >= 0) return apart;
    left = name_key(u->name, &scratch);
    right = name_key(v->name, &scratch);
    apart = name_given_distance(&left, &right);
    // Kanji may look apart and sound alike: without kana twins stay indistinguishable.
    return left.script == NAME_SCRIPT_LATIN ? apart : -1;
}

typedef enum Company {
    COMPANY_HARMLESS,
    COMPANY_MEMBER,
    COMPANY_TWIN,
    COMPANY_NAMESAKE,
    COMPANY_PROTECTED,
} Company;

// May `other` be meant as well, where nothing but name, birth, sex and address speaks for `w`?
static Company company_of(const Witness *other, const Witness *w, Arena scratch)
{
    if (witness_same_person(other, w)) return COMPANY_HARMLESS;
    bool member = witness_same_household(other, w);
    bool same_birth = other->birth == BIRTH_EQUAL;
    if (other->person->withdrawn) {
        bool better = (member || same_birth) && witness_name_beats(other, w);
        return better ? COMPANY_NAMESAKE : COMPANY_HARMLESS;
    }
    if (member && same_birth) {
        bool apart = given_names_apart(w, other, scratch) >= TWIN_KANA_APART;
        if (!apart || w->best != NAME_EQUAL) return COMPANY_TWIN;
    }
    if ((!same_birth && !member) || other->best < NAME_ONE_SLIP) return COMPANY_HARMLESS;
    bool protection = other->person->is_protected || w->person->is_protected;
    if (protection) return COMPANY_PROTECTED;
    if (member && witness_name_yields(other, w)) return COMPANY_HARMLESS;
    if (member) return same_birth ? COMPANY_TWIN : COMPANY_MEMBER;
    return other->address == ADDRESS_DIFFERS ? COMPANY_HARMLESS : COMPANY_NAMESAKE;
}

static Company worst_company(const Case *c, const Witness *w, Arena scratch)
{
    Company worst = COMPANY_HARMLESS;
    for (int32_t i = 0; i < c->count; i++) {
        Company company = company_of(&c->witnesses[i], w, scratch);
        if (company > worst) worst = company;
    }
    return worst;
}

MatchDecision decide_without_number(const Case *c, Arena *arena)
{
    assert(!c->numbered);
    static const MatchNote notes[] = {
        [COMPANY_MEMBER] = NOTE_MEMBER,
        [COMPANY_TWIN] = NOTE_TWIN,
        [COMPANY_NAMESAKE] = NOTE_NAMESAKE,
        [COMPANY_PROTECTED] = NOTE_PROTECTED,
    };
    const Witness *w = only_one_with_all_of_l2(c);
    if (w && (c->complete || witness_name_is_plain(w))) {
        Company company = worst_company(c, w, *arena);
        if (company == COMPANY_HARMLESS) return linked(c, w, MATCH_L2, NOTE_NONE, arena);
        return reviewed(c, MATCH_L6, notes[company], arena);
    }
    if (!c->complete) return look_further();
    int32_t exact = witnesses_that(c, fits_exactly);
    if (exact > 1) return reviewed(c, MATCH_L6, NOTE_SEVERAL, arena);
    if (exact || witnesses_that(c, fits_nearly) || witnesses_that(c, is_similar))
        return reviewed(c, MATCH_L5, NOTE_NONE, arena);
    return refused(MATCH_R131, MATCH_L7);
}
