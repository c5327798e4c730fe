// SPDX-License-Identifier: Apache-2.0
#include "city_submission.h"

#include <stdio.h>
#include <stdlib.h>

#include "city_feed.h"
#include "city_namesake.h"
#include "city_sheet_file.h"
#include "city_slip.h"
#include "vec.h"

VEC(WishRows, SheetWish, wishes);

typedef struct Submission {
    const City *city;
    Str dir;
    CsvWriter *truth;
    int64_t rows;  // of all files
    // Even a small city has every slip once: the next one of the table, and from which sheet on.
    int next_slip;
    ptrdiff_t sheets, slip_every;
} Submission;

// A file of the month: its name, its encoding, the sheets in it.
typedef struct Batch {
    const char *sender;
    SheetStyle style;
    const SheetWish *sheets;
    ptrdiff_t count;
} Batch;

static void month_doses(const City *city, WishRows *rows, Arena *arena)
{
    CityDoses *doses = NEW(arena, CityDoses, 1);
    for (int32_t i = 0; i < city->people_count; i++) {
        const Person *p = &city->people[i];
        lifetime_doses(city, i, city->as_of, doses);
        for (int d = doses->count - 1; d >= 0 && doses->at[d].on >= city->month_first; d--) {
            if (!city_lives_here(p, doses->at[d].on)) continue;
            *wishes_push(rows, arena) =
                (SheetWish){i, doses->at[d], clinic_of_dose(city, i, &doses->at[d])};
        }
    }
}

// By sender (a clinic with its own file, else its association), then by day and clinic, as the heap of
// papers lay on the desk.
static int wish_sender(const City *city, const SheetWish *wish)
{
    const Clinic *c = &city->clinics->at[wish->clinic];
    return c->sends_own_file ? ASSOCIATIONS + wish->clinic : c->association;
}

static int wish_order(const void *a, const void *b, void *context)
{
    const SheetWish *x = a, *y = b;
    const City *city = ((const Submission *)context)->city;
    int sx = wish_sender(city, x), sy = wish_sender(city, y);
    if (sx != sy) return sx < sy ? -1 : 1;
    if (x->dose.on != y->dose.on) return x->dose.on < y->dose.on ? -1 : 1;
    if (x->clinic != y->clinic) return x->clinic < y->clinic ? -1 : 1;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    return (x->dose.product > y->dose.product) - (x->dose.product < y->dose.product);
}

// A keyboard without the character writes the everyday one.
static Str plain_characters(const City *city, Str text, Arena *arena)
{
    if (cp932_has(text)) return text;
    for (int i = 0; i < city->names.family_count; i++) {
        const FamilyName *family = &city->names.family[i];
        ptrdiff_t at = family->written.len ? str_find(text, family->name) : -1;
        if (at < 0) continue;
        return str_format(arena, "%.*s%.*s%.*s", STR(str_first(text, at)), STR(family->written),
                          STR(str_from(text, at + family->name.len)));
    }
    return text;
}

static void truth_put(Submission *s, Str file, const Sheet *sheet, int64_t line, Arena scratch)
{
    char number[CITY_NUMBER_SIZE];
    bool unreadable = sheet->breakage != SHEET_WHOLE;
    csv_put(s->truth, file);
    csv_put(s->truth,
            unreadable ? str_format(&scratch, "L%lld", (long long)line) : sheet->items[ITEM_ROW]);
    csv_put(s->truth, sheet->person < 0 ? (Str){0} : city_addressee_no(sheet->person, number));
    csv_put(s->truth, sheet->words);
    csv_put(s->truth, sheet->glance ? S("1") : S("0"));
    csv_end_row(s->truth);
}

static void sheet_send(Submission *s, SheetFile *file, Str name, bool cp932, Sheet *sheet,
                       const Clinic *clinic, int64_t *row, Arena scratch)
{
    static const SheetItem names[] = {ITEM_NAME, ITEM_CLINIC, ITEM_DOCTOR};
    for (int i = 0; cp932 && i < countof(names); i++)
        sheet->items[names[i]] = plain_characters(s->city, sheet->items[names[i]], &scratch);
    sheet_habits(sheet, clinic, &scratch);
    sheet->items[ITEM_ROW] = str_format(&scratch, "%lld", (long long)++*row);
    int64_t line = sheet_file_put(file, sheet, scratch);
    truth_put(s, name, sheet, line, scratch);
    s->rows++;
}

// Namesakes are told apart by their address only.
static bool told_apart(const City *city, const SheetWish *wish)
{
    return !city->clinics->at[wish->clinic].habits.no_address ||
           !namesake_exists(city, wish->person);
}

static MUST bool batch_write(Submission *s, const Batch *batch, Arena scratch, Error *err)
{
    CivilDate month = civil_of(s->city->month_first);
    Str name =
        str_format(&scratch, "YOSHIN_%04d%02d_%s_001.csv", month.year, month.month, batch->sender);
    Str path = str_format(&scratch, "%.*s/%.*s", STR(s->dir), STR(name));
    SheetFile *file;
    int64_t row = 0;
    if (!sheet_file_create(str_z(&scratch, path), batch->style, &scratch, &file, err)) return false;
    for (ptrdiff_t i = 0; i < batch->count; i++) {
        Arena notes = scratch;
        const SheetWish *wish = &batch->sheets[i];
        const Clinic *clinic = &s->city->clinics->at[wish->clinic];
        Dice dice = dice_for(s->city->seed, DICE_SHEET,
                             (uint64_t)(uint32_t)wish->person << 32 |
                                 (uint64_t)(uint32_t)wish->dose.on << 8 | wish->dose.product);
        Sheet sheet = sheet_fill(s->city, wish, &dice, &notes);
        sheet.glance = told_apart(s->city, wish);
        SlipScene scene = {.city = s->city,
                           .clinic = clinic,
                           .wish = *wish,
                           .dice = &dice,
                           .arena = &notes,
                           .sheet = &sheet};
        bool due = s->sheets++ >= s->slip_every * s->next_slip && s->next_slip < city_slip_count;
        if (due && slip_make(&scene, s->next_slip)) {
            s->next_slip++;
        } else if (!due) {
            slip_maybe(&scene);
        }
        sheet_send(s, file, name, batch->style.cp932, &sheet, clinic, &row, notes);
        if (scene.has_extra)
            sheet_send(s, file, name, batch->style.cp932, &scene.extra, clinic, &row, notes);
    }
    return sheet_file_close(file, err);
}

// Every sender has its own software. Two of the five associations still collect on an old machine.
static Batch batch_of(const City *city, const SheetWish *sheets, ptrdiff_t count)
{
    const Clinic *c = &city->clinics->at[sheets->clinic];
    Dice dice = dice_for(city->seed, DICE_SENDER, (uint64_t)sheets->clinic);
    Batch batch = {.sheets = sheets, .count = count};
    if (c->sends_own_file) {
        batch.sender = c->code;
        batch.style =
            (SheetStyle){.cp932 = c->habits.cp932,
                         .byte_order_mark = !c->habits.cp932 && dice_per_mille(&dice, 400),
                         .bare = dice_per_mille(&dice, 400),
                         .line_feed = dice_per_mille(&dice, 250)};
    } else {
        batch.sender = city_associations[c->association].id;
        batch.style = (SheetStyle){.cp932 = c->association % 2 == 1};
    }
    return batch;
}

static MUST bool truth_create(Submission *s, Arena *arena, Error *err)
{
    static const char *const header[] = {"file", "行番号", "宛名番号", "kinds", "glance"};
    Str path = str_format(arena, "%.*s/truth.csv", STR(s->dir));
    if (!csv_create(str_z(arena, path), arena, &s->truth, err)) return false;
    csv_as_it_stands(s->truth);
    for (int i = 0; i < countof(header); i++) csv_put(s->truth, str_of(header[i]));
    csv_end_row(s->truth);
    return true;
}

bool submissions_write(const City *city, Str dir, Arena scratch, int64_t *rows, Error *err)
{
    Submission s = {.city = city, .dir = dir};
    WishRows wishes = {0};
    if (!truth_create(&s, &scratch, err)) return false;
    month_doses(city, &wishes, &scratch);
    if (wishes.count) {
        qsort_r(wishes.at, (size_t)wishes.count, sizeof *wishes.at, wish_order, &s);
    }
    s.slip_every = wishes.count / (city_slip_count + 1);
    for (ptrdiff_t from = 0, to; from < wishes.count; from = to) {
        int sender = wish_sender(city, &wishes.at[from]);
        for (to = from; to < wishes.count && wish_sender(city, &wishes.at[to]) == sender;) to++;
        Batch batch = batch_of(city, &wishes.at[from], to - from);
        if (!batch_write(&s, &batch, scratch, err)) {
            csv_abandon(s.truth);
            return false;
        }
    }
    *rows = s.rows;
    return csv_commit(s.truth, err);
}
