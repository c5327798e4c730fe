// SPDX-License-Identifier: Apache-2.0
#include "certificate_choice.h"

#include <assert.h>

#include "dates.h"

// ---- one dose

static Status status_of(const LifeDose *dose)
{
    return dose->verdict ? dose->verdict->status : STATUS_NONE;
}

static Str never_shown(const LifeDose *dose)
{
    if (dose->record->dose.provenance == PROVENANCE_GUARDIAN) return S("申出だけの記録のため、証明できません");
    if (status_of(dose) == STATUS_REVIEW) return S("確認が済んでいない記録のため、証明できません");
    return (Str){0};
}

static bool of_the_law(LegalClass of)
{
    return of == LEGAL_ROUTINE_A || of == LEGAL_ROUTINE_B || of == LEGAL_SPECIAL;
}

static Str no_paper_of(const LifeDose *dose)
{
    const DoseRecord *r = dose->record;
    bool ours = r->dose.provenance == PROVENANCE_CLINIC || r->dose.provenance == PROVENANCE_WIDE_AREA;
    if (!of_the_law(r->judgement.legal_class)) return S("定期の予防接種ではないため、済証はありません");
    if (status_of(dose) != STATUS_VALID) return S("定期の接種として有効でないため、済証はありません");
    return ours ? (Str){0} : S("ほかの市町村などの記録のため、済証は接種を行った市町村が交付します");
}

// Of the rows that show one record the one of the series to which it belongs, else the first.
static CertifiableDose *place_for(CertifiableDoses *doses, const LifeDose *dose, bool its_own, Arena *arena)
{
    VEC_EACH (CertifiableDose, d, *doses)
        if (d->record == dose->record) return its_own ? d : NULL;
    return certifiable_doses_push(doses, arena);
}

static void dose_take(CertifiableDoses *doses, const PersonShown *shown, const LifeSeries *series, const LifeDose *dose,
                      Arena *arena)
{
    Str belongs = dose->record->judgement.series;
    bool its_own = dose->group && str_equal(group_id(shown->schedule, dose->group->group), belongs);
    CertifiableDose *place = place_for(doses, dose, its_own, arena);
    if (!place) return;
    Str never = never_shown(dose);
    *place = (CertifiableDose){.record = dose->record,
                               .vaccine = series->name,
                               .position = dose->position,
                               .no_record = never,
                               .no_paper = never.len ? never : no_paper_of(dose),
                               .uncounted = status_of(dose) == STATUS_INVALID};
}

CertifiableDoses certifiable_doses_of(const PersonShown *shown, Arena *arena)
{
    CertifiableDoses doses = {0};
    LifeSeriesRows rows = life_series_of(shown, arena);
    VEC_EACH (const LifeSeries, s, rows)
        VEC_EACH (const LifeDose, dose, s->doses) dose_take(&doses, shown, s, dose, arena);
    return doses;
}

// ---- choices

static bool shown_in(const CertifiableDose *d, CertificateScope scope, Str vaccine)
{
    if (d->no_record.len || (d->uncounted && scope != CERTIFY_WHOLE)) return false;
    return scope != CERTIFY_VACCINE || str_equal(d->vaccine, vaccine);
}

Str certificate_kind_words(CertificateKind kind)
{
    return kind == CERTIFICATE_DOSE ? S("済証") : S("接種の記録の証明");
}

static CertificateChoice record_of(const CertifiableDoses *doses, CertificateScope scope, Str vaccine, Arena *arena)
{
    CertificateChoice choice = {.scope = scope, .kind = CERTIFICATE_RECORD, .vaccine = vaccine};
    VEC_EACH (const CertifiableDose, d, *doses)
        if (shown_in(d, scope, vaccine)) *certified_refs_push(&choice.doses, arena) = d;
    return choice;
}

static void choice_add(CertificateChoices *choices, CertificateChoice choice, Str words, Arena *arena)
{
    choice.words = words;
    if (choice.doses.count) *certificate_choices_push(choices, arena) = choice;
}

static void records_offered(CertificateChoices *choices, const CertifiableDoses *doses, Arena *arena)
{
    CertificateChoice valid = record_of(doses, CERTIFY_VALID, (Str){0}, arena);
    CertificateChoice whole = record_of(doses, CERTIFY_WHOLE, (Str){0}, arena);
    choice_add(choices, valid, str_format(arena, "接種の記録の証明（全部 %td件）", valid.doses.count), arena);
    if (whole.doses.count > valid.doses.count)
        choice_add(choices, whole, str_format(arena, "接種の記録の証明（定期として数えない接種も含む %td件）", whole.doses.count),
                   arena);
    for (ptrdiff_t i = 0; i < valid.doses.count; i++) {
        Str vaccine = valid.doses.at[i]->vaccine;
        CertificateChoice one = record_of(doses, CERTIFY_VACCINE, vaccine, arena);
        bool first = one.doses.at[0] == valid.doses.at[i];
        if (first && one.doses.count < valid.doses.count)
            choice_add(choices, one, str_format(arena, "接種の記録の証明（%.*s %td件）", STR(vaccine), one.doses.count), arena);
    }
}

static Str dose_words(const CertifiableDose *d, Arena *arena)
{
    Str day = date_partial_era_text(arena, d->record->dose.given_on);
    return str_format(arena, "%.*s %.*s　%.*s（記録%d）", STR(d->vaccine), STR(d->position), STR(day), (int)d->record->dose.dose_id);
}

static void papers_offered(CertificateChoices *choices, const CertifiableDoses *doses, Arena *arena)
{
    VEC_EACH (const CertifiableDose, d, *doses) {
        if (d->no_paper.len) continue;
        CertificateChoice one = {.scope = CERTIFY_DOSE, .kind = CERTIFICATE_DOSE, .subject = d->record->dose.dose_id};
        *certified_refs_push(&one.doses, arena) = d;
        choice_add(choices, one, str_format(arena, "済証　%.*s", STR(dose_words(d, arena))), arena);
    }
}

static bool may_again(const CertifiableDose *d, CertificateKind kind)
{
    return !(kind == CERTIFICATE_DOSE ? d->no_paper : d->no_record).len;
}

static bool again_offered(Store *store, CertificateChoices *choices, const CertifiableDoses *doses, const CertificateRow *row,
                          Arena *arena, Error *err)
{
    CertificateDoses now;
    CertificateChoice again = {.scope = CERTIFY_AGAIN, .kind = row->kind, .subject = row->number};
    if (row->to_act != ACT_OPEN) return true;
    if (!certificate_doses_now(store, row->number, arena, &now, err)) return false;
    VEC_EACH (const int32_t, id, now)
        VEC_EACH (const CertifiableDose, d, *doses)
            if (d->record->dose.dose_id == *id && may_again(d, row->kind)) *certified_refs_push(&again.doses, arena) = d;
    choice_add(choices, again,
               str_format(arena, "再交付　第%lld号（%.*s　%.*s交付）", (long long)row->number, STR(certificate_kind_words(row->kind)),
                          STR(date_era_text(arena, row->issued_on))),
               arena);
    return true;
}

bool certificate_choices_of(Store *store, const CertifiableDoses *doses, const CertificateRows *issued, Arena *arena,
                            CertificateChoices *choices, Error *err)
{
    *choices = (CertificateChoices){0};
    records_offered(choices, doses, arena);
    papers_offered(choices, doses, arena);
    VEC_EACH (const CertificateRow, row, *issued)
        if (!again_offered(store, choices, doses, row, arena, err)) return false;
    return true;
}

// ---- what is asked for

static bool meant(const CertificateChoice *choice, const CertificateWanted *wanted)
{
    if (wanted->words.len) return str_equal(choice->words, wanted->words);
    return choice->scope == wanted->scope && choice->subject == wanted->subject && str_equal(choice->vaccine, wanted->vaccine);
}

static Str why_not(const CertifiableDoses *doses, const CertificateWanted *wanted, Arena *arena)
{
    if (wanted->words.len) return S("選んだ証明書は、いまの記録では作れません。記録が変わったかもしれません。選び直してください。");
    VEC_EACH (const CertifiableDose, d, *doses) {
        bool its = wanted->scope == CERTIFY_DOSE && d->record->dose.dose_id == wanted->subject;
        if (its && d->no_paper.len) return str_format(arena, "%.*s。", STR(d->no_paper));
    }
    if (wanted->scope == CERTIFY_DOSE) return S("この番号の接種の記録は、この人にありません。");
    if (wanted->scope == CERTIFY_AGAIN)
        return S("この番号の証明書は、この人に交付していないか、もう終わっているか、証明できる接種が残っていません。");
    return S("証明できる接種の記録がありません。");
}

bool certificate_chosen(const CertificateChoices *choices, const CertifiableDoses *doses, const CertificateWanted *wanted,
                        Arena *arena, const CertificateChoice **chosen, Error *err)
{
    assert(wanted->scope < CERTIFY_SCOPES);
    *chosen = NULL;
    VEC_EACH (const CertificateChoice, choice, *choices)
        if (!*chosen && meant(choice, wanted)) *chosen = choice;
    // All that there is may count.
    VEC_EACH (const CertificateChoice, choice, *choices)
        if (!*chosen && wanted->scope == CERTIFY_WHOLE && !wanted->words.len && choice->scope == CERTIFY_VALID) *chosen = choice;
    if (*chosen) return true;
    return FAIL(err, E_NOT_FOUND, .item = S("証明書"), .words = why_not(doses, wanted, arena));
}
