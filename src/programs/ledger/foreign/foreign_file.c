// SPDX-License-Identifier: Apache-2.0
#include "foreign_file.h"

#include "counter_rows.h"

typedef struct Taking {
    int32_t next_origin, next_dose;
    ForeignReport *report;
} Taking;

static Taking *taking(const PersonFile *f)
{
    return f->own;
}

// ---- what speaks against a row

static bool given_possible(const PersonFile *f, const ForeignRow *row, Error *err)
{
    DaySpan given, born;
    char day[DAY_TEXT_SIZE];
    Day today = f->ledger->act->business_day;
    const OriginRow *o = &row->origin;
    Str said = str_copy(f->arena, str_of(partial_date_text(o->given_on, day)));
    if (!partial_date_span(o->given_on, &given))
        return FAIL(err, E_DATE_PARTIAL, .item = S("接種日"), .value = said,
                    .words = S("接種日は、少なくとも年を入力してください。"));
    if (given.first > today)
        return FAIL(err, E_CONFLICT, .item = S("接種日"), .value = said,
                    .words = S("接種日がまだ来ていない日です。"));
    if (partial_date_span(row->birth, &born) && given.last < born.first)
        return FAIL(err, E_CONFLICT, .item = S("接種日"), .value = said,
                    .words = S("接種日が生年月日より前です。"));
    return true;
}

static bool decided_possible(const PersonFile *f, const ForeignRow *row, Error *err)
{
    DaySpan given;
    char day[DAY_TEXT_SIZE];
    const OriginRow *o = &row->origin;
    if (o->decided_on == DAY_NONE) return true;
    bool before = partial_date_span(o->given_on, &given) && o->decided_on < given.first;
    if (!before && o->decided_on <= f->ledger->act->business_day) return true;
    return FAIL(err, E_CONFLICT, .item = S("判断日"),
                .value = str_copy(f->arena, str_of(day_text(o->decided_on, day))),
                .words = S("判断日は、接種日から今日までの日にしてください。"));
}

// A decision must say as what, unless the table does.
static bool decision_clear(const PersonFile *f, const OriginRow *o, Error *err)
{
    const ForeignCode *code = foreign_code_find(&f->ledger->foreign, o->cvx);
    bool counted = code && code->rule == FOREIGN_COUNTS;
    if (o->decision != DECISION_COUNTS || o->counts_as.len || counted) return true;
    return FAIL(err, E_MISSING, .item = S("数える製品"), .value = o->cvx,
                .words = S("どの製品として数えるかを入力してください。"));
}

static uint64_t series_of(const PersonFile *f, Str code)
{
    const Products *products = &f->ledger->products;
    for (int32_t n = 1; n < products->count; n++)
        if (str_equal(products->code_of[n], code)) return f->ledger->judge.views[n].series;
    return 0;
}

static uint64_t series_of_row(const PersonFile *f, const OriginRow *o)
{
    uint64_t series = series_of(f, foreign_product_code(o->cvx, f->arena));
    for (Cut cut = str_cut(o->counts_as, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        series |= series_of(f, cut.head);
    return series;
}

// Another paper, or a clinic, has told of this dose already.
static bool nothing_like_it(const PersonFile *f, const OriginRow *o, int32_t person_id, Error *err)
{
    DoseRows doses;
    uint64_t series = series_of_row(f, o);
    if (!doses_of_person(f->ledger->act->store, person_id, KNOWN_NOW, f->arena, &doses, err)) return false;
    VEC_EACH (const DoseRow, d, doses)
        if (partial_date_equal(d->given_on, o->given_on) &&
            (f->ledger->judge.views[d->product_no].series & series))
            return FAIL(err, E_CONFLICT, .item = S("CVX"), .value = o->cvx,
                        .words =
                            S("同じ日の同じ種類の接種が登録済みです。台帳を確かめてください。"));
    return true;
}

// ---- keeping it

static bool dose_keep(PersonFile *f, const ForeignRow *row, const OriginRow *o, Str code,
                      DoseOverride override, Error *err)
{
    const Products *products = &f->ledger->products;
    int32_t number = 0;
    for (int32_t n = 1; n < products->count; n++)
        if (str_equal(products->code_of[n], code)) number = n;
    DoseRecord record = {
        .dose = {.dose_id = taking(f)->next_dose++,
                 .person_id = o->person_id,
                 .product_no = number,
                 .given_on = o->given_on,
                 .funding = FUNDING_VOLUNTARY,
                 .override = override,
                 .provenance = o->source == ORIGIN_WORD ? PROVENANCE_GUARDIAN : PROVENANCE_FOREIGN,
                 .from_act = f->act.no,
                 .to_act = ACT_OPEN},
        .kind = GIVEN_ELSEWHERE,
        .origin_id = o->origin_id,
        .lot = row->lot,
    };
    return dose_insert(f->ledger->act->store, &record, err);
}

static bool doses_keep(PersonFile *f, const ForeignRow *row, const OriginRow *o, Error *err)
{
    static const DoseOverride overrides[] = {
        [DECISION_NONE] = OVERRIDE_NONE,
        [DECISION_COUNTS] = OVERRIDE_COUNTS,
        [DECISION_DOES_NOT_COUNT] = OVERRIDE_DOES_NOT_COUNT,
    };
    if (!o->counts_as.len)
        return dose_keep(f, row, o, foreign_product_code(o->cvx, f->arena), overrides[o->decision],
                         err);
    for (Cut cut = str_cut(o->counts_as, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        if (!dose_keep(f, row, o, cut.head, OVERRIDE_COUNTS, err)) return false;
    return true;
}

static bool origin_keep(PersonFile *f, const ForeignRow *row, int32_t person_id,
                        const OriginRow *before, Error *err)
{
    Store *store = f->ledger->act->store;
    const ForeignCode *code = foreign_code_find(&f->ledger->foreign, row->origin.cvx);
    OriginRow made = row->origin;
    made.origin_id = taking(f)->next_origin++;
    made.person_id = person_id;
    if (before) {
        made.replaces = before->origin_id;
        if (!origin_end(store, before, &f->act, err)) return false;
        taking(f)->report->decided++;
    } else {
        if (!nothing_like_it(f, &made, person_id, err)) return false;
        taking(f)->report->added++;
    }
    bool open = made.decision == DECISION_NONE && made.source != ORIGIN_WORD;
    taking(f)->report->waiting += open && (!code || code->rule == FOREIGN_JUDGEMENT);
    return origin_insert(store, &f->act, &made, err) && doses_keep(f, row, &made, err);
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

static bool row_take(PersonFile *f, const void *said, const PersonRow *person, Error *err)
{
    OriginRows origins;
    const ForeignRow *row = said;
    const OriginRow *o = &row->origin;
    if (!origins_of_person(f->ledger->act->store, person->person_id, KNOWN_NOW, f->arena, &origins, err))
        return false;
    const OriginRow *before = origin_before(&origins, o);
    if (before && !says_more(o, before)) {
        taking(f)->report->known++;
        return true;
    }
    return origin_keep(f, row, person->person_id, before, err);
}

// What its items say together, of those that could be read.
static bool row_possible(const PersonFile *f, const ForeignRow *row, RowFaults *faults)
{
    ptrdiff_t before = faults->count;
    Error err = {0};
    if (row->given_read && !given_possible(f, row, &err))
        *row_faults_push(faults, f->arena) = err;
    if (row->decided_read && !decided_possible(f, row, &err))
        *row_faults_push(faults, f->arena) = err;
    if (row->cvx_read && row->counted_read &&
        !decision_clear(f, &row->origin, &err))
        *row_faults_push(faults, f->arena) = err;
    return faults->count == before;
}

static const void *row_read(PersonFile *f, const CsvRow *csv, PersonNamed *named, RowFaults *faults)
{
    ForeignRow *row = NEW(f->arena, ForeignRow, 1);
    bool good = foreign_row_read(f->ledger->schedule, csv, f->arena, row, faults);
    good = row_possible(f, row, faults) && good;
    *named = (PersonNamed){row->who, row->birth, row->named};
    return good ? row : NULL;
}

// Every product that the file names gets its number before the first dose is kept.
static bool rows_begin(PersonFile *f, const PersonFileRows *rows, Error *err)
{
    Store *store = f->ledger->act->store;
    VEC_EACH (const PersonFileRow, r, *rows) {
        const ForeignRow *row = r->said;
        if (row && !product_number_add(store, foreign_product_code(row->origin.cvx, f->arena), err))
            return false;
    }
    return ledger_products_complete(f->ledger, err) &&
           number_next(store, NUMBER_DOSE, &taking(f)->next_dose, err) &&
           number_next(store, NUMBER_DOSE_ORIGIN, &taking(f)->next_origin, err);
}

bool foreign_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                       ForeignReport *report, Error *err)
{
    static const PersonFileKind kind = {
        .layout = &foreign_layout,
        .act = ACT_FOREIGN,
        .read = row_read,
        .begin = rows_begin,
        .take = row_take,
    };
    Taking own = {.report = report};
    *report = (ForeignReport){0};
    return person_file_take(ledger, path, encoding, &kind, &own, arena, &report->file, err);
}
