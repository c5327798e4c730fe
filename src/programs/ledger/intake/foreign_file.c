// SPDX-License-Identifier: Apache-2.0
#include "foreign_file.h"

#include "error_csv.h"
#include "number.h"
#include "persons.h"

typedef struct FileRow {
    ForeignRow row;
    int64_t line;
    Str text;  // as read, for the list of refused rows
} FileRow;
VEC(FileRows, FileRow, file_rows);

typedef struct Taking {
    Ledger *ledger;
    Arena *arena;
    Act act;
    int32_t next_origin, next_dose;
    ErrorCsv *errors;
    ForeignReport *report;
} Taking;

static void refuse(Taking *t, int64_t line, Str text, const Error *why)
{
    t->report->refused++;
    error_csv_add(t->errors, &(ErrorCsvRow){.line = line,
                                            .item = why->item,
                                            .code = str_of(error_code_text(why->code)),
                                            .message = why->words,
                                            .row_text = text});
}

// ---- what speaks against a row

static bool person_found(Taking *t, const ForeignRow *row, PersonRow *person, Error *err)
{
    Store *store = t->ledger->office.store;
    if (!person_by_number(store, &row->who, t->arena, person, err)) return false;
    if (person->person_id && !person->withdrawn && partial_date_equal(person->birth, row->birth))
        return true;
    bool known = person->person_id && !person->withdrawn;
    return FAIL(err, known ? E_CONFLICT : E_NOT_FOUND,
                .item = known ? S("生年月日") : S("宛名番号"), .value = addressee_text(&row->who),
                .words = known
                             ? S("この宛名番号の人の生年月日と合いません。番号をお確かめください。")
                             : S("この宛名番号の人は台帳にいません。番号をお確かめください。"));
}

static bool day_possible(const Taking *t, const ForeignRow *row, Error *err)
{
    DaySpan given, born;
    Day today = t->ledger->office.business_day;
    const OriginRow *o = &row->origin;
    if (!partial_date_span(o->given_on, &given))
        return FAIL(err, E_DATE_PARTIAL, .item = S("接種日"),
                    .words = S("接種日は、少なくとも年を入力してください。"));
    if (given.first > today)
        return FAIL(err, E_CONFLICT, .item = S("接種日"),
                    .words = S("接種日がまだ来ていない日です。"));
    if (partial_date_span(row->birth, &born) && given.last < born.first)
        return FAIL(err, E_CONFLICT, .item = S("接種日"),
                    .words = S("接種日が生年月日より前です。"));
    if (o->decided_on != DAY_NONE && (o->decided_on > today || o->decided_on < given.first))
        return FAIL(err, E_CONFLICT, .item = S("判断日"),
                    .words = S("判断日は、接種日から今日までの日にしてください。"));
    return true;
}

// A decision must say as what, unless the table does.
static bool decision_clear(const Taking *t, const OriginRow *o, Error *err)
{
    const ForeignCode *code = foreign_code_find(&t->ledger->foreign, o->cvx);
    bool counted = code && code->rule == FOREIGN_COUNTS;
    if (o->decision != DECISION_COUNTS || o->counts_as.len || counted) return true;
    return FAIL(err, E_MISSING, .item = S("数える製品"), .value = o->cvx,
                .words = S("どの製品として数えるかを入力してください。"));
}

static uint64_t series_of(const Taking *t, Str code)
{
    const Products *products = &t->ledger->products;
    for (int32_t n = 1; n < products->count; n++)
        if (str_equal(products->code_of[n], code)) return t->ledger->judge.views[n].series;
    return 0;
}

static uint64_t series_of_row(const Taking *t, const OriginRow *o)
{
    uint64_t series = series_of(t, foreign_product_code(o->cvx, t->arena));
    for (Cut cut = str_cut(o->counts_as, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        series |= series_of(t, cut.head);
    return series;
}

// Another paper, or a clinic, has told of this dose already.
static bool nothing_like_it(const Taking *t, const OriginRow *o, int32_t person_id, Error *err)
{
    DoseRows doses;
    uint64_t series = series_of_row(t, o);
    if (!doses_of_person(t->ledger->office.store, person_id, t->arena, &doses, err)) return false;
    VEC_EACH (const DoseRow, d, doses)
        if (partial_date_equal(d->given_on, o->given_on) &&
            (t->ledger->judge.views[d->product_no].series & series))
            return FAIL(err, E_CONFLICT, .item = S("CVX"), .value = o->cvx,
                        .words =
                            S("同じ日の同じ種類の接種が登録済みです。台帳を確かめてください。"));
    return true;
}

// ---- keeping it

static bool dose_keep(Taking *t, const ForeignRow *row, const OriginRow *o, Str code,
                      DoseOverride override, Error *err)
{
    const Products *products = &t->ledger->products;
    int32_t number = 0;
    for (int32_t n = 1; n < products->count; n++)
        if (str_equal(products->code_of[n], code)) number = n;
    DoseRecord record = {
        .dose = {.dose_id = t->next_dose++,
                 .person_id = o->person_id,
                 .product_no = number,
                 .given_on = o->given_on,
                 .funding = FUNDING_VOLUNTARY,
                 .override = override,
                 .provenance = o->source == ORIGIN_WORD ? PROVENANCE_GUARDIAN : PROVENANCE_FOREIGN,
                 .from_act = t->act.no,
                 .to_act = ACT_OPEN},
        .kind = GIVEN_ELSEWHERE,
        .legal_class = LEGAL_VOLUNTARY,
        .origin_id = o->origin_id,
        .lot = row->lot,
    };
    return dose_insert(t->ledger->office.store, &record, err);
}

static bool doses_keep(Taking *t, const ForeignRow *row, const OriginRow *o, Error *err)
{
    static const DoseOverride overrides[] = {
        [DECISION_NONE] = OVERRIDE_NONE,
        [DECISION_COUNTS] = OVERRIDE_COUNTS,
        [DECISION_DOES_NOT_COUNT] = OVERRIDE_DOES_NOT_COUNT,
    };
    if (!o->counts_as.len)
        return dose_keep(t, row, o, foreign_product_code(o->cvx, t->arena), overrides[o->decision],
                         err);
    for (Cut cut = str_cut(o->counts_as, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        if (!dose_keep(t, row, o, cut.head, OVERRIDE_COUNTS, err)) return false;
    return true;
}

static bool origin_keep(Taking *t, const ForeignRow *row, int32_t person_id,
                        const OriginRow *before, Error *err)
{
    Store *store = t->ledger->office.store;
    const ForeignCode *code = foreign_code_find(&t->ledger->foreign, row->origin.cvx);
    OriginRow made = row->origin;
    made.origin_id = t->next_origin++;
    made.person_id = person_id;
    if (before) {
        made.replaces = before->origin_id;
        if (!origin_end(store, before, &t->act, err)) return false;
        t->report->decided++;
    } else {
        if (!nothing_like_it(t, &made, person_id, err)) return false;
        t->report->added++;
    }
    bool open = made.decision == DECISION_NONE && made.source != ORIGIN_WORD;
    t->report->waiting += open && (!code || code->rule == FOREIGN_JUDGEMENT);
    return origin_insert(store, &t->act, &made, err) && doses_keep(t, row, &made, err);
}

// ---- one row

static const OriginRow *origin_before(const OriginRows *origins, const OriginRow *o)
{
    VEC_EACH (const OriginRow, had, *origins)
        if (str_equal(had->cvx, o->cvx) && partial_date_equal(had->given_on, o->given_on))
            return had;
    return NULL;
}

static bool says_more(const OriginRow *now, const OriginRow *before)
{
    return now->decision != DECISION_NONE &&
           (now->decision != before->decision || !str_equal(now->counts_as, before->counts_as));
}

static bool row_take(Taking *t, const ForeignRow *row, Error *err)
{
    PersonRow person;
    OriginRows origins;
    const OriginRow *o = &row->origin;
    if (!person_found(t, row, &person, err) || !day_possible(t, row, err) ||
        !decision_clear(t, o, err))
        return false;
    if (!origins_of_person(t->ledger->office.store, person.person_id, t->arena, &origins, err))
        return false;
    const OriginRow *before = origin_before(&origins, o);
    if (before && !says_more(o, before)) {
        t->report->known++;
        return true;
    }
    return origin_keep(t, row, person.person_id, before, err);
}

// The store itself failed: no row is to blame.
static bool of_the_store(const Error *err)
{
    return err->code == E_STORE || err->code == E_STORE_FULL || err->code == E_BUSY;
}

// ---- the file

static void read_rows(Taking *t, CsvReader *csv, FileRows *rows)
{
    CsvRow row;
    while (csv_next(csv, &row)) {
        FileRow kept = {.line = row.line, .text = csv_row_text(csv, t->arena)};
        Error why = row.problem;
        t->report->rows++;
        if (!row.bad && foreign_row_read(t->ledger->schedule, &row, t->arena, &kept.row, &why))
            *file_rows_push(rows, t->arena) = kept;
        else
            refuse(t, row.line, kept.text, &why);
    }
}

static bool products_meet(Taking *t, const FileRows *rows, Error *err)
{
    Store *store = t->ledger->office.store;
    VEC_EACH (const FileRow, r, *rows)
        if (!product_number_add(store, foreign_product_code(r->row.origin.cvx, t->arena), err))
            return false;
    return ledger_products_complete(t->ledger, err);
}

static bool rows_take(Taking *t, const FileRows *rows, Error *err)
{
    Store *store = t->ledger->office.store;
    if (!number_next(store, NUMBER_DOSE, &t->next_dose, err)) return false;
    if (!number_next(store, NUMBER_DOSE_ORIGIN, &t->next_origin, err)) return false;
    VEC_EACH (const FileRow, r, *rows) {
        Error why;
        if (row_take(t, &r->row, &why)) continue;
        if (of_the_store(&why)) {
            *err = why;
            return false;
        }
        refuse(t, r->line, r->text, &why);
    }
    return true;
}

static bool store_rows(Taking *t, const FileRows *rows, const Sha256 *hash, Str path, Error *err)
{
    Office *office = &t->ledger->office;
    if (!store_begin(office->store, err)) return false;
    if (!act_begin(office->store, ACT_FOREIGN, office->business_day, office->operator_name, path,
                   &t->act, err))
        return false;
    if (!products_meet(t, rows, err) || !rows_take(t, rows, err)) return false;
    AuditLeaf leaf = office_leaf(office, AUDIT_DONE);
    leaf.content = hash;
    leaf.rows = t->report->rows;
    leaf.refused = t->report->refused;
    leaf.taken = t->report->rows - t->report->refused;
    leaf.detail = path;
    return office_audit(office, &leaf, err) && store_commit(office->store, err);
}

bool foreign_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                       ForeignReport *report, Error *err)
{
    CsvReader *csv;
    Sha256 hash;
    FileRows rows = {0};
    Taking t = {.ledger = ledger, .arena = arena, .report = report};
    *report = (ForeignReport){0};
    const char *path_z = str_z(arena, path);
    if (!sha256_file(path_z, &hash, err)) return false;
    if (!csv_open(path_z, &foreign_layout, encoding, arena, &csv, err)) return false;
    report->unknown_columns = csv_unknown_text(csv, arena);
    t.errors = error_csv_begin(ledger->office.data_dir, path, arena);
    read_rows(&t, csv, &rows);
    if (!csv_close(csv, err) || !store_rows(&t, &rows, &hash, path, err)) {
        store_rollback(ledger->office.store);
        error_csv_abandon(t.errors);
        return false;
    }
    return error_csv_commit(t.errors, arena, &report->errors_path, err);
}
