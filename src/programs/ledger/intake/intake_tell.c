// What the outcome, the list of candidates and the list of returned rows will say of a row.
// SPDX-License-Identifier: Apache-2.0
#include "counter_rows.h"

#include <assert.h>
#include "intake_staging.h"
#include "review_rows.h"

// ---- who

static void add_candidate(Text *text, Arena *arena, const AddresseeNo *who, bool hide)
{
    if (text->len) text_add_byte(text, arena, ' ');
    text_add(text, arena, hide ? S("***") : addressee_text(who));
}

// Numbers of the candidates, best first. A protected person who is one of several is not named here
// (immunization.md 6.2): whoever may see it opens the review.
static Str candidates_text(const Staging *g)
{
    Text text = {0};
    bool several = g->match.persons.count + g->staged->decision.names_other > 1;
    VEC_EACH (const MatchCandidate, c, g->match.persons) {
        const MatchPerson *p = &g->found.persons.at[c->person];
        add_candidate(&text, g->arena, &p->addressee_no, p->is_protected && several);
    }
    if (g->staged->decision.names_other)
        add_candidate(&text, g->arena, &g->another.addressee_no,
                      g->another.is_protected && several);
    return text.len ? text_str(&text) : (Str){0};
}

// A row that was returned before anybody was sought may still bear a protected person's number.
static bool number_is_protected(const Staging *g)
{
    return match_number_protected(g->run->matches, addressee_text(&g->s.match.addressee_no));
}

bool staging_means_protected(const Staging *g)
{
    if (!g->match.persons.count && number_is_protected(g)) return true;
    VEC_EACH (const MatchCandidate, c, g->match.persons)
        if (g->found.persons.at[c->person].is_protected) return true;
    return g->staged->decision.names_other && g->another.is_protected;
}

static void keep_candidates(Staging *g)
{
    StagedRow *staged = g->staged;
    staged->candidate_count = 0;
    if (staged->decision.outcome != INTAKE_REVIEW) return;
    int32_t *ids = NEW(g->run->kept, int32_t, g->match.persons.count + 1);
    VEC_EACH (const MatchCandidate, c, g->match.persons)
        ids[staged->candidate_count++] = (int32_t)g->found.persons.at[c->person].person_id;
    if (staged->decision.names_other) ids[staged->candidate_count++] = g->another.person_id;
    staged->candidate_ids = ids;
}

// ---- which doses

static void add_dose(const Staging *g, Text *text, PartialDate on, int32_t product_no)
{
    char day[DAY_TEXT_SIZE];
    text_addf(text, g->arena, "%s %.*s", partial_date_text(on, day),
              STR(g->run->ledger->products.code_of[product_no]));
}

static const KnownDose *known_dose(const Staging *g, int64_t ref)
{
    VEC_EACH (const KnownDose, k, g->known)
        if (k->ref == ref) return k;
    return NULL;
}

// As `ledger show` numbers it, and as --record and --move take it; a dose of this very file has none yet.
static void add_record(const Staging *g, Text *text, int64_t ref)
{
    if (ref > 0 && ref < PROVISIONAL) text_addf(text, g->arena, "%lld: ", (long long)ref);
}

// The stored doses between which, and the row, a person decides.
static void add_doubted(const Staging *g, Text *text)
{
    const IntakeDecision *d = &g->staged->decision;
    for (int32_t i = 0; i < d->doubted_count; i++) {
        const KnownDose *k = known_dose(g, d->doubted[i]);
        if (!k) continue;
        text_add(text, g->arena, i ? S("、") : S(" 台帳の記録 "));
        add_record(g, text, k->ref);
        add_dose(g, text, k->given_on, k->product);
        if (k->month)
            text_addf(text, g->arena, "（%d年%d月分の行%.*s）", k->month / 100, k->month % 100,
                      STR(k->row_no));
    }
}

// How far it lies from what the row says, where it is another day.
static void add_distance(const Staging *g, Text *text, PartialDate on)
{
    DaySpan row, dose;
    if (!partial_date_span(g->s.row.given_on, &row) || !partial_date_span(on, &dose)) return;
    Day days = dose.last - row.last;
    if (days)
        text_addf(text, g->arena, "、この行の接種日より%d日%s", days < 0 ? -days : days,
                  days < 0 ? "前" : "後");
}

// Whose dose it is, and the file and row that brought it: of a protected person neither is named beside another.
static void add_other(const Staging *g, Text *text, const SentDose *dose, bool hide)
{
    add_record(g, text, dose->dose_id);
    Str name = dose->name.len ? dose->name : S("前の行の人");
    text_addf(text, g->arena, "%.*s の ", STR(dose->is_protected ? S("***") : name));
    add_dose(g, text, dose->given_on, dose->product_no);
    text_addf(text, g->arena, "（ファイル %.*s の行 %.*s", STR(hide ? S("***") : dose->file),
              STR(dose->label));
    add_distance(g, text, dose->given_on);
    text_add(text, g->arena, S("）"));
}

// The row may mean the very person whose record it is (V132): nothing would leave anybody.
static bool is_himself_perhaps(const Staging *g)
{
    return g->staged->decision.codes[0] == INTAKE_V132;
}

static Str others_words(const Staging *g)
{
    if (g->by_number) return S(" 訂正前の行で登録された記録 ");
    return g->s.row.corrects || g->s.row.corrects_unread ? S(" 同じ医療機関が同じ日に別の人に行った接種の記録 ")
                                                         : S(" 移された接種のいまの記録 ");
}

// What the row asked about, and nobody has any longer.
static void add_ended(const Staging *g, Text *text)
{
    VEC_EACH (const SentDose, dose, g->sets->itself)
        if (dose->ended)
            text_addf(text, g->arena, " この行が尋ねていた記録%d は取り消されたか改められ、いまは誰の接種でもありません。", dose->dose_id);
}

// Of doses sent for other persons, which the row may correct: what would leave its person.
static void add_others(const Staging *g, Text *text)
{
    bool hide = staging_means_protected(g);
    if (!g->staged->decision.asks_others) return;
    add_ended(g, text);
    if (!g->sent_others.count) return;
    VEC_EACH (const SentDose, dose, g->sent_others) hide = hide || dose->is_protected;
    text_add(text, g->arena, others_words(g));
    if (g->others > 1) text_addf(text, g->arena, "%d人 ", g->others);
    for (ptrdiff_t i = 0; i < g->sent_others.count; i++) {
        if (i) text_add(text, g->arena, S("、"));
        add_other(g, text, &g->sent_others.at[i], hide);
    }
    if (!is_himself_perhaps(g))
        text_add(text, g->arena, S(REVIEW_MOVE_WORDS));
}

// ---- what a correction under review is about, for the row that corrects it next

static void keep_question(Staging *g, const SentDose *dose)
{
    Arena *kept = g->run->kept;
    VEC_EACH (const SentDose, asked, g->staged->in_question)
        if (asked->dose_id == dose->dose_id) return;
    SentDose *asked = sent_doses_push(&g->staged->in_question, kept);
    *asked = *dose;
    asked->clinic_code = str_copy(kept, dose->clinic_code);
    asked->file = str_copy(kept, dose->file);
    asked->label = str_copy(kept, dose->label);
    asked->name = str_copy(kept, dose->name);
}

static void keep_questions(Staging *g)
{
    const IntakeDecision *d = &g->staged->decision;
    g->staged->in_question = (SentDoses){0};
    bool asks = g->s.row.corrects || g->s.row.corrects_unread || d->asks_others;
    if (d->outcome != INTAKE_REVIEW || !asks) return;
    bool asks_own = g->person && d->codes[0] == INTAKE_D306;
    for (int32_t i = 0; asks_own && i < d->doubted_count; i++) {
        const SentDose own = {.dose_id = (int32_t)d->doubted[i],
                              .person_id = (int32_t)g->person->person_id};
        keep_question(g, &own);
    }
    VEC_EACH (const SentDose, dose, g->own_asked) keep_question(g, dose);
    VEC_EACH (const SentDose, dose, g->sent_others)
        if (d->asks_others) keep_question(g, dose);
}

static Str evidence_text(const Staging *g)
{
    Text text = {0};
    if (g->staged->decision.outcome != INTAKE_REVIEW) return g->match.evidence;
    text_add(&text, g->arena, g->match.evidence);
    add_doubted(g, &text);
    add_others(g, &text);
    return text.len ? str_trim(text_str(&text)) : (Str){0};
}

// ---- the row itself

void staging_tell(Staging *g)
{
    assert(g->staged->decision.outcome <= INTAKE_DUPLICATE);
    StagedRow *staged = g->staged;
    Arena *kept = g->run->kept;
    IntakeOutcome outcome = staged->decision.outcome;
    staged->product_no = g->product_no;
    staged->row = g->s.row;
    staged->item = outcome == INTAKE_RETURNED ? g->s.defect_item : (Str){0};
    if (g->person) {
        staged->who = g->person->addressee_no;
        staged->is_protected = g->person->is_protected;
    }
    if (outcome == INTAKE_DUPLICATE && !staged->dose_id && staged->decision.ref > 0)
        staged->dose_id = (int32_t)staged->decision.ref;
    if (outcome != INTAKE_RETURNED) {
        if (g->match.persons.count) staged->score = g->match.persons.at[0].score;
        staged->candidates = str_copy(kept, candidates_text(g));
    }
    staged->evidence = str_copy(kept, evidence_text(g));
    // What a clinic knows of where a protected person lives is kept nowhere.
    staged->shown = outcome == INTAKE_REVIEW || outcome == INTAKE_RETURNED;
    staged->hides = staged->shown && staging_means_protected(g);
    keep_candidates(g);
    keep_questions(g);
}
