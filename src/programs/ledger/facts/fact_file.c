// SPDX-License-Identifier: Apache-2.0
#include "fact_file.h"

#include "fact_check.h"

// ---- from when

static Day day_of_value(const FactRow *fact)
{
    Day day = DAY_NONE;
    return day_read(fact->value.at, (int)fact->value.len, &day) ? day : DAY_NONE;
}

static Day since_of(const PersonFile *f, const FactFileRow *row, const PersonRow *person)
{
    const Schedule *schedule = f->ledger->schedule;
    int fact = fact_find(schedule, row->fact.kind);
    DaySpan born;
    if (row->fact.since != DAY_NONE) return row->fact.since;
    if (row->span_fact != FACT_NONE)
        return day_of_value(&row->fact) - fact_span_days(schedule, row->span_fact);
    FactKind kind = fact == FACT_NONE ? FACT_LIST : fact_kind(schedule, fact);
    if (kind == FACT_DATE) return day_of_value(&row->fact);
    if (kind != FACT_LIST && partial_date_span(person->birth, &born)) return born.first;
    return f->ledger->act->business_day;
}

// ---- what stands already

static bool of_same_kind(const FactRow *a, const FactRow *b)
{
    return str_equal(a->kind, b->kind) && str_equal(a->subject, b->subject);
}

static const FactRow *standing(const FactRows *facts, const FactRow *fact)
{
    VEC_EACH (const FactRow, had, *facts)
        if (of_same_kind(had, fact) && fact_key(had) == fact_key(fact)) return had;
    return NULL;
}

static bool says_the_same(const FactRow *a, const FactRow *b)
{
    return str_equal(a->value, b->value) && a->until == b->until && a->ended == b->ended &&
           a->recognised_on == b->recognised_on && str_equal(a->source, b->source) &&
           str_equal(a->recognised_by, b->recognised_by);
}

// The latest fact counts, and a corrected due date may begin its pregnancy earlier: only its day of
// correction tells which is the newer one.
static bool span_clear(const PersonFile *f, const FactRows *facts, const FactFileRow *row,
                       Error *err)
{
    const Schedule *schedule = f->ledger->schedule;
    if (row->span_fact == FACT_NONE || row->fact.since != DAY_NONE) return true;
    VEC_EACH (const FactRow, had, *facts)
        if (of_same_kind(had, &row->fact) && !str_equal(had->value, row->fact.value) &&
            fact_same_span(schedule, row->span_fact, day_of_value(had), day_of_value(&row->fact)))
            return FAIL(err, E_CONFLICT, .item = S("開始日"),
                        .words = str_format(
                            f->arena,
                            "この時期の%.*sは登録済みです。変わった日を開始日に入力してください。",
                            STR(fact_name(schedule, row->span_fact))));
    return true;
}

// ---- one row

static bool withdraw(PersonFile *f, PersonKnown *known, const FactRow *fact, Str said, Error *err)
{
    const FactRow *found = NULL;
    Day key = fact_key(fact);
    VEC_EACH (const FactRow, had, known->facts) {
        if (!of_same_kind(had, fact)) continue;
        if (key != DAY_NONE && fact_key(had) != key) continue;
        if (found)
            return FAIL(err, E_CONFLICT, .item = S("開始日"),
                        .words = S("同じ事柄がいくつもあります。取り消すものの開始日を入力して"
                                   "ください。"));
        found = had;
    }
    if (!found)
        return FAIL(err, E_NOT_FOUND, .item = S("取消"), .value = said,
                    .words = S("取り消す事柄が見つかりません。事柄、対象、開始日をお確かめ"
                               "ください。"));
    f->row->made.did = ROW_WITHDRAWN;
    person_file_end_fact(f, known, found->fact_id);
    return true;
}

static void keep(PersonFile *f, PersonKnown *known, const FactRow *fact)
{
    const FactRow *before = standing(&known->facts, fact);
    f->row->made.did = !before ? ROW_ADDED : says_the_same(before, fact) ? ROW_KNOWN : ROW_CHANGED;
    if (f->row->made.did == ROW_KNOWN) return;
    if (before) person_file_end_fact(f, known, before->fact_id);
    person_file_keep_fact(f, known, fact);
}

// What is recognised for one vaccine is asked of the ledger: is that dose there, was the person a target?
static bool recognised_take(PersonFile *f, const FactFileRow *row, PersonKnown *known, FactRow fact, Error *err)
{
    DoseRows doses = dose_rows_of(&known->doses, &f->notes);
    if (row->shape == FACT_ACCEPTED && !accepted_dose_find(f, &doses, &fact, err)) return false;
    if (row->shape == FACT_CIRCUMSTANCE) circumstance_mind(f, &known->person, &doses, &known->facts, &fact);
    keep(f, known, &fact);
    return true;
}

static bool row_take(PersonFile *f, const void *said, PersonKnown *known, Error *err)
{
    const FactFileRow *row = said;
    FactRow fact = row->fact;
    fact.person_id = known->person.person_id;
    if (row->withdraws) return withdraw(f, known, &fact, row->withdraws_said, err);
    if (row->shape != FACT_PLAIN) return recognised_take(f, row, known, fact, err);
    if (!span_clear(f, &known->facts, row, err)) return false;
    if (row->span_fact != FACT_NONE &&
        !date_fits(f, &known->person, &fact, row->span_fact, day_of_value(&fact), err))
        return false;
    fact.since = since_of(f, row, &known->person);
    if (fact.until != DAY_NONE && fact.until < fact.since)
        return FAIL(err, E_CONFLICT, .item = S("終了日"),
                    .words = S("終了日が、この事柄の始まる日より前です。"));
    keep(f, known, &fact);
    return true;
}

static const void *row_read(PersonFile *f, const CsvRow *csv, PersonNamed *named, RowFaults *faults)
{
    FactFileRow *row = NEW(f->arena, FactFileRow, 1);
    Error err = {0};
    bool good = fact_row_read(f->ledger->schedule, csv, f->arena, row, faults);
    if (!recognised_by_now(f, &row->fact, &err)) {
        *row_faults_push(faults, f->arena) = err;
        good = false;
    }
    *named = (PersonNamed){row->who, row->birth, row->named};
    return good ? row : NULL;
}

const PersonFileKind fact_file_kind = {
    .words = "認定・届出の取込", .layout = &fact_layout, .act = ACT_FACTS, .read = row_read, .take = row_take};

bool fact_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                    PersonFileReport *report, Error *err)
{
    return person_file_take(ledger, path, encoding, &fact_file_kind, arena, report, err);
}
