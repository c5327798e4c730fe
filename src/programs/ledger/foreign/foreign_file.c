// SPDX-License-Identifier: Apache-2.0
#include "foreign_file.h"

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
    int32_t number = product_number_of(&f->ledger->products, code);
    return number ? f->ledger->judge.views[number].series : 0;
}

static uint64_t series_of_row(const PersonFile *f, const OriginRow *o)
{
    uint64_t series = series_of(f, foreign_product_code(o->cvx, f->arena));
    for (Cut cut = str_cut(o->counts_as, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        series |= series_of(f, cut.head);
    return series;
}

// Another paper, or a clinic, has told of this dose already.
static bool nothing_like_it(const PersonFile *f, const OriginRow *o, const PersonKnown *known, Error *err)
{
    uint64_t series = series_of_row(f, o);
    VEC_EACH (const DoseRecord, d, known->doses)
        if (partial_date_equal(d->dose.given_on, o->given_on) &&
            (f->ledger->judge.views[d->dose.product_no].series & series))
            return FAIL(err, E_CONFLICT, .item = S("CVX"), .value = o->cvx,
                        .words =
                            S("同じ日の同じ種類の接種が登録済みです。台帳を確かめてください。"));
    return true;
}

// ---- keeping it

static void dose_keep(PersonFile *f, PersonKnown *known, const ForeignRow *row, const OriginRow *o, Str code,
                      DoseOverride override)
{
    const DoseRecord record = {
        .dose = {.person_id = o->person_id,
                 .product_no = product_number_of(&f->ledger->products, code),
                 .given_on = o->given_on,
                 .funding = FUNDING_VOLUNTARY,
                 .override = override,
                 .provenance = o->source == ORIGIN_WORD ? PROVENANCE_GUARDIAN : PROVENANCE_FOREIGN},
        .kind = GIVEN_ELSEWHERE,
        .origin_id = o->origin_id,
        .lot = row->lot,
    };
    person_file_keep_dose(f, known, &record);
}

static void doses_keep(PersonFile *f, PersonKnown *known, const ForeignRow *row, const OriginRow *o)
{
    static const DoseOverride overrides[] = {
        [DECISION_NONE] = OVERRIDE_NONE,
        [DECISION_COUNTS] = OVERRIDE_COUNTS,
        [DECISION_DOES_NOT_COUNT] = OVERRIDE_DOES_NOT_COUNT,
    };
    if (!o->counts_as.len)
        dose_keep(f, known, row, o, foreign_product_code(o->cvx, f->arena), overrides[o->decision]);
    for (Cut cut = str_cut(o->counts_as, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        dose_keep(f, known, row, o, cut.head, OVERRIDE_COUNTS);
}

static bool origin_keep(PersonFile *f, const ForeignRow *row, PersonKnown *known, const OriginRow *before, Error *err)
{
    const ForeignCode *code = foreign_code_find(&f->ledger->foreign, row->origin.cvx);
    OriginRow fresh = row->origin;
    fresh.person_id = known->person.person_id;
    if (before)
        fresh.replaces = before->origin_id;
    else if (!nothing_like_it(f, &fresh, known, err))
        return false;
    if (before) person_file_end_origin(f, known, before->origin_id);
    f->row->made.did = fresh.replaces ? ROW_CHANGED : ROW_ADDED;
    bool open = fresh.decision == DECISION_NONE && fresh.source != ORIGIN_WORD;
    f->row->made.waits = open && (!code || code->rule == FOREIGN_JUDGEMENT);
    doses_keep(f, known, row, person_file_keep_origin(f, known, &fresh));
    return true;
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

static bool row_take(PersonFile *f, const void *said, PersonKnown *known, Error *err)
{
    const ForeignRow *row = said;
    const OriginRow *o = &row->origin;
    const OriginRow *before = origin_before(&known->origins, o);
    if (before && !says_more(o, before)) {
        f->row->made.did = ROW_KNOWN;
        return true;
    }
    return origin_keep(f, row, known, before, err);
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

static Str product_of(const void *said, Arena *arena)
{
    const ForeignRow *row = said;
    return foreign_product_code(row->origin.cvx, arena);
}

bool foreign_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                       PersonFileReport *report, Error *err)
{
    static const PersonFileKind kind = {.words = "国外の接種記録の取込",
                                        .layout = &foreign_layout,
                                        .act = ACT_FOREIGN,
                                        .read = row_read,
                                        .product = product_of,
                                        .take = row_take};
    return person_file_take(ledger, path, encoding, &kind, arena, report, err);
}
