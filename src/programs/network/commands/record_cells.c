// SPDX-License-Identifier: Apache-2.0
#include "record_cells.h"

#include <stdio.h>

// clang-format off
const ListCode record_results[] = {
    {"GIVEN", "回答あり"}, {"ASKED", "回答待ち"}, {"NOT_ALLOWED", "許可なし"}, {"REFUSED", "提供拒否"}, {"EXPIRED", "期限切れ"},
    {"NO_ANSWER", "回答なし"}, {0}};
// clang-format on

static Str result_code(const ProvisionRecord *record)
{
    switch (record->result) {
    case RESULT_NONE: return S("ASKED");
    case RESULT_NOT_ALLOWED: return S("NOT_ALLOWED");
    case RESULT_REFUSED: return S("REFUSED");
    case RESULT_EXPIRED: return S("EXPIRED");
    case RESULT_SILENT:
    case RESULT_UNREADABLE:
    case RESULT_CANCELLED: return S("NO_ANSWER");
    case RESULT_GIVEN:
    case RESULT_NO_DATA:
    case RESULT_NOBODY:
    case RESULT_COUNT: break;
    }
    return S("GIVEN");
}

Str record_result_words(const ProvisionRecord *record)
{
    Str code = result_code(record);
    for (const ListCode *one = record_results; one->code; one++)
        if (str_equal(code, str_of(one->code))) return str_of(one->words);
    return code;
}

void record_cells_put(List *out, const Access *access, const NamedList *list, Arena scratch)
{
    char item[24], at[INSTANT_TEXT_SIZE];
    const ProvisionRecord *record = &access->record;
    const Question *q = &record->permit.question;
    list_put(out, str_of(instant_in_japan(access->asked_at, at)));
    list_put(out, organisation_name(list, &access->asker, &scratch));
    list_put(out, organisation_name(list, &q->provider, &scratch));
    (void)snprintf(item, sizeof item, "%d", q->item);
    list_put(out, str_of(item));
    list_put(out, record->provided_at ? str_of(instant_in_japan(record->provided_at, at)) : (Str){0});
    list_put(out, result_code(record));
}
