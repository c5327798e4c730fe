// The number names a person: L1, L1n, L1s, L3, L4.
// SPDX-License-Identifier: Apache-2.0
#include "match_levels.h"

#include <assert.h>

typedef struct Rivals {
    int32_t count;
    int32_t better;      // fit the written name where this person does not
    int32_t members;     // live in the household: twins, or a sibling whose name was written
    int32_t twins;
    int32_t pointed_at;  // the address is theirs, or nobody can say that it is not
    bool is_protected;
} Rivals;

// Whoever has this birth date and lived here that day; those of the household and those who fit better
// count wherever they lived. A registration by mistake counts only where its name is the better one.
static bool may_be_rival(const Witness *other, const Witness *w)
{
    if (witness_same_person(other, w)) return false;
    bool known = other->birth == BIRTH_EQUAL || witness_same_household(other, w);
    if (!known || witness_name_beats(other, w)) return known;
    if (other->person->withdrawn) return false;
    return other->resident || witness_same_household(other, w);
}

// Where the written name is not quite this person's, a twin is a rival already where it leans towards
// him: one more slip lies between them; and whoever has that birth date where it is a part of his name.
static bool is_rival(const Witness *other, const Witness *w)
{
    if (!may_be_rival(other, w)) return false;
    bool same_birth = other->birth == BIRTH_EQUAL, slipped = w->best < NAME_EQUAL;
    if (same_birth && slipped && witness_may_be_shortened(other)) return true;
    bool twin = same_birth && witness_same_household(other, w);
    if (twin && slipped && other->best >= NAME_TWO_SLIPS) return true;
    return other->best > NAME_DIFFERENT && !witness_name_yields(other, w);
}

static Rivals rivals_of(const Case *c, const Witness *w)
{
    Rivals rivals = {0};
    for (int32_t i = 0; i < c->count; i++) {
        const Witness *other = &c->witnesses[i];
        if (!is_rival(other, w)) continue;
        rivals.count++;
        rivals.better += witness_name_beats(other, w);
        bool member = witness_same_household(other, w);
        rivals.members += member;
        rivals.twins += member && other->birth == BIRTH_EQUAL;
        rivals.pointed_at += other->address != ADDRESS_DIFFERS;
        rivals.is_protected |= other->person->is_protected;
    }
    return rivals;
}

static MatchNote note_of(const Rivals *rivals)
{
    if (rivals->is_protected) return NOTE_PROTECTED;
    if (rivals->better) return NOTE_NEARER;
    if (rivals->twins) return NOTE_TWIN;
    return rivals->members ? NOTE_MEMBER : NOTE_NAMESAKE;
}

// Two of one name and birth date, of whom the number names one: the address must say the same.
static MatchDecision decide_namesake(const Case *c, const Witness *w, const Rivals *rivals,
                                     Arena *arena)
{
    bool only_namesakes = !rivals->better && !rivals->members;
    bool open_to_all = !rivals->is_protected && !w->person->is_protected;
    bool address_decides = witness_address_fits(w) && !rivals->pointed_at;
    if (only_namesakes && open_to_all && address_decides && w->sex != SEX_DIFFERS)
        return linked(c, w, MATCH_L1N, NOTE_NAMESAKE, arena);
    return reviewed(c, only_namesakes ? MATCH_L1N : MATCH_L6, note_of(rivals), arena);
}

static bool slip_is_explained(const Witness *w)
{
    if (witness_contradicts(w) || w->sex == SEX_DIFFERS) return false;
    if (witness_is_slip(w)) return true;
    return w->best == NAME_TWO_SLIPS && witness_address_fits(w);
}

MatchDecision decide_number_and_birth(const Case *c, const Witness *w, Arena *arena)
{
    assert(w == c->numbered && w->birth == BIRTH_EQUAL);
    // Siblings share an address and often half a name, so anything but the plain name waits until
    // the household is in.
    if (!witness_name_is_plain(w) && !c->complete) return look_further();
    Rivals rivals = rivals_of(c, w);
    if (witness_is_stranger(w)) return reviewed(c, MATCH_L3, NOTE_SCRIPTS, arena);
    if (witness_is_k(w)) {
        if (rivals.count) return decide_namesake(c, w, &rivals, arena);
        return linked(c, w, MATCH_L1, NOTE_NONE, arena);
    }
    if (rivals.count) return reviewed(c, MATCH_L6, note_of(&rivals), arena);
    if (slip_is_explained(w)) return linked(c, w, MATCH_L1S, NOTE_NONE, arena);
    return reviewed(c, MATCH_L3, NOTE_NONE, arena);
}

// Known are the one whom the number names and whoever of that birth date bears a written name. Both names are this
// person's, so a rival has neither another one nor a slip in it (is_rival): all there can be are known.
MatchDecision decide_uncontested(const Case *c, Arena *arena)
{
    const Witness *w = c->numbered;
    if (!w || w->birth != BIRTH_EQUAL || w->person->withdrawn) return look_further();
    if (!witness_names_are_equal(w) || rivals_of(c, w).count) return look_further();
    return linked(c, w, MATCH_L1, NOTE_NONE, arena);
}

static bool any_member_of_that_birth(const Case *c)
{
    for (int32_t i = 0; i < c->count; i++)
        if (!c->witnesses[i].number && is_member_of_that_birth(c, &c->witnesses[i])) return true;
    return false;
}

static bool number_may_be_right(const Witness *w)
{
    if (w->birth == BIRTH_EQUAL || w->best >= NAME_TWO_SLIPS) return true;
    bool shares_part = w->names[SLOT_NAME].shares_part || w->names[SLOT_KANA].shares_part;
    return w->birth != BIRTH_OTHER && shares_part;
}

MatchDecision decide_other_birth(const Case *c, const Witness *w, Arena *arena)
{
    assert(w == c->numbered);
    if (!c->complete) return look_further();
    int32_t exact = witnesses_that(c, fits_exactly);
    if (exact > 1) return reviewed(c, MATCH_L6, NOTE_SEVERAL, arena);
    if (any_member_of_that_birth(c)) return reviewed(c, MATCH_L4, NOTE_MEMBER, arena);
    bool somebody = exact || witnesses_that(c, fits_nearly) || witnesses_that(c, is_similar);
    if (somebody || number_may_be_right(w)) return reviewed(c, MATCH_L4, NOTE_NONE, arena);
    return refused(MATCH_R133, MATCH_L4);
}
