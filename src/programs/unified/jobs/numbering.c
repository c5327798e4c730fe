// SPDX-License-Identifier: Apache-2.0
#include "numbering.h"

#include <assert.h>

#include "code_rows.h"
#include "individual_number_rows.h"
#include "logging.h"
#include "unified_person_rows.h"
#include "unified_work_rows.h"

// What stands here about whoever the change may mean.
typedef struct Seen {
    Sha256 index;  // of its number
    NumberFound number;
    UnifiedPerson holder;     // who has or had the number; nobody: person_id 0
    UnifiedPerson addressee;  // whose the addressee number is
} Seen;

static bool look(Act *act, const NumberChange *change, Arena *arena, Seen *seen, Error *err)
{
    Store *store = act->store;
    Keys *keys = act->office->keys;
    *seen = (Seen){0};
    if (!unified_of_addressee(store, keys, &change->who, arena, &seen->addressee, err)) return false;
    if (!individual_no_present(&change->number)) return true;
    seen->index = individual_number_index(keys, &change->number);
    if (!individual_number_find(store, &seen->index, &seen->number, err)) return false;
    return !seen->number.person_id ||
           unified_of_id(store, keys, seen->number.person_id, arena, &seen->holder, err);
}

static NumberingSight sight_of(const NumberChange *change, const Seen *seen, Arena scratch)
{
    const UnifiedPerson *found = seen->holder.person_id ? &seen->holder : &seen->addressee;
    return (NumberingSight){.unread = change->unread,
                            .number_given = individual_no_present(&change->number),
                            .number = seen->number.standing,
                            .number_of = seen->holder.no,
                            .addressee_of = seen->addressee.no,
                            .change_told = change->change_told,
                            .details_agree = found->person_id && !facts_differ(&found->facts, &change->facts, scratch)};
}

// ---- keeping

// Whoever was registered by mistake has no code: what was asked for or came is given back. Whoever turns out to be somebody
// after all needs one.
static bool code_follows(Act *act, const UnifiedPerson *person, Error *err)
{
    return code_owes(act->store, person->person_id, person->withdrawn ? CODE_OWES_RELEASE : CODE_OWES_ASKING, err);
}

// The newest word of the register counts. Facts that somebody has confirmed are confirmed until they are others.
static bool keep(Act *act, UnifiedPerson *person, const NumberChange *change, Arena scratch, Error *err)
{
    bool was_withdrawn = person->withdrawn;
    if (facts_differ(&person->facts, &change->facts, scratch) & ~facts_missing(&change->facts)) person->confirmed = false;
    person->facts = change->facts;
    person->status = change->status;
    person->hidden = change->hidden;
    person->withdrawn = change->withdrawn;
    return addressee_number_withdrawn(act->store, &change->who, change->withdrawn, err) &&
           unified_keep(act->store, act->office->keys, person, scratch, err) &&
           (was_withdrawn == change->withdrawn || code_follows(act, person, err));
}

static bool number_added(Act *act, int64_t person_id, const NumberChange *change, const Seen *seen, Arena scratch,
                         Error *err)
{
    return individual_number_add(act->store, act->office->keys, person_id, &change->number, &seen->index, act->now,
                                 scratch, err);
}

static bool add_new(Act *act, const NumberChange *change, const Seen *seen, Arena scratch, UnifiedNo *who, Error *err)
{
    UnifiedPerson person = {.status = change->status, .hidden = change->hidden, .facts = change->facts};
    if (!unified_add(act->store, act->office->keys, &person, act->now, scratch, err)) return false;
    *who = person.no;
    return addressee_number_add(act->store, &change->who, person.person_id, act->now, err) &&
           number_added(act, person.person_id, change, seen, scratch, err);
}

static bool settled(Act *act, int64_t person_id, Error *err)
{
    bool any;
    return unified_work_settled(act->store, person_id, WORK_NUMBER_REVIEW, act->now, &any, err) &&
           (!any || doubt_ends(act->store, person_id, err));
}

static bool carry_out(Act *act, const NumberChange *change, Seen *seen, Arena scratch, Numbering *taken, Error *err)
{
    switch (taken->decision) {
    case NUMBERING_NEW: return add_new(act, change, seen, scratch, &taken->who, err);
    case NUMBERING_KNOWN: {
        UnifiedPerson *person = seen->holder.person_id ? &seen->holder : &seen->addressee;
        return keep(act, person, change, scratch, err) &&
               (!seen->holder.person_id || settled(act, person->person_id, err));
    }
    case NUMBERING_JOIN:
        return addressee_number_add(act->store, &change->who, seen->holder.person_id, act->now, err) &&
               keep(act, &seen->holder, change, scratch, err) && settled(act, seen->holder.person_id, err);
    case NUMBERING_CHANGE:
        return number_added(act, seen->addressee.person_id, change, seen, scratch, err) &&
               keep(act, &seen->addressee, change, scratch, err) && settled(act, seen->addressee.person_id, err);
    // What stands here stays; that the person hides is known all the same.
    case NUMBERING_UNREAD:
        if (!seen->addressee.person_id || !change->hidden) return true;
        seen->addressee.hidden = true;
        return unified_keep(act->store, act->office->keys, &seen->addressee, scratch, err);
    case NUMBERING_NO_NUMBER:
    case NUMBERING_BY_FORMER:
    case NUMBERING_REVIEW:
    case NUMBERING_CLASH:
    case NUMBERING_COUNT: break;
    }
    return true;
}

// ---- what a person must look at

static WorkKind work_of(NumberingDecision decision, const Seen *seen)
{
    if (decision == NUMBERING_CLASH) return WORK_NUMBER_CLASH;
    if (decision == NUMBERING_UNREAD) return WORK_NUMBER_UNREAD;
    if (decision == NUMBERING_REVIEW) return WORK_NUMBER_REVIEW;
    // A word of before, told again of whoever has changed the number since, asks nobody to do anything.
    return decision == NUMBERING_BY_FORMER && !seen->addressee.person_id ? WORK_NUMBER_FORMER : WORK_NONE;
}

static bool lay_before(Act *act, const NumberChange *change, const Seen *seen, WorkKind kind, Arena scratch, Error *err)
{
    int64_t first = seen->addressee.person_id, second = seen->holder.person_id;
    UnifiedWork work = {.kind = kind,
                        .person_id = first ? first : second,
                        .other_id = first && second && first != second ? second : 0,
                        .who = change->who,
                        .said = {!change->unread, change->number, change->facts, change->status, change->hidden},
                        .since = act->now};
    bool added = false, kept = unified_work_add(act->store, act->office->keys, &work, scratch, &added, err);
    individual_no_wipe(&work.said.number);
    if (kept && added && (kind == WORK_NUMBER_CLASH || kind == WORK_NUMBER_UNREAD))
        log_line(LOG_ERROR, "event=%s work=%lld", kind == WORK_NUMBER_CLASH ? "number_clash" : "number_unread",
                 (long long)work.work_no);
    if (!kept || !added || !work_doubts(kind)) return kept;
    return doubt_begins(act->store, first, err) && doubt_begins(act->store, second, err);
}

// Somebody who was registered by mistake is nobody: no number is given, and what stands here says so. Where the same person
// stands under another addressee number, it was one number too many and the person stays.
static bool take_withdrawn(Act *act, const NumberChange *change, Seen *seen, Arena scratch, Numbering *taken, Error *err)
{
    bool stands;
    UnifiedPerson *person = &seen->addressee;
    *taken = (Numbering){NUMBERING_NO_NUMBER};
    if (!person->person_id) return true;
    return addressee_number_withdrawn(act->store, &change->who, true, err) &&
           addressee_number_stands(act->store, person->person_id, &stands, err) &&
           (stands || keep(act, person, change, scratch, err));
}

bool numbering_take(Act *act, const NumberChange *change, Arena scratch, Numbering *taken, Error *err)
{
    assert(!store_is_idle(act->store));
    Seen seen;
    if (!look(act, change, &scratch, &seen, err)) return false;
    if (!change->unread && !unified_work_read(act->store, &change->who, act->now, err)) return false;
    if (change->withdrawn) return take_withdrawn(act, change, &seen, scratch, taken, err);
    NumberingSight sight = sight_of(change, &seen, scratch);
    *taken = numbering_decided(&sight);
    WorkKind kind = work_of(taken->decision, &seen);
    if (kind != WORK_NONE && !lay_before(act, change, &seen, kind, scratch, err)) return false;
    return carry_out(act, change, &seen, scratch, taken, err);
}

bool numbering_accept(Act *act, const NumberChange *change, Arena scratch, Error *err)
{
    assert(!store_is_idle(act->store));
    Seen seen;
    if (!look(act, change, &scratch, &seen, err)) return false;
    NumberingSight sight = sight_of(change, &seen, scratch);
    sight.details_agree = true;
    sight.change_told = sight.number == NUMBER_UNKNOWN;
    Numbering taken = numbering_decided(&sight);
    bool may = taken.decision == NUMBERING_NEW || taken.decision == NUMBERING_KNOWN ||
               taken.decision == NUMBERING_JOIN || taken.decision == NUMBERING_CHANGE;
    if (may) return carry_out(act, change, &seen, scratch, &taken, err);
    return FAIL(err, E_CONFLICT, .item = S("個人番号"),
                .words = S("この番号は別の人のものか、以前の番号なので、この人のものにはできません。住民記録で正してから、"
                           "dismiss で終えてください。"));
}
