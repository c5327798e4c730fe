// SPDX-License-Identifier: Apache-2.0
#include "likeness.h"

#include "address.h"
#include "birth_slip.h"
#include "name_fit.h"

static Likeness text_likeness(Str one, Str other, Arena scratch)
{
    if (!one.len || !other.len) return LIKE_SILENT;
    NameKey a = name_key(one, &scratch), b = name_key(other, &scratch);
    NameComparison c = name_compare(&a, &b);
    switch (c.fit) {
    case NAME_SILENT: return LIKE_SILENT;
    case NAME_DIFFERENT: return c.shares_part || c.shortened ? LIKE_NEAR : LIKE_DIFFERS;
    case NAME_TWO_SLIPS:
    case NAME_ONE_SLIP: return LIKE_NEAR;
    case NAME_SOUNDS:
    case NAME_EQUAL: return LIKE_SAME;
    }
    return LIKE_SILENT;
}

// A person is called by any of these: a passport says one, a paper of the guardian's another.
static Likeness name_likeness(const PersonState *one, const PersonState *other, Arena scratch)
{
    const Str ours[] = {one->name_kana, one->alias_kana, one->name, one->alias, one->name_roman};
    const Str theirs[] = {other->name_kana, other->alias_kana, other->name, other->alias, other->name_roman};
    Likeness best = LIKE_SILENT;
    for (ptrdiff_t i = 0; i < countof(ours); i++)
        for (ptrdiff_t k = 0; k < countof(theirs); k++) {
            Likeness like = text_likeness(ours[i], theirs[k], scratch);
            if (like > best) best = like;
        }
    return best;
}

static Likeness birth_likeness(PartialDate one, PartialDate other)
{
    if (!one.year || !other.year) return LIKE_SILENT;
    BirthSlip slip = birth_slip(one, other);
    if (slip == BIRTH_EQUAL && partial_date_whole(one)) return LIKE_SAME;
    return slip == BIRTH_OTHER ? LIKE_DIFFERS : LIKE_NEAR;
}

static Likeness sex_likeness(int32_t one, int32_t other)
{
    bool said = one && other && one != SEX_UNKNOWN && other != SEX_UNKNOWN;
    if (!said) return LIKE_SILENT;
    return one == other ? LIKE_SAME : LIKE_DIFFERS;
}

static Likeness place_likeness(const PersonState *one, const PersonState *other, Arena scratch)
{
    static const AddressPlaces anywhere = {0};
    Address a = address_parse(one->address, one->building, &anywhere, &scratch),
            b = address_parse(other->address, other->building, &anywhere, &scratch);
    switch (address_fit_either(&a, &b)) {
    case ADDRESS_FIT_UNKNOWN: return LIKE_SILENT;
    case ADDRESS_DIFFERS: return LIKE_DIFFERS;
    case ADDRESS_PART_FITS:
    case ADDRESS_SAME_BLOCK: return LIKE_NEAR;
    case ADDRESS_SAME: return LIKE_SAME;
    }
    return LIKE_SILENT;
}

PersonLikeness person_likeness(const PersonState *one, const PersonState *other, Arena scratch)
{
    return (PersonLikeness){name_likeness(one, other, scratch), birth_likeness(one->birth, other->birth),
                            sex_likeness(one->sex, other->sex), place_likeness(one, other, scratch)};
}

int likeness_order(const PersonLikeness *l)
{
    return 1000 * (int)l->birth + 100 * (int)l->name + 10 * (int)l->place + (int)l->sex;
}

PersonLikeness history_likeness(const PersonState *one, const RegisterVersionRows *history, Arena scratch)
{
    PersonLikeness best = {0};
    const RegisterVersion *now = register_current(history);
    int32_t protection = now ? now->state.protection : PROTECTION_NONE;
    VEC_EACH (const RegisterVersion, v, *history) {
        PersonState told = v->state;
        if (v->withdrawn_by) continue;
        if (protection != PROTECTION_NONE) told.protection = protection;
        told = person_state_told(&told);
        PersonLikeness like = person_likeness(one, &told, scratch);
        if (likeness_order(&like) > likeness_order(&best)) best = like;
    }
    return best;
}

bool likeness_one_person(const PersonLikeness *l)
{
    return l->name == LIKE_SAME && l->birth == LIKE_SAME && l->sex == LIKE_SAME && l->place == LIKE_SAME;
}

bool likeness_asks(const PersonLikeness *l)
{
    bool named_and_born = l->name >= LIKE_NEAR && l->birth >= LIKE_NEAR;
    bool born_and_lives = l->birth == LIKE_SAME && l->place >= LIKE_NEAR;
    bool named_and_lives = l->name == LIKE_SAME && l->place >= LIKE_NEAR;
    return named_and_born || born_and_lives || named_and_lives;
}

Str likeness_words(Likeness likeness)
{
    switch (likeness) {
    case LIKE_SILENT: return S("比べられない");
    case LIKE_DIFFERS: return S("違う");
    case LIKE_NEAR: return S("近い");
    case LIKE_SAME: return S("同じ");
    }
    return (Str){0};
}
