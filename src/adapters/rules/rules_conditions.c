// Conditions into prefix code: {op, length, operands…}.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "rules_reader.h"

enum { CODE_WORDS = 512, CONDITIONS_DEEP = 12, COUNT_ANY = 1 << 20 };

typedef struct Code {
    Reader *r;
    int32_t words[CODE_WORDS];
    int count, depth;
    bool full;
} Code;

static void condition_write(Code *c, const Place *at, const json_t *value);

static int op_begin(Code *c, ConditionOp op)
{
    assert(c->count >= 0 && c->count <= CODE_WORDS);
    int at = c->count;
    if (c->count + 2 > CODE_WORDS) {
        c->full = true;
        return 0;
    }
    c->words[c->count++] = (int32_t)op;
    c->words[c->count++] = 0;
    return at;
}

static void operand(Code *c, int32_t word)
{
    assert(c->count >= 0 && c->count <= CODE_WORDS);
    if (c->count == CODE_WORDS)
        c->full = true;
    else
        c->words[c->count++] = word;
}

static void op_end(Code *c, int at)
{
    assert(at >= 0 && at + 1 < CODE_WORDS && c->count >= at);
    c->words[at + 1] = c->count - at;
}

static void list_write(Code *c, const Place *at, const json_t *list, ConditionOp op)
{
    assert(op == COND_ANY || op == COND_ALL);
    int begin = op_begin(c, op);
    if (!json_is_array(list)) fault(c->r, at, "J1", "ここには条件の一覧を [ ] で書いてください。");
    for (size_t i = 0; i < json_array_size(list); i++) {
        Place here = element(at, (int)i);
        condition_write(c, &here, json_array_get(list, i));
    }
    op_end(c, begin);
}

static void not_write(Code *c, const Place *at, const json_t *value)
{
    int begin = op_begin(c, COND_NOT);
    condition_write(c, at, value);
    op_end(c, begin);
}

static void any_write(Code *c, const Place *at, const json_t *value)
{
    list_write(c, at, value, COND_ANY);
}

static void all_write(Code *c, const Place *at, const json_t *value)
{
    list_write(c, at, value, COND_ALL);
}

// Facts are terms' anchors only when dated, conditions may ask all of them.
static int32_t fact_bits(Code *c, const Place *at, int32_t fact, const json_t *value)
{
    assert(fact >= 0 && fact < c->r->builder.rules.facts.count);
    const Schedule *rules = &c->r->builder.rules;
    Range values = rules->facts.at[fact].values;
    const char *wanted = json_string_value(value);
    for (int i = 0; wanted && i < values.count; i++) {
        TextPlace text = rules->texts.at[rules->numbers.at[values.first + i]];
        if (str_equal((Str){c->r->builder.bytes.at + text.at, text.len}, str_of(wanted)))
            return 1 << i;
    }
    fault(c->r, at, "F1",
          "「%s」は、この事実の値にありません。facts の values にある値を書いてください。",
          wanted ? wanted : "");
    return 0;
}

static void fact_write(Code *c, const Place *at, const json_t *value)
{
    if (json_is_string(value)) {
        int begin = op_begin(c, COND_FACT);
        operand(c, fact_named(c->r, at, str_of(json_string_value(value))));
        op_end(c, begin);
        return;
    }
    if (!json_is_object(value))
        fault(c->r, at, "J1", "ここには事実の名前か、事実と値の組を { } で書いてください。");
    const char *name;
    json_t *wanted;
    json_object_foreach((json_t *)(uintptr_t)value, name, wanted)
    {
        int begin = op_begin(c, COND_FACT_VALUE);
        int32_t fact = fact_named(c->r, at, str_of(name)), bits = 0;
        if (json_is_string(wanted)) bits = fact_bits(c, at, fact, wanted);
        for (size_t i = 0; i < json_array_size(wanted); i++)
            bits |= fact_bits(c, at, fact, json_array_get(wanted, i));
        operand(c, fact);
        operand(c, bits);
        op_end(c, begin);
    }
}

static void sex_write(Code *c, const Place *at, const json_t *value)
{
    static const struct {
        const char letter;
        SubjectSex sex;
    } letters[] = {{'M', SUBJECT_MALE}, {'F', SUBJECT_FEMALE}, {'U', SUBJECT_SEX_UNKNOWN}};
    const char *text = json_string_value(value);
    int32_t bits = 0;
    for (const char *s = text ? text : "?"; *s; s++) {
        int32_t bit = 0;
        for (ptrdiff_t i = 0; i < countof(letters); i++)
            if (letters[i].letter == *s) bit = 1 << letters[i].sex;
        if (!bit) fault(c->r, at, "J1", "sex は M、F、U の文字で書いてください。");
        bits |= bit;
    }
    int begin = op_begin(c, COND_SEX);
    operand(c, bits);
    op_end(c, begin);
}

static void between_days(Code *c, const Place *at, int32_t term, const json_t *list, size_t from)
{
    int begin = op_begin(c, COND_BETWEEN);
    if (json_array_size(list) != from + 2)
        fault(c->r, at, "J1", "%d 個の項の一覧を書いてください。", (int)from + 2);
    operand(c, term);
    for (size_t i = from; i < from + 2; i++) {
        Place here = element(at, (int)i);
        operand(c, term_read(c->r, &here, json_array_get(list, i)));
    }
    op_end(c, begin);
}

static void born_write(Code *c, const Place *at, const json_t *value)
{
    between_days(c, at, term_from_text(c->r, at, S("birth")), value, 0);
}

static void day_write(Code *c, const Place *at, const json_t *value)
{
    between_days(c, at, term_from_text(c->r, at, S("on")), value, 0);
}

static void between_write(Code *c, const Place *at, const json_t *value)
{
    Place here = element(at, 0);
    between_days(c, at, term_read(c->r, &here, json_array_get(value, 0)), value, 1);
}

static void attains_write(Code *c, const Place *at, const json_t *value)
{
    keys_check(c->r, at, value, "in ages");
    Str name = string_of(c->r, at, value, "in");
    int32_t year = year_named(c->r, name);
    if (year < 0)
        fault(c->r, at, "T3", "暦「%.*s」はありません。calendars にある名前を書いてください。",
              STR(name));
    const json_t *ages = array_of(c->r, at, value, "ages");
    int begin = op_begin(c, COND_ATTAINS);
    operand(c, year < 0 ? 0 : year);
    for (size_t i = 0; i < json_array_size(ages); i++) {
        json_int_t age = json_integer_value(json_array_get(ages, i));
        if (age < 1 || age > 150)
            fault(c->r, at, "J1", "ages には 1 から 150 までの整数の年齢を書いてください。");
        else
            operand(c, (int32_t)age);
    }
    op_end(c, begin);
}

// Products of other groups bear on this one as well.
static void watch(Code *c, int32_t set)
{
    assert(set >= 0 && set < c->r->builder.rules.sets.count);
    for (ptrdiff_t w = 0; w < countof(c->r->watched.words); w++)
        c->r->watched.words[w] |= c->r->builder.rules.sets.at[set].words[w];
}

static void set_write(Code *c, const Place *at, const json_t *value, ConditionOp op)
{
    int begin = op_begin(c, op);
    int32_t set = product_set_read(c->r, at, value);
    operand(c, set);
    if (op == COND_GIVEN) watch(c, set);
    op_end(c, begin);
}

static void products_write(Code *c, const Place *at, const json_t *value)
{
    set_write(c, at, value, COND_PRODUCTS);
}

static void last_product_write(Code *c, const Place *at, const json_t *value)
{
    set_write(c, at, value, COND_LAST_PRODUCT);
}

static void used_write(Code *c, const Place *at, const json_t *value)
{
    set_write(c, at, value, COND_USED);
}

static void given_write(Code *c, const Place *at, const json_t *value)
{
    set_write(c, at, value, COND_GIVEN);
}

static void started_with_write(Code *c, const Place *at, const json_t *value)
{
    set_write(c, at, value, COND_STARTED_WITH);
}

static void placed_write(Code *c, const Place *at, const json_t *value)
{
    const json_t *least = json_array_get(value, 0), *most = json_array_get(value, 1);
    bool fits = json_array_size(value) == 2 && (json_is_null(least) || json_is_integer(least)) &&
                (json_is_null(most) || json_is_integer(most));
    if (!fits)
        fault(c->r, at, "J1", "ここには [least, most] の形で、整数か null を 2 個書いてください。");
    int begin = op_begin(c, COND_PLACED);
    operand(c, (int32_t)json_integer_value(least));
    operand(c, json_is_integer(most) ? (int32_t)json_integer_value(most) : COUNT_ANY);
    op_end(c, begin);
}

static void accepted_write(Code *c, const Place *at, const json_t *value)
{
    keys_check(c->r, at, value, "number products");
    Place here = inside(at, "products");
    const json_t *products = json_object_get(value, "products");
    int begin = op_begin(c, COND_ACCEPTED);
    operand(c, int_of(c->r, at, value, "number", 0));
    operand(c, products ? product_set_read(c->r, &here, products) : 0);
    op_end(c, begin);
}

static void count_write(Code *c, const Place *at, const json_t *value)
{
    keys_check(c->r, at, value, "products span status whole_history least most");
    Place products_at = inside(at, "products"), span_at = inside(at, "span");
    const json_t *products = json_object_get(value, "products");
    const json_t *span = array_of(c->r, at, value, "span");
    const json_t *status = json_object_get(value, "status");
    if (status && !text_equal(status, "accepted"))
        fault(c->r, at, "K3", "count の status に書けるのは accepted だけです。");
    int32_t set = products ? product_set_read(c->r, &products_at, products) : 0;
    if (set) watch(c, set);
    int begin = op_begin(c, COND_COUNT);
    operand(c, set);
    operand(c, int_of(c->r, at, value, "least", 0));
    operand(c, int_of(c->r, at, value, "most", COUNT_ANY));
    operand(c, term_read(c->r, &span_at, json_array_get(span, 0)));
    operand(c, term_read(c->r, &span_at, json_array_get(span, 1)));
    operand(c, (status ? COUNT_ACCEPTED : 0) |
                   (bool_of(c->r, at, value, "whole_history", false) ? COUNT_WHOLE : 0));
    op_end(c, begin);
}

static void lapsed_write(Code *c, const Place *at, const json_t *value)
{
    if (!json_is_true(value))
        fault(c->r, at, "J1",
              "lapsed には true を書いてください。反対の条件は not で書いてください。");
    op_end(c, op_begin(c, COND_LAPSED));
}

// Exactly these components of the group are still owed.
static void owed_write(Code *c, const Place *at, const json_t *value)
{
    const Schedule *rules = &c->r->builder.rules;
    uint64_t bits = 0, asked = 0;
    for (int i = c->r->serves.first; i < c->r->serves.first + c->r->serves.count; i++)
        asked |= (uint64_t)1 << rules->serve_rows.at[i].component;
    for (size_t i = 0; i < json_array_size(value); i++) {
        int32_t component = component_named(c->r, at, json_array_get(value, i));
        if (component >= 0) bits |= (uint64_t)1 << component;
    }
    if (!json_is_array(value) || bits & ~asked)
        fault(c->r, at, "P3", "ここには、この種類の serves にある成分の一覧を書いてください。");
    int begin = op_begin(c, COND_OWED);
    operand(c, (int32_t)(uint32_t)bits);
    operand(c, (int32_t)(uint32_t)(bits >> 32));
    op_end(c, begin);
}

static void met_write(Code *c, const Place *at, const json_t *value)
{
    int begin = op_begin(c, COND_MET);
    operand(c, span_fact_read(c->r, at, value));
    op_end(c, begin);
}

// An opening holds a day, or ends on it or later.
static void opening_write(Code *c, const Place *at, const json_t *value)
{
    Place holds = inside(at, "holds"), ends = inside(at, "ends_from");
    const json_t *held = json_object_get(value, "holds");
    const json_t *asked = held ? held : json_object_get(value, "ends_from");
    keys_check(c->r, at, value, "holds ends_from");
    if (json_object_size(value) != 1)
        fault(c->r, at, "J1",
              "opening には holds か ends_from のどちらか一つを、期間の語で書いてください。");
    int begin = op_begin(c, held ? COND_OPENING : COND_OPENED);
    operand(c, term_read(c->r, held ? &holds : &ends, asked));
    op_end(c, begin);
}

static const struct {
    const char *word;
    void (*write)(Code *c, const Place *at, const json_t *value);
} words[] = {
    {"not", not_write},
    {"any", any_write},
    {"all", all_write},
    {"fact", fact_write},
    {"sex", sex_write},
    {"born", born_write},
    {"day", day_write},
    {"between", between_write},
    {"attains", attains_write},
    {"products", products_write},
    {"last_product", last_product_write},
    {"used", used_write},
    {"given", given_write},
    {"started_with", started_with_write},
    {"placed", placed_write},
    {"accepted", accepted_write},
    {"count", count_write},
    {"lapsed", lapsed_write},
    {"owed", owed_write},
    {"met", met_write},
    {"opening", opening_write},
};

static void object_write(Code *c, const Place *at, const json_t *object)
{
    const char *key;
    json_t *value;
    int begin = op_begin(c, COND_ALL);
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        Place here = inside(at, key);
        ptrdiff_t i = 0;
        while (i < countof(words) && strcmp(words[i].word, key)) i++;
        if (i < countof(words))
            words[i].write(c, &here, value);
        else
            fault(c->r, at, "K1", "条件の言葉「%s」はありません。つづりを確かめてください。", key);
    }
    op_end(c, begin);
}

// An object: all its words. A list: any of its objects.
static void condition_write(Code *c, const Place *at, const json_t *value)
{
    if (++c->depth > CONDITIONS_DEEP)
        fault(c->r, at, "J1", "条件の入れ子が深すぎます。%d 段までで書いてください。",
              CONDITIONS_DEEP);
    else if (json_is_array(value))
        list_write(c, at, value, COND_ANY);
    else if (json_is_object(value))
        object_write(c, at, value);
    else
        fault(c->r, at, "J1", "条件は { } か、{ } の一覧で書いてください。");
    c->depth--;
}

// {ALL, n, only one part} says no more than its part.
static int32_t without_wrapping(const int32_t *code)
{
    int32_t at = 0;
    while (code[at] == COND_ALL && code[at + 1] > 2 && code[at + 3] == code[at + 1] - 2) at += 2;
    return at;
}

int32_t condition_read(Reader *r, const Place *at, const json_t *value)
{
    if (!value || json_is_null(value)) return 0;
    Code *code = NEW(r->arena, Code, 1);
    code->r = r;
    condition_write(code, at, value);
    if (code->full) fault(r, at, "J1", "条件が長すぎます。短く分けて書いてください。");
    if (code->full || code->count < 2) return 0;
    int32_t skip = without_wrapping(code->words);
    return builder_condition(&r->builder, code->words + skip, code->words[skip + 1]);
}

int32_t condition_of(Reader *r, const Place *at, const json_t *object, const char *key)
{
    Place here = inside(at, key);
    return condition_read(r, &here, json_object_get(object, key));
}
