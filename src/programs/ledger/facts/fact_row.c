// SPDX-License-Identifier: Apache-2.0
#include "fact_row.h"

#include <assert.h>

#include "dates.h"
#include "fact_tables.h"
#include "fold.h"
#include "schedule_fold.h"

typedef enum Item {
    ITEM_NUMBER,
    ITEM_BIRTH,
    ITEM_KIND,
    ITEM_SUBJECT,
    ITEM_VALUE,
    ITEM_SINCE,
    ITEM_UNTIL,
    ITEM_CAUSE,
    ITEM_RECOGNISED_ON,
    ITEM_RECOGNISED_BY,
    ITEM_SOURCE,
    ITEM_WITHDRAWS,
    ITEM_COUNT
} Item;

// clang-format off
static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_NUMBER] =        {"宛名番号", true, false},
    [ITEM_BIRTH] =         {"生年月日", true, false},
    [ITEM_KIND] =          {"種類", true, false, .also = "事柄"},
    [ITEM_SUBJECT] =       {"対象", false, false},
    [ITEM_VALUE] =         {"値", false, false},
    [ITEM_SINCE] =         {"開始日", false, false},
    [ITEM_UNTIL] =         {"終了日", false, false},
    [ITEM_CAUSE] =         {"理由", false, false},
    [ITEM_RECOGNISED_ON] = {"認定日", false, false},
    [ITEM_RECOGNISED_BY] = {"認定者", false, false},
    [ITEM_SOURCE] =        {"根拠", true, false},
    [ITEM_WITHDRAWS] =     {"取消", false, false},
};
// clang-format on

const CsvLayout fact_layout = {columns, ITEM_COUNT};

// By id or by name, as names are compared: 〜 of one machine is ～ of another.
static bool is_called(Str written, Str id, Str name, Arena scratch)
{
    return str_equal(written, id) ||
           str_equal(name_folded(&scratch, written), name_folded(&scratch, name));
}

static const OfficeFact *office_fact(Str written, Arena scratch)
{
    for (ptrdiff_t i = 0; i < FACT_OFFICE_COUNT; i++)
        if (is_called(written, str_of(fact_office[i].kind), str_of(fact_office[i].name), scratch))
            return &fact_office[i];
    return NULL;
}

static int rule_fact(const Schedule *schedule, Str written, Arena scratch)
{
    for (int f = 0; f < fact_count(schedule); f++)
        if (is_called(written, fact_id(schedule, f), fact_name(schedule, f), scratch)) return f;
    return FACT_NONE;
}

// What the row is about.
typedef struct Kind {
    const OfficeFact *office;  // NULL: the rules'
    int fact;                  // FACT_NONE: the office's
    FactShape shape;
} Kind;

// ---- 対象: a series or a product, by id or name

static Str subject_id(const Schedule *schedule, Str written, Arena scratch)
{
    int group = group_by_name(schedule, written, scratch);
    if (group != GROUP_NONE) return group_id(schedule, group);
    int product = product_by_name(schedule, written, scratch);
    return product == PRODUCT_NONE ? (Str){0} : product_id(schedule, product);
}

// Whether the kind may speak of this series alone.
static bool series_takes(const Schedule *schedule, const Kind *kind, int group)
{
    if (kind->shape == FACT_CIRCUMSTANCE) return group_span_fact(schedule, group) == kind->fact;
    return group_asks_once(schedule, group);
}

static Str series_known(const Schedule *schedule, const Kind *kind, Arena *arena)
{
    uint64_t groups = 0;
    for (int g = 0; g < group_count(schedule); g++) groups |= (uint64_t)series_takes(schedule, kind, g) << g;
    return groups_text(schedule, groups, arena);
}

static bool series_read(const Schedule *schedule, const RowItems *r, const Kind *kind, Str *subject)
{
    Str written = row_item(r, ITEM_SUBJECT);
    int group = group_by_name(schedule, written, *r->arena);
    if (group != GROUP_NONE && series_takes(schedule, kind, group)) {
        *subject = group_id(schedule, group);
        return true;
    }
    Str known = series_known(schedule, kind, r->arena);
    return FAIL(
        r->err, written.len ? E_CODE_UNKNOWN : E_MISSING, .item = S("対象"), .value = written,
        .words = str_format(r->arena,
                            "対象のワクチンを一つだけ入力してください (まとめて「すべて」にはできません): %.*s",
                            STR(known)));
}

static bool subject_read(const Schedule *schedule, const RowItems *r, const Kind *kind,
                         Str *subject)
{
    Str written = row_item(r, ITEM_SUBJECT);
    *subject = S("");
    if (kind->shape != FACT_PLAIN) return series_read(schedule, r, kind, subject);
    if (!written.len) return true;
    if (!kind->office || kind->office->subject == SUBJECT_NONE)
        return FAIL(r->err, E_CONFLICT, .item = S("対象"), .value = written,
                    .words = S("この事柄には対象のワクチンを入力できません。空けてください。"));
    Str id = subject_id(schedule, written, *r->arena);
    if (!id.len)
        return FAIL(r->err, E_CODE_UNKNOWN, .item = S("対象"), .value = written,
                    .words = S("この名前の系列や製剤はありません。系列か製剤の記号か名前を"
                               "入力してください。"));
    *subject = id;
    return true;
}

// ---- 値

static bool value_missing(const RowItems *r)
{
    return FAIL(r->err, E_MISSING, .item = S("値"),
                .words = S("この事柄には値が必要です。入力してください。"));
}

static bool value_day(const RowItems *r, Str *value)
{
    Day day;
    char text[DAY_TEXT_SIZE];
    if (!row_item_day(r, ITEM_VALUE, &day)) return false;
    if (day == DAY_NONE) return value_missing(r);
    *value = str_copy(r->arena, str_of(day_text(day, text)));
    return true;
}

static bool value_number(const RowItems *r, Str *value)
{
    int number;
    Str written = row_item(r, ITEM_VALUE);
    if (!written.len) return value_missing(r);
    if (!str_digits(fold_width(r->arena, written, NULL), 1, 2, &number))
        return FAIL(r->err, E_NUMBER_FORMAT, .item = S("値"), .value = written,
                    .words = S("0から99までの数を入力してください。"));
    *value = str_format(r->arena, "%d", number);
    return true;
}

static Str labels_of(const Schedule *schedule, int fact, Arena *arena)
{
    Text text = {0};
    for (int i = 0; fact_value(schedule, fact, i).len; i++)
        text_addf(&text, arena, "「%.*s」", STR(fact_value_label(schedule, fact, i)));
    return text_str(&text);
}

static bool value_list(const Schedule *schedule, const RowItems *r, int fact, Str *value)
{
    Text ids = {0};
    Str cell = row_item(r, ITEM_VALUE);
    if (!cell.len) return value_missing(r);
    for (Cut cut = str_cut(cell, ' '); cut.head.len || cut.found; cut = str_cut(cut.tail, ' ')) {
        Str id = {0};
        for (int i = 0; fact_value(schedule, fact, i).len; i++)
            if (str_equal(cut.head, fact_value(schedule, fact, i)) ||
                str_equal(cut.head, fact_value_label(schedule, fact, i)))
                id = fact_value(schedule, fact, i);
        if (!id.len) {
            Str known = labels_of(schedule, fact, r->arena);
            return FAIL(r->err, E_CODE_UNKNOWN, .item = S("値"), .value = cut.head,
                        .words =
                            str_format(r->arena, "%.*sのどれかを、空白で区切って入力してください。",
                                       STR(known)));
        }
        text_addf(&ids, r->arena, "%s%.*s", ids.len ? " " : "", STR(id));
    }
    *value = text_str(&ids);
    return true;
}

static bool value_none(const RowItems *r, Str *value)
{
    Str written = row_item(r, ITEM_VALUE);
    *value = S("1");
    if (!written.len || str_equal(written, S("1"))) return true;
    return FAIL(r->err, E_CONFLICT, .item = S("値"), .value = written,
                .words = S("この事柄に値はありません。空けてください。取り消すときは、取消に1を"
                           "入力してください。"));
}

// Which dose: the ledger is asked when the row is taken.
static bool value_dose(const RowItems *r, Str *value)
{
    PartialDate day;
    *value = row_item(r, ITEM_VALUE);
    if (!value->len) return value_missing(r);
    if (date_parse(str_cut(*value, ' ').head, &day, NULL, r->err)) return true;
    return row_item_blame(r, ITEM_VALUE);
}

static bool value_read(const Schedule *schedule, const RowItems *r, const Kind *kind, Str *value)
{
    if (kind->shape == FACT_ACCEPTED) return value_dose(r, value);
    if (kind->fact == FACT_NONE) return value_none(r, value);
    switch (fact_kind(schedule, kind->fact)) {
    case FACT_FLAG:
    case FACT_SPAN: return value_none(r, value);
    case FACT_DATE: return value_day(r, value);
    case FACT_NUMBER: return value_number(r, value);
    case FACT_LIST: return value_list(schedule, r, kind->fact, value);
    }
    return false;
}

// ---- the kind

static bool kind_replaced(const Schedule *schedule, const RowItems *r, int fact)
{
    int now = fact_replaced_by(schedule, fact);
    return FAIL(
        r->err, E_CONFLICT, .item = row_item_name(r, ITEM_KIND), .value = row_item(r, ITEM_KIND),
        .words = str_format(r->arena,
                            "この種類はもう登録できません。「%.*s」（%.*s）を、ワクチンごとに"
                            "開始日と終了日を付けて登録してください。",
                            STR(fact_name(schedule, now)), STR(fact_id(schedule, now))));
}

static Str kinds_known(const Schedule *schedule, Arena *arena)
{
    Text text = {0};
    for (int f = 0; f < fact_count(schedule); f++)
        if (fact_replaced_by(schedule, f) == FACT_NONE)
            text_addf(&text, arena, "%.*s、", STR(fact_name(schedule, f)));
    for (ptrdiff_t i = 0; i < FACT_OFFICE_COUNT; i++)
        text_addf(&text, arena, "%s%s", i ? "、" : "", fact_office[i].name);
    return text_str(&text);
}

// What was recorded under an old kind may still be withdrawn.
static bool kind_read(const Schedule *schedule, const RowItems *r, bool withdraws, Kind *kind)
{
    Str written = row_item(r, ITEM_KIND);
    const OfficeFact *office = office_fact(written, *r->arena);
    int fact = office ? FACT_NONE : rule_fact(schedule, written, *r->arena);
    *kind = (Kind){office, fact, office ? office->shape : FACT_PLAIN};
    if (office) return true;
    if (fact == FACT_NONE)
        return FAIL(r->err, written.len ? E_CODE_UNKNOWN : E_MISSING,
                    .item = row_item_name(r, ITEM_KIND), .value = written,
                    .words = str_format(r->arena,
                                        "この種類はありません。次のどれかを入力してください: %.*s",
                                        STR(kinds_known(schedule, r->arena))));
    if (fact_replaced_by(schedule, fact) != FACT_NONE && !withdraws)
        return kind_replaced(schedule, r, fact);
    if (fact_kind(schedule, fact) == FACT_SPAN) kind->shape = FACT_CIRCUMSTANCE;
    return true;
}

// ---- 理由, 認定, 根拠

static bool cause_read(const RowItems *r, const Kind *kind, FactRow *fact, bool *by_physician)
{
    Str written = row_item(r, ITEM_CAUSE);
    *by_physician = kind->shape == FACT_ACCEPTED;
    if (kind->shape != FACT_CIRCUMSTANCE) {
        if (!written.len) return true;
        return FAIL(r->err, E_CONFLICT, .item = S("理由"), .value = written,
                    .words = S("この種類に理由はありません。空けてください。"));
    }
    for (ptrdiff_t i = 0; i < FACT_CAUSE_COUNT; i++) {
        if (!str_equal(written, str_of(fact_causes[i].name))) continue;
        fact->value = str_of(fact_causes[i].id);
        *by_physician = fact_causes[i].by_physician;
        return true;
    }
    return FAIL(r->err, written.len ? E_CODE_UNKNOWN : E_MISSING, .item = S("理由"),
                .value = written,
                .words = S("疾病、臓器移植、医師の判断、災害、供給不足、その他のどれかを入力して"
                           "ください。"));
}

// Who recognised it and when: what opens a right is nobody's hearsay.
static bool recognition_read(const RowItems *r, const Kind *kind, FactRow *fact)
{
    bool on = row_item_checked(r, row_item_day(r, ITEM_RECOGNISED_ON, &fact->recognised_on));
    bool by = row_item_checked(r, row_item_text(r, ITEM_RECOGNISED_BY, &fact->recognised_by));
    if (kind->shape == FACT_PLAIN) return on && by;
    if (on && fact->recognised_on == DAY_NONE)
        on = row_item_checked(r, FAIL(r->err, E_MISSING, .item = S("認定日"),
                                      .words = S("認定した日を入力してください。")));
    if (by && !fact->recognised_by.len)
        by = row_item_checked(r, FAIL(r->err, E_MISSING, .item = S("認定者"),
                                      .words = kind->shape == FACT_ACCEPTED
                                                   ? S("認めた医師の名前を入力してください。")
                                                   : S("認定した課と職名を入力してください。")));
    return on && by;
}

static bool source_fits(const RowItems *r, const Kind *kind, bool by_physician, int which)
{
    if (kind->shape == FACT_PLAIN || which == (by_physician ? SOURCE_PHYSICIAN : SOURCE_OFFICER))
        return true;
    return FAIL(r->err, E_CONFLICT, .item = S("根拠"), .value = row_item(r, ITEM_SOURCE),
                .words = by_physician
                             ? S("医師の理由書で確かめ、根拠に「理由書」（または「医師の証明」）と"
                                 "入力してください。")
                             : S("市が認定し、根拠に「市の認定」（または「職員の認定」）と入力して"
                                 "ください。"));
}

// Whether it fits hangs on the cause, where that could be read.
static bool source_read(const RowItems *r, const Kind *kind, bool cause, bool by_physician, Str *source)
{
    int which;
    if (!row_item_word(
            r, ITEM_SOURCE, fact_source_names, FACT_SOURCE_WORD_COUNT,
            S("「医師の証明」「書類」「職員の認定」「申出」のどれかを入力してください。"), &which))
        return false;
    if (which == SOURCE_WORD && !(kind->office && kind->office->word_enough))
        return FAIL(r->err, E_CONFLICT, .item = S("根拠"), .value = row_item(r, ITEM_SOURCE),
                    .words = S("申出だけでは記録できません。医師の証明か書類で確かめてから入力して"
                               "ください。"));
    if (cause && !source_fits(r, kind, by_physician, which)) return false;
    *source = str_of(fact_source_texts[which]);
    return true;
}

// ---- 開始日, 終了日

// Whatever days are meant where a date is not known to the day.
static bool surely_after(const RowItems *r, int which, int other)
{
    DaySpan later, earlier;
    return row_item_span(r, which, &later) && row_item_span(r, other, &earlier) && later.first > earlier.last;
}

static bool span_read(const RowItems *r, FactRow *fact)
{
    bool since = row_item_checked(r, row_item_day(r, ITEM_SINCE, &fact->since));
    bool until = row_item_checked(r, row_item_day(r, ITEM_UNTIL, &fact->until));
    bool in_order = !surely_after(r, ITEM_SINCE, ITEM_UNTIL) ||
                    row_item_checked(r, FAIL(r->err, E_CONFLICT, .item = S("終了日"),
                                             .value = row_item(r, ITEM_UNTIL),
                                             .words = S("終了日が開始日より前です。")));
    return since && until && in_order;
}

static bool before_recognition(const RowItems *r, int which)
{
    if (!surely_after(r, which, ITEM_RECOGNISED_ON)) return true;
    return row_item_checked(
        r,
        FAIL(r->err, E_CONFLICT, .item = row_item_name(r, which), .value = row_item(r, which),
             .words = S("認定日より後の日です。認定したときに分かっていた日を入力してください。")));
}

// The days of the circumstance are its own; the fact is known from the day of recognition.
static bool circumstance_dates(const RowItems *r, bool withdraws, FactRow *fact)
{
    fact->began = fact->since;
    fact->ended = fact->until;
    fact->since = fact->recognised_on;
    fact->until = DAY_NONE;
    if (withdraws) return true;
    if (!row_item(r, ITEM_SINCE).len)
        return row_item_checked(
            r, FAIL(r->err, E_MISSING, .item = S("開始日"),
                    .words = S("接種を受けられない事情が始まった日を入力してください。")));
    bool began = before_recognition(r, ITEM_SINCE);
    return before_recognition(r, ITEM_UNTIL) && began;
}

// The day of the dose tells it from others that are accepted for the same series.
static bool accepted_dates(const RowItems *r, FactRow *fact)
{
    PartialDate given;
    DaySpan span;
    Error unread;
    bool said = date_parse(str_cut(fact->value, ' ').head, &given, NULL, &unread) &&
                partial_date_span(given, &span);
    if (said) fact->began = span.first;
    int which = fact->since != DAY_NONE ? ITEM_SINCE : ITEM_UNTIL;
    bool empty = fact->since == DAY_NONE && fact->until == DAY_NONE;
    fact->since = fact->recognised_on;
    if (empty) return true;
    return row_item_checked(
        r, FAIL(r->err, E_CONFLICT, .item = row_item_name(r, which), .value = row_item(r, which),
                .words = S("この種類に開始日と終了日はありません。接種日は値に、認めた日は認定日に"
                           "入力してください。")));
}

static bool dates_read(const RowItems *r, const Kind *kind, bool withdraws, FactRow *fact)
{
    fact->began = fact->ended = DAY_NONE;
    bool in_order = span_read(r, fact);
    switch (kind->shape) {
    case FACT_CIRCUMSTANCE: return circumstance_dates(r, withdraws, fact) && in_order;
    case FACT_ACCEPTED: return accepted_dates(r, fact) && in_order;
    case FACT_PLAIN: break;
    }
    return in_order;
}

Day fact_key(const FactRow *fact)
{
    return fact->began != DAY_NONE ? fact->began : fact->since;
}

static bool withdraws_read(const RowItems *r, bool *withdraws)
{
    return row_item_yes(r, ITEM_WITHDRAWS,
                        S("取り消すときは1を入力し、そうでなければ空けてください。"), withdraws);
}

// What a row that withdraws need not say again. Whose word is enough hangs on the reason.
static bool grounds_read(const Schedule *schedule, const RowItems *r, const Kind *kind,
                         FactRow *fact)
{
    bool by_physician;
    bool value = row_item_checked(r, value_read(schedule, r, kind, &fact->value));
    bool cause = row_item_checked(r, cause_read(r, kind, fact, &by_physician));
    bool recognised = recognition_read(r, kind, fact);
    bool source = row_item_checked(r, source_read(r, kind, cause, by_physician, &fact->source));
    return value && cause && recognised && source;
}

static bool who_read(const RowItems *r, FactFileRow *read)
{
    bool who = addressee_no_parse(r->row->fields[ITEM_NUMBER], &read->who, NULL, r->err) ||
               row_item_blame(r, ITEM_NUMBER);
    bool number = row_item_checked(r, who);
    bool birth = date_parse(r->row->fields[ITEM_BIRTH], &read->birth, NULL, r->err) ||
                 row_item_blame(r, ITEM_BIRTH);
    return row_item_checked(r, birth) && number;
}

bool fact_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena, FactFileRow *read,
                   RowFaults *faults)
{
    assert(row->line > 0);
    Kind kind;
    Error err = {0};
    const RowItems r = {row, arena, &err, faults};
    *read = (FactFileRow){.fact.recognised_on = DAY_NONE, .span_fact = FACT_NONE};
    read->named = who_read(&r, read);
    bool withdraws = row_item_checked(&r, withdraws_read(&r, &read->withdraws));
    read->withdraws_said = str_copy(arena, row_item(&r, ITEM_WITHDRAWS));
    if (!row_item_checked(&r, kind_read(schedule, &r, read->withdraws, &kind))) {
        (void)span_read(&r, &read->fact);  // what every kind has is told all the same
        (void)row_item_checked(&r, row_item_day(&r, ITEM_RECOGNISED_ON, &read->fact.recognised_on));
        return false;
    }
    read->fact.kind = kind.office ? str_of(kind.office->kind) : fact_id(schedule, kind.fact);
    read->shape = kind.shape;
    if (kind.fact != FACT_NONE && fact_span_days(schedule, kind.fact)) read->span_fact = kind.fact;
    bool subject = row_item_checked(&r, subject_read(schedule, &r, &kind, &read->fact.subject));
    bool grounds = true;
    if (read->withdraws || !withdraws)
        read->fact.value = row_item(&r, ITEM_VALUE);
    else
        grounds = grounds_read(schedule, &r, &kind, &read->fact);
    bool dates = dates_read(&r, &kind, read->withdraws, &read->fact);
    return read->named && withdraws && subject && grounds && dates;
}
