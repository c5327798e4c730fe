// SPDX-License-Identifier: Apache-2.0
#include "dose_copy.h"

#include "copy_code_table.h"
#include "copy_layout.h"
#include "partial_number.h"

#include <assert.h>
#include <stdio.h>

enum { LOT_CHARACTERS = 20, NAME_CHARACTERS = 60 };

CopyKey copy_key_of(int32_t dose_id)
{
    assert(dose_id > 0);
    CopyKey key = {{0}};
    (void)snprintf(key.at, sizeof key.at, "D%d", (int)dose_id);
    return key;
}

int32_t copy_key_dose(const CopyKey *key)
{
    int64_t number = 0;
    Str text = str_of(key->at);
    bool ours = str_starts(text, S("D")) && str_int64(str_from(text, 1), &number) && number > 0 && number <= INT32_MAX;
    return ours ? (int32_t)number : 0;
}

static void put(CopyItemRows *items, Arena *arena, int no, Str value, CopyNull null)
{
    *copy_items_push(items, arena) =
        value.len ? (CopyItem){.no = no, .value = value} : (CopyItem){.no = no, .null = null};
}

static Str code_of(const CopyCodes *codes, Str table, Str ours, Str other)
{
    const CopyCode *row = ours.len ? copy_code_of_ours(codes, table, ours) : NULL;
    return row ? row->code : other;
}

// Why a day is not whole: the record has none, or not even the month.
static Str unknown_of(PartialDate day)
{
    if (partial_date_whole(day)) return (Str){0};
    return day.month ? S("1") : S("2");
}

static Str legal_class(LegalClass of)
{
    static const char *const codes[] = {
        [LEGAL_ROUTINE_A] = "1", [LEGAL_ROUTINE_B] = "2", [LEGAL_SPECIAL] = "3",   [LEGAL_CITY] = "4",
        [LEGAL_VOLUNTARY] = "5", [LEGAL_INSURANCE] = "5", [LEGAL_UNKNOWN] = "9"};
    const char *code = of > LEGAL_NOT_SAID && of <= LEGAL_UNKNOWN ? codes[of] : NULL;
    return str_of(code ? code : "9");
}

static Str source(Provenance from)
{
    if (from == PROVENANCE_CLINIC || from == PROVENANCE_WIDE_AREA) return S("1");
    if (from == PROVENANCE_BOOKLET) return S("2");
    return from == PROVENANCE_OTHER_CITY ? S("3") : S("4");
}

// So many characters, none of them cut in two.
static Str cut_to(Str text, int characters)
{
    ptrdiff_t end = 0;
    for (int n = 0; end < text.len; end++) {
        bool begins = ((unsigned char)text.at[end] & 0xC0) != 0x80;
        if (begins && n++ == characters) break;
    }
    return str_first(text, end);
}

static Str digits(Arena *arena, int64_t number)
{
    return number ? str_format(arena, "%lld", (long long)number) : (Str){0};
}

static void put_place(CopyItemRows *items, const CopyDose *dose, Arena *arena)
{
    const DoseRecord *r = &dose->record;
    bool hide = dose->is_protected;
    bool coded = r->clinic_code.len == sizeof(InstitutionCode) - 1;
    put(items, arena, DOSE_SITE_KIND, hide || !r->clinic_code.len ? (Str){0} : S("1"), COPY_NULL_UNKNOWN);
    put(items, arena, DOSE_INSTITUTION, hide || !coded ? (Str){0} : r->clinic_code, COPY_NULL_UNKNOWN);
    put(items, arena, DOSE_INSTITUTION_NAME, hide ? (Str){0} : cut_to(r->clinic_name, NAME_CHARACTERS), COPY_NULL_UNKNOWN);
}

static Str day_digits(Arena *arena, Day day)
{
    return str_format(arena, "%08lld", (long long)partial_number(partial_of(day)));
}

CopyRecord copy_of_dose(const CopyMaking *making, const CopyDose *dose, Arena *arena)
{
    const CopyCodes *codes = making->codes;
    const DoseRecord *r = &dose->record;
    CopyItemRows items = {0};
    PartialDate given = r->dose.given_on;
    Str product = making->product_codes[r->dose.product_no];
    put(&items, arena, DOSE_VACCINE, code_of(codes, S("vaccine"), r->judgement.series, S("9090")), COPY_NULL_NONE);
    put(&items, arena, DOSE_LABEL, code_of(codes, S("dose"), r->judgement.position, S("099")), COPY_NULL_NONE);
    put(&items, arena, DOSE_BRANCH, S("0"), COPY_NULL_NONE);
    put(&items, arena, DOSE_GIVEN_ON, str_format(arena, "%08lld", (long long)partial_number(given)), COPY_NULL_NONE);
    put(&items, arena, DOSE_DATE_UNKNOWN, unknown_of(given), COPY_NULL_NOT_COVERED);
    put(&items, arena, DOSE_LEGAL_CLASS, legal_class(r->judgement.legal_class), COPY_NULL_NONE);
    put(&items, arena, DOSE_STATUS, S("1"), COPY_NULL_NONE);
    put(&items, arena, DOSE_PRODUCT, code_of(codes, S("product"), product, (Str){0}), COPY_NULL_UNKNOWN);
    put(&items, arena, DOSE_MAKER, (Str){0}, COPY_NULL_UNKNOWN);
    put(&items, arena, DOSE_LOT, cut_to(r->lot, LOT_CHARACTERS), COPY_NULL_UNKNOWN);
    put(&items, arena, DOSE_VOLUME, digits(arena, r->volume_ml100), COPY_NULL_UNKNOWN);
    put_place(&items, dose, arena);
    put(&items, arena, DOSE_RECORDED_BY, str_copy(arena, municipality_text(&making->recorded_by)), COPY_NULL_NONE);
    put(&items, arena, DOSE_RECORDED_ON, day_digits(arena, dose->recorded_on), COPY_NULL_NONE);
    put(&items, arena, DOSE_SOURCE, source(r->dose.provenance), COPY_NULL_NONE);
    return (CopyRecord){.key = copy_key_of(dose->dose_id), .version = dose->version + 1, .born = dose->birth, .items = items};
}
