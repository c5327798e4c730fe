// SPDX-License-Identifier: Apache-2.0
#include "feed_people.h"

static Str index_key(const Sha256 *index)
{
    return (Str){(const char *)index->at, sizeof index->at};
}

static Str id_key(const int64_t *person_id)
{
    return (Str){(const char *)person_id, sizeof *person_id};
}

bool feed_people_ask(FeedPeople *people, Store *store, Keys *keys, const PersonsAsked *asked, Error *err)
{
    people->found_at = people->holder_at = (Map){0};
    if (!people_find(store, asked, people->portion, &people->found, &people->holders, err) ||
        !people_histories(store, keys, people->found.at, people->found.count, people->portion, err))
        return false;
    for (ptrdiff_t i = 0; i < people->found.count; i++)
        *map_place(&people->found_at, people->portion, addressee_text(&people->found.at[i].who), NULL) = i + 1;
    for (ptrdiff_t i = people->holders.count - 1; i >= 0; i--)  // the first of each number stays
        *map_place(&people->holder_at, people->portion, index_key(&people->holders.at[i].index), NULL) = i + 1;
    return true;
}

void feed_people_written(FeedPeople *people)
{
    people->changed = (KnownPersonRefs){0};
    people->acquired = (AcquiredNumbers){0};
    people->changed_at = people->changed_id = people->acquired_at = (Map){0};
}

KnownPerson *feed_person(const FeedPeople *people, const AddresseeNo *who)
{
    const int64_t *place = map_find(&people->changed_at, addressee_text(who));
    if (place) return people->changed.at[*place - 1];
    place = map_find(&people->found_at, addressee_text(who));
    return place ? &people->found.at[*place - 1] : NULL;
}

static KnownPerson *copied(const KnownPerson *person, Arena *arena)
{
    KnownPerson *copy = NEW(arena, KnownPerson, 1);
    *copy = *person;
    copy->history = (RegisterVersionRows){0};
    copy->holds = (PersonHolds){0};
    VEC_EACH (const RegisterVersion, version, person->history) {
        RegisterVersion *kept = register_versions_push(&copy->history, arena);
        *kept = *version;
        kept->state = person_state_copy(&version->state, arena);
    }
    VEC_EACH (const PersonHold, hold, person->holds) *person_holds_push(&copy->holds, arena) = *hold;
    return copy;
}

KnownPerson *feed_person_changes(FeedPeople *people, KnownPerson *person)
{
    bool made;
    const int64_t *known = map_find(&people->changed_at, addressee_text(&person->who));
    if (known) return people->changed.at[*known - 1];
    KnownPerson *copy = copied(person, people->kept);
    *known_person_refs_push(&people->changed, people->kept) = copy;
    *map_place(&people->changed_at, people->kept, addressee_text(&copy->who), &made) = people->changed.count;
    *map_place(&people->changed_id, people->kept, id_key(&copy->row.person_id), &made) = people->changed.count;
    return copy;
}

void feed_number_acquired(FeedPeople *people, KnownPerson *person)
{
    Sha256 *index = NEW(people->kept, Sha256, 1);
    *index = person->number.index;
    int64_t *place = map_place(&people->acquired_at, people->kept, index_key(index), NULL);
    *acquired_push(&people->acquired, people->kept) = (Acquired){person, *place};
    *place = people->acquired.count;
}

static bool holds(const KnownPerson *person, const Sha256 *index)
{
    return person->row.status == STATUS_RESIDENT && person->number.number_id &&
           sha256_equal(&person->number.index, index);
}

// As the register has it, unless a row of the file has changed that person since.
static bool held_in_register(const FeedPeople *people, int64_t person_id, const Sha256 *index)
{
    const int64_t *place = map_find(&people->holder_at, index_key(index));
    for (ptrdiff_t i = place ? *place - 1 : people->holders.count; i < people->holders.count; i++) {
        const NumberHolder *holder = &people->holders.at[i];
        if (!sha256_equal(&holder->index, index)) break;
        const int64_t *changed = map_find(&people->changed_id, id_key(&holder->person_id));
        bool still = !changed || holds(people->changed.at[*changed - 1], index);
        if (holder->person_id != person_id && still) return true;
    }
    return false;
}

bool feed_number_taken(const FeedPeople *people, int64_t person_id, const Sha256 *index)
{
    if (held_in_register(people, person_id, index)) return true;
    const int64_t *place = map_find(&people->acquired_at, index_key(index));
    for (int64_t at = place ? *place : 0; at; at = people->acquired.at[at - 1].before) {
        const KnownPerson *who = people->acquired.at[at - 1].who;
        if (who->row.person_id != person_id && holds(who, index)) return true;
    }
    return false;
}
