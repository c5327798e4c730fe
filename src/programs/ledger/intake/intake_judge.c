// The second half: the engine's verdict on the day of the dose, from everything that is staged; then
// the claim and the row's outcome.
// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"

#include "contraindication.h"

static Str reasons_text(const Schedule *schedule, const DoseVerdict *verdict, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < verdict->reason_count; i++) {
        if (i) text_add_byte(&text, arena, ' ');
        text_add(&text, arena, reason_text(schedule, verdict->reasons[i].code));
    }
    return text.len ? text_str(&text) : (Str){0};
}

// What the outcome says beside a verdict that a vague date tips, and by what name.
static const char date_partial[] = "DATE_PARTIAL";

static DoseStatus status_of(const DoseVerdict *verdict)
{
    if (verdict->status == STATUS_VALID) return DOSE_VALID;
    if (verdict->status == STATUS_COUNTED) return DOSE_COUNTED;
    return DOSE_INVALID;
}

// Everything of one person, read once for one row.
typedef struct Reading {
    DoseRows doses;
    FactRows facts;
    Case c;
    Assessment assessed;
} Reading;

static bool read_person(IntakeRun *run, const StagedRow *row, Day day, Arena *arena, Reading *read,
                        Error *err)
{
    Ledger *ledger = run->ledger;
    Store *store = ledger->act->store;
    if (!doses_of_person(store, row->person_id, arena, &read->doses, err)) return false;
    if (!facts_of_person(store, row->person_id, arena, &read->facts, err)) return false;
    PersonRows rows = {row->birth,        row->sex,       read->doses.at,
                       read->doses.count, read->facts.at, read->facts.count};
    read->c = case_of(&ledger->judge, &rows, day, arena);
    read->assessed =
        case_assess_some(&read->c, ledger->judge.views[row->product_no].series, day, arena);
    return true;
}

static ptrdiff_t place_of(const DoseRows *doses, int32_t dose_id)
{
    for (ptrdiff_t i = 0; i < doses->count; i++)
        if (doses->at[i].dose_id == dose_id) return i;
    return -1;
}

// What the product wants to be asked with it is known on that day; so it is when it wants nothing.
static bool knows_wanted(const Schedule *schedule, int32_t wants, const FactRows *facts, Day day)
{
    VEC_EACH (const FactRow, f, *facts)
        if (wants != FACT_NONE && str_equal(f->kind, fact_id(schedule, wants)) && f->since <= day)
            return true;
    return wants == FACT_NONE;
}

// What the rules say about the clinic's claim, of all reasons together.
static void claims_of(const Schedule *schedule, const DoseVerdict *verdict, IntakeJudgement *j)
{
    for (int i = 0; i < verdict->reason_count; i++) {
        bool returns = reason_claim(schedule, verdict->reasons[i].code) == REASON_RETURNS;
        j->claim_returns = j->claim_returns || returns;
        j->claim_holds = j->claim_holds || !returns;
    }
}

typedef struct Judged {
    IntakeJudgement judgement;
    LegalClass legal_class;  // by the series to which the dose belongs
    Str reasons;
} Judged;

// ---- a birth date that is not known to the day

static bool same_verdict(const DoseHome *a, const DoseHome *b)
{
    if (!a->verdict || !b->verdict) return a->verdict == b->verdict;
    if (a->group->group != b->group->group || a->verdict->position != b->verdict->position ||
        a->verdict->status != b->verdict->status ||
        a->verdict->reason_count != b->verdict->reason_count)
        return false;
    for (int i = 0; i < a->verdict->reason_count; i++)
        if (a->verdict->reasons[i].code != b->verdict->reasons[i].code) return false;
    return true;
}

static void add_reading(Text *text, const Schedule *schedule, Day born, const DoseHome *home,
                        Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    Str word = home->verdict ? dose_status_text(status_of(home->verdict)) : (Str){0};
    text_addf(text, arena, " %s:%.*s", day_text(born, day), STR(word));
    if (!home->verdict) return;
    for (int i = 0; i < home->verdict->reason_count; i++)
        text_addf(text, arena, "%s%.*s", i ? "," : "/",
                  STR(reason_text(schedule, home->verdict->reasons[i].code)));
}

// Born on the first or on the last day meant: another verdict? A year alone is no birth date to judge by.
// `both` says what each reading gives.
static bool birth_tips(const IntakeRun *run, const StagedRow *row, const Reading *read, Day day,
                       Str *both, Arena *arena)
{
    DaySpan born;
    DoseHome homes[2];
    Text text = {0};
    const ProductView *view = &run->ledger->judge.views[row->product_no];
    *both = str_of(date_partial);
    if (partial_date_whole(row->birth)) return false;
    if (!row->birth.month || !partial_date_span(row->birth, &born)) return true;
    const Day days[2] = {born.first, born.last < day ? born.last : day};
    text_add(&text, arena, *both);
    for (int side = 0; side < 2; side++) {
        Case one = case_if_born(&read->c, days[side]);
        Assessment assessed = case_assess_some(&one, view->series, day, arena);
        homes[side] = dose_home(&assessed, case_entry(&one, place_of(&read->doses, row->dose_id)));
        add_reading(&text, run->ledger->schedule, days[side], &homes[side], arena);
    }
    *both = text_str(&text);
    return !same_verdict(&homes[0], &homes[1]);
}

// ---- the verdict

static void judgement_of(const IntakeRun *run, const StagedRow *row, const Reading *read, Day day,
                         Judged *out, Arena *arena)
{
    Str both;
    const Schedule *schedule = run->ledger->schedule;
    const ProductView *view = &run->ledger->judge.views[row->product_no];
    DaySpan born;
    IntakeJudgement *judgement = &out->judgement;
    int32_t entry = case_entry(&read->c, place_of(&read->doses, row->dose_id));
    out->legal_class = view->legal_class;
    *judgement = (IntakeJudgement){
        .due_date_missing = !knows_wanted(schedule, view->wants, &read->facts, day),
        .contraindicated = contraindicated(&read->facts, schedule, view, day),
    };
    // While the day is missing by which a series would list the dose, nobody can say that none does.
    judgement->in_programme = dose_is_routine(&read->assessed, entry) ||
                              (view->series && judgement->due_date_missing);
    DoseHome home = dose_home(&read->assessed, entry);
    int group = home.group ? home.group->group : GROUP_NONE;
    if (view->rule != PRODUCT_NONE && partial_date_span(row->birth, &born))
        judgement->volume_ml100_legal =
            product_volume_ml100(schedule, view->rule, group, born.first, day);
    judgement->date_partial = view->series && birth_tips(run, row, read, day, &both, arena);
    if (judgement->date_partial) out->reasons = both;
    if (judgement->date_partial || !home.verdict) return;
    judgement->status = status_of(home.verdict);
    out->reasons = reasons_text(schedule, home.verdict, arena);
    claims_of(schedule, home.verdict, judgement);
    judgement->place = (DosePlace){group_period(schedule, group),
                                   schedule_text(schedule, home.verdict->position), home.ordinal};
    out->legal_class = legal_class_of(schedule, group);
}

static Day last_meant(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.last : DAY_NONE;
}

static bool corrected_later(const IntakeRun *run, const StagedRow *row, Arena scratch)
{
    int32_t ref = row->dose_id ? row->dose_id : -row->record_id;
    return map_find(&run->ended_here, str_format(&scratch, "%d", ref)) != NULL;
}

static bool judge_dose(IntakeRun *run, StagedRow *row, Arena *arena, Str *reasons, Error *err)
{
    Judged judged = {0};
    Day day = last_meant(row->row.given_on);
    bool replaced = corrected_later(run, row, *arena), stands = row->dose_id && !replaced;
    judged.judgement.corrected_later = replaced;
    if (stands) {
        Reading read;
        if (!read_person(run, row, day, arena, &read, err)) return false;
        judgement_of(run, row, &read, day, &judged, arena);
    }
    row->decision = intake_check_dose(row->decision, &row->row, &row->clinic, &judged.judgement);
    *reasons = judged.reasons;
    if (row->decision.voluntary_proposed) judged.legal_class = LEGAL_VOLUNTARY;
    bool as_staged = judged.legal_class == run->ledger->judge.views[row->product_no].legal_class;
    return !stands || as_staged ||
           dose_classify(run->ledger->act->store, row->dose_id, judged.legal_class, err);
}

// ---- storing

static bool store_claim(IntakeRun *run, const StagedRow *row, Error *err)
{
    const IntakeDecision *d = &row->decision;
    if (d->claim == CLAIM_NONE || !row->person_id) return true;
    ClaimRow claim = {
        .claim_id = run->next_claim++,
        .row_id = row->row_id,
        .person_id = row->person_id,
        .dose_id = row->dose_id,
        .clinic_code = row->clinic_code,
        .amount = row->row.amount,
        .copay = row->row.copay,
        .state = d->claim,
        .code = d->claim == CLAIM_RECEIVED ? (Str){0} : intake_code_text(d->codes[0]),
    };
    return claim_insert(run->ledger->act->store, &run->act, &claim, err);
}

static bool store_row(IntakeRun *run, const StagedRow *row, Str reasons, Arena *arena, Error *err)
{
    const IntakeDecision *d = &row->decision;
    bool linked = d->outcome != INTAKE_REVIEW && d->outcome != INTAKE_RETURNED;
    bool plain = d->outcome == INTAKE_ACCEPTED;
    IntakeRowKept kept = {
        .row_id = row->row_id,
        .file_no = run->file.file_no,
        .line = row->line,
        .label = row->label,
        .outcome = d->outcome,
        .person_id = linked ? row->person_id : 0,
        .dose_id = linked ? row->dose_id : 0,
        .candidates = d->outcome == INTAKE_REVIEW ? row->candidates : (Str){0},
        .score = row->score,
        .evidence = row->evidence,
        .dose_status = d->status,
        .reasons = reasons,
        .codes = plain && !d->code_count ? (Str){0} : intake_codes_text(d, arena),
        .message = plain && !d->code_count ? (Str){0} : intake_message_text(d, &row->row, arena),
        .content = row->content,
        .as_read = row->as_read,
        .corrects = row->row.corrects,
    };
    return intake_row_insert(run->ledger->act->store, &kept, err);
}

bool intake_judge_dose(IntakeRun *run, StagedRow *row, Arena *arena, Str *reasons, Error *err)
{
    *reasons = (Str){0};
    if (row->decision.outcome == INTAKE_OPEN && !judge_dose(run, row, arena, reasons, err))
        return false;
    return store_claim(run, row, err);
}

bool intake_judge_row(IntakeRun *run, StagedRow *row, Arena scratch, Error *err)
{
    Str reasons;
    const IntakeDecision *d = &row->decision;
    if (!intake_judge_dose(run, row, &scratch, &reasons, err)) return false;
    run->file.counts.rows++;
    run->file.counts.of_outcome[d->outcome]++;
    return store_row(run, row, reasons, &scratch, err);
}
