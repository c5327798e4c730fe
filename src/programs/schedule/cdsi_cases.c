// SPDX-License-Identifier: Apache-2.0
#include "cdsi_cases.h"

#include "csv.h"

#define DOSE(n)                                                             \
    {"d" #n "_date"}, {"d" #n "_cvx"}, {"d" #n "_mvx"}, {"d" #n "_status"}, \
    {                                                                       \
        "d" #n "_reason"                                                    \
    }

// clang-format off
static const CsvColumn columns[] = {
    {"set", true}, {"case_id", true}, {"name"}, {"dob", true}, {"sex"}, {"assessment_date", true},
    {"vaccine_group", true}, {"series_status", true}, {"forecast_num", true},
    {"earliest_date", true}, {"recommended_date", true}, {"past_due_date", true},
    {"obs1_code"}, {"obs1_date"}, {"obs2_code"}, {"obs2_date"}, {"obs3_code"}, {"obs3_date"},
    DOSE(1), DOSE(2), DOSE(3), DOSE(4), DOSE(5), DOSE(6), DOSE(7),
    // Known, and not asked here.
    {"group_raw"}, {"evaluation_test_type"}, {"forecast_test_type"}, {"changed_in_version"},
};
enum {
    SET, ID, NAME, DOB, SEX, ASSESSMENT, GROUP, STATUS, NUMBER, EARLIEST, RECOMMENDED, PAST_DUE,
    OBSERVATIONS,
    DOSES = OBSERVATIONS + 2 * CDSI_OBSERVATIONS_MAX
};
enum { DOSE_DATE, DOSE_CVX, DOSE_MVX, DOSE_STATUS, DOSE_REASON, DOSE_COLUMNS };
// clang-format on

typedef struct RowReader {
    const Schedule *schedule;
    const CsvRow *row;
    CdsiUnknown *unknown;
    Arena *arena;
    Error *err;
} RowReader;

static bool wrong(const RowReader *r, int column)
{
    return FAIL(r->err, E_VECTOR, .row = r->row->line, .item = str_of(columns[column].name),
                .value = r->row->fields[column],
                .words =
                    S("この項目を読めません。事例の書き方と支援データの版を確かめてください。"));
}

static void unknown_add(const RowReader *r, Text *codes, Str code)
{
    for (Cut cut = str_cut(text_str(codes), ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
        if (str_equal(cut.head, code)) return;
    text_addf(codes, r->arena, "%s%.*s", codes->len ? " " : "", STR(code));
}

static Str field(const RowReader *r, int column)
{
    return str_copy(r->arena, r->row->fields[column]);
}

// Empty: no day.
static bool day_field(const RowReader *r, int column, Day *day)
{
    Str text = r->row->fields[column];
    *day = DAY_NONE;
    return !text.len || day_read(text.at, (int)text.len, day) || wrong(r, column);
}

static bool day_needed(const RowReader *r, int column, Day *day)
{
    if (!day_field(r, column, day)) return false;
    return *day != DAY_NONE || wrong(r, column);
}

// ---- The person ---------------------------------------------------------------------------------

static SubjectFact *fact_known(SubjectFact *facts, int count, int32_t fact)
{
    for (int i = 0; i < count; i++)
        if (facts[i].fact == fact) return &facts[i];
    return NULL;
}

// An observation is a fact; where rules count from it its day is another, the latest if told twice.
static bool observation_add(const RowReader *r, int column, SubjectFact *facts, int *count)
{
    Str code = r->row->fields[column];
    Day day;
    if (!day_field(r, column + 1, &day)) return false;
    if (!code.len) return true;
    int32_t fact = fact_find(r->schedule, code);
    int32_t date = fact_find(r->schedule, str_format(r->arena, "%.*s date", STR(code)));
    if (fact == FACT_NONE) {
        unknown_add(r, &r->unknown->observations, code);
        return true;
    }
    if (!fact_known(facts, *count, fact)) facts[(*count)++] = (SubjectFact){fact, 1};
    if (date == FACT_NONE || day == DAY_NONE) return true;
    SubjectFact *known = fact_known(facts, *count, date);
    if (!known) facts[(*count)++] = (SubjectFact){date, day};
    if (known && known->value < day) known->value = day;
    return true;
}

static bool subject_read(const RowReader *r, CdsiCase *made)
{
    SubjectFact *facts = NEW(r->arena, SubjectFact, 2 * CDSI_OBSERVATIONS_MAX);
    int count = 0;
    Str sex = r->row->fields[SEX];
    if (!day_needed(r, DOB, &made->subject.birth)) return false;
    if (str_equal(sex, S("M"))) made->subject.sex = SUBJECT_MALE;
    if (str_equal(sex, S("F"))) made->subject.sex = SUBJECT_FEMALE;
    bool unknown = !sex.len || str_equal(sex, S("U"));
    if (!unknown && !made->subject.sex) return wrong(r, SEX);
    for (int i = 0; i < CDSI_OBSERVATIONS_MAX; i++)
        if (!observation_add(r, OBSERVATIONS + 2 * i, facts, &count)) return false;
    made->subject.facts = facts;
    made->subject.fact_count = count;
    return true;
}

// "3" and "03" are one code.
static int product_of(const RowReader *r, int column)
{
    Str code = r->row->fields[column];
    if (code.len == 1) code = str_format(r->arena, "0%.*s", STR(code));
    int product = product_by_id(r->schedule, code);
    if (product == PRODUCT_NONE) unknown_add(r, &r->unknown->products, code);
    return product;
}

static bool doses_read(const RowReader *r, CdsiCase *made)
{
    HistoryEntry *entries = NEW(r->arena, HistoryEntry, CDSI_DOSES_MAX);
    int count = 0;
    for (int i = 0; i < CDSI_DOSES_MAX; i++) {
        int at = DOSES + i * DOSE_COLUMNS;
        HistoryEntry *entry = &entries[count];
        if (!day_field(r, at + DOSE_DATE, &entry->given_on)) return false;
        if (entry->given_on == DAY_NONE) continue;
        if (!r->row->fields[at + DOSE_CVX].len) return wrong(r, at + DOSE_CVX);
        entry->product = product_of(r, at + DOSE_CVX);
        if (entry->product == PRODUCT_NONE) {
            made->dose_unknown = true;
            continue;
        }
        entry->maker = make_find(r->schedule, r->row->fields[at + DOSE_MVX]);
        entry->reference = count;
        made->dose_status[count] = field(r, at + DOSE_STATUS);
        made->dose_reason[count] = field(r, at + DOSE_REASON);
        count++;
    }
    history_sort(entries, count);
    made->history = (History){entries, count};
    return true;
}

// ---- The answer wanted --------------------------------------------------------------------------

static bool number_field(const RowReader *r, int column, int *number)
{
    Str text = r->row->fields[column];
    *number = 0;
    return !text.len || str_digits(text, 1, 2, number) || wrong(r, column);
}

static bool case_read(const RowReader *r, CdsiCase *made)
{
    *made = (CdsiCase){
        .set = field(r, SET),
        .id = field(r, ID),
        .name = field(r, NAME),
        .merge = merge_find(r->schedule, r->row->fields[GROUP]),
        .status = field(r, STATUS),
    };
    if (!made->id.len) return wrong(r, ID);
    if (made->merge < 0) return wrong(r, GROUP);
    return day_needed(r, ASSESSMENT, &made->as_of) && number_field(r, NUMBER, &made->number) &&
           day_field(r, EARLIEST, &made->earliest) &&
           day_field(r, RECOMMENDED, &made->recommended) &&
           day_field(r, PAST_DUE, &made->past_due) && subject_read(r, made) && doses_read(r, made);
}

bool cdsi_cases_read(const char *path, const Schedule *schedule, Arena *arena, CdsiCases *cases,
                     CdsiUnknown *unknown, Error *err)
{
    static const CsvLayout layout = {columns, (int)countof(columns)};
    CsvReader *reader;
    CsvRow row;
    bool read = true;
    if (!csv_open(path, &layout, CSV_ENCODING_UTF8, arena, &reader, err)) return false;
    while (read && csv_next(reader, &row)) {
        RowReader r = {schedule, &row, unknown, arena, err};
        if (row.bad) *err = row.problem;
        read = !row.bad && case_read(&r, cdsi_cases_push(cases, arena));
    }
    Error ignored = {0};
    return csv_close(reader, read ? err : &ignored) && read;
}
