// The words of facts: which there are, and what a stored one is called.
// SPDX-License-Identifier: Apache-2.0
#include "fact_tables.h"

#include <assert.h>

// clang-format off
const OfficeFact fact_office[FACT_OFFICE_COUNT] = {
    {"refusal",           "接種拒否",         SUBJECT_ANY,    true,  FACT_PLAIN},
    {"contraindication",  "禁忌",             SUBJECT_ANY,    false, FACT_PLAIN},
    {"mail_returned",     "宛所不明",         SUBJECT_NONE,   false, FACT_PLAIN},
    {"physician_accepts", "医師が認めた接種", SUBJECT_SERIES, false, FACT_ACCEPTED},
};

const FactCause fact_causes[FACT_CAUSE_COUNT] = {
    {"illness",    "疾病",       true },
    {"transplant", "臓器移植",   true },
    {"physician",  "医師の判断", true },
    {"disaster",   "災害",       false},
    {"shortage",   "供給不足",   false},
    {"other",      "その他",     false},
};
// clang-format on

const RowWord fact_source_names[FACT_SOURCE_WORD_COUNT] = {
    {"医師の証明", SOURCE_PHYSICIAN}, {"書類", SOURCE_PAPER},
    {"職員の認定", SOURCE_OFFICER},   {"申出", SOURCE_WORD},
    {"理由書", SOURCE_PHYSICIAN},     {"医師の理由書", SOURCE_PHYSICIAN},
    {"市の認定", SOURCE_OFFICER},
};
const char *const fact_source_texts[SOURCES] = {
    [SOURCE_PHYSICIAN] = "physician",
    [SOURCE_PAPER] = "paper",
    [SOURCE_OFFICER] = "officer",
    [SOURCE_WORD] = "word",
};

FactShape fact_shape(const FactRow *fact)
{
    if (fact_accepts(fact)) return FACT_ACCEPTED;
    return fact->began != DAY_NONE ? FACT_CIRCUMSTANCE : FACT_PLAIN;
}

Str fact_kind_words(const Schedule *schedule, Str kind)
{
    for (ptrdiff_t i = 0; i < FACT_OFFICE_COUNT; i++)
        if (str_equal(kind, str_of(fact_office[i].kind))) return str_of(fact_office[i].name);
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
    assert(row->kind.len > 0);
    Text text = {0};
    int fact = fact_find(schedule, row->kind);
    for (ptrdiff_t i = 0; i < FACT_CAUSE_COUNT && row->began != DAY_NONE; i++)
        if (str_equal(row->value, str_of(fact_causes[i].id))) return str_of(fact_causes[i].name);
    if (fact == FACT_NONE && row->began != DAY_NONE) return row->value;
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
    for (ptrdiff_t i = 0; i < FACT_SOURCE_WORD_COUNT; i++)
        if (str_equal(source, str_of(fact_source_texts[fact_source_names[i].value])))
            return str_of(fact_source_names[i].text);
    if (str_equal(source, S("notice"))) return S("通知");
    return str_equal(source, S("clinic")) ? S("医療機関") : source;
}
