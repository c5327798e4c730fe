// What a receiver may rely on: every file of the city read by the reader of the real office, every row
// held against the contract (files.md 2 and 3), the clinic list, the register and truth.csv.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "city_make.h"
#include "city_slip.h"
#include "claimed_dose.h"
#include "csv.h"
#include "dates.h"
#include "error_texts.h"
#include "identity.h"
#include "individual_no.h"
#include "map.h"
#include "municipality.h"
#include "office_code.h"
#include "resident_event.h"

#define RESIDENTS 3000
#define SEED      20261031
#define MONTH     "YOSHIN_202610_"

static char folder[] = "/tmp/city_files_XXXXXX";
static char again[] = "/tmp/city_again_XXXXXX";
static Arena whole;
static const MunicipalityTable *municipalities;
static CityCounts counts;

static bool city_into(const char *dir, uint64_t seed, Arena arena, Error *err)
{
    CityWish wish = {.residents = RESIDENTS, .seed = seed, .as_of = day_of(2026, 10, 31)};
    return city_make(&wish, HISTORY_FULL, str_of(dir), &arena, &counts, err);
}

static int make_city(void **state)
{
    Error err = {0};
    (void)state;
    whole = arena_reserve((ptrdiff_t)256 << 20);
    if (!municipality_load(&whole, &municipalities, &err)) return -1;
    if (!mkdtemp(folder) || !mkdtemp(again)) return -1;
    return city_into(folder, SEED, whole, &err) ? 0 : -1;
}

// Names in a folder that begin so, in order.
static int files_of(const char *dir, const char *prefix, struct dirent ***list)
{
    int count = scandir(dir, list, NULL, alphasort), kept = 0;
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        if (strncmp((*list)[i]->d_name, prefix, strlen(prefix)) == 0)
            (*list)[kept++] = (*list)[i];
        else
            free((*list)[i]);
    }
    return kept;
}

static void folder_empty(const char *dir)
{
    struct dirent **list;
    int count = files_of(dir, "", &list);
    for (int i = 0; i < count; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", dir, list[i]->d_name);
        if (list[i]->d_name[0] != '.') (void)unlink(path);
        free(list[i]);
    }
    free(list);
    (void)rmdir(dir);
}

static int forget_city(void **state)
{
    (void)state;
    folder_empty(folder);
    folder_empty(again);
    arena_release(whole);
    return 0;
}

static void done_with(struct dirent **list, int count)
{
    for (int i = 0; i < count; i++) free(list[i]);
    free(list);
}

typedef void RowCheck(const char *file, const CsvRow *row, Arena *arena, void *context);

static int64_t each_row(const char *file, const CsvLayout *layout, RowCheck *check, Arena *arena,
                        void *context)
{
    char path[512];
    CsvReader *reader;
    CsvRow row;
    Error err = {0};
    int64_t rows = 0;
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    if (!csv_open(path, layout, CSV_ENCODING_AUTO, arena, &reader, &err))
        fail_msg("%s: %.*s %.*s", file, STR(error_words(&err)), STR(error_value(&err)));
    assert_int_equal(csv_facts(reader)->unknown_count, 0);
    for (; csv_next(reader, &row); rows++) check(file, &row, arena, context);
    assert_true(csv_close(reader, &err));
    return rows;
}

static Day read_day(const char *file, const CsvRow *row, int column)
{
    Error err = {0};
    Day day;
    if (!date_parse_day(row->fields[column], &day, NULL, &err))
        fail_msg("%s line %lld: no date: %.*s", file, (long long)row->line,
                 STR(row->fields[column]));
    return day;
}

// clang-format off
enum { SERIAL, NUMBER, HOUSEHOLD, KIND, STATUS, REASON, OCCURRED, REPORTED, NAME, KANA, ROMAN, ALIAS,
       ALIAS_KANA, NAME_CHOICE, SEX, BIRTH, RELATION, MUNICIPALITY, POSTAL, TOWN, LOT, BRANCH,
       SUB_BRANCH, ADDRESS, BUILDING, PHONE, SINCE, UNTIL, FROM_ADDRESS, FROM_BUILDING, FROM_CODE,
       TO_ADDRESS, TO_BUILDING, TO_CODE, PROTECTION, INDIVIDUAL, FEED_COLUMNS };
static const CsvColumn feed_columns[FEED_COLUMNS] = {
    {"更新連番", true, false}, {"宛名番号", true, false}, {"世帯番号", true, false},
    {"住民種別", true, false}, {"住民状態", true, false}, {"異動事由", true, false},
    {"異動年月日", true, false}, {"届出年月日", true, false}, {"氏名", true, false},
    {"氏名カナ", false, false}, {"氏名ローマ字", false, false}, {"通称", false, false},
    {"通称カナ", false, false}, {"氏名優先区分", false, false}, {"性別", true, false},
    {"生年月日", true, false}, {"続柄", false, false}, {"市区町村コード", true, false},
    {"郵便番号", false, false}, {"町丁目", false, false}, {"番地", false, false}, {"枝", false, false},
    {"子枝", false, false}, {"住所", true, false}, {"方書", false, false}, {"電話番号", false, false},
    {"住民となった日", false, false}, {"住民でなくなった日", false, false},
    {"転入前住所", false, false}, {"転入前方書", false, false}, {"転入前市区町村コード", false, false},
    {"転出後住所", false, false}, {"転出後方書", false, false}, {"転出後市区町村コード", false, false},
    {"支援措置", false, false}, {"個人番号", false, true},
};
static const CsvLayout feed_layout = {feed_columns, FEED_COLUMNS};
static const CsvColumn clinic_columns[] = {
    {"医療機関コード", true, false}, {"医療機関名", true, false}, {"所在地", true, false},
    {"契約開始日", true, false}, {"契約終了日", true, false}, {"ワクチン", true, false},
};
static const CsvLayout clinic_layout = {clinic_columns, (int)countof(clinic_columns)};
static const CsvColumn truth_columns[] = {
    {"file", true, false}, {"行番号", true, false}, {"宛名番号", true, false}, {"kinds", true, false},
    {"glance", true, false},
};
static const CsvLayout truth_layout = {truth_columns, (int)countof(truth_columns)};
// clang-format on

static CsvColumn sheet_columns[ITEM_COUNT];
static const CsvLayout sheet_layout = {sheet_columns, ITEM_COUNT};

typedef struct Register {
    Map people;          // by 宛名番号 -> 1
    Map individual_nos;  // -> whose, as the hash of the 宛名番号 is of no use: the row's place + 1
    Map pairs;           // number and owner: a number may stand on one person only
    Arena *keys;
    int64_t serial;
    int reasons[100];
} Register;

// A place outside stands with its own code, or abroad.
static void check_place(const char *file, const CsvRow *row, Str code, Str address)
{
    MunicipalityCode read;
    Error err = {0};
    if (!code.len) return;
    if (!municipality_code_parse(code, &read, NULL, &err))
        fail_msg("%s line %lld: %.*s", file, (long long)row->line, STR(code));
    if (municipality_code_elsewhere(&read)) return;
    const Municipality *place = municipality_find(municipalities, &read);
    assert_non_null(place);
    if (str_find(address, place->name) < 0 || !str_starts(address, place->prefecture))
        fail_msg("%.*s is %.*s, not %.*s", STR(code), STR(place->name), STR(address));
}

static void check_codes(const char *file, const CsvRow *row)
{
    const Str *f = row->fields;
    MunicipalityCode ward;
    PostalCode postal;
    Error err = {0};
    if (!municipality_code_parse(f[MUNICIPALITY], &ward, NULL, &err) ||
        !postal_code_parse(f[POSTAL], &postal, NULL, &err))
        fail_msg("%s line %lld: %.*s", file, (long long)row->line, STR(error_words(&err)));
    assert_true(str_starts(f[MUNICIPALITY], S("4010")));
    assert_true(str_find(f[ADDRESS], f[TOWN]) > 0);
    assert_true(str_equal(f[KIND], S("1")) || str_equal(f[KIND], S("2")));
    assert_true(str_equal(f[KIND], S("2")) == (f[ROMAN].len > 0));
    check_place(file, row, f[FROM_CODE], f[FROM_ADDRESS]);
    check_place(file, row, f[TO_CODE], f[TO_ADDRESS]);
}

static void check_event(const char *file, const CsvRow *row, Register *r)
{
    const Str *f = row->fields;
    int reason = 0;
    assert_true(str_digits(f[REASON], 2, 2, &reason));
    const ResidentEvent *event = resident_event(reason);
    if (!event || !event->in_files || f[STATUS].len != 1 ||
        !strchr(event->statuses, f[STATUS].at[0]))
        fail_msg("%s line %lld: reason %d, status %.*s", file, (long long)row->line, reason,
                 STR(f[STATUS]));
    r->reasons[reason]++;
    Day occurred = read_day(file, row, OCCURRED), reported = read_day(file, row, REPORTED);
    assert_true(reason == EVENT_MOVE_OUT_PLANNED ? occurred > reported : occurred <= reported);
    bool gone = !str_equal(f[STATUS], S("1"));
    assert_true(gone == (f[UNTIL].len > 0));
    assert_true(read_day(file, row, SINCE) <= reported);
}

static void check_individual_no(const CsvRow *row, Register *r)
{
    INDIVIDUAL_NO_SECRET IndividualNo no = {0};
    Str text = row->fields[INDIVIDUAL];
    Error err = {0};
    bool made;
    if (!text.len) return;
    assert_true(individual_no_parse(text, &no, NULL, &err));
    assert_true(str_starts(text, S("00000")));  // the synthetic range
    Str pair =
        str_copy(r->keys, str_format(r->keys, "%.*s %.*s", STR(text), STR(row->fields[NUMBER])));
    (void)map_place(&r->pairs, r->keys, pair, &made);
    if (!made) return;  // the same person again
    int64_t *owners = map_place(&r->individual_nos, r->keys, str_copy(r->keys, text), NULL);
    assert_int_equal(++*owners, 1);
}

static void check_feed_row(const char *file, const CsvRow *row, Arena *arena, void *context)
{
    Register *r = context;
    AddresseeNo number;
    HouseholdNo household;
    Error err = {0};
    int64_t serial;
    (void)arena;
    assert_false(row->bad);
    assert_int_equal(row->gaiji_count, 0);
    assert_true(str_int64(row->fields[SERIAL], &serial) && serial == r->serial + 1);
    r->serial = serial;
    assert_true(addressee_no_parse(row->fields[NUMBER], &number, NULL, &err));
    assert_true(household_no_parse(row->fields[HOUSEHOLD], &household, NULL, &err));
    *map_place(&r->people, r->keys, str_copy(r->keys, row->fields[NUMBER]), NULL) += 1;
    check_codes(file, row);
    check_event(file, row, r);
    check_individual_no(row, r);
}

static Register the_register(Arena *keys)
{
    Register r = {.keys = keys};
    struct dirent **list;
    int files = files_of(folder, "JUKI_401005_", &list);
    for (int i = 0; i < files; i++) {
        Arena notes = arena_reserve((ptrdiff_t)8 << 20);
        Arena reading = notes;
        char sequence[16];
        r.serial = 0;
        (void)snprintf(sequence, sizeof sequence, "_%03d.csv", i + 1);
        assert_true(str_ends(str_of(list[i]->d_name), str_of(sequence)));
        int64_t rows = each_row(list[i]->d_name, &feed_layout, check_feed_row, &reading, &r);
        if (i == 0) {
            assert_true(strstr(list[i]->d_name, "_ALL_") != NULL);
            assert_true(rows >= RESIDENTS);
        }
        arena_release(notes);
    }
    assert_int_equal(files, counts.feed_files);
    done_with(list, files);
    return r;
}

static void every_row_of_the_feed_keeps_the_contract(void **state)
{
    Arena keys = whole;
    (void)state;
    Register r = the_register(&keys);
    // A month has one of each at the least.
    static const int told[] = {11, 15, 21, 41, 42, 51, 71, 74, 84, 91, 92, 93, 95, 99};
    for (int i = 0; i < countof(told); i++)
        if (!r.reasons[told[i]]) fail_msg("no event %d in the month", told[i]);
    assert_true(r.reasons[31] + r.reasons[32] > 0);
}

typedef struct Contract {
    Day from, to;
    bool everything;
} Contract;

typedef struct Desk {  // what rows of submissions are held against
    Register *register_;
    Map clinics;  // code -> 1 + place
    Contract contracts[400];
    int contract_count;
    Map truth;  // "file 行番号" -> kinds: 1 clean, 2 slip; + 4 when seen
    Arena *keys;
    int64_t rows, clean, glance;
    int slips[64];  // rows of truth with this slip
} Desk;

static void take_clinic(const char *file, const CsvRow *row, Arena *arena, void *context)
{
    Desk *d = context;
    InstitutionCode code;
    Error err = {0};
    bool made;
    (void)arena;
    assert_true(institution_code_parse(row->fields[0], &code, NULL, &err));
    int64_t *place = map_place(&d->clinics, d->keys, str_copy(d->keys, row->fields[0]), &made);
    if (!made) return;
    assert_true(d->contract_count < countof(d->contracts));
    *place = ++d->contract_count;
    d->contracts[*place - 1] =
        (Contract){read_day(file, row, 3), row->fields[4].len ? read_day(file, row, 4) : DAY_MAX,
                   row->fields[5].len == 0};
    assert_true(d->contracts[*place - 1].from <= d->contracts[*place - 1].to);
}

static bool product_known(Str text)
{
    for (int i = 0; i < PRODUCT_COUNT; i++)
        if (str_equal(text, str_of(city_products[i].id)) ||
            str_equal(text, str_of(city_products[i].name)) ||
            str_equal(text, str_of(city_products[i].brand)))
            return true;
    return false;
}

// What every row promises that nobody has spoiled.
static void check_dose(const char *file, const CsvRow *row, Desk *d)
{
    const Str *f = row->fields;
    Day on = read_day(file, row, ITEM_ON), birth = read_day(file, row, ITEM_BIRTH);
    InstitutionCode code;
    ClaimedDose claim;
    Error err = {0};
    assert_true(on >= birth - 1 && on <= day_of(2026, 10, 31));
    assert_int_not_equal(weekday_of(on), 0);
    assert_true(institution_code_parse(f[ITEM_CODE], &code, NULL, &err));
    assert_true(product_known(f[ITEM_VACCINE]));
    if (!claimed_dose_parse(f[ITEM_CLAIM], &claim)) fail_msg("claim %.*s", STR(f[ITEM_CLAIM]));
    if (str_equal(f[ITEM_KIND], S("3"))) return;
    const int64_t *place = map_find(&d->clinics, f[ITEM_CODE]);
    if (!place)
        fail_msg("%s line %lld: clinic %.*s", file, (long long)row->line, STR(f[ITEM_CODE]));
    const Contract *c = &d->contracts[*place - 1];
    assert_true(c->from <= on && on <= c->to);
}

static Desk desk_open(Register *r, Arena *keys)
{
    Desk d = {.register_ = r, .keys = keys};
    for (int i = 0; i < ITEM_COUNT; i++)
        sheet_columns[i] = (CsvColumn){sheet_items[i], false, false};
    assert_true(each_row("CLINIC_20261031.csv", &clinic_layout, take_clinic, keys, &d) >=
                counts.clinics);
    return d;
}

static void check_history_row(const char *file, const CsvRow *row, Arena *arena, void *context)
{
    Desk *d = context;
    (void)arena;
    assert_false(row->bad);
    if (!map_find(&d->register_->people, row->fields[ITEM_NUMBER]))
        fail_msg("%s line %lld: nobody has this number", file, (long long)row->line);
    assert_true(read_day(file, row, ITEM_ON) < day_of(2026, 10, 1));
    check_dose(file, row, d);
    d->rows++;
}

static void the_history_stands_on_people_and_clinics_that_exist(void **state)
{
    Arena keys = whole;
    struct dirent **list;
    (void)state;
    Register r = the_register(&keys);
    Desk d = desk_open(&r, &keys);
    int files = files_of(folder, "YOSHIN_", &list), histories = 0;
    for (int i = 0; i < files; i++) {
        Arena notes = keys;
        if (strncmp(list[i]->d_name, MONTH, strlen(MONTH)) == 0) continue;
        each_row(list[i]->d_name, &sheet_layout, check_history_row, &notes, &d);
        histories++;
    }
    done_with(list, files);
    assert_true(histories > 40);
    assert_int_equal(d.rows, counts.history_rows);
    assert_true(d.rows > (int64_t)RESIDENTS * 10);
}

static void take_truth(const char *file, const CsvRow *row, Arena *arena, void *context)
{
    Desk *d = context;
    const Str *f = row->fields;
    bool made;
    (void)file;
    (void)arena;
    assert_false(row->bad);
    Str key = str_format(d->keys, "%.*s %.*s", STR(f[0]), STR(f[1]));
    *map_place(&d->truth, d->keys, key, &made) = f[3].len ? 2 : 1;
    assert_true(made);
    if (f[2].len && !map_find(&d->register_->people, f[2]))
        fail_msg("truth names nobody: %.*s", STR(f[2]));
    assert_true(str_equal(f[4], S("1")) || str_equal(f[4], S("0")));
    d->glance += str_equal(f[4], S("1"));
    for (int i = 0; i < city_slip_count; i++)
        d->slips[i] += str_equal(f[3], str_of(city_slips[i].words));
}

static void check_month_row(const char *file, const CsvRow *row, Arena *arena, void *context)
{
    Desk *d = context;
    Str key = row->bad ? str_format(arena, "%s L%lld", file, (long long)row->line)
                       : str_format(arena, "%s %.*s", file, STR(row->fields[ITEM_ROW]));
    int64_t *kinds = map_place(&d->truth, d->keys, str_copy(d->keys, key), NULL);
    if (*kinds != 1 && *kinds != 2)
        fail_msg("%s line %lld: truth knows it %s", file, (long long)row->line,
                 *kinds ? "twice" : "not");
    d->rows++;
    d->clean += *kinds == 1;
    if (*kinds == 1) check_dose(file, row, d);
    *kinds += 4;
}

static void truth_knows_every_row_of_the_month(void **state)
{
    Arena keys = whole;
    struct dirent **list;
    (void)state;
    Register r = the_register(&keys);
    Desk d = desk_open(&r, &keys);
    int64_t told = each_row("truth.csv", &truth_layout, take_truth, &keys, &d);
    int files = files_of(folder, MONTH, &list);
    for (int i = 0; i < files; i++) {
        Arena notes = arena_reserve((ptrdiff_t)8 << 20), reading = notes;
        each_row(list[i]->d_name, &sheet_layout, check_month_row, &reading, &d);
        arena_release(notes);
    }
    done_with(list, files);
    assert_true(files >= 5);
    assert_int_equal(d.rows, told);
    assert_int_equal(told, counts.month_rows);
    // A small city has every slip once, a big one as often as data/README.md says: about one row of
    // twelve, and nearly all of them could still be linked at a glance.
    for (int i = 0; i < city_slip_count; i++)
        if (!d.slips[i]) fail_msg("no row with %s", city_slips[i].words);
    assert_in_range(d.clean * 1000 / told, 780, 975);
    assert_in_range(d.glance * 1000 / told, 880, 999);
}

static void file_hash(const char *dir, const char *name, char hex[65])
{
    char path[512];
    Sha256 hash;
    Error err = {0};
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_true(sha256_file(path, &hash, &err));
    (void)sha256_text(&hash, hex);
}

static int same_files(void)
{
    struct dirent **list;
    int files = files_of(folder, "", &list), same = 0;
    for (int i = 0; i < files; i++) {
        char a[65], b[65];
        if (list[i]->d_name[0] == '.') continue;
        file_hash(folder, list[i]->d_name, a);
        file_hash(again, list[i]->d_name, b);
        same += memcmp(a, b, 65) == 0;
    }
    done_with(list, files);
    return same;
}

static void the_same_seed_writes_the_same_bytes(void **state)
{
    Error err = {0};
    struct dirent **list;
    CityCounts first = counts;
    (void)state;
    assert_true(city_into(again, SEED, whole, &err));
    int files = files_of(folder, "", &list) - 2;  // . and ..
    done_with(list, files + 2);
    assert_int_equal(same_files(), files);
    assert_true(city_into(again, SEED + 1, whole, &err));
    // Old years hold a handful of rows and may be alike.
    assert_in_range(same_files(), 0, files / 5);
    counts = first;
}

static void too_small_and_too_big_a_city_is_refused(void **state)
{
    static const int64_t refused[] = {-1, 0, CITY_RESIDENTS_LEAST - 1, CITY_RESIDENTS_MAX + 1};
    (void)state;
    for (int i = 0; i < countof(refused); i++) {
        CityWish wish = {.residents = refused[i], .seed = 1, .as_of = day_of(2026, 10, 31)};
        City city;
        Error err = {0};
        Arena arena = whole;
        assert_false(population_make(&wish, &arena, &city, &err));
        assert_int_equal(err.code, E_LIMIT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_feed_keeps_the_contract),
        cmocka_unit_test(the_history_stands_on_people_and_clinics_that_exist),
        cmocka_unit_test(truth_knows_every_row_of_the_month),
        cmocka_unit_test(the_same_seed_writes_the_same_bytes),
        cmocka_unit_test(too_small_and_too_big_a_city_is_refused),
    };
    return cmocka_run_group_tests_name("the city's files", tests, make_city, forget_city);
}
