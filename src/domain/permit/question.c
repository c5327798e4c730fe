// SPDX-License-Identifier: Apache-2.0
#include "question.h"

#include <string.h>

static bool table_code_read(Str text, const char *table, char at[LINKAGE_CODE_LENGTH + 1])
{
    if (text.len != LINKAGE_CODE_LENGTH || !str_starts(text, str_of(table))) return false;
    for (ptrdiff_t i = 2; i < text.len; i++) {
        char c = text.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return false;
    }
    memcpy(at, text.at, LINKAGE_CODE_LENGTH);
    at[LINKAGE_CODE_LENGTH] = '\0';
    return true;
}

bool affair_code_read(Str text, AffairCode *code)
{
    return table_code_read(text, "JM", code->at);
}

bool procedure_code_read(Str text, ProcedureCode *code)
{
    return table_code_read(text, "JT", code->at);
}

bool dataset_code_read(Str text, DatasetCode *code)
{
    return table_code_read(text, "TM", code->at);
}

bool inquiry_no_read(Str text, InquiryNo *no)
{
    if (text.len < 1 || text.len > INQUIRY_NO_MOST) return false;
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    *no = (InquiryNo){{0}};
    memcpy(no->digits, text.at, (size_t)text.len);
    return true;
}

bool inquiry_no_same(const InquiryNo *a, const InquiryNo *b)
{
    return !strcmp(a->digits, b->digits);
}

bool organisation_same(const OrganisationCode *a, const OrganisationCode *b)
{
    return !strcmp(a->digits, b->digits);
}

bool dataset_same(const DatasetCode *a, const DatasetCode *b)
{
    return !strcmp(a->at, b->at);
}

bool question_same(const Question *a, const Question *b)
{
    return a->item == b->item && a->items == b->items && !strcmp(a->affair.at, b->affair.at) &&
           !strcmp(a->procedure.at, b->procedure.at) && dataset_same(&a->dataset, &b->dataset) &&
           organisation_same(&a->inquirer, &b->inquirer) &&
           organisation_same(&a->provider, &b->provider);
}
