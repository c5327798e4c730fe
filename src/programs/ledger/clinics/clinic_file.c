// SPDX-License-Identifier: Apache-2.0
#include "clinic_file.h"

#include "counter_rows.h"
#include "dates.h"
#include "expiry.h"
#include "fold.h"
#include "map.h"
#include "office_code.h"

#include <assert.h>

enum { ITEM_CODE, ITEM_NAME, ITEM_ADDRESS, ITEM_FROM, ITEM_TO, ITEM_VACCINE, ITEM_COUNT };

static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_CODE] = {"医療機関コード", true, false}, [ITEM_NAME] = {"医療機関名", true, false},
    [ITEM_ADDRESS] = {"所在地", false, false},     [ITEM_FROM] = {"契約開始日", true, false},
    [ITEM_TO] = {"契約終了日", false, false},      [ITEM_VACCINE] = {"ワクチン", false, false},
};
const CsvLayout clinic_layout = {columns, ITEM_COUNT};

// ---- one row

// Two names of one cell may mean one vaccine.
static void add_once(ClinicRows *rows, ClinicRow contract, Str vaccine, Arena *arena)
{
    contract.vaccine = vaccine;
    for (ptrdiff_t i = 0; i < rows->count; i++)
        if (str_equal(rows->at[i].vaccine, vaccine)) return;
    *clinics_push(rows, arena) = contract;
}

// A contract for each vaccine that is meant: a product, or the series that the name stands for.
static bool add_vaccine(const Schedule *schedule, Str written, ClinicRow contract, Arena *arena,
                        ClinicRows *rows)
{
    int product = product_by_name(schedule, written, *arena);
    bool series = group_by_name(schedule, written, *arena) != GROUP_NONE;
    if (!series && product != PRODUCT_NONE) {
        add_once(rows, contract, product_id(schedule, product), arena);
        return true;
    }
    uint64_t groups = groups_by_name(schedule, written, *arena);
    for (int g = 0; g < group_count(schedule); g++)
        if (groups >> g & 1) add_once(rows, contract, group_id(schedule, g), arena);
    return groups != 0;
}

// What stands between names; a point also stands inside one (麻しん・風しん).
static const char signs[] = " ,;/、，；　", point[] = "・";

static bool separator(Str rest, const char *between, ptrdiff_t *len)
{
    for (ptrdiff_t at = 0; between[at]; at += *len) {
        *len = (unsigned char)between[at] < 0x80 ? 1 : 3;
        if (str_starts(rest, (Str){between + at, *len})) return true;
    }
    return false;
}

// The next name in a cell of several; {0} at the end.
static Str next_vaccine(Str *cell, const char *between)
{
    ptrdiff_t len;
    while (cell->len && separator(*cell, between, &len)) *cell = str_from(*cell, len);
    Str word = {cell->at, 0};
    while (word.len < cell->len && !separator(str_from(*cell, word.len), between, &len)) word.len++;
    *cell = str_from(*cell, word.len);
    return word.len ? word : (Str){0};
}

static bool vaccine_unknown(const RowItems *r, Str written)
{
    return row_item_checked(
        r, FAIL(r->err, E_CODE_UNKNOWN, .item = row_item_name(r, ITEM_VACCINE), .value = written,
                .words = S("このワクチンは表にありません。製品か系列の名前を入力してください。")));
}

static bool add_vaccines(const Schedule *schedule, const RowItems *r, const ClinicRow *contract,
                         ClinicRows *rows)
{
    bool good = true;
    Str cell = row_item(r, ITEM_VACCINE);
    if (!cell.len) {
        add_once(rows, *contract, S(""), r->arena);
        return true;
    }
    // A name that holds a separator itself is tried whole first.
    if (add_vaccine(schedule, cell, *contract, r->arena, rows)) return true;
    for (Str word = next_vaccine(&cell, signs); word.len; word = next_vaccine(&cell, signs)) {
        if (add_vaccine(schedule, word, *contract, r->arena, rows)) continue;
        for (Str part = next_vaccine(&word, point); part.len; part = next_vaccine(&word, point))
            if (!add_vaccine(schedule, part, *contract, r->arena, rows))
                good = vaccine_unknown(r, part);
    }
    return good;
}

typedef struct ContractDay {
    int item;
    bool is_last;
} ContractDay;

static void note_month(const RowItems *r, const ContractDay *asked, Day day, ClinicNotes *read_as)
{
    char text[DAY_TEXT_SIZE];
    *clinic_notes_push(read_as, r->arena) =
        (ClinicNote){row_item_name(r, asked->item), S("W207"),
                     str_format(r->arena, "「%.*s」は月までの日付です。月の%sの%sと読みました。",
                                STR(row_item(r, asked->item)), asked->is_last ? "末日" : "初日",
                                day_text(day, text))};
}

static bool read_day(const RowItems *r, const ContractDay *asked, Day *day, ClinicNotes *read_as)
{
    DaySpan span;
    PartialDate date;
    DateNotes notes = {0};
    Str written = row_item(r, asked->item);
    if (!written.len || !expiry_parse(written, &date, &notes) || !partial_date_span(date, &span))
        return date_parse_day(written, day, NULL, r->err) || row_item_blame(r, asked->item);
    *day = asked->is_last ? span.last : span.first;
    if (!date.day) note_month(r, asked, *day, read_as);
    Str era = row_era_words(written, r->arena);
    if (era.len)
        *clinic_notes_push(read_as, r->arena) =
            (ClinicNote){row_item_name(r, asked->item), S("W206"), era};
    return true;
}

static bool days_read(const RowItems *r, ClinicRow *contract, ClinicNotes *read_as)
{
    static const ContractDay first = {ITEM_FROM, false}, last = {ITEM_TO, true};
    contract->contract_to = DAY_NONE;
    bool from = row_item_checked(r, read_day(r, &first, &contract->contract_from, read_as));
    bool to = !row_item(r, ITEM_TO).len ||
              row_item_checked(r, read_day(r, &last, &contract->contract_to, read_as));
    bool in_order =
        contract->contract_to == DAY_NONE || contract->contract_to >= contract->contract_from;
    if (!from || !to || in_order) return from && to;
    return row_item_checked(r, FAIL(r->err, E_CONFLICT, .item = row_item_name(r, ITEM_TO),
                                    .value = row_item(r, ITEM_TO),
                                    .words = S("契約終了日が契約開始日より前です。")));
}

static bool clinic_read(const RowItems *r, ClinicRow *contract)
{
    InstitutionCode code;
    bool known =
        row_item_checked(r, institution_code_parse(row_item(r, ITEM_CODE), &code, NULL, r->err) ||
                                row_item_blame(r, ITEM_CODE));
    bool named = row_item(r, ITEM_NAME).len > 0;
    if (!named)
        (void)row_item_checked(r, FAIL(r->err, E_MISSING, .item = row_item_name(r, ITEM_NAME),
                                       .words = S("医療機関名を入力してください。")));
    if (known) contract->code = str_copy(r->arena, institution_text(&code));
    contract->name = str_copy(r->arena, row_item(r, ITEM_NAME));
    contract->address = str_copy(r->arena, r->row->fields[ITEM_ADDRESS]);
    return known && named;
}

bool clinic_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena, ClinicRows *rows,
                     ClinicNotes *read_as, RowFaults *faults)
{
    Error err = {0};
    ClinicRow contract = {0};
    ClinicRows own = {0};
    const RowItems r = {row, arena, &err, faults};
    bool clinic = clinic_read(&r, &contract), days = days_read(&r, &contract, read_as);
    bool vaccines = add_vaccines(schedule, &r, &contract, &own);
    VEC_EACH (const ClinicRow, c, own) *clinics_push(rows, arena) = *c;
    return vaccines && clinic && days;
}

// ---- the file

static bool same_contract(const ClinicRow *a, const ClinicRow *b)
{
    return str_equal(a->code, b->code) && str_equal(a->name, b->name) &&
           str_equal(a->address, b->address) && str_equal(a->vaccine, b->vaccine) &&
           a->contract_from == b->contract_from && a->contract_to == b->contract_to;
}

static Str contract_key(const ClinicRow *row, Arena *arena)
{
    return str_format(arena, "%.*s %.*s %d", STR(row->code), STR(row->vaccine), row->contract_from);
}

// ---- the list

typedef struct Reading {
    const Ledger *ledger;
    Arena *arena;
    ClinicRows rows;
    ClinicReport *report;
    Map seen;  // contract_key -> its place in `rows`, plus 1
} Reading;

static bool said_otherwise(const Reading *g, const ClinicRow *said, RowFaults *faults)
{
    Error err;
    char from[DAY_TEXT_SIZE];
    (void)!FAIL(&err, E_CONFLICT, .item = S("契約開始日"),
                .value = str_copy(g->arena, str_of(day_text(said->contract_from, from))),
                .words = str_format(g->arena,
                                    "同じ医療機関、ワクチン、契約開始日の契約が%lld行目にもあり、内容が違います。"
                                    "どちらかを直してください。",
                                    (long long)said->line));
    *row_faults_push(faults, g->arena) = err;
    return false;
}

// Contracts of this row that an earlier one said word for word are dropped; one that it said otherwise refuses the row.
static bool take_once(Reading *g, ptrdiff_t before, int64_t line, RowFaults *faults)
{
    bool good = true;
    ptrdiff_t kept = before;
    for (ptrdiff_t i = before; i < g->rows.count; i++) {
        ClinicRow *row = &g->rows.at[i];
        const int64_t *place = map_find(&g->seen, contract_key(row, g->arena));
        row->line = line;
        if (!place)
            g->rows.at[kept++] = *row;
        else if (!same_contract(row, &g->rows.at[*place - 1]))
            good = said_otherwise(g, &g->rows.at[*place - 1], faults);
        else
            g->report->twice++;
    }
    g->rows.count = kept;
    for (ptrdiff_t i = before; good && i < kept; i++)
        *map_place(&g->seen, g->arena, contract_key(&g->rows.at[i], g->arena), NULL) = i + 1;
    return good;
}

static void read_row(Reading *g, const CsvRow *row, Str text)
{
    RowFaults faults = {0};
    ClinicNotes read_as = {0};
    ClinicReport *report = g->report;
    ptrdiff_t before = g->rows.count;
    if (row->bad)
        *row_faults_push(&faults, g->arena) = row->problem;
    else if (clinic_row_read(g->ledger->schedule, row, g->arena, &g->rows, &read_as, &faults) &&
             take_once(g, before, row->line, &faults)) {
        VEC_EACH (const ClinicNote, note, read_as)
            file_told_mind(&report->told, row->line, note->item, note->code, note->words, text);
        return;
    }
    g->rows.count = before;  // nothing of a refused row
    report->refused++;
    VEC_EACH (const Error, why, faults) file_told_refuse(&report->told, row->line, why, text);
}

static void read_rows(Reading *g, CsvReader *csv)
{
    CsvRow row;
    for (; csv_next(csv, &row); g->report->rows++) read_row(g, &row, csv_row_text(csv, g->arena));
    g->report->contracts = g->rows.count;
}

// What the list changes of the one before.
typedef struct ClinicChanges {
    ClinicRows ended, added;
} ClinicChanges;

// What the list no longer says, or says otherwise, ends; what it says again stays. A contract that is stored twice stays
// once.
static ClinicChanges compare(const ClinicRows *old, const ClinicRows *fresh, Arena *arena, ClinicReport *report)
{
    Map places = {0};
    ClinicChanges changes = {0};
    bool *stays = NEW(arena, bool, fresh->count), *met = NEW(arena, bool, fresh->count);
    for (ptrdiff_t i = 0; i < fresh->count; i++)
        *map_place(&places, arena, contract_key(&fresh->at[i], arena), NULL) = i + 1;
    VEC_EACH (const ClinicRow, row, *old) {
        const int64_t *place = map_find(&places, contract_key(row, arena));
        bool again = place && met[*place - 1];
        if (place) met[*place - 1] = true;
        if (place && !again && same_contract(row, &fresh->at[*place - 1])) {
            stays[*place - 1] = true;
            report->kept++;
            continue;
        }
        if (!place && report->refused) {
            report->spared++;
            continue;
        }
        *clinics_push(&changes.ended, arena) = *row;
        report->changed += place && !again;
        report->ended += !place || again;
    }
    for (ptrdiff_t i = 0; i < fresh->count; i++)
        if (!stays[i]) *clinics_push(&changes.added, arena) = fresh->at[i];
    report->added = report->contracts - report->changed - report->kept;
    assert(report->added >= 0);
    return changes;
}

static bool replace(Ledger *ledger, const LedgerAct *act, const ClinicRows *fresh, Arena *arena,
                    ClinicReport *report, Error *err)
{
    ClinicRows old;
    int32_t next;
    Store *store = ledger->act->store;
    if (!clinics_read(store, arena, &old, err) || !number_next(store, NUMBER_CLINIC, &next, err)) return false;
    ClinicChanges changes = compare(&old, fresh, arena, report);
    VEC_EACH (ClinicRow, row, changes.added) row->clinic_id = next++;
    return clinics_end(store, act, &changes.ended, err) && clinics_insert(store, act, &changes.added, err);
}

// ---- is it older than the list that stands?

// The day in a name as the contract of the file has it (CLINIC_<yyyymmdd>.csv).
static bool list_day(Str path, Day *day)
{
    static const Str marks[] = {S("CLINIC_"), S("clinic_"), S("Clinic_")};
    int year, month, date;
    Str digits = {0};
    for (ptrdiff_t i = 0; i < countof(marks); i++)
        for (ptrdiff_t at, from = 0; (at = str_find(str_from(path, from), marks[i])) >= 0;) {
            from += at + marks[i].len;
            digits = str_from(path, from);
        }
    if (digits.len < 8) return false;
    digits = str_first(digits, 8);
    if (!str_digits(str_first(digits, 4), 4, 4, &year) ||
        !str_digits(str_first(str_from(digits, 4), 2), 2, 2, &month) ||
        !str_digits(str_from(digits, 6), 2, 2, &date) || !civil_valid(year, month, date))
        return false;
    *day = day_of(year, month, date);
    return true;
}

static bool newer(const Ledger *ledger, Str path, bool older, Arena *arena, ClinicReport *report, Error *err)
{
    ClinicListNames taken;
    Day this_day, last_day = DAY_MIN;
    if (!clinics_taken(ledger->act->store, arena, &taken, err)) return false;
    bool dated = list_day(path, &this_day);
    report->undated = !dated && taken.count;
    // Of lists without a day nobody knows how old they are: the one before them counts.
    for (ptrdiff_t i = 0; i < taken.count && !list_day(taken.at[i], &last_day);) i++;
    if (older || !dated || this_day >= last_day) return true;
    return FAIL(err, E_CONFLICT, .item = S("一覧の日付"), .value = path,
                .words = str_format(arena,
                                    "いまの契約は、これより新しい%.*sの一覧によるものです。古い一覧に戻すときだけ "
                                    "--older を付けてください。契約は変えていません。",
                                    STR(date_both_text(arena, last_day))));
}

static bool store_list(Ledger *ledger, const ClinicRows *fresh, const Sha256 *index, Str path, bool older,
                       Arena *arena, ClinicReport *report, Error *err)
{
    Act *own = ledger->act;
    LedgerAct act;
    if (!act_begin(own, err)) return false;
    if (!newer(ledger, path, older, arena, report, err)) return false;
    if (!ledger_act_begin(own, ACT_CLINICS, path, &act, err)) return false;
    if (!replace(ledger, &act, fresh, arena, report, err)) return false;
    AuditLeaf leaf = act_leaf(own, AUDIT_DONE);
    leaf.content = index;
    leaf.rows = report->rows;
    leaf.refused = report->refused;
    leaf.taken = report->rows - report->refused;
    leaf.detail = path;
    return act_record(own, &leaf, err) && store_commit(own->store, err);
}

static bool says_something(const ClinicRows *fresh, Str path, Error *err)
{
    if (fresh->count) return true;
    return FAIL(err, E_CONFLICT, .value = path,
                .words = S("読める契約が一件もない一覧です。これまでの契約は変えていません。"
                           "受付不可の行を直して、もう一度取り込んでください。"));
}

static bool take(Ledger *ledger, CsvReader *csv, Str path, bool older, Arena *arena,
                 ClinicReport *report, Error *err)
{
    Reading g = {.ledger = ledger, .arena = arena, .report = report};
    const Sha256 index = csv_index(csv, ledger->act->office->keys);
    read_rows(&g, csv);
    if (!csv_close(csv, err)) return false;
    if (says_something(&g.rows, path, err))
        return store_list(ledger, &g.rows, &index, path, older, arena, report, err);
    Error later;  // why the file is refused is told before that its list cannot be written
    (void)!file_told_commit(&report->told, &later);
    return false;
}

bool clinic_file_take(Ledger *ledger, Str path, CsvEncoding encoding, bool older, Arena *arena,
                      ClinicReport *report, Error *err)
{
    assert(path.len > 0);
    CsvReader *csv;
    *report = (ClinicReport){0};
    if (!csv_open(str_z(arena, path), &clinic_layout, encoding, arena, &csv, err)) return false;
    report->told = file_told_begin(ledger->act, path, csv, arena);
    if (take(ledger, csv, path, older, arena, report, err)) return file_told_commit(&report->told, err);
    store_rollback(ledger->act->store);
    file_told_abandon(&report->told);
    return false;
}
