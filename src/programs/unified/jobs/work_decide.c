// SPDX-License-Identifier: Apache-2.0
#include "work_decide.h"

#include <assert.h>

#include "code_rows.h"
#include "numbering.h"
#include "unified_person_rows.h"

static bool number_accepted(Act *act, const UnifiedWork *work, Arena scratch, Error *err)
{
    NumberChange change = {.who = work->who,
                           .number = work->said.number,
                           .facts = work->said.facts,
                           .status = work->said.status,
                           .hidden = work->said.hidden};
    bool accepted = numbering_accept(act, &change, scratch, err);
    individual_no_wipe(&change.number);
    return accepted;
}

static bool facts_confirmed(Act *act, const UnifiedWork *work, Arena scratch, Error *err)
{
    UnifiedPerson person;
    if (!unified_of_id(act->store, act->office->keys, work->person_id, &scratch, &person, err)) return false;
    person.confirmed = true;
    return unified_keep(act->store, act->office->keys, &person, scratch, err) &&
           code_owes(act->store, person.person_id, CODE_OWES_ASKING, err);
}

static bool clash_stays(Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("個人番号"),
                .words = S("一つの個人番号を二人のものにはできません。どちらの番号が誤りかを住民記録で正し、届いてから "
                           "--dismiss で終えてください。"));
}

static bool unread_stays(Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("個人番号"),
                .words = S("何が変わったのか、まだ分かりません。宛名管理で開けるように直し、sesshu unified sync --again で受け取り直してください。"
                           "届けば、この仕事は終わります。"));
}

static bool carry_out(Act *act, const UnifiedWork *work, bool accepted, Arena scratch, Error *err)
{
    switch (work->kind) {
    case WORK_NUMBER_REVIEW: return !accepted || number_accepted(act, work, scratch, err);
    case WORK_NUMBER_CLASH: return !accepted || clash_stays(err);
    case WORK_NUMBER_UNREAD: return unread_stays(err);
    case WORK_FACTS_MISSING: return !accepted || facts_confirmed(act, work, scratch, err);
    case WORK_PERSON_DIFFERS: return !accepted || code_owes(act->store, work->person_id, CODE_OWES_HANDING, err);
    case WORK_CODE_NOBODY:
    case WORK_CODE_DELETED: return !accepted || code_owes(act->store, work->person_id, CODE_OWES_ASKING, err);
    case WORK_CODE_CLASH: return accepted || code_owes(act->store, work->person_id, CODE_OWES_RELEASE, err);
    case WORK_NUMBER_FORMER:
    case WORK_NEWS_UNREADABLE:
    case WORK_NONE:
    case WORK_KINDS: break;
    }
    return true;
}

// What unified doubts of a person it lifts where nothing else is open; what the intermediate server found (E105) is told to be right.
static bool link_right(Act *act, int64_t person_id, bool code_looked_at, Error *err)
{
    LinkDoubt doubt;
    if (!doubt_of(act->store, person_id, &doubt, err)) return false;
    if (doubt != DOUBT_NONE) return doubt_ends(act->store, person_id, err);
    return !code_looked_at || code_owes(act->store, person_id, CODE_OWES_RECONCILE, err);
}

static bool doubts_over(Act *act, const UnifiedWork *work, bool accepted, Error *err)
{
    bool code = work->kind == WORK_CODE_CLASH && accepted;
    if (!code && !work_doubts(work->kind)) return true;
    return link_right(act, work->person_id, code, err) && link_right(act, work->other_id, code && work->other_id, err);
}

bool work_decide(Act *act, const UnifiedWork *work, const WorkDecision *decision, Arena scratch, Error *err)
{
    assert(!store_is_idle(act->store));
    assert(work->work_no == decision->work_no);
    return carry_out(act, work, decision->accepted, scratch, err) && unified_work_close(act->store, decision, err) &&
           doubts_over(act, work, decision->accepted, err);
}

bool work_whose(Store *store, const UnifiedWork *work, Arena scratch, AddresseeNo *whose, Error *err)
{
    AddresseeNos numbers = {0};
    *whose = work->who;
    if (addressee_text(whose).len) return true;
    if (!addressee_numbers_of(store, work->person_id, &scratch, &numbers, err)) return false;
    if (numbers.count) *whose = numbers.at[0];
    return true;
}
