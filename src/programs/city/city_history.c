// SPDX-License-Identifier: Apache-2.0
#include "city_history.h"

#include "calendar.h"
#include "city_feed.h"
#include "city_sheet.h"
#include "csv_write.h"

#define YEARS_MAX 80
#define SENDER    "4001000"  // the associations together

static const SheetItem columns[] = {
    ITEM_ROW,     ITEM_CODE,  ITEM_NUMBER, ITEM_NAME, ITEM_KANA,   ITEM_BIRTH, ITEM_SEX,
    ITEM_VACCINE, ITEM_CLAIM, ITEM_ON,     ITEM_KIND, ITEM_VOLUME, ITEM_LOT,   ITEM_DUE,
};

// Clinics of other places, from before somebody moved here.
static const char *const codes_elsewhere[] = {"1319901235", "0110113719"};

typedef struct History {
    const City *city;
    Str dir;
    int first_year;
    CsvWriter *files[YEARS_MAX];
    int64_t rows[YEARS_MAX];
    Arena *arena;
} History;

static MUST bool file_open(History *h, int year, Error *err)
{
    CivilDate last = civil_of(h->city->month_first - 1);
    int month = year == last.year ? last.month : 12;
    Str path =
        str_format(h->arena, "%.*s/YOSHIN_%04d%02d_" SENDER "_001.csv", STR(h->dir), year, month);
    CsvWriter **w = &h->files[year - h->first_year];
    if (!csv_create(str_z(h->arena, path), h->arena, w, err)) return false;
    csv_as_it_stands(*w);
    for (int i = 0; i < countof(columns); i++) csv_put(*w, str_of(sheet_items[columns[i]]));
    csv_end_row(*w);
    return true;
}

// What stays the same on all rows of one person.
typedef struct Owner {
    Str number, name, kana, birth, sex;
} Owner;

static Owner owner_of(const City *city, int32_t person, Arena *arena)
{
    const Person *p = &city->people[person];
    char number[CITY_NUMBER_SIZE];
    return (Owner){
        .number = str_copy(arena, city_addressee_no(person, number)),
        .name = register_name(city, p, arena),
        .kana = register_kana(city, p, arena),
        .birth = sheet_day(p->birth + p->register_birth_off, arena),
        .sex = p->sex == 1 ? S("1") : S("2"),
    };
}

static void dose_put(History *h, int32_t person, const Owner *owner, const CityDose *dose,
                     Arena scratch)
{
    const City *city = h->city;
    const Clinic *clinic = &city->clinics->at[clinic_of_dose(city, person, dose)];
    bool elsewhere_given = dose->on < city->people[person].since;
    int year = civil_of(dose->on).year - h->first_year;
    CsvWriter *w = h->files[year];
    csv_put_int64(w, ++h->rows[year]);
    csv_put(w, elsewhere_given ? str_of(codes_elsewhere[person % 2]) : (Str){clinic->code, 10});
    csv_put(w, owner->number);
    csv_put(w, owner->name);
    csv_put(w, owner->kana);
    csv_put(w, owner->birth);
    csv_put(w, owner->sex);
    csv_put(w, str_of(city_products[dose->product].id));
    csv_put(w, sheet_claim(dose, 0, &scratch));
    csv_put(w, sheet_day(dose->on, &scratch));
    csv_put(w, elsewhere_given ? S("3") : S("1"));
    csv_put(w, str_of(sheet_volume(city, person, dose)));
    csv_put(w, sheet_lot(dose, &scratch));
    csv_put(w, sheet_day(dose->due_date, &scratch));
    csv_end_row(w);
}

static void people_put(History *h, Day from, Arena scratch)
{
    CityDoses *doses = NEW(&scratch, CityDoses, 1);
    for (int32_t i = 0; i < h->city->full_copy_count; i++) {
        Arena notes = scratch;
        lifetime_doses(h->city, i, h->city->month_first - 1, doses);
        if (!doses->count) continue;
        Owner owner = owner_of(h->city, i, &notes);
        for (int d = 0; d < doses->count; d++)
            if (doses->at[d].on >= from) dose_put(h, i, &owner, &doses->at[d], notes);
    }
}

// Files without a row would only be in the way.
static MUST bool file_finish(CsvWriter *file, int64_t rows, int64_t *sum, Error *err)
{
    *sum += rows;
    if (rows) return csv_commit(file, err);
    csv_abandon(file);
    return true;
}

bool history_write(const City *city, HistoryLength length, Str dir, Arena scratch, int64_t *rows,
                   Error *err)
{
    Day until = city->month_first - 1;
    Day from = length == HISTORY_FULL ? HISTORY_BEGINS : month_add(until, -24, MONTHS_CLIP) + 1;
    History h = {.city = city, .dir = dir, .first_year = civil_of(from).year, .arena = &scratch};
    int years = civil_of(until).year - h.first_year + 1;
    *rows = 0;
    if (years > YEARS_MAX) {
        return FAIL(err, E_LIMIT, .item = S("--as-of"),
                    .words = S("業務日が遠すぎます。2054年までの日付を指定してください。"));
    }
    for (int y = 0; y < years; y++)
        if (!file_open(&h, h.first_year + y, err)) return false;
    people_put(&h, from, scratch);
    for (int y = 0; y < years; y++)
        if (!file_finish(h.files[y], h.rows[y], rows, err)) return false;
    return true;
}
