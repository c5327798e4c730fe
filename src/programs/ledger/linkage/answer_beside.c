// SPDX-License-Identifier: Apache-2.0
#include "answer_beside.h"

#include "copy_layout.h"

VEC(KnownDoses, KnownDose, known_doses);

static KnownDose dose_known(const Ledger *ledger, int32_t product_no, PartialDate given_on, int32_t provenance)
{
    const ProductView *view = &ledger->judge.views[product_no];
    return (KnownDose){.given = true,
                       .given_on = given_on,
                       .product = product_no,
                       .series = view->series,
                       .components = view->components,
                       .seasonal = view->seasonal,
                       .provenance = provenance};
}

static KnownDoses doses_known(const Ledger *ledger, const DoseRecords *records, Arena *arena)
{
    KnownDoses known = {0};
    VEC_EACH (const DoseRecord, r, *records) {
        KnownDose *k = known_doses_push(&known, arena);
        *k = dose_known(ledger, r->dose.product_no, r->dose.given_on, (int32_t)r->dose.provenance);
        k->ref = r->dose.dose_id;
        k->clinic = r->clinic_code;
        k->lot = r->lot;
    }
    return known;
}

static Str words_of(const CopyCodes *codes, Str table, Str code)
{
    const CopyCode *row = copy_code(codes, table, code);
    return row ? row->words : code;
}

static Str ours_of(const CopyCodes *codes, Str table, Str code)
{
    const CopyCode *row = copy_code(codes, table, code);
    return row ? row->ours : (Str){0};
}

static AnswerDose dose_read(const CopyCodes *codes, const CopyItemRows *items)
{
    return (AnswerDose){.kind = ANSWER_UNCLEAR,
                        .given_on = copy_date(copy_value(items, DOSE_GIVEN_ON)),
                        .product = ours_of(codes, S("product"), copy_value(items, DOSE_PRODUCT)),
                        .vaccine = words_of(codes, S("vaccine"), copy_value(items, DOSE_VACCINE)),
                        .lot = copy_value(items, DOSE_LOT),
                        .institution = copy_value(items, DOSE_INSTITUTION_NAME),
                        .institution_code = copy_value(items, DOSE_INSTITUTION)};
}

static void compare(AnswerDose *dose, const KnownDose *incoming, const KnownDoses *known)
{
    static const BesideKind kinds[] = {
        [SAME_NONE] = ANSWER_NEW, [SAME_DUPLICATE] = ANSWER_KNOWN, [SAME_CORRECTS] = ANSWER_DOUBT, [SAME_DOUBT] = ANSWER_DOUBT};
    SamenessVerdict verdict = dose_sameness(incoming, known->at, known->count);
    dose->kind = kinds[verdict.sameness];
    dose->doubt = verdict.doubt;
    if (verdict.sameness == SAME_NONE) return;
    dose->dose_id = (int32_t)verdict.ref;
    VEC_EACH (const KnownDose, k, *known)
        if (k->ref == verdict.ref) dose->standing_on = k->given_on;
}

static bool was_given(const CopyItemRows *items)
{
    return str_equal(copy_value(items, DOSE_STATUS), S("1"));
}

// Of a vague day the reading counts that could be true.
static bool day_possible(PartialDate given_on, PartialDate born, Day today)
{
    DaySpan given, birth;
    if (!partial_date_span(given_on, &given) || given.first > today) return false;
    return !partial_date_span(born, &birth) || given.last >= birth.first;
}

AnswerDoses answer_beside(const Ledger *ledger, const CopyCodes *codes, const CopyAnswer *answer, PartialDate born,
                          const DoseRecords *records, Arena *arena)
{
    Day today = ledger->act->business_day;
    AnswerDoses doses = {0};
    KnownDoses known = doses_known(ledger, records, arena);
    VEC_EACH (const CopyItemRows, items, answer->records) {
        AnswerDose *dose = answer_doses_push(&doses, arena);
        *dose = dose_read(codes, items);
        int32_t product = dose->product.len ? product_number_of(&ledger->products, dose->product) : 0;
        if (!was_given(items)) dose->kind = ANSWER_NOT_GIVEN;
        if (dose->kind == ANSWER_NOT_GIVEN || !product || !day_possible(dose->given_on, born, today)) continue;
        KnownDose incoming = dose_known(ledger, product, dose->given_on, PROVENANCE_OTHER_CITY);
        incoming.clinic = dose->institution_code;
        incoming.lot = dose->lot;
        compare(dose, &incoming, &known);
        if (dose->kind == ANSWER_NEW) *known_doses_push(&known, arena) = incoming;
    }
    return doses;
}
