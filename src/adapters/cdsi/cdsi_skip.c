// conditionalSkip: when a target dose is passed over (CDSi 6.2, 7.1, 7.6).
// SPDX-License-Identifier: Apache-2.0
#include "cdsi_reader.h"

#include <assert.h>

static int32_t anchor_term(CdsiReader *r, Anchor anchor)
{
    return xml_term(r, anchor, 0, (Span){.present = true}, 0);
}

static int32_t day_term(CdsiReader *r, Day day, int days)
{
    if (day == DAY_NONE) return 0;
    return builder_term(&r->builder, (Term){.op = TERM_DAY, .days = day + days});
}

// Both bounds bind: the later beginning, the sooner end.
static int32_t both(CdsiReader *r, TermOp op, int32_t a, int32_t b)
{
    if (!a || !b) return a ? a : b;
    return builder_term_of(&r->builder, op, (int32_t[]){a, b}, 2);
}

static void age_condition(CdsiReader *r, Node *node, Codes *code)
{
    int32_t first = xml_age(r, node, "beginAge", 0), last = xml_age(r, node, "endAge", -1);
    if (!first && !last) xml_fault(r, node, "年齢の始まりか終わりを書いてください。");
    code_between(r, code, anchor_term(r, ANCHOR_ON), first, last);
}

static void interval_condition(CdsiReader *r, Node *node, Codes *code)
{
    int32_t from = xml_term(r, ANCHOR_LAST_ENTRY, 0, xml_span(r, node, "interval"), 0);
    if (!from) xml_fault(r, node, "間隔を書いてください。");
    code_between(r, code, anchor_term(r, ANCHOR_ON), from, 0);
}

static void series_condition(CdsiReader *r, Node *node, Codes *code)
{
    int32_t ranks = xml_ranks(r, node, "seriesGroups");
    if (!ranks) xml_fault(r, node, "系列群を書いてください。");
    code_put(r, code, COND_COMPLETE, &ranks, 1);
}

// [CONDSKIP-1] Doses of these products, in the age span and in the span of days.
static void count_condition(CdsiReader *r, Node *node, Codes *code)
{
    static const char *const kinds[] = {"Total", "Valid"};
    static const char *const logics[] = {"greater than", "equal to", "less than"};
    ProductSet set = xml_products(r, node, "vaccineTypes");
    int32_t count = xml_number(r, node, "doseCount", 0, 99, -1);
    int logic = xml_word(r, node, "doseCountLogic", logics, (int)countof(logics));
    bool valid = xml_word(r, node, "doseType", kinds, (int)countof(kinds)) == 1;
    Day from = xml_day(r, node, "startDate"), to = xml_day(r, node, "endDate");
    if (count < 0) xml_fault(r, node, "回数を書いてください。");
    if (from != DAY_NONE && to != DAY_NONE && from >= to)
        xml_fault(r, node, "終わりの日が始まりの日より後ではありません。");
    int32_t operands[] = {
        xml_empty(r, node, "vaccineTypes") ? 0 : builder_set(&r->builder, &set),
        logic == 0 ? count + 1 : (logic == 1 ? count : 0),
        logic == 0 ? INT32_MAX : (logic == 1 ? count : count - 1),
        both(r, TERM_MAX, xml_age(r, node, "beginAge", 0), day_term(r, from, 0)),
        both(r, TERM_MIN, xml_age(r, node, "endAge", -1), day_term(r, to, -1)),
        valid ? COUNT_ACCEPTED : 0,
    };
    code_put(r, code, COND_COUNT, operands, (int)countof(operands));
}

static void condition_read(CdsiReader *r, Node *node, Codes *code)
{
    static const struct {
        const char *name;
        void (*read)(CdsiReader *r, Node *node, Codes *code);
    } kinds[] = {
        {"Age", age_condition},
        {"Interval", interval_condition},
        {"Completed Series", series_condition},
        {"Vaccine Count by Age", count_condition},
        {"Vaccine Count by Date", count_condition},
        {"Vaccine Count by Date and Age", count_condition},
        {"Vaccine Count by Age and Date", count_condition},
    };
    xml_known(r, node,
              "conditionID conditionType startDate endDate beginAge endAge interval doseCount "
              "doseType doseCountLogic vaccineTypes seriesGroups");
    Node *kind = xml_child(r, node, "conditionType");
    Str word = xml_text(r, kind);
    for (ptrdiff_t i = 0; i < countof(kinds) && !r->failed; i++)
        if (word_same(word, kinds[i].name)) {
            kinds[i].read(r, node, code);
            return;
        }
    xml_fault(r, kind, "この条件の種類は知られていません。");
}

typedef enum Logic { LOGIC_ONE, LOGIC_AND, LOGIC_OR } Logic;

static Logic logic_read(CdsiReader *r, Node *of, const char *name, int parts)
{
    static const char *const words[] = {"", "AND", "OR"};
    Logic logic = (Logic)xml_word(r, of, name, words, (int)countof(words));
    if (logic == LOGIC_ONE && parts > 1)
        xml_fault(r, of, "条件が二つ以上あるのに、つなぎ方 (%s) がありません。", name);
    return logic;
}

static int children_count(Node *of, const char *name)
{
    int count = 0;
    EACH_CHILD(child, of) count += xml_named(child, name);
    return count;
}

static void set_code(CdsiReader *r, Node *set, Codes *code)
{
    int count = children_count(set, "condition");
    if (!count) xml_fault(r, set, "条件がありません。");
    Logic logic = logic_read(r, set, "conditionLogic", count);
    ptrdiff_t opened = code_open(r, code, logic == LOGIC_OR ? COND_ANY : COND_ALL);
    EACH_CHILD(child, set)
    if (xml_named(child, "condition") && !r->failed) condition_read(r, child, code);
    code_close(code, opened);
}

// ---- Rows ---------------------------------------------------------------------------------------

static void row_add(CdsiReader *r, PlainRows *rows, RowHead head, int32_t uses)
{
    if (uses) head.uses = uses;
    if (uses) *plain_rows_push(rows, r->arena) = (PlainRow){head};
}

// A set in force is asked with the day of the dose, in the forecast with the assessment day: the
// day a row is otherwise asked with moves on to the earliest day of the next dose.
static void dated_rows_add(CdsiReader *r, PlainRows *rows, const RowHead *head, int32_t uses,
                           const Codes *code)
{
    Codes dated = {0};
    RowHead ahead = *head;
    ptrdiff_t opened = code_open(r, &dated, COND_ALL);
    code_between(r, &dated, anchor_term(r, ANCHOR_AS_OF), day_term(r, head->from, 0),
                 day_term(r, head->to, 0));
    for (ptrdiff_t i = 0; i < code->count; i++) *codes_push(&dated, r->arena) = code->at[i];
    code_close(&dated, opened);
    ahead.from = DAY_MIN;
    ahead.to = DAY_MAX;
    ahead.when = code_done(r, &dated);
    row_add(r, rows, *head, uses & USE_JUDGE);
    row_add(r, rows, ahead, uses & USE_FORECAST);
}

static void set_rows_add(CdsiReader *r, Node *set, const DosePlace *place, int32_t uses,
                         PlainRows *rows)
{
    Codes code = {0};
    int32_t note = cdsi_note(r, place, "skip", "CDSi 6.2", xml_text_of(r, set, "setDescription"));
    RowHead head = xml_head(r, set, note);
    set_code(r, set, &code);
    if (r->failed) return;
    head.when = code_done(r, &code);
    if (head.from == DAY_MIN && head.to == DAY_MAX)
        row_add(r, rows, head, uses);
    else
        dated_rows_add(r, rows, &head, uses, &code);
}

// All sets must hold; one outside its days is left out.
static void joined_rows_add(CdsiReader *r, Node *skip, const DosePlace *place, int32_t uses,
                            PlainRows *rows)
{
    static const Anchor asked_with[] = {ANCHOR_ON, ANCHOR_AS_OF};
    static const int32_t use_of[] = {USE_JUDGE, USE_FORECAST};
    int32_t note = cdsi_note(r, place, "skip", "CDSi 6.2", (Str){0});
    for (ptrdiff_t i = 0; i < countof(asked_with) && !r->failed; i++) {
        Codes code = {0};
        ptrdiff_t all = code_open(r, &code, COND_ALL);
        EACH_CHILD(set, skip)
        {
            if (!xml_named(set, "set")) continue;
            RowHead head = xml_head(r, set, note);
            ptrdiff_t any = code_open(r, &code, COND_ANY);
            ptrdiff_t not = code_open(r, &code, COND_NOT);
            code_between(r, &code, anchor_term(r, asked_with[i]), day_term(r, head.from, 0),
                         day_term(r, head.to, 0));
            code_close(&code, not );
            set_code(r, set, &code);
            code_close(&code, any);
        }
        code_close(&code, all);
        RowHead head = {.from = DAY_MIN, .to = DAY_MAX, .note = note};
        if (!r->failed) head.when = code_done(r, &code);
        row_add(r, rows, head, uses & use_of[i]);
    }
}

static void skip_read(CdsiReader *r, Node *skip, const DosePlace *place, PlainRows *rows)
{
    static const char *const contexts[] = {"Both", "Evaluation", "Forecast"};
    static const int32_t uses[] = {USE_JUDGE | USE_FORECAST, USE_JUDGE, USE_FORECAST};
    xml_known(r, skip, "context setLogic set");
    int32_t use = uses[xml_word(r, skip, "context", contexts, (int)countof(contexts))];
    Logic logic = logic_read(r, skip, "setLogic", children_count(skip, "set"));
    if (logic == LOGIC_AND) {
        joined_rows_add(r, skip, place, use, rows);
        return;
    }
    EACH_CHILD(set, skip)
    {
        if (!xml_named(set, "set") || r->failed) continue;
        xml_known(r, set,
                  "setID setDescription effectiveDate cessationDate conditionLogic condition");
        set_rows_add(r, set, place, use, rows);
    }
}

Range cdsi_skips_read(CdsiReader *r, Node *dose, const DosePlace *place)
{
    assert(dose);
    PlainRows rows = {0};
    EACH_CHILD(child, dose)
    if (xml_named(child, "conditionalSkip") && xml_first(child) && !r->failed)
        skip_read(r, child, place, &rows);
    return builder_add_plain_rows(&r->builder, rows.at, rows.count);
}
