// Doses and their judgements: written, ended once, never changed; what was known before is still there.
// SPDX-License-Identifier: Apache-2.0
#include "dose_rows.h"
#include "ledger_desk_test.h"
#include "ledger_migrations.h"
#include "office_migrations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { DOSE = 10, PERSON = 7 };

static const DoseJudgement routine = {.legal_class = LEGAL_ROUTINE_A,
                                      .status = DOSE_VALID,
                                      .series = {"MR1", 3},
                                      .position = {"1", 1},
                                      .rules = 1};

static void stored(Desk *d)
{
    const DoseRecord record = {.dose = {.dose_id = DOSE,
                                        .person_id = PERSON,
                                        .product_no = 1,
                                        .given_on = {2026, 9, 12},
                                        .provenance = PROVENANCE_CLINIC,
                                        .from_act = d->act.no,
                                        .to_act = ACT_OPEN},
                               .kind = GIVEN_HERE};
    assert_true(dose_insert(d->store, &record, &d->err));
    assert_true(judgement_insert(d->store, DOSE, d->act.no, ACT_OPEN, &routine, &d->err));
}

static void judged_otherwise(Desk *d, LedgerAct act, const DoseJudgement *judgement)
{
    RenewedJudgement one = {DOSE, true, *judgement};
    act.rules = 1;
    assert_true(judgements_keep(d->store, &act, &(RenewedJudgements){.at = &one, .count = 1}, &d->err));
}

static DoseRecords standing(Desk *d)
{
    DoseRecords records;
    assert_true(dose_records_of_person(d->store, PERSON, KNOWN_NOW, &d->arena, &records, &d->err));
    return records;
}

typedef struct Kept {
    int64_t from_act, to_act, legal_class;
} Kept;

static const char kept_sql[] =
    "SELECT from_act, to_act, legal_class FROM dose_judgement ORDER BY dose_id, from_act";

static void assert_kept(Desk *d, const Kept *expected, int count)
{
    Query *q = query_begin(d->store, kept_sql, &d->err);
    assert_non_null(q);
    for (int i = 0; i < count; i++) {
        assert_true(query_next(q));
        assert_int_equal(column_int64(q, 0), expected[i].from_act);
        assert_int_equal(column_int64(q, 1), expected[i].to_act);
        assert_int_equal(column_int64(q, 2), expected[i].legal_class);
    }
    assert_false(query_next(q));
    assert_true(query_end(q, &d->err));
}

static void a_dose_is_read_with_the_judgement_that_stands(void **state)
{
    Desk *d = *state;
    stored(d);
    DoseRecords records = standing(d);
    assert_int_equal(records.count, 1);
    assert_true(judgement_same(&records.at[0].judgement, &routine));
    assert_int_equal(records.at[0].judgement.rules, 1);
}

static void judged_anew_the_old_judgement_ends_and_stays(void **state)
{
    Desk *d = *state;
    const LedgerAct later = {.no = d->act.no + 3};
    const DoseJudgement voluntary = {
        .legal_class = LEGAL_VOLUNTARY, .status = DOSE_INVALID, .reasons = S("AFTER_WINDOW")};
    stored(d);
    judged_otherwise(d, later, &voluntary);
    assert_true(judgement_same(&standing(d).at[0].judgement, &voluntary));
    assert_kept(d,
                (const Kept[]){{d->act.no, later.no, LEGAL_ROUTINE_A},
                               {later.no, ACT_OPEN, LEGAL_VOLUNTARY}},
                2);
}

static void a_judgement_ends_with_its_dose(void **state)
{
    Desk *d = *state;
    const LedgerAct later = {.no = d->act.no + 1};
    stored(d);
    assert_true(dose_end(d->store, DOSE, &later, &d->err));
    assert_int_equal(standing(d).count, 0);
    assert_kept(d, (const Kept[]){{d->act.no, later.no, LEGAL_ROUTINE_A}}, 1);
}

static void the_store_lets_nobody_change_a_dose_or_a_judgement(void **state)
{
    Desk *d = *state;
    static const char *const refused[] = {
        "UPDATE dose SET given_on = 20260913",
        "UPDATE dose SET lot = 'L2', to_act = 9",
        "UPDATE dose_judgement SET legal_class = 5",
        "UPDATE dose SET to_act = 10 WHERE to_act < 2147483647",
        "UPDATE dose_judgement SET to_act = 10 WHERE to_act < 2147483647",
    };
    for (ptrdiff_t i = 0; i < countof(refused); i++) {
        stored(d);
        assert_true(dose_end(d->store, DOSE, &d->act, &d->err));
        assert_false(store_execute(d->store, refused[i], &d->err));
        store_rollback(d->store);
        assert_true(store_begin(d->store, &d->err));
    }
}

static void a_dose_is_read_as_it_was_known(void **state)
{
    Desk *d = *state;
    DoseRecords records;
    const LedgerAct judged = {.no = d->act.no + 1}, ended = {.no = d->act.no + 2};
    DoseJudgement voluntary = {.legal_class = LEGAL_VOLUNTARY};
    const LegalClass expected[] = {LEGAL_ROUTINE_A, LEGAL_VOLUNTARY};
    stored(d);
    judged_otherwise(d, judged, &voluntary);
    assert_true(dose_end(d->store, DOSE, &ended, &d->err));
    for (int i = 0; i < 3; i++) {
        const KnownAt then = {d->act.no + i};
        assert_true(
            dose_records_of_person(d->store, PERSON, then, &d->arena, &records, &d->err));
        assert_int_equal(records.count, i < 2);
        if (i < 2) assert_int_equal(records.at[0].judgement.legal_class, expected[i]);
    }
    assert_int_equal(standing(d).count, 0);
}

// ---- what older ledgers knew

static const char older_sql[] =
    "INSERT INTO rule_use (from_act, version) VALUES (2, 'aa'), (4, 'bb')";
static const char *const older[] = {
    "INSERT INTO dose (dose_id, person_id, product_no, given_on, funding, override, provenance, from_act, to_act,"
    " kind, legal_class, row_id) VALUES (1, 7, 1, 20260110, 0, 0, 1, 3, 5, 1, 1, 21),"
    " (2, 7, 1, 20260310, 0, 0, 1, 4, 2147483647, 1, 5, 22), (3, 7, 1, 20260410, 0, 0, 1, 1, 2147483647, 1, 9, NULL)",
    "INSERT INTO intake_row (row_id, file_no, line, label, outcome, dose_id, dose_status, reasons)"
    " VALUES (21, 1, 1, '1', 1, 1, 1, NULL), (22, 1, 2, '2', 3, NULL, 0, NULL)",
    "INSERT INTO intake_decision (row_id, act_no, outcome, dose_id, dose_status, reasons)"
    " VALUES (22, 4, 2, 2, 2, 'AFTER_WINDOW')",
};
static const char carried_sql[] =
    "SELECT dose_id, from_act, to_act, legal_class, status, reasons, rules FROM dose_judgement"
    " ORDER BY dose_id";

static int all_until(EmbeddedFile *files, const char *name)
{
    int count = 0;
    for (int i = 0; i < office_migrations_count; i++) files[count++] = office_migrations[i];
    for (int i = 0; i < ledger_migrations_count; i++) {
        if (strcmp(ledger_migrations[i].name, name) == 0) return count;
        files[count++] = ledger_migrations[i];
    }
    return count;
}

static void a_ledger_of_before_keeps_what_it_knew(void **state)
{
    Desk *d = *state;
    EmbeddedFile files[200];
    static const int64_t expected[][5] = {
        {1, 3, 5, 1, 2}, {2, 4, ACT_OPEN, 5, 4}, {3, 1, ACT_OPEN, 9, 0}};
    assert_true(store_migrate(d->store, files, all_until(files, "0017_dose_judgement.sql"), &d->err));
    assert_true(store_begin(d->store, &d->err));
    assert_true(store_execute(d->store, older_sql, &d->err));
    for (ptrdiff_t i = 0; i < countof(older); i++)
        assert_true(store_execute(d->store, older[i], &d->err));
    assert_true(store_commit(d->store, &d->err));
    assert_true(store_migrate(d->store, files, all_until(files, ""), &d->err));
    Query *q = query_begin(d->store, carried_sql, &d->err);
    for (ptrdiff_t i = 0; i < countof(expected); i++) {
        assert_true(query_next(q));
        for (int c = 0; c < 4; c++) assert_int_equal(column_int64(q, c), expected[i][c]);
        assert_int_equal(column_int64(q, 4), i == 0 ? DOSE_VALID : i == 1 ? DOSE_INVALID : 0);
        assert_true(str_equal(column_text(q, 5, &d->arena), i == 1 ? S("AFTER_WINDOW") : (Str){0}));
        assert_int_equal(column_int64(q, 6), expected[i][4]);
    }
    assert_false(query_next(q));
    assert_true(query_end(q, &d->err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_dose_is_read_with_the_judgement_that_stands, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(judged_anew_the_old_judgement_ends_and_stays, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(a_judgement_ends_with_its_dose, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_dose_is_read_as_it_was_known, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(the_store_lets_nobody_change_a_dose_or_a_judgement, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(a_ledger_of_before_keeps_what_it_knew, desk_bare,
                                        desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
