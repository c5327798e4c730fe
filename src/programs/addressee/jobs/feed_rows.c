// SPDX-License-Identifier: Apache-2.0
#include "feed_rows.h"

#include "feed_row.h"

typedef enum RowOutcome { ROW_APPLIED, ROW_UNCHANGED, ROW_REFUSED, ROW_FAILED } RowOutcome;

// What is told of a row that is refused, or of one that is taken and minded.
static void tell(FeedPass *pass, int64_t line, const Error *problem, bool refused, Arena scratch)
{
    Error told = *problem;
    Str text = csv_row_text(pass->csv, &scratch);
    if (pass->hides && feed_item_hides(problem)) told.value = (ErrorText){0};
    register_plan_listed(&pass->plan, line, &told, text, refused);
}

static bool serial_fits(const FeedPass *pass, const FeedLine *line, const RegisterStep *step,
                        Error *err)
{
    bool again = line->serial == pass->last_serial && step->outcome == STEP_UNCHANGED;
    if (line->serial > pass->last_serial || again) return true;
    return FAIL(err, E_FILE_SEQUENCE, .item = S("更新連番"),
                .words =
                    S("更新連番が前の行より大きくありません。並びを住民記録に確かめてください。"));
}

static void mark_seen(FeedPass *pass, int64_t person_id)
{
    if (pass->seen && person_id && person_id <= pass->basis.person)
        pass->seen[person_id / 8] |= (unsigned char)(1 << person_id % 8);
}

static void count_effects(FeedPass *pass, RegisterEffects effects)
{
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++)
        pass->report->effects[effect] += effect_has(effects, effect);
}

typedef struct RowNumbers {
    bool before;   // a number of the person was known
    bool another;  // and the row says another one, or the first
} RowNumbers;

static RowNumbers numbers_of(const FeedLine *line, const KnownPerson *person, const Sha256 *index)
{
    bool before = person->number.number_id != 0;
    return (RowNumbers){before, line->number_said && !(before && sha256_equal(&person->number.index, index))};
}

static bool keep_number(FeedPass *pass, const FeedLine *line, const Sha256 *index, KnownPerson *person,
                        Arena scratch, Error *err)
{
    int64_t person_id = person->row.person_id ? person->row.person_id : pass->plan.last.person + 1;
    if (!number_keep(&pass->plan, person_id, &line->number, index, &person->number, scratch, err)) return false;
    person->row.number_id = person->number.number_id;
    return true;
}

// The register says 1 again: that it said 0 once is no work for anybody any more.
static void end_taken_back(FeedPass *pass, const FeedLine *line, const PersonRow *person)
{
    bool again = line->row.protection_said && line->row.state.protection == PROTECTION_OWN;
    if (again && person->protection == PROTECTION_OWN) register_plan_end_settled(&pass->plan, person->person_id);
}

// A difference that moves, renames or removes somebody speaks of a person who came before.
static bool presupposes_somebody(const FeedPass *pass, const FeedLine *line)
{
    const ResidentEvent *event = resident_event(line->row.event_reason);
    return !pass->name.full_copy && event && event->kind != EVENT_ENTERS;
}

// What this row changes of a resident, for the guard over the file as a whole.
static void watch_row(FeedPass *pass, const FeedLine *line, int64_t csv_line, const RowNumbers *numbers,
                      const RegisterVersionRows *history, const RegisterStep *step)
{
    const RegisterVersion *now = register_current(history);
    const PersonState *was = now ? &now->state : NULL;
    ptrdiff_t last = step->versions.count - 1;
    const PersonState *is = last >= 0 ? &step->versions.at[last].state : was;
    bool resident = was && was->status == STATUS_RESIDENT;
    bool changed = resident && numbers->before && numbers->another;
    bool missing = resident && numbers->before && pass->name.full_copy && !line->number_said;
    FeedKinds kinds = feed_kinds_of(was, is, effect_has(step->effects, EFFECT_REVIEW_UNMASK));
    if (changed) kinds |= feed_kind_bit(FEED_KIND_NUMBER_CHANGED);
    if (missing) kinds |= feed_kind_bit(FEED_KIND_NUMBER_MISSING);
    if (!now && presupposes_somebody(pass, line)) kinds |= feed_kind_bit(FEED_KIND_UNKNOWN);
    feed_watch_kinds(&pass->watch, csv_line, &line->addressee_no, kinds);
}

// The history is what it was, and the step's versions behind it.
static bool take_step(FeedPass *pass, const FeedLine *line, KnownPerson *person, const RegisterStep *step, Arena scratch,
                      Error *err)
{
    RegisterVersionRows made;
    if (!register_plan_step(&pass->plan, &line->addressee_no, &person->row, &person->history, step, scratch, &made,
                            err))
        return false;
    VEC_EACH (const RegisterVersion, gone, step->withdrawn) {
        VEC_EACH (RegisterVersion, version, person->history)
            if (version->version_no == gone->version_no) version->withdrawn_by = gone->withdrawn_by;
    }
    VEC_EACH (const RegisterVersion, version, made) *register_versions_push(&person->history, &pass->kept) = *version;
    return true;
}

// Somebody new gets a row by the step, so only then can he or she be remembered.
static bool change_row(FeedPass *pass, const FeedLine *line, const Sha256 *index, const RowNumbers *numbers,
                       KnownPerson **whose, const RegisterStep *step, Arena scratch, Error *err)
{
    KnownPerson *person = *whose;
    if (person->row.person_id) person = feed_person_changes(&pass->people, person);
    if (numbers->another && !keep_number(pass, line, index, person, scratch, err)) return false;
    if (step->outcome == STEP_APPLIED) {
        if (!take_step(pass, line, person, step, scratch, err)) return false;
    } else {
        register_plan_person(&pass->plan, &person->row);
        register_plan_effects(&pass->plan, person->row.person_id, 0, step->effects);
    }
    if (numbers->another) number_told(&pass->plan, step->outcome == STEP_APPLIED);
    *whose = person = feed_person_changes(&pass->people, person);
    if (numbers->another) feed_number_acquired(&pass->people, person);
    return true;
}

static RowOutcome store_row(FeedPass *pass, const FeedLine *line, int64_t csv_line, const Sha256 *index,
                            KnownPerson **whose, const RegisterStep *step, Arena scratch, Error *err)
{
    const KnownPerson *person = *whose;
    const RowNumbers numbers = numbers_of(line, person, index);
    watch_row(pass, line, csv_line, &numbers, &person->history, step);
    count_effects(pass, step->effects);
    end_taken_back(pass, line, &person->row);
    if (step->outcome == STEP_UNCHANGED && !numbers.another) {
        register_plan_effects(&pass->plan, person->row.person_id, 0, step->effects);
        return ROW_UNCHANGED;
    }
    return change_row(pass, line, index, &numbers, whose, step, scratch, err) ? ROW_APPLIED : ROW_FAILED;
}

// A resident must not share a number with another resident: one of the two is wrong. Decided before
// anything is planned.
static bool number_fits(const FeedPass *pass, const FeedLine *line, const KnownPerson *person, const Sha256 *index,
                        Error *err)
{
    bool resident = line->row.state.status == STATUS_RESIDENT;
    if (!line->number_said || !resident || !feed_number_taken(&pass->people, person->row.person_id, index)) return true;
    return FAIL(err, E_CONFLICT, .item = S("個人番号"),
                .words = S("同じ個人番号の住民がほかにいます。"
                           "どちらが正しいか住民記録に確かめてください。"));
}

static RowOutcome take_line(FeedPass *pass, const CsvRow *csv, FeedLine *line, const Sha256 *index,
                            KnownPerson **whose, Arena scratch, Error *err)
{
    line->row.whole_picture = pass->name.full_copy;
    line->row.known_on = pass->name.made_on;
    line->row.business_day = pass->act->business_day;
    RegisterStep step = register_step(&(*whose)->history, &line->row, &scratch);
    if (step.outcome == STEP_REFUSED) {
        *err = step.refusal;
        return ROW_REFUSED;
    }
    if (!serial_fits(pass, line, &step, err)) return ROW_REFUSED;
    pass->last_serial = line->serial;
    if (!number_fits(pass, line, *whose, index, err)) return ROW_REFUSED;

    VEC_EACH (Error, problem, line->notes) tell(pass, csv->line, problem, false, scratch);
    pass->report->notes += line->notes.count;
    pass->report->lost_names += line->name_lost;
    pass->report->lost_places += line->place_lost;
    return store_row(pass, line, csv->line, index, whose, &step, scratch, err);
}

// What a refused row would have said of a resident is not known, so no letter goes until that is decided.
static void hold_follows(FeedPass *pass, int64_t csv_line, const FeedLine *line, KnownPerson *person)
{
    const HeldEvent event = {line->row.event_reason, line->row.occurred_on};
    feed_watch_kinds(&pass->watch, csv_line, &line->addressee_no, feed_kind_bit(FEED_KIND_ROW_REFUSED));
    if (!person->row.person_id || person->row.status != STATUS_RESIDENT) return;
    pass->report->held_people += !person->row.held;
    person = feed_person_changes(&pass->people, person);
    hold_begin(&pass->plan, &person->row, &person->holds, &event, csv_line, &pass->kept);
}

// What is told of a row never says where a protected person is.
static void hide_place(FeedPass *pass, bool hides)
{
    pass->hides = hides;
    if (hides) feed_row_hide_place(pass->csv);
}

static RegisterVersionRows history_before(const KnownPerson *person, Arena *arena)
{
    RegisterVersionRows before = {0};
    if (!person->row.held) return before;
    VEC_EACH (const RegisterVersion, version, person->history) *register_versions_push(&before, arena) = *version;
    return before;
}

static RowOutcome take_person(FeedPass *pass, const CsvRow *csv, FeedLine *line, const Sha256 *index, bool readable,
                              Arena scratch, Error *err)
{
    KnownPerson nobody = {.who = line->addressee_no};
    KnownPerson *person = feed_person(&pass->people, &line->addressee_no);
    if (!person) person = &nobody;
    mark_seen(pass, person->row.person_id);
    hide_place(pass, pass->hides || person_protected(person->row.protection));
    RegisterVersionRows before = history_before(person, &scratch);
    RowOutcome outcome = readable ? take_line(pass, csv, line, index, &person, scratch, err) : ROW_REFUSED;
    if (outcome == ROW_REFUSED) hold_follows(pass, csv->line, line, person);
    if (outcome == ROW_REFUSED || outcome == ROW_FAILED || !person->row.held) return outcome;
    person = feed_person_changes(&pass->people, person);
    holds_decide_by_row(&pass->plan, &person->row, &person->holds, &before, &line->row);
    return outcome;
}

static RowOutcome take_nameless(FeedPass *pass, Error *err)
{
    Error rubbish = {0};
    pass->report->unidentified++;
    if (feed_watch_nameless(&pass->watch, &rubbish)) return ROW_REFUSED;
    *err = rubbish;
    return ROW_FAILED;
}

static RowOutcome take_row(FeedPass *pass, const CsvRow *csv, const PersonAsked *asked, Arena scratch, Error *err)
{
    FEED_LINE line;
    bool readable = feed_line_read(csv, &scratch, &line, err);
    bool named = addressee_text(&line.addressee_no).len > 0;
    hide_place(pass, feed_row_protects(csv));
    pass->report->wide_digits += line.wide_digits;
    RowOutcome outcome = named ? take_person(pass, csv, &line, &asked->number_index, readable, scratch, err)
                               : take_nameless(pass, err);
    if (outcome == ROW_REFUSED && readable) tell(pass, csv->line, err, true, scratch);
    if (outcome != ROW_REFUSED || readable) return outcome;
    VEC_EACH (const Error, fault, line.faults) tell(pass, csv->line, fault, true, scratch);
    return outcome;
}

bool feed_row_decide(FeedPass *pass, const CsvRow *csv, const PersonAsked *asked, Error *err)
{
    Error problem = {0};
    FeedReport *report = pass->report;
    feed_watch_row(&pass->watch);
    RowOutcome outcome = take_row(pass, csv, asked, pass->row, &problem);
    report->rows++;
    report->applied += outcome == ROW_APPLIED;
    report->unchanged += outcome == ROW_UNCHANGED;
    report->refused += outcome == ROW_REFUSED;
    if (outcome == ROW_FAILED) return error_pass(err, &problem);
    if (outcome != ROW_REFUSED) return true;
    register_plan_refusal(&pass->plan, csv->line, &problem);
    return true;
}
