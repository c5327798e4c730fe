// SPDX-License-Identifier: Apache-2.0
#include "match_levels.h"

#include <assert.h>

enum { CANDIDATES_SHOWN_MAX = 10 };

MatchDecision look_further(void)
{
    return (MatchDecision){.outcome = MATCH_LOOK_FURTHER};
}

MatchDecision linked(const Case *c, const Witness *w, MatchLevel level, MatchNote note,
                     Arena *arena)
{
    assert(w->index >= 0 && w->index < c->count);
    MatchDecision d = {.outcome = MATCH_LINK, .level = level, .sex_differs = w->sex == SEX_DIFFERS};
    d.evidence = witness_evidence(c, w, note, arena);
    *match_candidates_push(&d.persons, arena) =
        (MatchCandidate){.person = w->index, .score = witness_score(w), .evidence = d.evidence};
    return d;
}

MatchDecision refused(MatchCode code, MatchLevel level)
{
    assert(code == MATCH_R131 || code == MATCH_R133);
    static const Str words[] = {
        [MATCH_R131] = S("該当者なし"),
        [MATCH_R133] = S("整理番号の人と氏名・生年月日が一致しない"),
    };
    return (MatchDecision){
        .outcome = MATCH_RETURN, .level = level, .code = code, .evidence = words[code]};
}

// Birth and name of one person, whatever the number says.
bool fits_exactly(const Witness *w)
{
    return w->birth == BIRTH_EQUAL && witness_is_k(w) && !w->person->withdrawn;
}

bool fits_nearly(const Witness *w)
{
    return w->birth == BIRTH_EQUAL && w->best >= NAME_TWO_SLIPS && !w->person->withdrawn;
}

bool is_similar(const Witness *w)
{
    if (w->person->withdrawn) return false;
    if (w->birth == BIRTH_EQUAL && witness_address_fits(w)) return true;
    return witness_is_k(w) && (witness_address_fits(w) || w->birth != BIRTH_OTHER);
}

bool is_member_of_that_birth(const Case *c, const Witness *w)
{
    assert(w->person);
    return c->numbered && w->birth == BIRTH_EQUAL && !w->person->withdrawn &&
           witness_same_household(w, c->numbered);
}

static bool is_shown(const Case *c, const Witness *w)
{
    if (c->numbered && !witness_same_person(w, c->numbered) &&
        witness_same_household(w, c->numbered) && w->best >= NAME_ONE_SLIP)
        return true;
    return w->number || fits_nearly(w) || is_similar(w) || is_member_of_that_birth(c, w);
}

// Best first: those who fit birth and name before the one whom a wrong number names.
static bool comes_before(const Witness *a, const Witness *b)
{
    if (fits_exactly(a) != fits_exactly(b)) return fits_exactly(a);
    int32_t x = witness_score(a), y = witness_score(b);
    if (x != y) return x > y;
    return addressee_order(&a->person->addressee_no, &b->person->addressee_no) < 0;
}

static int32_t collect_shown(const Case *c, const Witness *shown[CANDIDATES_SHOWN_MAX])
{
    assert(c->count >= 0);
    int32_t count = 0;
    for (int32_t i = 0; i < c->count; i++) {
        const Witness *w = &c->witnesses[i];
        if (!is_shown(c, w)) continue;
        int32_t place = count;
        while (place > 0 && comes_before(w, shown[place - 1])) place--;
        if (place == CANDIDATES_SHOWN_MAX) continue;
        if (count < CANDIDATES_SHOWN_MAX) count++;
        for (int32_t j = count - 1; j > place; j--) shown[j] = shown[j - 1];
        shown[place] = w;
    }
    return count;
}

MatchDecision reviewed(const Case *c, MatchLevel level, MatchNote note, Arena *arena)
{
    assert(note >= 0 && note < NOTE_COUNT);
    const Witness *shown[CANDIDATES_SHOWN_MAX] = {0};
    int32_t count = collect_shown(c, shown);
    MatchDecision d = {.outcome = MATCH_REVIEW, .level = level};
    d.code = count > 1 ? MATCH_V131 : MATCH_V132;
    for (int32_t i = 0; i < count; i++) {
        MatchNote own = i ? NOTE_NONE : note;
        *match_candidates_push(&d.persons, arena) =
            (MatchCandidate){.person = shown[i]->index,
                             .score = witness_score(shown[i]),
                             .evidence = witness_evidence(c, shown[i], own, arena)};
    }
    if (count) d.evidence = d.persons.at[0].evidence;
    return d;
}

int32_t witnesses_that(const Case *c, bool (*holds)(const Witness *))
{
    int32_t count = 0;
    for (int32_t i = 0; i < c->count; i++)
        if (!c->witnesses[i].number) count += holds(&c->witnesses[i]);
    return count;
}
