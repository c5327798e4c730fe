// Whether we have the dose already, and what a correction means.
// SPDX-License-Identifier: Apache-2.0
#include "intake_staging.h"

#include <assert.h>

#include "counter_rows.h"
#include "key_set.h"

static KnownDose as_known(const Staging *g)
{
    const Submission *s = &g->s;
    const ProductView *view = &g->run->ledger->judge.views[g->product_no];
    Str code = g->staged->clinic_code;
    return (KnownDose){
        .given = row_gives(&s->row),
        .given_on = s->row.given_on,
        .product = g->product_no,
        .series = view->series,
        .components = view->components,
        .seasonal = view->seasonal,
        .provenance = PROVENANCE_CLINIC,
        .clinic = code.len ? code : s->clinic_name,
        .lot = s->row.lot,
        .month = g->run->file.month,
        .row_no = s->row_no,
        .content = g->staged->content,
        .claim_known = s->row.claimed_dose_known,
        .claimed_dose = s->row.claimed_dose,
        .corrects = s->row.corrects,
    };
}

static KnownDose known_of(const Staging *g, int64_t ref, bool given, int32_t product_no,
                          PartialDate on)
{
    const ProductView *view = &g->run->ledger->judge.views[product_no];
    return (KnownDose){.ref = ref,
                       .given = given,
                       .given_on = on,
                       .product = product_no,
                       .series = view->series,
                       .components = view->components,
                       .seasonal = view->seasonal};
}

static int32_t person_id_of(const Staging *g)
{
    return (int32_t)g->person->person_id;
}

static bool asks_of_person(const Staging *g)
{
    bool open = g->staged->decision.outcome == INTAKE_OPEN;
    return open && g->person && !(g->s.row.defects & DEFECT_VACCINE);
}

// ---- what is known of the person, stored and staged

static void take_doses(Staging *g, const StagedRows *staged)
{
    SetSlice stored = SET_SLICE(g->sets->doses, person_id_of(g));
    DoseRows doses =
        overlay_doses(staged, g->sets->doses.at + stored.first, stored.count, g->arena);
    VEC_EACH (const DoseRow, d, doses) {
        KnownDose *k = known_doses_push(&g->known, g->arena);
        *k = known_of(g, d->dose_id, true, d->product_no, d->given_on);
        k->provenance = (int32_t)d->provenance;
        // Earlier rows of this file are claimed as soon as they are judged.
        k->claimed = d->dose_id >= PROVISIONAL;
    }
}

// Not-given records have references below zero.
static void take_not_given(Staging *g, const StagedRows *staged)
{
    SetSlice stored = SET_SLICE(g->sets->not_given, person_id_of(g));
    NotGivenRows rows =
        overlay_not_given(staged, g->sets->not_given.at + stored.first, stored.count, g->arena);
    VEC_EACH (const NotGivenRow, r, rows) {
        KnownDose *k = known_doses_push(&g->known, g->arena);
        *k = known_of(g, -(int64_t)r->record_id, false, r->product_no, r->seen_on);
        k->provenance = PROVENANCE_CLINIC;
        k->clinic = r->clinic_code.len ? r->clinic_code : r->clinic_name;
        k->claimed = true;
    }
}

// It is one, or bears a mark that nobody can read.
static bool may_be_correction(const Staging *g)
{
    return g->s.row.corrects || g->s.row.corrects_unread;
}

// A correction may turn a dose into an examination, or the other way round.
static void take_known(Staging *g, const StagedRows *staged)
{
    bool corrects = may_be_correction(g);
    g->known = (KnownDoses){0};
    if (g->incoming.given || corrects) take_doses(g, staged);
    if (!g->incoming.given || corrects) take_not_given(g, staged);
}

static KnownDose *known_by_ref(const Staging *g, int64_t ref)
{
    VEC_EACH (KnownDose, k, g->known)
        if (k->ref == ref && !k->replaced) return k;
    return NULL;
}

static void take_origin(KnownDose *k, const DoseRowOrigin *o)
{
    k->clinic = o->clinic;
    k->lot = o->lot;
    k->month = o->month;
    k->row_no = o->label;
    k->content = o->content;
    k->claimed = k->claimed || o->claimed;
    k->corrects = o->corrects;
    k->claim_known = claimed_dose_parse(o->claimed_position, &k->claimed_dose);
}

// Lots, clinics and the rows they came with: asked only where there may be a likeness.
static void take_origins(Staging *g)
{
    SetSlice slice = SET_SLICE(g->sets->origins, person_id_of(g));
    for (ptrdiff_t i = slice.first; i < slice.first + slice.count; i++) {
        KnownDose *k = known_by_ref(g, g->sets->origins.at[i].ref);
        if (k) take_origin(k, &g->sets->origins.at[i]);
    }
}

static void take_staged_origin(const Staging *g, KnownDose *k, const StagedRow *row)
{
    const DoseRecord *dose = row->dose;
    Str code = dose ? dose->clinic_code : row->not_given->clinic_code;
    k->clinic = code.len ? code : dose ? dose->clinic_name : row->not_given->clinic_name;
    k->lot = dose ? dose->lot : (Str){0};
    k->month = g->run->file.month;
    k->row_no = row->row_no;
    k->content = row->content;
    k->corrects = row->row.corrects;
    k->claim_known = claimed_dose_parse(
        dose ? dose->claimed_position : row->not_given->claimed_position, &k->claimed_dose);
}

static void take_staged_origins(Staging *g, const StagedRows *staged)
{
    VEC_EACH (const StagedRef, row, *staged) {
        if (!(*row)->dose && !(*row)->not_given) continue;
        int64_t ref = (*row)->dose ? (*row)->dose_id : -(int64_t)(*row)->record_id;
        KnownDose *k = known_by_ref(g, ref);
        if (k) take_staged_origin(g, k, *row);
    }
}

// Versions that stood once, and were replaced, moved or withdrawn since.
static void take_ended(Staging *g)
{
    SetSlice slice = SET_SLICE(g->sets->ended, person_id_of(g));
    for (ptrdiff_t i = slice.first; i < slice.first + slice.count; i++) {
        const EndedDose *dose = &g->sets->ended.at[i];
        KnownDose *k = known_doses_push(&g->known, g->arena);
        *k = known_of(g, dose->ref, dose->ref > 0, dose->product_no, dose->given_on);
        k->replaced = k->claimed = true;
        k->provenance = dose->provenance;
        k->clinic = dose->clinic;
        k->lot = dose->lot;
        k->content = dose->content;
    }
}

// Was a row of this number corrected in this month? Few were, so the rest of what is known of the person's doses
// is read for few rows.
static bool asks_closely(const Staging *g)
{
    if (may_be_correction(g) || map_find(&g->run->corrected, g->s.row_no)) return true;
    return dose_sameness(&g->incoming, g->known.at, g->known.count).sameness != SAME_NONE;
}

static void take_questions(Staging *g)
{
    VEC_EACH (const SentDose, dose, g->own_asked) {
        KnownDose *k = known_by_ref(g, dose->dose_id);
        if (k) k->in_question = true;
    }
}

static void take_closely(Staging *g, const StagedRows *staged)
{
    if (!asks_closely(g)) return;
    take_questions(g);
    take_origins(g);
    take_staged_origins(g, staged);
}

// ---- 訂正: does the row before it wait, and was it somebody else's?

// Is this the person whom the row means, or one of those whom it may mean?
static bool is_meant(const Staging *g, int32_t person_id)
{
    if (g->person) return g->person->person_id == person_id;
    VEC_EACH (const MatchCandidate, c, g->match.persons)
        if (g->found.persons.at[c->person].person_id == person_id) return true;
    return false;
}

static void count_other(Staging *g, const SentDose *dose)
{
    bool new_person = true;
    if (is_meant(g, dose->person_id)) return;
    VEC_EACH (const SentDose, other, g->sent_others) {
        if (other->dose_id == dose->dose_id) return;
        new_person = new_person && other->person_id != dose->person_id;
    }
    *sent_doses_push(&g->sent_others, g->arena) = *dose;
    g->others += new_person;
    g->chosen_other = g->chosen_other || dose->dose_id == g->chosen;
    if (g->sent_others.count == 1 || dose->dose_id == g->chosen) g->another = *dose;
}

static bool this_clinics(const Staging *g, Str clinic_code)
{
    return clinic_code.len && str_equal(clinic_code, g->staged->clinic_code);
}

static bool same_product(const Staging *g, const SentDose *dose)
{
    return dose->product_no == g->product_no;
}

static bool same_day(const Staging *g, PartialDate on)
{
    return partial_date_equal(on, g->s.row.given_on);
}

static void count_under(Staging *g)
{
    VEC_EACH (const SentDose, dose, g->sets->under)
        if (dose->nth == g->nth && this_clinics(g, dose->clinic_code) &&
            (same_product(g, dose) || same_day(g, dose->given_on)))
            count_other(g, dose);
}

// Does it stand with the file, in spite of the rows before this one?
static bool still_stands(const Staging *g, int32_t person_id, int32_t dose_id)
{
    StagedRows rows = overlay_rows(&g->run->overlay, person_id);
    const StagedRow *by = overlay_ends(&rows, dose_id);
    return !by || by->row_id > g->staged->row_id;
}

static void count_on(Staging *g)
{
    VEC_EACH (const SentDose, dose, g->sets->on)
        if (this_clinics(g, dose->clinic_code) && same_product(g, dose) &&
            same_day(g, dose->given_on) && still_stands(g, dose->person_id, dose->dose_id))
            count_other(g, dose);
    VEC_EACH (const StagedRef, at, g->run->rows) {
        const StagedRow *row = *at;
        if (row->row_id >= g->staged->row_id || !row->dose || row->product_no != g->product_no ||
            !same_day(g, row->dose->dose.given_on) || !this_clinics(g, row->clinic_code) ||
            !still_stands(g, row->person_id, row->dose_id))
            continue;
        const SentDose dose = {.dose_id = row->dose_id,
                               .person_id = row->person_id,
                               .product_no = row->product_no,
                               .given_on = row->dose->dose.given_on,
                               .birth = row->birth,
                               .addressee_no = row->who,
                               .is_protected = row->is_protected,
                               .file = g->run->file.name,
                               .label = row->label};
        count_other(g, &dose);
    }
}

// What a row that waits asks about is asked again by the one that corrects it.
static void take_asked(Staging *g, const SentDose *dose)
{
    if (is_meant(g, dose->person_id))
        *sent_doses_push(&g->own_asked, g->arena) = *dose;
    else
        count_other(g, dose);
}

// Under its number, stored; the row itself too, when somebody decides it.
static void take_waiting_stored(Staging *g)
{
    VEC_EACH (const WaitingLabel, waits, g->sets->labels) {
        bool itself = waits->row_id == g->staged->row_id;
        if (waits->nth != g->nth ||
            !(itself || waiting_same_row(waits, g->staged->clinic_code, g->s.row.birth)))
            continue;
        g->waited = true;
        g->incoming.returned_before = g->incoming.returned_before || !waits->corrects;
        VEC_EACH (const SentDose, dose, g->sets->questions)
            if (dose->nth == g->nth && dose->asked_by == waits->row_id &&
                still_stands(g, dose->person_id, dose->dose_id))
                take_asked(g, dose);
    }
}

// And in this file.
static void take_waiting_staged(Staging *g)
{
    VEC_EACH (const StagedRef, at, g->run->rows) {
        const StagedRow *row = *at;
        const WaitingRow *w = row->waits;
        if (row->row_id >= g->staged->row_id) break;
        if (!w || !str_equal(w->row_no, g->s.row_no)) continue;
        const WaitingLabel waits = {.clinic_code = w->clinic_code, .birth = w->birth};
        if (!waiting_same_row(&waits, g->staged->clinic_code, g->s.row.birth)) continue;
        g->waited = true;
        g->incoming.returned_before = g->incoming.returned_before || !w->corrects;
        VEC_EACH (const SentDose, dose, row->in_question)
            if (still_stands(g, dose->person_id, dose->dose_id)) take_asked(g, dose);
    }
}

// By its number; else by product and day. Of a mark that nobody can read both are shown.
static void count_others(Staging *g)
{
    if (g->run->file.month) take_waiting_stored(g);
    if (g->run->file.month) take_waiting_staged(g);
    if (g->incoming.returned_before) {
        g->sent_others = g->own_asked = (SentDoses){0};
        g->others = 0;
        return;
    }
    if (g->run->file.month) count_under(g);
    g->by_number = g->others > 0;
    if ((!g->by_number || !g->s.row.corrects) && g->product_no) count_on(g);
}

// ---- what was moved away from this person: to whom?

static bool was_moved(const Staging *g, const EndedDose *dose)
{
    return dose->how == ENDED_MOVED && dose->product_no == g->product_no && same_day(g, dose->given_on) &&
           this_clinics(g, dose->clinic);
}

static void count_moved(Staging *g)
{
    SetSlice slice = SET_SLICE(g->sets->ended, person_id_of(g));
    for (ptrdiff_t i = slice.first; i < slice.first + slice.count; i++) {
        const EndedDose *ended = &g->sets->ended.at[i];
        if (!was_moved(g, ended)) continue;
        VEC_EACH (const SentDose, dose, g->sets->became)
            if (dose->nth == ended->ref && still_stands(g, dose->person_id, dose->dose_id)) count_other(g, dose);
    }
}

// What the row asked about when it came may stand for somebody else by now, on another day, or for nobody.
static void count_itself(Staging *g)
{
    VEC_EACH (const SentDose, dose, g->sets->itself) {
        if (is_meant(g, dose->person_id)) continue;
        g->asked_others = g->asked_others || !dose->ended;
        g->asked_ended = g->asked_ended || dose->ended;
        if (!dose->ended) count_other(g, dose);
    }
}

// Whose dose may the row mean, beside those of whom it speaks?
static void take_others(Staging *g)
{
    if (may_be_correction(g))
        count_others(g);
    else if (asks_of_person(g) && g->incoming.given)
        count_moved(g);
    if (g->decided && !g->incoming.returned_before) count_itself(g);
}

// ---- the decision

// The version that the row repeats, or the last one of that clinic, product and day after it. NULL: it repeats none.
static const EndedDose *last_ended(const Staging *g)
{
    const EndedDose *last = NULL;
    VEC_EACH (const EndedDose, dose, g->sets->ended) {
        if (dose->person_id != person_id_of(g) || (dose->ref > 0) != (g->staged->decision.ref > 0)) continue;
        bool after = last && dose->ref > last->ref && dose->product_no == last->product_no &&
                     partial_date_equal(dose->given_on, last->given_on) && str_equal(dose->clinic, last->clinic);
        if (after || dose->ref == g->staged->decision.ref) last = dose;
    }
    return last;
}

// What became of a record that the row repeats, for the clerk and the sender: of nobody else's name.
static void say_ended(Staging *g)
{
    static const char *const words[] = {[ENDED_WITHDRAWN] = "取り消されました",
                                        [ENDED_CORRECTED] = "訂正されました",
                                        [ENDED_MOVED] = "別の人の接種として移されました"};
    char day[DAY_TEXT_SIZE];
    const EndedDose *dose = last_ended(g);
    if (!dose) return;
    g->s.row.ended = str_format(g->run->kept, "%s%lldは%sに%s", dose->ref > 0 ? "記録" : "予診の記録",
                                (long long)(dose->ref > 0 ? dose->ref : -dose->ref), day_text(dose->ended_on, day),
                                words[dose->how]);
    if (dose->row_id)
        g->s.row.ended = str_format(g->run->kept, "%.*s（行%dの決定）", STR(g->s.row.ended), dose->row_id);
}

// A due date that came with the row: of somebody who cannot be pregnant at that age it is not believed.
static void check_date(Staging *g, const MatchVersion *now)
{
    DaySpan born;
    char text[DAY_TEXT_SIZE];
    const Ledger *ledger = g->run->ledger;
    int wanted = g->product_no ? ledger->judge.views[g->product_no].wants : FACT_NONE;
    if (g->s.due_date == DAY_NONE || wanted == FACT_NONE || !partial_date_span(now->birth, &born)) return;
    FactFit fit = fact_fit(ledger->schedule, wanted, born, subject_sex(now->sex), g->s.due_date);
    Str said = str_format(g->run->kept, "%.*s「%s」", STR(fact_name(ledger->schedule, wanted)),
                          day_text(g->s.due_date, text));
    g->s.row.of_nobody = fit == FACT_OF_NO_SUCH_AGE ? said : (Str){0};
    g->s.row.of_other_sex = fit == FACT_OF_ANOTHER_SEX ? said : (Str){0};
    if (g->s.row.of_nobody.len) g->s.due_date = DAY_NONE;
}

static void take_person(Staging *g, IntakePerson *person)
{
    const MatchVersion *now = &g->person->versions.at[g->person->versions.count - 1];
    StagedRows staged = overlay_rows(&g->run->overlay, person_id_of(g));
    check_date(g, now);
    if (asks_of_person(g)) {
        take_known(g, &staged);
        take_closely(g, &staged);
        take_ended(g);
    }
    person->residence = &g->person->residence;
    person->birth = now->birth;
    person->incoming = &g->incoming;
    person->known = g->known.at;
    person->known_count = g->known.count;
    g->staged->birth = now->birth;
    g->staged->sex = now->sex;
}

void staging_compare(Staging *g)
{
    IntakePerson person = {.match = &g->match, .incoming = &g->incoming};
    if (g->staged->decision.outcome != INTAKE_OPEN) return;
    g->incoming = as_known(g);
    take_others(g);
    if (g->person) take_person(g, &person);
    person.decided = g->decided;
    person.choice = g->choice;
    person.chosen = g->chosen;
    person.chosen_other = g->chosen_other;
    person.others = g->others;
    person.by_number = g->by_number;
    person.waited = g->waited;
    person.asked_others = g->asked_others;
    person.asked_ended = g->asked_ended;
    person.other_fits = g->others && partial_date_equal(g->another.birth, g->s.row.birth);
    g->staged->decision = intake_check_person(g->staged->decision, &g->s.row, &person);
    if (g->person) say_ended(g);
}

// ---- what the store knows, asked for all rows together

static void add_person(KeySet *set, const Staging *g, Arena *arena)
{
    key_set_add_number(set, arena, person_id_of(g));
}

static bool ask_doses(const Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena,
                      Error *err)
{
    Store *store = rows->run->ledger->act->store;
    KeySet doses = {0}, not_given = {0};
    for (const Staging *g = rows; g < rows + count; g++) {
        if (!asks_of_person(g)) continue;
        bool gives = row_gives(&g->s.row), corrects = may_be_correction(g);
        if (gives || corrects) add_person(&doses, g, arena);
        if (!gives || corrects) add_person(&not_given, g, arena);
    }
    if (doses.count &&
        !doses_of_persons(store, key_set_text(&doses, arena), arena, &sets->doses, err))
        return false;
    return !not_given.count || not_given_of_persons(store, key_set_text(&not_given, arena), arena,
                                                    &sets->not_given, err);
}

// Rows of whose person the file has others, or corrects others, may be likenesses once these are kept.
static bool may_ask_closely(Staging *g, Map *corrected, Map *seen, Arena *arena)
{
    Str key = str_format(arena, "%d", person_id_of(g));
    int64_t *times = map_place(seen, arena, key, NULL);
    StagedRows staged = overlay_rows(&g->run->overlay, person_id_of(g));
    if ((*times)++ || staged.count || map_find(corrected, g->s.row_no)) return true;
    g->incoming = as_known(g);
    take_known(g, &staged);
    return asks_closely(g);
}

static bool ask_origins(Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena, Error *err)
{
    Store *store = rows->run->ledger->act->store;
    Map corrected = {0}, seen = {0};
    KeySet persons = {0};
    for (Staging *g = rows; g < rows + count; g++)
        if (g->s.row.corrects) *map_place(&corrected, arena, g->s.row_no, NULL) = 1;
    for (Staging *g = rows; g < rows + count; g++) {
        if (!asks_of_person(g) || !may_ask_closely(g, &corrected, &seen, arena)) continue;
        add_person(&persons, g, arena);
    }
    return !persons.count ||
           dose_origins_of_persons(store, key_set_text(&persons, arena), arena, &sets->origins, err);
}

static bool ask_ended(const Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena, Error *err)
{
    KeySet persons = {0};
    for (const Staging *g = rows; g < rows + count; g++)
        if (asks_of_person(g)) add_person(&persons, g, arena);
    return !persons.count || doses_ended_of_persons(rows->run->ledger->act->store, key_set_text(&persons, arena),
                                                    arena, &sets->ended, err);
}

static void add_moved(KeySet *refs, const Staging *g, Arena *arena)
{
    if (!asks_of_person(g) || !row_gives(&g->s.row)) return;
    SetSlice slice = SET_SLICE(g->sets->ended, person_id_of(g));
    for (ptrdiff_t i = slice.first; i < slice.first + slice.count; i++)
        if (was_moved(g, &g->sets->ended.at[i])) key_set_add_number(refs, arena, g->sets->ended.at[i].ref);
}

static bool ask_became(const Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena, Error *err)
{
    KeySet refs = {0};
    for (const Staging *g = rows; g < rows + count; g++) add_moved(&refs, g, arena);
    return !refs.count ||
           doses_became(rows->run->ledger->act->store, key_set_text(&refs, arena), arena, &sets->became, err);
}

// A row is decided by itself.
static bool ask_itself(const Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena, Error *err)
{
    if (!count || !rows->decided) return true;
    assert(count == 1);
    return doses_asked_by(rows->run->ledger->act->store, rows->staged->row_id, arena, &sets->itself, err);
}

static bool ask_facts(const Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena,
                      Error *err)
{
    KeySet persons = {0};
    for (const Staging *g = rows; g < rows + count; g++)
        if (asks_of_person(g) && g->s.due_date != DAY_NONE) add_person(&persons, g, arena);
    return !persons.count ||
           facts_of_persons(rows->run->ledger->act->store, key_set_text(&persons, arena), arena,
                            &sets->facts, err);
}

static bool ask_of_corrections(const Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena,
                               Error *err)
{
    Store *store = rows->run->ledger->act->store;
    int32_t month = rows->run->file.month;
    KeySet labels = {0}, days = {0};
    for (const Staging *g = rows; g < rows + count; g++) {
        if (g->staged->decision.outcome != INTAKE_OPEN || !may_be_correction(g)) continue;
        key_set_add(&labels, arena, g->s.row_no, g->nth);
        key_set_add(&days, arena, g->staged->clinic_code,
                    sent_on_key(g->s.row.given_on, g->product_no));
    }
    if (!days.count) return true;
    Str asked = key_set_text(&labels, arena);
    if (month && (!waiting_labels(store, month, asked, arena, &sets->labels, err) ||
                  !doses_in_question(store, month, asked, arena, &sets->questions, err) ||
                  !doses_sent_under(store, month, asked, arena, &sets->under, err)))
        return false;
    return doses_sent_on(store, key_set_text(&days, arena), arena, &sets->on, err);
}

bool staging_ask(Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena, Error *err)
{
    assert(count >= 0);
    *sets = (IntakeSets){0};
    for (ptrdiff_t i = 0; i < count; i++) {
        rows[i].sets = sets;
        rows[i].nth = (int32_t)i;
    }
    return ask_doses(rows, count, sets, arena, err) && ask_origins(rows, count, sets, arena, err) &&
           ask_ended(rows, count, sets, arena, err) && ask_facts(rows, count, sets, arena, err) &&
           ask_became(rows, count, sets, arena, err) && ask_itself(rows, count, sets, arena, err) &&
           ask_of_corrections(rows, count, sets, arena, err);
}
