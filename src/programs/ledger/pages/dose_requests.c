// What the box of approvals shows of a dose that is entered, corrected or cancelled: the person, the items and what
// turns with them.
// SPDX-License-Identifier: Apache-2.0
#include "dose_requests.h"

#include "dates.h"
#include "dose_effect.h"
#include "masked.h"
#include "visit_person.h"

static bool of_dose(const Visit *visit, const ApprovalRow *row)
{
    const ApprovalKind *kind = approval_kind_named(visit->act->office->program->approvals, row->kind);
    for (int i = 0; i < DOSE_CHANGE_KINDS; i++)
        if (kind == &dose_change_kinds[i]) return true;
    return false;
}

// "今井 さくら　令和8年11月20日 麻しん風しん": of a correction the dose as it stands.
static bool dose_subject(Visit *visit, const ApprovalRow *row, bool *known, Str *subject, Error *err)
{
    bool found;
    Ledger ledger;
    DoseChange change;
    PersonRow person;
    DoseRecord old = {0};
    Arena *arena = visit->arena;
    *known = of_dose(visit, row);
    if (!*known) return true;
    if (!visit_ledger(visit, &ledger, err) ||
        !dose_change_asked(&ledger, row->payload, &change, &person, &old, &found, err))
        return false;
    Str name = masked(person.is_protected, person.name);
    if (!found) {
        *subject = str_format(arena, "%.*s　記録 %d", STR(name), (int)change.dose_id);
        return true;
    }
    bool enters = change.kind == DOSE_ENTER;
    PartialDate day = enters ? change.given_on : old.dose.given_on;
    Str product = enters ? product_name(ledger.schedule, product_by_id(ledger.schedule, change.product))
                         : dose_product_words(ledger.schedule, &ledger.products, &old);
    *subject = str_format(arena, "%.*s　%.*s　%.*s", STR(name), STR(date_partial_era_text(arena, day)), STR(product));
    return true;
}

static void effect_told(const VisitPerson *person, const DoseChange *change, const DoseRecord *old, RequestTold *told,
                        Arena *arena)
{
    bool hide = person->shown.person->is_protected;
    DoseEffect effect = dose_effect(&person->ledger, &person->shown, change, arena);
    CheckLineRows lines = dose_lines(&person->ledger, change, old, hide, arena);
    VEC_EACH (const CheckLine, line, lines)
        if (old || line->changed) *request_changes_push(&told->changes, arena) =
            (RequestChange){line->item, line->was, line->now, line->changed};
    VEC_EACH (const Effect, turned, effect.effects)
        *request_turns_push(&told->turns, arena) = (RequestTurn){turned->what, turned->was, turned->now};
    told->verdict = effect.verdict;
}

static bool last_act_text(const Visit *visit, int32_t person_id, Str *text, Error *err)
{
    LastAct last;
    if (!last_act_of_person(visit->act->store, person_id, visit->arena, &last, err)) return false;
    *text = str_format(visit->arena, "%d", (int)last.no);
    return true;
}

// Who decides sees the person: a look of its own.
static bool dose_told(Visit *visit, const ApprovalRow *row, bool *known, RequestTold *told, Error *err)
{
    bool found;
    Ledger ledger;
    DoseChange change;
    PersonRow row_now;
    DoseRecord old = {0};
    VisitPerson *person = NEW(visit->arena, VisitPerson, 1);
    *known = of_dose(visit, row);
    if (!*known) return true;
    if (!visit_ledger(visit, &ledger, err) ||
        !dose_change_asked(&ledger, row->payload, &change, &row_now, &old, &found, err) ||
        !visit_person_of(visit, &change.who, person, err) ||
        !last_act_text(visit, row_now.person_id, &told->seen, err))
        return false;
    told->band = visit->band;
    if (found) effect_told(person, &change, change.kind == DOSE_ENTER ? NULL : &old, told, visit->arena);
    return true;
}

static bool dose_state(Visit *visit, const ApprovalRow *row, bool *known, Str *state, Error *err)
{
    bool found;
    Ledger ledger;
    DoseChange change;
    PersonRow person;
    DoseRecord old;
    *known = of_dose(visit, row);
    return !*known || (visit_ledger(visit, &ledger, err) &&
                       dose_change_asked(&ledger, row->payload, &change, &person, &old, &found, err) &&
                       last_act_text(visit, person.person_id, state, err));
}

const RequestPages dose_requests = {.subject = dose_subject, .told = dose_told, .state = dose_state};
