// SPDX-License-Identifier: Apache-2.0
#include "clinic_file.h"

#include "counter_rows.h"
#include "dates.h"
#include "fold.h"
#include "map.h"
#include "office_code.h"
#include "row_items.h"

enum { ITEM_CODE, ITEM_NAME, ITEM_ADDRESS, ITEM_FROM, ITEM_TO, ITEM_VACCINE, ITEM_COUNT };

static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_CODE] = {"医療機関コード", true, false}, [ITEM_NAME] = {"医療機関名", true, false},
    [ITEM_ADDRESS] = {"所在地", false, false},     [ITEM_FROM] = {"契約開始日", true, false},
    [ITEM_TO] = {"契約終了日", false, false},      [ITEM_VACCINE] = {"ワクチン", false, false},
};
const CsvLayout clinic_layout = {columns, ITEM_COUNT};

// ---- one row

// The code of a vaccine as written: a series, or a product.
static bool vaccine_code(const Schedule *schedule, Str written, Arena scratch, Str *code,
                         Error *err)
{
    int group = group_find(schedule, written);
    int product = group == GROUP_NONE ? product_find(schedule, written, DAY_MIN, DAY_MIN, scratch)
                                      : PRODUCT_NONE;
    if (group != GROUP_NONE)
        *code = group_id(schedule, group);
    else if (product != PRODUCT_NONE)
        *code = product_id(schedule, product);
    else
        return FAIL(err, E_CODE_UNKNOWN, .item = S("ワクチン"), .value = written,
                    .words =
                        S("このワクチンは表にありません。製品か系列の名前を入力してください。"));
    return true;
}

static bool separator(const char *at, ptrdiff_t left, ptrdiff_t *len)
{
    static const char *const signs[] = {" ", ",", ";", "/", "、", "，", "；", "・", "　"};
    for (ptrdiff_t i = 0; i < countof(signs); i++) {
        Str sign = str_of(signs[i]);
        *len = sign.len;
        if (str_starts((Str){at, left}, sign)) return true;
    }
    return false;
}

// The next name in a cell of several; {0} at the end.
static Str next_vaccine(Str *cell)
{
    ptrdiff_t len;
    while (cell->len && separator(cell->at, cell->len, &len)) *cell = str_from(*cell, len);
    Str word = {cell->at, 0};
    while (word.len < cell->len && !separator(cell->at + word.len, cell->len - word.len, &len))
        word.len++;
    *cell = str_from(*cell, word.len);
    return word.len ? word : (Str){0};
}

static bool add_vaccines(const Schedule *schedule, Str cell, const ClinicRow *contract,
                         Arena *arena, ClinicRows *rows, Error *err)
{
    ClinicRow row = *contract;
    row.vaccine = S("");
    if (!cell.len) *clinics_push(rows, arena) = row;
    // A name that holds a separator itself (DPT/IPV) is tried whole first.
    else if (vaccine_code(schedule, cell, *arena, &row.vaccine, err))
        *clinics_push(rows, arena) = row;
    else
        for (Str word = next_vaccine(&cell); word.len; word = next_vaccine(&cell)) {
            if (!vaccine_code(schedule, word, *arena, &row.vaccine, err)) return false;
            *clinics_push(rows, arena) = row;
        }
    return true;
}

static bool read_day(const CsvRow *row, int item, Day *day, Error *err)
{
    if (date_parse_day(row->fields[item], day, NULL, err)) return true;
    error_set_item(err, str_of(columns[item].name));
    return false;
}

bool clinic_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena, ClinicRows *rows,
                     Error *err)
{
    InstitutionCode code;
    ClinicRow contract = {.contract_to = DAY_NONE};
    if (!institution_code_parse(row->fields[ITEM_CODE], &code, NULL, err)) {
        error_set_item(err, str_of(columns[ITEM_CODE].name));
        return false;
    }
    if (!row->fields[ITEM_NAME].len)
        return FAIL(err, E_MISSING, .item = str_of(columns[ITEM_NAME].name),
                    .words = S("医療機関名を入力してください。"));
    if (!read_day(row, ITEM_FROM, &contract.contract_from, err)) return false;
    if (row->fields[ITEM_TO].len && !read_day(row, ITEM_TO, &contract.contract_to, err))
        return false;
    if (contract.contract_to != DAY_NONE && contract.contract_to < contract.contract_from)
        return FAIL(err, E_CONFLICT, .item = str_of(columns[ITEM_TO].name),
                    .value = row->fields[ITEM_TO],
                    .words = S("契約終了日が契約開始日より前です。"));
    contract.code = str_copy(arena, institution_text(&code));
    contract.name = str_copy(arena, fold_trim(row->fields[ITEM_NAME]));
    contract.address = str_copy(arena, row->fields[ITEM_ADDRESS]);
    return add_vaccines(schedule, fold_trim(row->fields[ITEM_VACCINE]), &contract, arena, rows,
                        err);
}

// ---- the file

static void tell_eras(const CsvRow *row, Arena *arena, ClinicReport *report)
{
    for (int i = 0; i < ITEM_COUNT; i++) {
        Str words = row_era_words(row->fields[i], arena);
        if (words.len)
            text_addf(&report->warnings, arena, "注意: %lld行目「%s」: %.*s\n",
                      (long long)row->line, columns[i].name, STR(words));
    }
}

static void read_rows(const Ledger *ledger, CsvReader *csv, ErrorCsv *errors, Arena *arena,
                      ClinicRows *rows, ClinicReport *report)
{
    CsvRow row;
    while (csv_next(csv, &row)) {
        Error why = row.problem;
        report->rows++;
        ptrdiff_t before = rows->count;
        if (!row.bad && clinic_row_read(ledger->schedule, &row, arena, rows, &why)) {
            tell_eras(&row, arena, report);
            continue;
        }
        rows->count = before;  // nothing of a refused row
        report->refused++;
        error_csv_tell(errors, row.line, &why, csv_row_text(csv, arena));
    }
}

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

// Ends what the list no longer says; marks in `stays` what it says again.
static bool end_gone(Store *store, const LedgerAct *act, const ClinicRows *old,
                     const ClinicRows *fresh, bool *stays, Arena *arena, ClinicReport *report,
                     Error *err)
{
    Map places = {0};
    for (ptrdiff_t i = 0; i < fresh->count; i++)
        *map_place(&places, arena, contract_key(&fresh->at[i], arena), NULL) = i + 1;
    VEC_EACH (const ClinicRow, row, *old) {
        const int64_t *place = map_find(&places, contract_key(row, arena));
        if (place && same_contract(row, &fresh->at[*place - 1])) {
            stays[*place - 1] = true;
            report->kept++;
        } else if (!place && report->refused) {
            report->spared++;
        } else {
            if (!clinic_end(store, act, row->clinic_id, err)) return false;
            report->ended++;
        }
    }
    return true;
}

static bool replace(Ledger *ledger, const LedgerAct *act, ClinicRows *fresh, Arena *arena,
                    ClinicReport *report, Error *err)
{
    Store *store = ledger->act->store;
    ClinicRows old;
    int32_t next;
    bool *stays = NEW(arena, bool, fresh->count);
    if (!clinics_read(store, arena, &old, err)) return false;
    if (!end_gone(store, act, &old, fresh, stays, arena, report, err)) return false;
    if (!number_next(store, NUMBER_CLINIC, &next, err)) return false;
    for (ptrdiff_t i = 0; i < fresh->count; i++) {
        if (stays[i]) continue;
        fresh->at[i].clinic_id = next++;
        if (!clinic_insert(store, act, &fresh->at[i], err)) return false;
        report->added++;
    }
    return true;
}

static bool store_list(Ledger *ledger, ClinicRows *fresh, const Sha256 *index, Str path,
                       Arena *arena, ClinicReport *report, Error *err)
{
    Act *own = ledger->act;
    LedgerAct act;
    if (!store_begin(own->store, err)) return false;
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
                .words = S("読める契約が一件もない一覧です。これまでの契約は変えていません。"));
}

bool clinic_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                      ClinicReport *report, Error *err)
{
    CsvReader *csv;
    ClinicRows fresh = {0};
    *report = (ClinicReport){0};
    const char *path_z = str_z(arena, path);
    if (!csv_open(path_z, &clinic_layout, encoding, arena, &csv, err)) return false;
    const Sha256 index = csv_index(csv, ledger->act->office->keys);
    report->unknown_columns = csv_unknown_text(csv, arena);
    ErrorCsv *errors = error_csv_begin(ledger->act->office->data_dir, path, arena);
    read_rows(ledger, csv, errors, arena, &fresh, report);
    if (!csv_close(csv, err) || !says_something(&fresh, path, err) ||
        !store_list(ledger, &fresh, &index, path, arena, report, err)) {
        store_rollback(ledger->act->store);
        error_csv_abandon(errors);
        return false;
    }
    return error_csv_commit(errors, arena, &report->errors_path, err);
}
