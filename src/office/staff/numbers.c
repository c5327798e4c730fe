// SPDX-License-Identifier: Apache-2.0
#include "numbers.h"

#include "office_number_rows.h"

const OfficeNumberKind office_number_kinds[NUMBER_COUNT] = {
#define X(name, ...) [NUMBER_##name] = {__VA_ARGS__},
    OFFICE_NUMBERS(X)
#undef X
};

bool office_number_named(Str name, OfficeNumber *number)
{
    for (OfficeNumber i = 0; i < NUMBER_COUNT; i++)
        if (str_equal(name, str_of(office_number_kinds[i].name))) {
            *number = i;
            return true;
        }
    return false;
}

bool office_numbers(Store *store, Arena scratch, OfficeNumbers *numbers, Error *err)
{
    NumberRows rows;
    OfficeNumber number = 0;
    for (OfficeNumber i = 0; i < NUMBER_COUNT; i++) numbers->at[i] = office_number_kinds[i].first;
    if (!numbers_read(store, &scratch, &rows, err)) return false;
    VEC_EACH (const NumberRow, row, rows) {
        if (!office_number_named(row->name, &number)) continue;
        const OfficeNumberKind *kind = &office_number_kinds[number];
        if (row->value >= kind->least && row->value <= kind->most) numbers->at[number] = row->value;
    }
    return true;
}
