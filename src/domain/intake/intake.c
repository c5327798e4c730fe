// SPDX-License-Identifier: Apache-2.0
#include "intake.h"

#include "intake_codes.h"

#include <assert.h>
#include <string.h>

// ---- the decision grows

static void add_code(IntakeDecision *d, IntakeCode code)
{
    for (int32_t i = 0; i < d->code_count; i++)
        if (d->codes[i] == code) return;
    assert(d->code_count < INTAKE_CODES_MAX);
    d->codes[d->code_count++] = code;
}

// The code that stops a row stands before the warnings that came earlier, and nothing is stored.
static IntakeDecision stopped(IntakeDecision d, IntakeCode code)
{
    assert(d.code_count < INTAKE_CODES_MAX);
    assert(intake_code_outcome(code) != INTAKE_ACCEPTED_WITH_WARNING);
    for (int32_t i = d.code_count++; i > 0; i--) d.codes[i] = d.codes[i - 1];
    d.codes[0] = code;
    d.outcome = intake_code_outcome(code);
    d.store = STORE_NOTHING;
    d.claim = CLAIM_NONE;
    return d;
}

// A claim only moves towards being refused.
static void move_claim(IntakeDecision *d, IntakeClaim claim)
{
    if (d->claim != CLAIM_NONE && claim > d->claim) d->claim = claim;
}

static bool span_of(PartialDate date, DaySpan *span)
{
    return date.year && partial_date_span(date, span);
}

// ---- steps 2 to 4: the row and the clinic

static const struct {
    IntakeDefect defect;
    IntakeCode code;
} defect_codes[] = {
    {DEFECT_UNREADABLE, INTAKE_R106},  {DEFECT_MISSING, INTAKE_R101}, {DEFECT_DATE, INTAKE_R102},
    {DEFECT_GIVEN_CLASS, INTAKE_R104}, {DEFECT_LENGTH, INTAKE_R105},
};

static bool before_birth(PartialDate given_on, PartialDate birth)
{
    DaySpan given, born;
    return span_of(given_on, &given) && span_of(birth, &born) && given.last < born.first;
}

static bool in_the_future(PartialDate given_on, Day as_of)
{
    DaySpan given;
    return span_of(given_on, &given) && given.first > as_of;
}

// A contract is about money: what was given elsewhere makes no claim and needs none.
static void check_contract(IntakeDecision *d, const IntakeRow *row, const IntakeClinic *clinic)
{
    if (!clinic->list_loaded || d->claim == CLAIM_NONE || row->defects & DEFECT_VACCINE) return;
    if (!clinic->contract_on_day) {
        add_code(d, INTAKE_R122);
    } else if (!clinic->contract_covers) {
        add_code(d, INTAKE_R123);
    } else {
        return;
    }
    move_claim(d, CLAIM_RETURNED);
}

static void warn_of_reading(IntakeDecision *d, const IntakeRow *row)
{
    if (row->unread.len) add_code(d, INTAKE_W205);
    if (row->reread.len) add_code(d, INTAKE_W206);
    if (row->lost.len) add_code(d, INTAKE_W208);
}

// Every fault of the row is told at once; the first of them decides.
static IntakeDecision stopped_by_defects(IntakeDecision d, const IntakeRow *row)
{
    if (row->defects & DEFECT_INSTITUTION) d = stopped(d, INTAKE_R121);
    if (row->defects & DEFECT_VACCINE) d = stopped(d, INTAKE_R103);
    for (ptrdiff_t i = countof(defect_codes); i--;)
        if (row->defects & defect_codes[i].defect) d = stopped(d, defect_codes[i].code);
    return d;
}

IntakeDecision intake_check_row(const IntakeRow *row, const IntakeClinic *clinic, Day as_of)
{
    IntakeDecision d = {0};
    warn_of_reading(&d, row);
    for (ptrdiff_t i = 0; i < countof(defect_codes); i++)
        if (row->defects & defect_codes[i].defect) return stopped_by_defects(d, row);
    if (in_the_future(row->given_on, as_of)) return stopped(d, INTAKE_R111);
    if (before_birth(row->given_on, row->birth)) return stopped(d, INTAKE_R112);

    d.store = row_gives(row) ? STORE_DOSE : STORE_NOT_GIVEN;
    d.claim = row->given_class == GIVEN_ELSEWHERE ? CLAIM_NONE : CLAIM_RECEIVED;
    if (row->defects & DEFECT_INSTITUTION) {
        if (clinic->clinics_of_name != 1) return stopped(d, INTAKE_R121);
        add_code(&d, INTAKE_R121);
    }
    check_contract(&d, row, clinic);
    return d;
}

// ---- steps 5 to 8: the person, residence, duplicates

static const IntakeCode match_codes[] = {
    [MATCH_CODE_NONE] = INTAKE_CODE_NONE, [MATCH_V131] = INTAKE_V131, [MATCH_V132] = INTAKE_V132,
    [MATCH_R131] = INTAKE_R131,           [MATCH_R133] = INTAKE_R133,
};

// Where the days of the dose lie beside the spans of residence.
typedef struct Lived {
    bool then, later, dead_before;
    bool surely;        // `then`, whichever day of leaving is meant
    bool planned_away;  // only an announced move-out lies before the day
} Lived;

static Lived lived(const ResidenceSpanRows *spans, DaySpan given)
{
    Lived l = {0};
    VEC_EACH (ResidenceSpan, span, *spans) {
        bool begun = span->first == DAY_NONE || span->first <= given.last;
        bool not_over = span->last == DAY_NONE || span->last >= given.first;
        l.then |= begun && not_over;
        bool vague = span->vague_days && span->last - span->vague_days < given.last;
        l.surely |= begun && not_over && !vague;
        l.later |= !begun;
        l.dead_before |= span->end == RESIDENCE_DEAD && !not_over;
        l.planned_away |= span->end == RESIDENCE_PLANNED && begun && !not_over;
    }
    return l;
}

// Step 6. A newcomer's older history is wanted, so before moving in (also between two residences)
// a person decides; after moving out the dose is another city's. An announced move-out is none yet: who
// announced it is our resident until it is confirmed. Where the day of leaving is unknown, a person finds out
// whether a dose of that time was before it.
static IntakeCode residence_code(const IntakeRow *row, const ResidenceSpanRows *spans)
{
    DaySpan given;
    bool known = span_of(row->given_on, &given);
    assert(known);
    if (!spans->count) return INTAKE_R132;
    Lived l = lived(spans, given);
    if (l.dead_before) return INTAKE_R143;
    if (l.then) return l.surely ? INTAKE_CODE_NONE : INTAKE_R145;
    if (l.planned_away) return INTAKE_W141;
    if (!l.later) return INTAKE_R141;
    return row->given_class == GIVEN_ELSEWHERE ? INTAKE_CODE_NONE : INTAKE_R142;
}

// Whoever gave a dose to a resident knows the day: a date without one is for doses from before moving in.
static bool day_is_owed(const IntakeRow *row, const ResidenceSpanRows *spans)
{
    DaySpan given;
    return !partial_date_whole(row->given_on) && span_of(row->given_on, &given) &&
           lived(spans, given).then;
}

ClaimTurn intake_claim_turn(IntakeClaim now, Str code, PartialDate given_on,
                            const ResidenceSpanRows *spans)
{
    DaySpan given;
    ClaimTurn turn = {0};
    if (!span_of(given_on, &given)) return turn;
    Lived l = lived(spans, given);
    bool outside = !l.then && !l.planned_away, unsure = l.then && !l.surely;
    IntakeCode why = unsure ? INTAKE_R145 : l.dead_before ? INTAKE_R143 : INTAKE_R141;
    bool for_unsure = now == CLAIM_HELD && str_equal(code, intake_code_text(INTAKE_R145));
    bool held_for_it =
        for_unsure || (now == CLAIM_HELD && (str_equal(code, intake_code_text(INTAKE_R141)) ||
                                             str_equal(code, intake_code_text(INTAKE_R143))));
    if ((outside || unsure) && (now == CLAIM_RECEIVED || (for_unsure && !unsure)))
        turn = (ClaimTurn){CLAIM_HELD, why};
    else if (!outside && !unsure && held_for_it)
        turn = (ClaimTurn){CLAIM_RECEIVED, INTAKE_CODE_NONE};
    return turn;
}

static IntakeCode doubt_code(SamenessDoubt doubt)
{
    assert(doubt >= DOUBT_LOT_OR_CLINIC);
    assert(doubt <= DOUBT_CORRECTION);
    return (IntakeCode)(INTAKE_D301 + (doubt - DOUBT_LOT_OR_CLINIC));
}

static IntakeDecision duplicate(IntakeDecision d, SamenessVerdict same)
{
    d.outcome = INTAKE_DUPLICATE;
    d.store = same.fills ? STORE_FILL : STORE_NOTHING;
    if (!same.claim_attaches) d.claim = CLAIM_NONE;
    if (same.ended) add_code(&d, INTAKE_W308);
    return d;
}

static bool is_doubted(SamenessVerdict same, int64_t ref)
{
    for (int32_t i = 0; i < same.doubted_count; i++)
        if (same.doubted[i] == ref) return true;
    return false;
}

// A member of staff has seen the likeness and says that this is a dose of its own, or which one it corrects. One that
// was stored for somebody else is compared when it moves.
static IntakeDecision answered(IntakeDecision d, SamenessVerdict same, const IntakePerson *person)
{
    bool asks_which = same.doubt == DOUBT_CORRECTION && same.doubted_count;
    if (asks_which && person->choice == CHOICE_CORRECTS && is_doubted(same, person->chosen)) {
        d.store = STORE_NEW_VERSION;
        d.ref = person->chosen;
        return d;
    }
    bool chosen = person->choice == CHOICE_APART || person->choice == CHOICE_MOVES;
    bool asks_of_another = person->others && person->by_number;  // check_original asks
    if (chosen || ((!asks_which || asks_of_another) && person->choice == CHOICE_NONE)) return d;
    return stopped(d, doubt_code(same.doubt));
}

// What certainly corrects one of this person's doses is no dose of its own and corrects no other, whatever was typed.
static bool belies(SamenessVerdict same, const IntakePerson *person)
{
    if (!person->decided) return false;
    if (same.sameness == SAME_CORRECTS)
        return person->choice == CHOICE_APART ||
               (person->choice == CHOICE_CORRECTS && person->chosen != same.ref);
    return person->choice == CHOICE_CORRECTS && same.sameness == SAME_NONE;
}

static IntakeDecision check_sameness(IntakeDecision d, SamenessVerdict same,
                                     const IntakePerson *person)
{
    d.ref = same.ref;
    memcpy(d.doubted, same.doubted, sizeof d.doubted);
    d.doubted_count = same.doubted_count;
    if (belies(same, person)) return stopped(d, INTAKE_D306);
    switch (same.sameness) {
    case SAME_DUPLICATE: return duplicate(d, same);
    case SAME_DOUBT:
        return person->decided ? answered(d, same, person) : stopped(d, doubt_code(same.doubt));
    case SAME_CORRECTS: d.store = STORE_NEW_VERSION; return d;
    case SAME_NONE: break;
    }
    return d;
}

// A product that no table lists: what was given to this person is known to somebody, so the row is kept.
static IntakeDecision unknown_product(IntakeDecision d)
{
    d = stopped(d, INTAKE_R103);
    d.outcome = INTAKE_REVIEW;
    return d;
}

static bool is_answered(const IntakePerson *person, IntakeCode code)
{
    return person->decided && intake_code_outcome(code) == INTAKE_REVIEW;
}

// What the register says of the person and the day; NONE and W141 stop nothing.
static IntakeCode register_code(const IntakeRow *row, const IntakePerson *person)
{
    if (before_birth(row->given_on, person->birth)) return INTAKE_R112;
    IntakeCode residence = residence_code(row, person->residence);
    return is_answered(person, residence) ? INTAKE_CODE_NONE : residence;
}

// Have we got it already? What was stored stays a duplicate, whatever the register says by now; only a claim that
// nobody has been paid for yet is asked about as if the dose were new.
static bool is_stored(const SamenessVerdict *same, const IntakePerson *person)
{
    return same->sameness == SAME_DUPLICATE &&
           (!same->claim_attaches ||
            dose_same_content(person->incoming, person->known, person->known_count));
}

// A mark that nobody can read may stand for 訂正: the row is no dose of its own before somebody has asked, but where
// it says word for word what is stored.
static bool may_correct(const IntakeDecision *d, const IntakeRow *row, const IntakePerson *person)
{
    if (!row->corrects_unread || person->decided) return false;
    if (d->outcome == INTAKE_OPEN) return true;
    return d->outcome == INTAKE_DUPLICATE &&
           !dose_same_content(person->incoming, person->known, person->known_count);
}

// What was moved away from this person, corrected or withdrawn, reported again in other words: nobody but a person knows
// whether it is that very dose.
static bool comes_back(IntakeDecision *d, const IntakeRow *row, const IntakePerson *person)
{
    if (d->outcome != INTAKE_OPEN || row->corrects || person->decided) return false;
    const KnownDose *ended = dose_ended(person->incoming, person->known, person->known_count);
    if (!ended) return false;
    d->ref = d->doubted[0] = ended->ref;
    d->doubted_count = 1;
    return true;
}

static IntakeDecision check_linked(IntakeDecision d, const IntakeRow *row,
                                   const IntakePerson *person)
{
    bool known = !(row->defects & DEFECT_VACCINE);
    SamenessVerdict same = {0};
    if (known) same = dose_sameness(person->incoming, person->known, person->known_count);
    if (person->match->sex_differs) add_code(&d, INTAKE_W133);
    IntakeCode code = register_code(row, person);
    if (code == INTAKE_W141) {
        add_code(&d, code);
    } else if (code != INTAKE_CODE_NONE) {
        if (!is_stored(&same, person)) return stopped(d, code);
        d.claim = CLAIM_NONE;
    }
    if (!known) return unknown_product(d);
    d = check_sameness(d, same, person);
    if (may_correct(&d, row, person)) return stopped(d, INTAKE_D308);
    if (comes_back(&d, row, person)) return stopped(d, INTAKE_D309);
    bool settled = d.outcome != INTAKE_OPEN || !day_is_owed(row, person->residence);
    return settled ? d : stopped(d, INTAKE_R144);
}

// Nobody, or nobody for certain. What else is wrong with the row is said with it.
static IntakeDecision check_unlinked(IntakeDecision d, const IntakeRow *row,
                                     const IntakePerson *person)
{
    d = stopped(d, match_codes[person->match->code]);
    if (row->defects & DEFECT_VACCINE) add_code(&d, INTAKE_R103);
    return d;
}

// ---- 訂正 that found no original of this person's

// Nobody fits, but the one for whom the original was sent was born as the row says: too little to know that it is
// not he or she. Anybody else is another person, whose dose the row says is not his or hers.
static IntakeDecision of_another(IntakeDecision d, const IntakePerson *person)
{
    bool nobody = d.outcome == INTAKE_RETURNED && person->match->outcome == MATCH_RETURN;
    d = stopped(d, nobody && person->other_fits ? INTAKE_V132 : INTAKE_D307);
    d.names_other = d.asks_others = true;
    return d;
}

static IntakeDecision asking_of_others(IntakeDecision d, IntakeCode code)
{
    d = stopped(d, code);
    d.asks_others = true;
    return d;
}

// The claim goes with the dose; it is no second one.
static IntakeDecision moved(IntakeDecision d)
{
    d.outcome = INTAKE_OPEN;
    d.store = STORE_MOVE;
    d.claim = CLAIM_NONE;
    return d;
}

// Somebody else's dose moves only where it was named, and a row that may mean one is a dose of its own only where
// that was said. Of a person who has the dose meanwhile it is still asked whose the other one is.
static IntakeDecision as_chosen(IntakeDecision d, const IntakePerson *person, bool own, IntakeCode code)
{
    bool has_it = d.outcome == INTAKE_DUPLICATE || d.store == STORE_NEW_VERSION;
    if (d.outcome != INTAKE_OPEN && d.outcome != INTAKE_DUPLICATE) return d;
    if (person->choice == CHOICE_MOVES)
        return person->chosen_other ? moved(d) : stopped(d, INTAKE_D307);
    bool asks = has_it ? person->asked_others : (person->others || person->asked_ended) && !own;
    if (!asks || person->choice != CHOICE_NONE) return d;
    return asking_of_others(d, code);
}

// Unless the row certainly means a dose that this person has, it may mean the dose of another, or of one of
// several; where nothing was sent at all that could be meant, the row says so.
static IntakeDecision check_original(IntakeDecision d, const IntakePerson *person)
{
    bool own = d.outcome == INTAKE_DUPLICATE || d.store == STORE_NEW_VERSION;
    bool perhaps_own = d.doubted_count > 0 && !person->by_number;
    if (person->decided)
        return as_chosen(d, person, own || perhaps_own, person->others == 1 ? INTAKE_D307 : INTAKE_D306);
    if (own || perhaps_own) return d;
    if (person->others == 1) return of_another(d, person);
    if (d.outcome != INTAKE_OPEN) return d;
    if (person->others > 1) return asking_of_others(d, INTAKE_D306);
    if (!person->incoming->returned_before && !person->waited) add_code(&d, INTAKE_W304);
    return d;
}

// What it would mean as a correction, of what this person has.
static SamenessVerdict as_correction(const IntakePerson *person)
{
    KnownDose correction = *person->incoming;
    correction.corrects = true;
    return dose_sameness(&correction, person->known, person->known_count);
}

// Whoever decides about a mark that nobody can read sees which records of this person's it may mean.
static void doubt_own(IntakeDecision *d, SamenessVerdict own)
{
    if (d->doubted_count || own.sameness == SAME_NONE) return;
    memcpy(d->doubted, own.doubted, sizeof d->doubted);
    d->doubted_count = own.doubted_count;
    if (d->doubted_count) return;
    d->doubted[0] = own.ref;
    d->doubted_count = 1;
}

// No 訂正 that could be read; but a mark that may stand for it, or a dose that was moved away from this person, may
// mean what stands for another.
static IntakeDecision check_others(IntakeDecision d, const IntakeRow *row, const IntakePerson *person)
{
    SamenessVerdict correction = {0};
    if (row->corrects_unread && person->match->outcome == MATCH_LINK) correction = as_correction(person);
    bool own = d.outcome == INTAKE_DUPLICATE || correction.sameness == SAME_DUPLICATE ||
               correction.sameness == SAME_CORRECTS;
    if (d.outcome == INTAKE_REVIEW) doubt_own(&d, correction);
    if (person->decided)
        return as_chosen(d, person, own, row->corrects_unread ? INTAKE_D308 : INTAKE_D309);
    if (own || !person->others || d.outcome != INTAKE_REVIEW) return d;
    d.names_other = person->others == 1;
    d.asks_others = true;
    return d;
}

IntakeDecision intake_check_person(IntakeDecision d, const IntakeRow *row,
                                   const IntakePerson *person)
{
    if (d.outcome != INTAKE_OPEN) return d;
    assert(person->match->outcome != MATCH_LOOK_FURTHER);
    bool linked = person->match->outcome == MATCH_LINK;
    d = linked ? check_linked(d, row, person) : check_unlinked(d, row, person);
    return row->corrects ? check_original(d, person) : check_others(d, row, person);
}

void intake_overtaken(IntakeDecision *decision)
{
    add_code(decision, INTAKE_W305);
}

// ---- steps 9 to 12: the engine, what was claimed, the paper, the money

static void outside_programme(IntakeDecision *d)
{
    if (d->claim != CLAIM_NONE) add_code(d, INTAKE_R155);
    move_claim(d, CLAIM_RETURNED);
}

static void check_verdict(IntakeDecision *d, const IntakeJudgement *j)
{
    if (j->date_partial) {
        add_code(d, INTAKE_W301);
        move_claim(d, CLAIM_HELD);
        return;
    }
    d->status = j->status;
    if (j->in_programme && j->status != DOSE_INVALID) return;
    add_code(d, INTAKE_W301);
    d->without_series = !j->in_programme;
    if (!j->in_programme || j->claim_returns) outside_programme(d);
    if (!j->claim_holds) return;
    d->error_report_proposed = true;
    move_claim(d, CLAIM_HELD);
}

static void check_claimed_dose(IntakeDecision *d, const IntakeRow *row, const IntakeJudgement *j)
{
    bool placed = j->place.position.len > 0;
    bool agrees =
        row->claimed_dose_known && (!placed || claimed_dose_agrees(row->claimed_dose, j->place));
    if (!agrees) add_code(d, INTAKE_W302);
}

static void check_paper(IntakeDecision *d, const IntakeRow *row, const IntakeClinic *clinic,
                        const IntakeJudgement *j)
{
    bool volume_known = row->volume_ml100 > 0 && j->volume_ml100_legal;
    if (volume_known && row->volume_ml100 != j->volume_ml100_legal) add_code(d, INTAKE_W201);
    if (j->contraindicated) add_code(d, INTAKE_W202);
    DaySpan given, usable;
    if (span_of(row->expires_on, &usable) && span_of(row->given_on, &given) &&
        given.first > usable.last) {
        add_code(d, INTAKE_W203);
        d->error_report_proposed = true;
    }
    if (clinic->lot_wanted && !row->lot.len) add_code(d, INTAKE_W204);
}

static void refuse_claim(IntakeDecision *d, IntakeCode code)
{
    add_code(d, code);
    move_claim(d, CLAIM_RETURNED);
}

static void check_money(IntakeDecision *d, const IntakeRow *row, const IntakeJudgement *j)
{
    if (d->claim == CLAIM_NONE) return;
    if (j->claim_too_late) refuse_claim(d, INTAKE_R161);
    if (!j->price_known || row->amount < 0) return;
    int64_t copay = row->copay < 0 ? 0 : row->copay, total;
    if (__builtin_add_overflow(row->amount, copay, &total) || total != j->price)
        refuse_claim(d, INTAKE_R151);
    if (row->copay >= 0 && row->copay != j->copay_due) refuse_claim(d, INTAKE_R152);
}

// What it said is kept as a version that was replaced; the later row brings the claim.
static IntakeDecision corrected_later(IntakeDecision d)
{
    add_code(&d, INTAKE_W305);
    d.claim = CLAIM_NONE;
    d.outcome = INTAKE_ACCEPTED_WITH_WARNING;
    return d;
}

IntakeDecision intake_check_dose(IntakeDecision d, const IntakeRow *row, const IntakeClinic *clinic,
                                 const IntakeJudgement *judgement)
{
    if (d.outcome != INTAKE_OPEN) return d;
    if (judgement->corrected_later) return corrected_later(d);
    if (row_gives(row)) {
        check_verdict(&d, judgement);
        if (judgement->due_date_missing) add_code(&d, INTAKE_W303);
        if (row->of_nobody.len) add_code(&d, INTAKE_W306);
        if (row->of_other_sex.len) add_code(&d, INTAKE_W307);
        check_claimed_dose(&d, row, judgement);
        check_paper(&d, row, clinic, judgement);
    } else if (row->dose_items && row->given_class == GIVEN_EXAMINED_ONLY) {
        refuse_claim(&d, INTAKE_R153);
    }
    check_money(&d, row, judgement);
    d.outcome = d.code_count ? INTAKE_ACCEPTED_WITH_WARNING : INTAKE_ACCEPTED;
    return d;
}
