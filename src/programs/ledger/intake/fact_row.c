// SPDX-License-Identifier: Apache-2.0
#include "fact_row.h"

#include "dates.h"
#include "row_items.h"

typedef enum Item {
    ITEM_NUMBER,
    ITEM_BIRTH,
    ITEM_KIND,
    ITEM_SUBJECT,
    ITEM_VALUE,
    ITEM_SINCE,
    ITEM_UNTIL,
    ITEM_SOURCE,
    ITEM_WITHDRAWS,
    ITEM_COUNT
} Item;

// clang-format off
static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_NUMBER] =    {"宛名番号", true, false},
    [ITEM_BIRTH] =     {"生年月日", true, false},
    [ITEM_KIND] =      {"事柄", true, false},
    [ITEM_SUBJECT] =   {"対象", false, false},
    [ITEM_VALUE] =     {"値", false, false},
    [ITEM_SINCE] =     {"開始日", false, false},
    [ITEM_UNTIL] =     {"終了日", false, false},
    [ITEM_SOURCE] =    {"根拠", true, false},
    [ITEM_WITHDRAWS] = {"取消", false, false},
};

// What the office minds beside the rules' own facts.
typedef struct OfficeFact {
    const char *kind, *name;
    bool has_subject;  // speaks of a vaccine; an empty 対象 means every one
    bool word_enough;  // 申出 alone will do
} OfficeFact;

static const OfficeFact office_facts[] = {
    {"refusal",          "接種拒否", true,  true },
    {"contraindication", "禁忌",     true,  false},
    {"mail_returned",    "宛所不明", false, false},
};
// clang-format on

const CsvLayout fact_layout = {columns, ITEM_COUNT};

// Who says so. The texts are stored; "clinic" comes with submissions.
typedef enum Source { SOURCE_PHYSICIAN, SOURCE_PAPER, SOURCE_OFFICER, SOURCE_WORD } Source;
static const RowWord source_words[] = {
    {"医師の証明", SOURCE_PHYSICIAN},
    {"書類", SOURCE_PAPER},
    {"職員の認定", SOURCE_OFFICER},
    {"申出", SOURCE_WORD},
};
static const char *const source_texts[] = {
    [SOURCE_PHYSICIAN] = "physician",
    [SOURCE_PAPER] = "paper",
    [SOURCE_OFFICER] = "officer",
    [SOURCE_WORD] = "word",
};

static const OfficeFact *office_fact(Str written)
{
    for (ptrdiff_t i = 0; i < countof(office_facts); i++)
        if (str_equal(written, str_of(office_facts[i].kind)) ||
            str_equal(written, str_of(office_facts[i].name)))
            return &office_facts[i];
    return NULL;
}

static int rule_fact(const Schedule *schedule, Str written)
{
    for (int f = 0; f < fact_count(schedule); f++)
        if (str_equal(written, fact_id(schedule, f)) || str_equal(written, fact_name(schedule, f)))
            return f;
    return FACT_NONE;
}

// ---- 対象: a series or a product, by id or name

static Str subject_id(const Schedule *schedule, Str written)
{
    for (int g = 0; g < group_count(schedule); g++)
        if (str_equal(written, group_id(schedule, g)) ||
            str_equal(written, group_name(schedule, g)))
            return group_id(schedule, g);
    int product = product_by_id(schedule, written);
    return product == PRODUCT_NONE ? (Str){0} : product_id(schedule, product);
}

static bool subject_read(const Schedule *schedule, const RowItems *r, const OfficeFact *office,
                         Str *subject)
{
    Str written = row_item(r, ITEM_SUBJECT);
    *subject = S("");
    if (!written.len) return true;
    if (!office || !office->has_subject)
        return FAIL(r->err, E_CONFLICT, .item = S("対象"), .value = written,
                    .words = S("この事柄には対象のワクチンを入力できません。空けてください。"));
    Str id = subject_id(schedule, written);
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
    if (!str_digits(written, 1, 2, &number))
        return FAIL(r->err, E_NUMBER_FORMAT, .item = S("値"), .value = written,
                    .words = S("0から99までの数を半角で入力してください。"));
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

static bool value_read(const Schedule *schedule, const RowItems *r, int fact, Str *value)
{
    if (fact == FACT_NONE) return value_none(r, value);
    switch (fact_kind(schedule, fact)) {
    case FACT_FLAG:
    case FACT_SPAN: return value_none(r, value);
    case FACT_DATE: return value_day(r, value);
    case FACT_NUMBER: return value_number(r, value);
    case FACT_LIST: return value_list(schedule, r, fact, value);
    }
    return false;
}

// ---- the row

static bool kind_read(const Schedule *schedule, const RowItems *r, const OfficeFact **office,
                      int *fact)
{
    Str written = row_item(r, ITEM_KIND);
    *office = office_fact(written);
    *fact = *office ? FACT_NONE : rule_fact(schedule, written);
    if (*office || *fact != FACT_NONE) return true;
    return FAIL(r->err, written.len ? E_CODE_UNKNOWN : E_MISSING, .item = S("事柄"),
                .value = written,
                .words = S("この事柄は表にありません。使える事柄は docs/facts.md の表の"
                           "とおりです。"));
}

static bool source_read(const RowItems *r, const OfficeFact *office, Str *source)
{
    int which;
    if (!row_item_word(
            r, ITEM_SOURCE, source_words, countof(source_words),
            S("「医師の証明」「書類」「職員の認定」「申出」のどれかを入力してください。"), &which))
        return false;
    if (which == SOURCE_WORD && !(office && office->word_enough))
        return FAIL(r->err, E_CONFLICT, .item = S("根拠"), .value = row_item(r, ITEM_SOURCE),
                    .words = S("申出だけでは記録できません。医師の証明か書類で確かめてから入力して"
                               "ください。"));
    *source = str_of(source_texts[which]);
    return true;
}

static bool span_read(const RowItems *r, FactRow *fact)
{
    if (!row_item_day(r, ITEM_SINCE, &fact->since) || !row_item_day(r, ITEM_UNTIL, &fact->until))
        return false;
    if (fact->until == DAY_NONE || fact->since == DAY_NONE || fact->since <= fact->until)
        return true;
    return FAIL(r->err, E_CONFLICT, .item = S("終了日"), .value = row_item(r, ITEM_UNTIL),
                .words = S("終了日が開始日より前です。"));
}

static bool withdraws_read(const RowItems *r, bool *withdraws)
{
    static const RowWord words[] = {{"", false}, {"1", true}};
    int value;
    if (!row_item_word(r, ITEM_WITHDRAWS, words, countof(words),
                       S("取り消すときは1を入力し、そうでなければ空けてください。"), &value))
        return false;
    *withdraws = value;
    return true;
}

bool fact_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena, FactFileRow *out,
                   Error *err)
{
    const RowItems r = {row, arena, err};
    FactFileRow read = {0};
    const OfficeFact *office;
    int fact;
    if (!addressee_no_parse(row->fields[ITEM_NUMBER], &read.who, NULL, err))
        return row_item_blame(&r, ITEM_NUMBER);
    if (!date_parse(row->fields[ITEM_BIRTH], &read.birth, NULL, err))
        return row_item_blame(&r, ITEM_BIRTH);
    if (!kind_read(schedule, &r, &office, &fact)) return false;
    read.fact.kind = office ? str_of(office->kind) : fact_id(schedule, fact);
    bool ends_a_span = fact != FACT_NONE && fact_span_days(schedule, fact);
    read.span_fact = ends_a_span ? fact : FACT_NONE;
    if (!subject_read(schedule, &r, office, &read.fact.subject)) return false;
    if (!withdraws_read(&r, &read.withdraws)) return false;
    if (!read.withdraws && !value_read(schedule, &r, fact, &read.fact.value)) return false;
    if (!span_read(&r, &read.fact)) return false;
    if (!source_read(&r, office, &read.fact.source)) return false;
    *out = read;
    return true;
}

// ---- for people

Str fact_kind_words(const Schedule *schedule, Str kind)
{
    const OfficeFact *office = office_fact(kind);
    if (office) return str_of(office->name);
    int fact = fact_find(schedule, kind);
    return fact == FACT_NONE ? kind : fact_name(schedule, fact);
}

Str fact_subject_words(const Schedule *schedule, Str subject)
{
    int group = subject.len ? group_find(schedule, subject) : GROUP_NONE;
    return group == GROUP_NONE ? subject : group_name(schedule, group);
}

Str fact_value_words(const Schedule *schedule, const FactRow *row, Arena *arena)
{
    Text text = {0};
    int fact = fact_find(schedule, row->kind);
    if (fact == FACT_NONE || fact_kind(schedule, fact) == FACT_FLAG) return (Str){0};
    if (fact_kind(schedule, fact) != FACT_LIST) return row->value;
    for (int i = 0; fact_value(schedule, fact, i).len; i++) {
        for (Cut cut = str_cut(row->value, ' '); cut.head.len; cut = str_cut(cut.tail, ' '))
            if (str_equal(cut.head, fact_value(schedule, fact, i)))
                text_addf(&text, arena, "%s%.*s", text.len ? " " : "",
                          STR(fact_value_label(schedule, fact, i)));
    }
    return text_str(&text);
}

Str fact_source_words(Str source)
{
    for (ptrdiff_t i = 0; i < countof(source_words); i++)
        if (str_equal(source, str_of(source_texts[source_words[i].value])))
            return str_of(source_words[i].text);
    if (str_equal(source, S("notice"))) return S("通知");
    return str_equal(source, S("clinic")) ? S("医療機関") : source;
}
