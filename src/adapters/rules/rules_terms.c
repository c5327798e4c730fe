// Terms: "gap 27d after previous", "min(ended(illness)+24m, birth+10y)".
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "rules_reader.h"

enum { TERMS_DEEP = 12, TERMS_READ_MAX = 20000, PARTS_MAX = 8, SPAN_MAX = 100000 };
static_assert(TERMS_DEEP == 12 && TERMS_READ_MAX == 20000 && PARTS_MAX == 8 && SPAN_MAX == 100000 &&
                  DOSES_MAX == 32 && NAMES_DEEP == 16,
              "the words of faults name these numbers");

// One text being read. `broken` is set by the first fault; what follows is not looked at.
typedef struct Reading {
    Reader *r;
    const Place *at;
    Str whole, rest;
    int depth;
    bool broken;
} Reading;

static int32_t sum_read(Reading *t);

// `wanted`: what is right in the place of `part`.
static int32_t broken(Reading *t, Str part, const char *wanted)
{
    if (!t->broken && !part.len)
        fault(t->r, t->at, "T1", "期間の語「%.*s」を読めません: 終わりに%sがありません。",
              STR(t->whole), wanted);
    else if (!t->broken)
        fault(t->r, t->at, "T1", "期間の語「%.*s」を読めません: 「%.*s」は%sではありません。",
              STR(t->whole), STR(part), wanted);
    t->broken = true;
    return 0;
}

static void blanks(Reading *t)
{
    while (t->rest.len && t->rest.at[0] == ' ') t->rest = str_from(t->rest, 1);
}

static bool sign_taken(Reading *t, char sign)
{
    blanks(t);
    if (!t->rest.len || t->rest.at[0] != sign) return false;
    t->rest = str_from(t->rest, 1);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static Str word_taken(Reading *t)
{
    blanks(t);
    ptrdiff_t n = 0;
    while (n < t->rest.len && (is_letter(t->rest.at[n]) || (n && is_digit(t->rest.at[n])))) n++;
    Str word = str_first(t->rest, n);
    t->rest = str_from(t->rest, n);
    return word;
}

static int32_t number_taken(Reading *t)
{
    assert(t->rest.len >= 0);
    blanks(t);
    int32_t number = 0;
    Str from = t->rest;
    while (t->rest.len && is_digit(t->rest.at[0])) {
        number = number * 10 + (t->rest.at[0] - '0');
        t->rest = str_from(t->rest, 1);
        if (number > SPAN_MAX) return broken(t, from, " 100000 までの数");
    }
    if (from.len == t->rest.len) return broken(t, from, "数字");
    return number;
}

// Adds "27d", "2.5m", "3w" to the spans of a term.
static void span_taken(Reading *t, Term *term, int sign)
{
    assert(sign == 1 || sign == -1);
    Str from = t->rest;
    int32_t number = number_taken(t);
    bool half = false;
    if (t->rest.len >= 2 && t->rest.at[0] == '.' && t->rest.at[1] == '5') {
        half = true;
        t->rest = str_from(t->rest, 2);
    }
    Str unit = word_taken(t);
    if (str_equal(unit, S("y")) && !half)
        term->months += sign * number * 12;
    else if (str_equal(unit, S("m")) && (!half || sign > 0))
        term->months += sign * number;
    else if (str_equal(unit, S("w")) && !half)
        term->days += sign * number * 7;
    else if (str_equal(unit, S("d")) && !half)
        term->days += sign * number;
    else
        (void)broken(t, str_first(from, from.len - t->rest.len), " 27d、3w、2.5m、5y のような期間");
    term->half |= half;
}

// ---- Bases --------------------------------------------------------------------------------------

static int32_t day_taken(Reading *t)
{
    Day day;
    Str text = str_first(t->rest, t->rest.len < 10 ? t->rest.len : 10);
    if (!day_read(text.at, (int)text.len, &day)) return broken(t, text, "日付 (2026-04-01 の形) ");
    t->rest = str_from(t->rest, text.len);
    return builder_term(&t->r->builder, (Term){.op = TERM_DAY, .days = day});
}

static int32_t anchor_term(Reading *t, Anchor anchor, int32_t argument)
{
    MonthRule rule = MONTHS_OVERFLOW;
    if (anchor == ANCHOR_BIRTH) rule = t->r->birth_rule;
    bool of_fact = anchor == ANCHOR_FACT || anchor == ANCHOR_BEGAN || anchor == ANCHOR_ENDED;
    assert(!of_fact || argument < t->r->builder.rules.facts.count);
    if (of_fact && argument >= 0) rule = t->r->fact_rules[argument];
    return builder_term(&t->r->builder, (Term){.op = TERM_ANCHOR,
                                               .anchor = (int32_t)anchor,
                                               .argument = argument,
                                               .month_rule = (int32_t)rule});
}

static const struct {
    const char *name;
    Anchor anchor;
    int32_t argument;
} anchors[] = {
    {"birth", ANCHOR_BIRTH, 0},           {"on", ANCHOR_ON, 0},      {"asof", ANCHOR_AS_OF, 0},
    {"previous", ANCHOR_PREVIOUS, 0},     {"first", ANCHOR_DOSE, 1}, {"prior", ANCHOR_PRIOR, 0},
    {"last_entry", ANCHOR_LAST_ENTRY, 0},
};

static int32_t numbered_taken(Reading *t, Anchor anchor)
{
    int32_t number = number_taken(t);
    if (number < 1 || number > DOSES_MAX)
        return broken(t, t->whole, "接種の番号 (1 から 32 まで) ");
    return anchor_term(t, anchor, number);
}

static int32_t recent_taken(Reading *t)
{
    ProductSet set = {0};
    if (!sign_taken(t, '(')) return broken(t, t->rest, "製品の一覧 (A;B) ");
    do {
        blanks(t);
        ptrdiff_t n = 0;
        while (n < t->rest.len && t->rest.at[n] != ';' && t->rest.at[n] != ')') n++;
        int32_t product = product_named(t->r, t->at, str_trim(str_first(t->rest, n)));
        t->rest = str_from(t->rest, n);
        if (product >= 0) set.words[product >> 6] |= (uint64_t)1 << (product & 63);
    } while (sign_taken(t, ';'));
    if (!sign_taken(t, ')')) return broken(t, t->rest, "閉じかっこ ) ");
    for (ptrdiff_t w = 0; w < countof(set.words); w++) t->r->watched.words[w] |= set.words[w];
    return anchor_term(t, ANCHOR_RECENT, builder_set(&t->r->builder, &set));
}

// began(fact), ended(fact): of the span that the row around is about.
static int32_t span_anchor_taken(Reading *t, Anchor anchor)
{
    Str name = word_taken(t);
    int32_t fact = fact_named(t->r, t->at, name);
    if (t->r->builder.rules.facts.count && t->r->builder.rules.facts.at[fact].kind != FACT_SPAN)
        return broken(t, name, " type が span の事実");
    if (!sign_taken(t, ')')) return broken(t, t->rest, "閉じかっこ ) ");
    return anchor_term(t, anchor, fact);
}

static int32_t list_taken(Reading *t, TermOp op)
{
    assert(op == TERM_MAX || op == TERM_MIN);
    int32_t parts[PARTS_MAX];
    int count = 0;
    do {
        if (count == PARTS_MAX) return broken(t, t->rest, "8 個までに入る項");
        parts[count++] = sum_read(t);
    } while (!t->broken && sign_taken(t, ','));
    if (!t->broken && !sign_taken(t, ')')) return broken(t, t->rest, "閉じかっこ ) ");
    return t->broken ? 0 : builder_term_of(&t->r->builder, op, parts, count);
}

// fy_start(…), fy_end(…), fy_next(…)
static int32_t year_taken(Reading *t, Str word)
{
    static const struct {
        const char *ending;
        TermOp op;
    } ops[] = {{"_start", TERM_YEAR_START}, {"_end", TERM_YEAR_END}, {"_next", TERM_YEAR_NEXT}};
    for (ptrdiff_t i = 0; i < countof(ops); i++) {
        Str ending = str_of(ops[i].ending);
        if (!str_ends(word, ending)) continue;
        int32_t year = year_named(t->r, str_first(word, word.len - ending.len));
        if (year < 0)
            fault(
                t->r, t->at, "T3",
                "「%.*s」の暦がありません。calendars にある名前に _start、_end、_next を付けて書いてください。",
                STR(word));
        t->broken = t->broken || year < 0;
        int32_t in = sum_read(t);
        if (!t->broken && !sign_taken(t, ')')) return broken(t, t->rest, "閉じかっこ ) ");
        if (t->broken) return 0;
        return builder_term(&t->r->builder,
                            (Term){.op = (int32_t)ops[i].op, .first = in, .argument = year});
    }
    return broken(t, word, "関数の名前 (max、min、began、ended、fy_start など) ");
}

// ---- Names --------------------------------------------------------------------------------------

static const json_t *named(const Reader *r, Str name)
{
    assert(name.len >= 0 && r->common);
    char key[80];
    if (name.len >= (ptrdiff_t)sizeof key) return NULL;
    memcpy(key, name.at, (size_t)name.len);
    key[name.len] = '\0';
    const json_t *tables[] = {r->series_terms, r->group_terms, json_object_get(r->common, "terms")};
    for (ptrdiff_t i = 0; i < countof(tables); i++) {
        const json_t *value = json_object_get(tables[i], key);
        if (value) return value;
    }
    return NULL;
}

static int32_t named_rows(Reading *t, const json_t *rows)
{
    TermRow *made = NEW(t->r->arena, TermRow, (ptrdiff_t)json_array_size(rows));
    for (int i = 0; i < (int)json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(t->at, i);
        made[i].head = head_read(t->r, &here, row, (Str){0});
        made[i].term = term_of(t->r, &here, row, "term");
    }
    return builder_term_rows(&t->r->builder, made, (int)json_array_size(rows));
}

static int32_t name_resolved(Reading *t, Str name, const json_t *value)
{
    Reader *r = t->r;
    const char *key = str_z(r->arena, name);
    for (int i = 0; i < r->name_count; i++)
        if (!strcmp(r->names[i], key)) {
            fault(r, t->at, "T6",
                  "名前「%s」が自分自身を指しています。輪にならないように書いてください。", key);
            t->broken = true;
            return 0;
        }
    if (r->name_count == NAMES_DEEP) return broken(t, name, " 16 段までに入る名前");
    r->names[r->name_count++] = key;
    int32_t term = json_is_array(value) ? named_rows(t, value) : term_read(r, t->at, value);
    r->name_count--;
    return term;
}

static int32_t name_taken(Reading *t, Str name)
{
    for (ptrdiff_t i = 0; i < countof(anchors); i++)
        if (str_equal(name, str_of(anchors[i].name)))
            return anchor_term(t, anchors[i].anchor, anchors[i].argument);
    if (str_equal(name, S("dose"))) return numbered_taken(t, ANCHOR_DOSE);
    if (str_equal(name, S("target"))) return numbered_taken(t, ANCHOR_TARGET);
    if (str_equal(name, S("recent"))) return recent_taken(t);
    const json_t *value = named(t->r, name);
    if (value) return name_resolved(t, name, value);
    for (int i = 0; i < t->r->builder.rules.facts.count; i++) {
        const FactRule *fact = &t->r->builder.rules.facts.at[i];
        TextPlace id = t->r->builder.rules.texts.at[fact->id];
        Str text = {t->r->builder.bytes.at + id.at, id.len};
        if (fact->kind == FACT_DATE && str_equal(text, name)) return anchor_term(t, ANCHOR_FACT, i);
    }
    if (!t->broken)
        fault(t->r, t->at, "T2",
              "「%.*s」は起点でも、terms の名前でも、type が date の事実でもありません。",
              STR(name));
    t->broken = true;
    return 0;
}

static int32_t base_read(Reading *t)
{
    blanks(t);
    if (t->rest.len && is_digit(t->rest.at[0])) return day_taken(t);
    Str word = word_taken(t);
    if (!word.len) return broken(t, t->rest, "日付、起点、名前のいずれか");
    if (str_equal(word, S("recent")) || !sign_taken(t, '(')) return name_taken(t, word);
    if (str_equal(word, S("max"))) return list_taken(t, TERM_MAX);
    if (str_equal(word, S("min"))) return list_taken(t, TERM_MIN);
    if (str_equal(word, S("began"))) return span_anchor_taken(t, ANCHOR_BEGAN);
    if (str_equal(word, S("ended"))) return span_anchor_taken(t, ANCHOR_ENDED);
    return year_taken(t, word);
}

// base and spans as one term: onto the anchor itself, so that its month arithmetic is used, else as
// a sum by overflow.
static int32_t with_span(Reading *t, int32_t base, Term span)
{
    assert(t->broken || (base >= 0 && base < t->r->builder.rules.terms.count));
    if (t->broken || (!span.months && !span.half && !span.days)) return base;
    Term of = t->r->builder.rules.terms.at[base];
    bool plain = of.op == TERM_ANCHOR && !of.months && !of.half && !of.days;
    Term term = plain ? of : (Term){.op = TERM_SUM, .first = base};
    term.months = span.months;
    term.half = span.half;
    term.days = span.days;
    if (span.month_rule >= 0) term.month_rule = span.month_rule;
    return builder_term(&t->r->builder, term);
}

// "gap 27d after x": 27 full days between; "gap 3m after x": x + 3 months by overflow.
static int32_t gap_read(Reading *t)
{
    assert(t->rest.len >= 0);
    Term span = {.month_rule = MONTHS_OVERFLOW};
    blanks(t);
    span_taken(t, &span, 1);
    Str after = word_taken(t);
    if (!t->broken && !str_equal(after, S("after")))
        return broken(t, after.len ? after : t->rest, " after ");
    if (!span.months && !span.half) span.days++;
    int32_t base = t->broken ? 0 : base_read(t);
    return with_span(t, base, span);
}

static int32_t sum_read(Reading *t)
{
    // Names that stand for names twice over would grow without end.
    if (++t->r->terms_read > TERMS_READ_MAX)
        return broken(t, t->rest, " 20000 個までに入る期間の語");
    if (++t->depth > TERMS_DEEP) return broken(t, t->rest, " 12 段までに入る期間の語");
    Str before = t->rest;
    if (str_equal(word_taken(t), S("gap"))) {
        int32_t gap = gap_read(t);
        t->depth--;
        return gap;
    }
    t->rest = before;
    int32_t base = base_read(t);
    Term span = {.month_rule = -1};
    while (!t->broken) {
        int sign = sign_taken(t, '+') ? 1 : sign_taken(t, '-') ? -1 : 0;
        if (!sign) break;
        span_taken(t, &span, sign);
    }
    t->depth--;
    return with_span(t, base, span);
}

int32_t term_from_text(Reader *r, const Place *at, Str text)
{
    Reading t = {.r = r, .at = at, .whole = text, .rest = text};
    int32_t term = sum_read(&t);
    blanks(&t);
    if (!t.broken && t.rest.len) return broken(&t, t.rest, "期間の語の続き");
    return t.broken ? 0 : term;
}

int32_t term_read(Reader *r, const Place *at, const json_t *value)
{
    if (!value || json_is_null(value)) return 0;
    if (!json_is_string(value)) {
        fault(r, at, "J1", "期間の語は文字列で書いてください。");
        return 0;
    }
    return term_from_text(r, at,
                          (Str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
}

int32_t term_of(Reader *r, const Place *at, const json_t *object, const char *key)
{
    Place here = inside(at, key);
    return term_read(r, &here, json_object_get(object, key));
}

static bool hides_anchor(const char *name)
{
    static const char *const others[] = {"dose",  "target", "recent", "began",
                                         "ended", "max",    "min",    "gap"};
    for (ptrdiff_t i = 0; i < countof(anchors); i++)
        if (!strcmp(name, anchors[i].name)) return true;
    for (ptrdiff_t i = 0; i < countof(others); i++)
        if (!strcmp(name, others[i])) return true;
    return false;
}

static void rows_check(Reader *r, const Place *at, const json_t *rows)
{
    bool unconditional = false;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        Place here = element(at, (int)i);
        keys_check(r, &here, row, HEAD_KEYS "term");
        unconditional = unconditional || !json_object_get(row, "when");
    }
    if (!unconditional)
        fault(r, at, "T5",
              "どの条件にも当たらないときの行がありません。when のない行を加えてください。");
    spans_check(r, at, rows, true);
}

void terms_check(Reader *r, const Place *at, const json_t *terms)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)terms, name, value)
    {
        Place here = inside(at, name);
        if (hides_anchor(name))
            fault(r, &here, "T4", "名前「%s」は起点や関数と同じです。別の名前にしてください。",
                  name);
        else if (json_is_array(value))
            rows_check(r, &here, value);
        if (!hides_anchor(name)) (void)term_from_text(r, &here, str_of(name));
    }
}
