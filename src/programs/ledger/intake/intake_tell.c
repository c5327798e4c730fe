// What the outcome, the list of candidates and the list of returned rows will say of a row.
// SPDX-License-Identifier: Apache-2.0
#include "intake_staging.h"

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

// The stored doses between which, and the row, a person decides.
static void add_doubted(const Staging *g, Text *text)
{
    const IntakeDecision *d = &g->staged->decision;
    for (int32_t i = 0; i < d->doubted_count; i++) {
        const KnownDose *k = known_dose(g, d->doubted[i]);
        if (!k) continue;
        text_add(text, g->arena, i ? S("、") : S(" 台帳の記録 "));
        add_dose(g, text, k->given_on, k->product);
        if (k->month)
            text_addf(text, g->arena, "（%d年%d月分の行%.*s）", k->month / 100, k->month % 100,
                      STR(k->row_no));
    }
}

// Of doses sent for other persons, which the row may correct.
static void add_others(const Staging *g, Text *text)
{
    Str words = g->by_number ? S(" 訂正前の行で登録された記録 ")
                             : S(" 同じ医療機関が同じ日に別の人に行った接種の記録 ");
    bool several = g->others > 1 && g->staged->decision.codes[0] == INTAKE_D306;
    if (!several && !g->staged->decision.names_other) return;
    text_add(text, g->arena, words);
    if (several)
        text_addf(text, g->arena, "%d件", g->others);
    else
        add_dose(g, text, g->another.given_on, g->another.product_no);
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
}
