// SPDX-License-Identifier: Apache-2.0
#include "clinic_list.h"

#include <assert.h>

bool clinic_list_read(Store *store, Arena *arena, ClinicList *list, Error *err)
{
    ClinicList read = {0};
    if (!clinics_read(store, arena, &read.rows, err)) return false;
    for (ptrdiff_t i = 0; i < read.rows.count; i++) {
        int64_t *place = map_place(&read.first, arena, read.rows.at[i].code, NULL);
        if (!*place) *place = i + 1;
    }
    *list = read;
    return true;
}

static bool covers_product(const Judge *judge, Str vaccine, int32_t product_no)
{
    if (!vaccine.len) return true;
    const ProductView *view = &judge->views[product_no];
    if (view->rule == PRODUCT_NONE) return false;
    if (str_equal(vaccine, product_id(judge->schedule, view->rule))) return true;
    int group = group_find(judge->schedule, vaccine);
    return group != GROUP_NONE && (view->series >> group & 1);
}

static int32_t clinics_named(const ClinicList *list, Str name, Str *code)
{
    int32_t count = 0;
    VEC_EACH (const ClinicRow, c, list->rows) {
        if (!name.len || !str_equal(c->name, name) || str_equal(c->code, *code)) continue;
        *code = c->code;
        count++;
    }
    return count;
}

static void ask_contracts(const ClinicList *list, const Judge *judge, Str code, int32_t product_no,
                          Day day, IntakeClinic *clinic)
{
    const int64_t *first = map_find(&list->first, code);
    if (!first) return;
    for (ptrdiff_t i = *first - 1; i < list->rows.count; i++) {
        const ClinicRow *c = &list->rows.at[i];
        if (!str_equal(c->code, code)) break;
        bool on_day =
            c->contract_from <= day && (c->contract_to == DAY_NONE || day <= c->contract_to);
        if (!on_day) continue;
        clinic->contract_on_day = true;
        clinic->contract_covers =
            clinic->contract_covers || covers_product(judge, c->vaccine, product_no);
    }
}

IntakeClinic clinic_of_row(const ClinicList *list, const Judge *judge, Str written_name,
                           InstitutionCode *code, int32_t product_no, Day day)
{
    assert(product_no >= 0);
    IntakeClinic clinic = {.list_loaded = list->rows.count > 0};
    if (!clinic.list_loaded) return clinic;
    if (!code->digits[0]) {
        Str found = {0};
        Error ignored;
        clinic.clinics_of_name = clinics_named(list, written_name, &found);
        if (clinic.clinics_of_name != 1 || !institution_code_parse(found, code, NULL, &ignored))
            return clinic;
    }
    if (product_no) ask_contracts(list, judge, institution_text(code), product_no, day, &clinic);
    return clinic;
}
