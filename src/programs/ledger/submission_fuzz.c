// Submissions, lists of clinics, papers from abroad and facts made of anything: nothing crashes, and every
// row comes out as something.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "clinic_file.h"
#include "error_texts.h"
#include "fact_row.h"
#include "foreign_row.h"
#include "inquiry_file_row.h"
#include "rules.h"
#include "submission.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;
static const Schedule *schedule;
static const Procedure *procedure;
static const MunicipalityTable *places;

static void read_submission(Str file, Arena arena)
{
    CsvReader *csv;
    CsvRow row;
    Error err;
    SubmissionNotes notes = {0};
    if (!csv_open_text(file, &submission_layout, CSV_ENCODING_AUTO, &arena, &csv, &err)) return;
    while (csv_next(csv, &row)) {
        Arena scratch = arena;
        Submission s = submission_read(schedule, &row, &notes, &scratch);
        assert(s.label.len > 0);
        assert(s.row.defects || s.product != PRODUCT_NONE);
        assert(s.row.defects || s.row.given_class);
    }
    (void)!csv_close(csv, &err);
}

static void expect_told(const RowFaults *faults)
{
    assert(faults->count > 0);
    VEC_EACH (const Error, why, *faults)
        assert(error_item(why).len > 0 && error_words(why).len > 0);
}

static void read_clinics(Str file, Arena arena)
{
    CsvReader *csv;
    CsvRow row;
    Error err;
    if (!csv_open_text(file, &clinic_layout, CSV_ENCODING_AUTO, &arena, &csv, &err)) return;
    while (csv_next(csv, &row)) {
        Arena scratch = arena;
        ClinicRows rows = {0};
        ClinicNotes read_as = {0};
        RowFaults faults = {0};
        if (row.bad) continue;
        if (clinic_row_read(schedule, &row, &scratch, &rows, &read_as, &faults))
            assert(rows.count > 0);
        else
            expect_told(&faults);
    }
    (void)!csv_close(csv, &err);
}

static void read_foreign(Str file, Arena arena)
{
    CsvReader *csv;
    CsvRow row;
    Error err;
    if (!csv_open_text(file, &foreign_layout, CSV_ENCODING_AUTO, &arena, &csv, &err)) return;
    while (csv_next(csv, &row)) {
        Arena scratch = arena;
        ForeignRow read;
        if (row.bad) continue;
        RowFaults faults = {0};
        if (foreign_row_read(schedule, &row, &scratch, &read, &faults)) {
            assert(read.origin.cvx.len >= 2 && read.origin.country.len == 2);
            assert(read.origin.source >= ORIGIN_CERTIFICATE && read.origin.source <= ORIGIN_WORD);
        } else {
            expect_told(&faults);
        }
    }
    (void)!csv_close(csv, &err);
}

static void read_facts(Str file, Arena arena)
{
    CsvReader *csv;
    CsvRow row;
    Error err;
    if (!csv_open_text(file, &fact_layout, CSV_ENCODING_AUTO, &arena, &csv, &err)) return;
    while (csv_next(csv, &row)) {
        Arena scratch = arena;
        FactFileRow read;
        if (row.bad) continue;
        RowFaults faults = {0};
        if (fact_row_read(schedule, &row, &scratch, &read, &faults)) {
            assert(read.fact.kind.len > 0);
            assert(read.withdraws || (read.fact.value.len > 0 && read.fact.source.len > 0));
            assert(read.shape == FACT_PLAIN || read.fact.subject.len > 0);
            if (read.shape == FACT_CIRCUMSTANCE && !read.withdraws) {
                assert(read.fact.began <= read.fact.recognised_on && read.fact.recognised_by.len);
                assert(read.fact.ended == DAY_NONE || read.fact.began <= read.fact.ended);
            }
            assert(fact_kind_words(schedule, read.fact.kind).len > 0);
            (void)fact_value_words(schedule, &read.fact, &scratch);
        } else {
            expect_told(&faults);
        }
    }
    (void)!csv_close(csv, &err);
}

static void read_inquiries(Str file, Arena arena)
{
    CsvReader *csv;
    CsvRow row;
    Error err;
    if (!csv_open_text(file, &inquiry_file_layout, CSV_ENCODING_AUTO, &arena, &csv, &err)) return;
    while (csv_next(csv, &row)) {
        Arena scratch = arena;
        InquiryFileRow read;
        RowFaults faults = {0};
        if (row.bad) continue;
        if (inquiry_file_row_read(procedure, places, &row, &scratch, &read, &faults))
            assert(read.items > 0 && !faults.count);
        else
            expect_told(&faults);
    }
    (void)!csv_close(csv, &err);
}

static void tables_load(void)
{
    Error err;
    Procedures rows;
    bool loaded = rules_embedded(&whole, &schedule, &err) && procedure_table(&whole, &rows, &err) && municipality_load(&whole, &places, &err);
    assert(loaded);
    procedure = procedure_named(&rows, S("P1"));
    assert(procedure);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str file = {(const char *)data, (ptrdiff_t)size};
    if (!schedule) {
        whole = arena_reserve(256 << 20);
        tables_load();
    }
    read_submission(file, whole);
    read_clinics(file, whole);
    read_foreign(file, whole);
    read_facts(file, whole);
    read_inquiries(file, whole);
    return 0;
}
