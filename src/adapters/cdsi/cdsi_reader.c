// SPDX-License-Identifier: Apache-2.0
#include "cdsi_reader.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SPAN_COUNT_MAX = 9999 };

static Str content_of(Node *node)
{
    Node *inner = node->children;
    if (!inner || inner->next || !inner->content) return (Str){0};
    if (inner->type != XML_TEXT_NODE && inner->type != XML_CDATA_SECTION_NODE) return (Str){0};
    return str_of((const char *)inner->content);
}

// Kept only once: the first fault is the one to mend.
void xml_fault(CdsiReader *r, Node *at, const char *words, ...)
{
    assert(words && *words);
    if (r->failed) return;
    char text[400];
    va_list list;
    va_start(list, words);
    (void)vsnprintf(text, sizeof text, words, list);
    va_end(list);
    Str name = at ? str_of((const char *)at->name) : S("-");
    r->failed = true;
    (void)error_set(r->err, (ErrorParts){
        .code = E_RULE,
        .row = at ? xmlGetLineNo((xmlNode *)(uintptr_t)at) : 0,
        .item = str_format(r->arena, "%.*s: %.*s", STR(r->file), STR(name)),
        .value = at ? str_trim(content_of(at)) : (Str){0},
        .words = str_of(text),
        .at = "cdsi_reader.c",
    });
}

// ---- Elements -----------------------------------------------------------------------------------

static Node *element_from(Node *node)
{
    while (node && node->type != XML_ELEMENT_NODE) node = node->next;
    return node;
}

Node *xml_first(Node *of)
{
    return of ? element_from(of->children) : NULL;
}

Node *xml_next(Node *after)
{
    assert(after);
    return element_from(after->next);
}

bool xml_named(Node *node, const char *name)
{
    assert(node && name);
    return !strcmp((const char *)node->name, name);
}

void xml_known(CdsiReader *r, Node *of, const char *names)
{
    assert(names);
    EACH_CHILD(child, of)
    {
        Str rest = str_of(names), name = str_of((const char *)child->name);
        bool known = false;
        while (rest.len && !known) {
            Cut cut = str_cut(rest, ' ');
            known = str_equal(cut.head, name);
            rest = cut.tail;
        }
        if (!known)
            xml_fault(r, child, "この要素は知られていません。綴りと仕様の版を確かめてください。");
    }
}

Node *xml_child(CdsiReader *r, Node *of, const char *name)
{
    assert(name && *name);
    Node *found = NULL;
    EACH_CHILD(child, of)
    {
        if (!xml_named(child, name)) continue;
        if (found) xml_fault(r, child, "この要素が二度あります。一つにしてください。");
        found = found ? found : child;
    }
    if (!found) xml_fault(r, of, "要素 %s がありません。", name);
    return found;
}

Str xml_text(CdsiReader *r, Node *node)
{
    if (!node || !node->children) return S("");
    Str text = str_trim(content_of(node));
    if (!str_present(text)) {
        xml_fault(r, node, "ここには文字だけを書いてください。");
        return S("");
    }
    return word_same(text, "n/a") ? S("") : text;
}

Str xml_text_of(CdsiReader *r, Node *of, const char *name)
{
    assert(name && *name);
    return xml_text(r, xml_child(r, of, name));
}

bool xml_empty(CdsiReader *r, Node *of, const char *name)
{
    return !xml_text_of(r, of, name).len;
}

// ---- Values -------------------------------------------------------------------------------------

bool word_same(Str text, const char *word)
{
    return (size_t)text.len == strlen(word) && !strncasecmp(text.at, word, strlen(word));
}

static bool unit_add(Str unit, int32_t count, Span *span)
{
    static const struct {
        const char *one, *many;
        int months, days;
    } units[] = {
        {"year", "years", 12, 0},
        {"month", "months", 1, 0},
        {"week", "weeks", 0, 7},
        {"day", "days", 0, 1},
    };
    for (ptrdiff_t i = 0; i < countof(units); i++) {
        if (!word_same(unit, units[i].one) && !word_same(unit, units[i].many)) continue;
        span->months += count * units[i].months;
        span->days += count * units[i].days;
        return true;
    }
    return false;
}

static Str word_next(Str *rest)
{
    Cut cut = str_cut(str_trim(*rest), ' ');
    *rest = str_trim(cut.tail);
    return cut.head;
}

// "12 months - 4 days": signed terms of a number and a unit.
static bool span_parse(Str text, Span *span)
{
    int sign = 1;
    *span = (Span){.present = true};
    for (int terms = 0; text.len; terms++) {
        Str word = word_next(&text);
        bool is_sign = str_equal(word, S("+")) || str_equal(word, S("-"));
        if (!is_sign && terms) return false;
        if (is_sign) sign = word.at[0] == '-' ? -1 : 1;
        Str number = is_sign ? word_next(&text) : word;
        int count;
        if (!str_digits(number, 1, 5, &count) || count > SPAN_COUNT_MAX || terms > 8) return false;
        if (!unit_add(word_next(&text), sign * count, span)) return false;
    }
    return true;
}

Span xml_span(CdsiReader *r, Node *of, const char *name)
{
    Node *node = xml_child(r, of, name);
    Str text = xml_text(r, node);
    Span span = {0};
    if (!text.len) return span;
    if (span_parse(text, &span)) return span;
    xml_fault(r, node, "期間として読めません。「12 months - 4 days」のように書いてください。");
    return (Span){0};
}

int32_t xml_term(CdsiReader *r, Anchor anchor, int32_t argument, Span span, int days)
{
    assert(days >= -1 && days <= 1);  // CDC's windows end the day before, or begin the day after
    if (!span.present) return 0;
    return builder_term(&r->builder, (Term){.op = TERM_ANCHOR,
                                            .anchor = (int32_t)anchor,
                                            .argument = argument,
                                            .months = span.months,
                                            .days = span.days + days,
                                            .month_rule = MONTHS_OVERFLOW});
}

int32_t xml_age(CdsiReader *r, Node *of, const char *name, int days)
{
    return xml_term(r, ANCHOR_BIRTH, 0, xml_span(r, of, name), days);
}

Day xml_day(CdsiReader *r, Node *of, const char *name)
{
    Node *node = xml_child(r, of, name);
    Str text = xml_text(r, node);
    int y, m, d;
    if (!text.len) return DAY_NONE;
    if (text.len == 8 && str_digits(str_first(text, 4), 4, 4, &y) &&
        str_digits(str_first(str_from(text, 4), 2), 2, 2, &m) &&
        str_digits(str_from(text, 6), 2, 2, &d) && civil_valid(y, m, d))
        return day_of(y, m, d);
    xml_fault(r, node, "日付として読めません。20251001 のように書いてください。");
    return DAY_NONE;
}

Day xml_birth_day(CdsiReader *r, Node *of, const char *name)
{
    Node *node = xml_child(r, of, name);
    Str text = xml_text(r, node);
    Cut month = str_cut(text, '/'), day = str_cut(month.tail, '/');
    int y, m, d;
    if (!text.len) return DAY_NONE;
    if (str_digits(month.head, 1, 2, &m) && str_digits(day.head, 1, 2, &d) &&
        str_digits(day.tail, 4, 4, &y) && civil_valid(y, m, d))
        return day_of(y, m, d);
    xml_fault(r, node, "日付として読めません。01/31/1980 のように書いてください。");
    return DAY_NONE;
}

int xml_word(CdsiReader *r, Node *of, const char *name, const char *const *words, int count)
{
    assert(count > 0);
    Node *node = xml_child(r, of, name);
    Str text = xml_text(r, node);
    for (int i = 0; i < count; i++)
        if (word_same(text, words[i])) return i;
    xml_fault(r, node, "この語は知られていません。仕様の語で書いてください。");
    return 0;
}

bool xml_flag(CdsiReader *r, Node *of, const char *name)
{
    static const char *const words[] = {"", "No", "N", "Yes", "Y"};
    return xml_word(r, of, name, words, (int)countof(words)) > 2;
}

int32_t xml_number(CdsiReader *r, Node *of, const char *name, int least, int most, int absent)
{
    assert(least <= most);
    Node *node = xml_child(r, of, name);
    Str text = xml_text(r, node);
    int number;
    if (!text.len) return absent;
    if (str_digits(text, 1, 6, &number) && number >= least && number <= most) return number;
    xml_fault(r, node, "%d から %d までの数を書いてください。", least, most);
    return absent;
}

Str list_next(Str *rest)
{
    Cut cut = str_cut(*rest, ';');
    *rest = cut.tail;
    return str_trim(cut.head);
}

// Effective and cessation dates: both days included.
RowHead xml_head(CdsiReader *r, Node *of, int32_t note)
{
    Day from = xml_day(r, of, "effectiveDate"), to = xml_day(r, of, "cessationDate");
    if (from != DAY_NONE && to != DAY_NONE && from > to)
        xml_fault(r, of, "終了日が開始日より前です。");
    return (RowHead){
        .from = from == DAY_NONE ? DAY_MIN : from,
        .to = to == DAY_NONE ? DAY_MAX : to,
        .uses = USE_JUDGE | USE_FORECAST,
        .note = note,
    };
}

int32_t xml_ranks(CdsiReader *r, Node *of, const char *name)
{
    Node *node = xml_child(r, of, name);
    Str rest = xml_text(r, node);
    int32_t bits = 0;
    while (rest.len) {
        int rank;
        Str part = list_next(&rest);
        if (!str_digits(part, 1, 2, &rank) || rank < 1 || rank >= RANKS_MAX) {
            xml_fault(r, node, "系列群は1から%dまでの番号で書いてください。", RANKS_MAX - 1);
            return 0;
        }
        bits |= 1 << rank;
    }
    return bits;
}

// ---- Names --------------------------------------------------------------------------------------

static Str cvx_padded(CdsiReader *r, Str cvx)
{
    return cvx.len == 1 ? str_join(r->arena, S("0"), cvx) : str_copy(r->arena, cvx);
}

int32_t product_made(CdsiReader *r, Str cvx, Str name)
{
    assert(cvx.len > 0);
    bool made;
    Str id = cvx_padded(r, cvx);
    int64_t *place = map_place(&r->products, r->arena, id, &made);
    if (!made) return (int32_t)*place;
    int32_t text = builder_text(&r->builder, id);
    ProductRule rule = {
        .id = text,
        .name = builder_text(&r->builder, name),
        .id_folded = text,
        .cvx = builder_add_numbers(&r->builder, &text, 1),
    };
    rule.name_folded = rule.name;
    *place = builder_add_products(&r->builder, &rule, 1).first;
    return (int32_t)*place;
}

int32_t product_at(CdsiReader *r, Node *node, Str cvx)
{
    const int64_t *known = map_find(&r->products, cvx_padded(r, cvx));
    if (known) return (int32_t)*known;
    xml_fault(r, node, "CVX「%.*s」は対応表にありません。", STR(cvx));
    return 0;
}

void set_put(ProductSet *set, int32_t product)
{
    assert(product >= 0 && (size_t)product / 64 < countof(set->words));
    set->words[product >> 6] |= (uint64_t)1 << (product & 63);
}

ProductSet xml_products(CdsiReader *r, Node *of, const char *name)
{
    ProductSet set = {0};
    Node *node = xml_child(r, of, name);
    Str rest = xml_text(r, node);
    while (rest.len) {
        Str cvx = list_next(&rest);
        if (cvx.len) set_put(&set, product_at(r, node, cvx));
    }
    return set;
}

int32_t observation_at(CdsiReader *r, Node *node, Str code)
{
    assert(node);
    const int64_t *known = map_find(&r->observations, code);
    if (known) return (int32_t)*known;
    xml_fault(r, node, "観察「%.*s」は一覧にありません。", STR(code));
    return 0;
}

int32_t observation_date_at(CdsiReader *r, Node *node, Str code)
{
    bool made;
    int32_t flag = observation_at(r, node, code);
    if (r->failed) return 0;
    Str id = str_format(r->arena, "%.*s date", STR(code));
    int64_t *place = map_place(&r->dates, r->arena, id, &made);
    if (!made) return (int32_t)*place;
    *place = (int64_t)r->facts.count;
    *fact_rules_push(&r->facts, r->arena) = (FactRule){
        .id = builder_text(&r->builder, id),
        .name = r->facts.at[flag].name,
        .kind = FACT_DATE,
        .replaced_by = FACT_NONE,
    };
    return (int32_t)*place;
}

// ---- Conditions in prefix code ------------------------------------------------------------------

ptrdiff_t code_open(CdsiReader *r, Codes *code, ConditionOp op)
{
    assert(code->count >= 0);
    ptrdiff_t at = code->count;
    *codes_push(code, r->arena) = (int32_t)op;
    *codes_push(code, r->arena) = 0;
    return at;
}

// All or any of one condition is that one.
static bool wraps_one(const Codes *code, ptrdiff_t opened)
{
    ptrdiff_t part = opened + 2;
    bool joins = code->at[opened] == COND_ALL || code->at[opened] == COND_ANY;
    return joins && part < code->count && part + code->at[part + 1] == code->count;
}

void code_close(Codes *code, ptrdiff_t opened)
{
    assert(opened >= 0 && opened + 2 <= code->count);
    code->at[opened + 1] = (int32_t)(code->count - opened);
    if (!wraps_one(code, opened)) return;
    for (ptrdiff_t i = opened + 2; i < code->count; i++) code->at[i - 2] = code->at[i];
    code->count -= 2;
}

void code_put(CdsiReader *r, Codes *code, ConditionOp op, const int32_t *operands, int count)
{
    assert(count >= 0);
    ptrdiff_t at = code_open(r, code, op);
    for (int i = 0; i < count; i++) *codes_push(code, r->arena) = operands[i];
    code_close(code, at);
}

void code_between(CdsiReader *r, Codes *code, int32_t term, int32_t least, int32_t most)
{
    code_put(r, code, COND_BETWEEN, (int32_t[]){term, least, most}, 3);
}

int32_t code_done(CdsiReader *r, const Codes *code)
{
    return code->count ? builder_condition(&r->builder, code->at, (int)code->count) : 0;
}
