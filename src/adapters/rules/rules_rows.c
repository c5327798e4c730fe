// Rule lines: when they are in force, for which work, under which condition, by which law.
// SPDX-License-Identifier: Apache-2.0
#include "rules_reader.h"

#include <assert.h>

void law_check(Reader *r, const Place *at, Str law, const char *what)
{
    assert(what[0]);
    if (r->law_required && !law.len)
        fault(r, at, "L1", "%sには、根拠となる法令を law に書いてください。", what);
}

static bool date_of(const json_t *value, Day *day)
{
    const char *text = json_string_value(value);
    return text && day_read(text, (int)json_string_length(value), day);
}

bool fixed_span(const json_t *row, DaySpan *span)
{
    const json_t *in_force = json_object_get(row, "in_force");
    const json_t *from = json_array_get(in_force, 0), *to = json_array_get(in_force, 1);
    *span = (DaySpan){DAY_MIN, DAY_MAX};
    if (!json_is_null(from) && !date_of(from, &span->first)) return false;
    if (!json_is_null(to) && !date_of(to, &span->last)) return false;
    return json_array_size(in_force) == 2;
}

static void head_bound(Reader *r, const Place *at, const json_t *value, int32_t *bound,
                       int32_t *uses, int32_t bit)
{
    Day day;
    if (!value || json_is_null(value)) return;
    if (date_of(value, &day)) {
        *bound = day;
        return;
    }
    *bound = term_read(r, at, value);
    *uses |= bit;
}

static int32_t uses_read(Reader *r, const Place *at, const json_t *row)
{
    Str use = string_of(r, at, row, "use");
    Place here = inside(at, "use");
    if (!use.len || str_equal(use, S("both"))) return USE_JUDGE | USE_FORECAST;
    if (str_equal(use, S("judge"))) return USE_JUDGE;
    if (str_equal(use, S("forecast"))) return USE_FORECAST;
    fault(r, &here, "K2",
          "use「%.*s」はありません。both、judge、forecast のどれかを書いてください。", STR(use));
    return USE_JUDGE | USE_FORECAST;
}

RowHead head_read(Reader *r, const Place *at, const json_t *row, Str law_around)
{
    RowHead head = {.from = DAY_MIN, .to = DAY_MAX};
    DaySpan span;
    if (row && !json_is_object(row)) fault(r, at, "J1", "行は { } で書いてください。");
    const json_t *in_force = array_of(r, at, row, "in_force");
    Place here = inside(at, "in_force");
    if (in_force && json_array_size(in_force) != 2)
        fault(r, &here, "J1", "ここには [from, to] の形で 2 個を書いてください。");
    if (fixed_span(row, &span) && span.first > span.last)
        fault(r, &here, "V1",
              "この行の有効な期間がありません。in_force の初日を末日以前にしてください。");
    head.uses = uses_read(r, at, row);
    head_bound(r, &here, json_array_get(in_force, 0), &head.from, &head.uses, HEAD_FROM_TERM);
    head_bound(r, &here, json_array_get(in_force, 1), &head.to, &head.uses, HEAD_TO_TERM);
    head.when = condition_of(r, at, row, "when");
    Str law = law_of(r, at, row);
    head.note = note_read(r, at, law.len ? law : law_around, string_of(r, at, row, "text"));
    return head;
}

// ---- Rows that leave no day and share no day ----------------------------------------------------

static bool plain_row(const json_t *row, DaySpan *span)
{
    return !json_object_get(row, "when") && !json_object_get(row, "use") && fixed_span(row, span);
}

static void overlap_check(Reader *r, const Place *at, const json_t *rows)
{
    DaySpan a, b;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    for (size_t i = 0; i < json_array_size(rows); i++)
        for (size_t k = i + 1; k < json_array_size(rows); k++) {
            if (!plain_row(json_array_get(rows, i), &a)) continue;
            if (!plain_row(json_array_get(rows, k), &b)) continue;
            Day first = a.first > b.first ? a.first : b.first;
            Day last = a.last < b.last ? a.last : b.last;
            if (first > last) continue;
            fault(r, at, "V2",
                  "%s から %s まで、二つの行が同時に有効です。in_force を分けてください。",
                  day_text(first, from), day_text(last, to));
        }
}

// The first day after `day` on which one of the plain rows begins to be in force; DAY_NONE.
static Day next_beginning(const json_t *rows, Day day)
{
    assert(day != DAY_NONE);
    Day next = DAY_NONE;
    DaySpan span;
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (plain_row(json_array_get(rows, i), &span) && span.first > day &&
            (next == DAY_NONE || span.first < next))
            next = span.first;
    return next;
}

void spans_check(Reader *r, const Place *at, const json_t *rows, bool gaps_matter)
{
    DaySpan span;
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    overlap_check(r, at, rows);
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (!json_object_get(json_array_get(rows, i), "in_force")) gaps_matter = false;
    for (size_t i = 0; gaps_matter && i < json_array_size(rows); i++) {
        if (!plain_row(json_array_get(rows, i), &span) || span.last == DAY_MAX) continue;
        Day next = next_beginning(rows, span.last);
        if (next == DAY_NONE || next == span.last + 1) continue;
        fault(r, at, "V3", "%s から %s まで、有効な行がありません。in_force をつなげてください。",
              day_text(span.last + 1, from), day_text(next - 1, to));
    }
}

// ---- Windows ------------------------------------------------------------------------------------

static int32_t window_code(Reader *r, const Place *at, const json_t *reasons, const char *key,
                           int32_t usual)
{
    Str name = string_of(r, at, reasons, key);
    Place here = inside(at, key);
    return name.len ? reason_named(r, &here, name) : usual;
}

static bool word_of(Reader *r, const Place *at, const json_t *object, const char *key,
                    const char *usual, const char *other)
{
    Str word = string_of(r, at, object, key);
    Place here = inside(at, key);
    if (!word.len || str_equal(word, str_of(usual))) return false;
    if (!str_equal(word, str_of(other)))
        fault(r, &here, "K3", "「%.*s」は書けません。%s か %s を書いてください。", STR(word), usual,
              other);
    return true;
}

// What makes a target, and what is opened, may not hang on what was met and opened.
static void openings_check(Reader *r, const Place *at, const RowHead *head, int32_t first,
                           int32_t last)
{
    assert(head);
    const Schedule *rules = &r->builder.rules;
    int32_t needs =
        head_needs(rules, head) | rules->terms.at[first].needs | rules->terms.at[last].needs;
    if (needs & NEEDS_OPENINGS)
        fault(
            r, at, "W4",
            "この行は met や opening を決める側です。met、opening を条件や期間に使わないでください。");
}

static WindowRow window_row_read(Reader *r, const Place *at, const json_t *row)
{
    keys_check(r, at, row, HEAD_KEYS "first last ordinary");
    law_check(r, at, law_of(r, at, row), "window の行");
    WindowRow made = {
        .head = head_read(r, at, row, (Str){0}),
        .first = term_of(r, at, row, "first"),
        .last = term_of(r, at, row, "last"),
        .extraordinary = !bool_of(r, at, row, "ordinary", true),
    };
    if (!made.extraordinary) openings_check(r, at, &made.head, made.first, made.last);
    return made;
}

static OpeningRow opening_row_read(Reader *r, const Place *at, const json_t *row)
{
    Place products_at = inside(at, "products");
    const json_t *products = json_object_get(row, "products");
    keys_check(r, at, row, HEAD_KEYS "products first last");
    law_check(r, at, law_of(r, at, row), "opened_by の行");
    OpeningRow made = {
        .head = head_read(r, at, row, (Str){0}),
        .products = products ? product_set_read(r, &products_at, products) : 0,
        .first = term_of(r, at, row, "first"),
        .last = term_of(r, at, row, "last"),
    };
    if (!made.first || !made.last)
        fault(r, at, "W5", "opened_by の行には first と last の両方を書いてください。");
    openings_check(r, at, &made.head, made.first, made.last);
    return made;
}

// Which spans open the window, and on which days they may have met a target.
static void opened_by_read(Reader *r, const Place *up, const json_t *window, Window *into)
{
    Place at = inside(up, "opened_by"), rows_at = inside(&at, "rows"),
          fact_at = inside(&at, "fact"), met_at = inside(&at, "met");
    const json_t *opened = object_of(r, up, window, "opened_by");
    into->opened_by = FACT_NONE;
    if (!opened) return;
    keys_check(r, &at, opened, "fact met rows");
    const json_t *rows = array_of(r, &at, opened, "rows"), *met = array_of(r, &at, opened, "met");
    if (!json_array_size(rows))
        fault(r, &rows_at, "W5", "opened_by の rows に一つ以上の行を書いてください。");
    OpeningRow *made = NEW(r->arena, OpeningRow, (ptrdiff_t)json_array_size(rows));
    for (int i = 0; i < (int)json_array_size(rows); i++) {
        Place here = element(&rows_at, i);
        made[i] = opening_row_read(r, &here, json_array_get(rows, (size_t)i));
    }
    into->opened_by = span_fact_read(r, &fact_at, json_object_get(opened, "fact"));
    into->met_from = term_read(r, &met_at, json_array_get(met, 0));
    into->met_to = term_read(r, &met_at, json_array_get(met, 1));
    openings_check(r, &met_at, &(RowHead){.from = DAY_MIN, .to = DAY_MAX, .uses = USE_JUDGE},
                   into->met_from, into->met_to);
    into->openings = builder_add_opening_rows(&r->builder, made, (ptrdiff_t)json_array_size(rows));
}

// Where the day itself is a term of the rows, what lengthened it stands beside them: named, and never judged by.
static Range measures_read(Reader *r, const Place *up, const json_t *window)
{
    Place at = inside(up, "measures");
    const json_t *rows = array_of(r, up, window, "measures");
    int count = (int)json_array_size(rows);
    WindowRow *made = NEW(r->arena, WindowRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(&at, i);
        made[i] = window_row_read(r, &here, row);
        made[i].extraordinary = true;
        if (!string_of(r, &here, row, "text").len)
            fault(r, &here, "W6", "measures の行には、何のためかを text に書いてください。");
    }
    return builder_add_window_rows(&r->builder, made, count);
}

int32_t window_read(Reader *r, const Place *at, const json_t *window, const WindowRows *more)
{
    keys_check(r, at, window, "rows measures reasons binds last_is opened_by city");
    const json_t *rows = array_of(r, at, window, "rows");
    const json_t *reasons = object_of(r, at, window, "reasons");
    Place rows_at = inside(at, "rows"), reasons_at = inside(at, "reasons");
    keys_check(r, &reasons_at, reasons, "before after none started");
    ptrdiff_t before = more ? more->count : 0, count = before + (ptrdiff_t)json_array_size(rows);
    WindowRow *made = NEW(r->arena, WindowRow, count);
    for (ptrdiff_t i = 0; i < before; i++) made[i] = more->at[i];
    for (int i = 0; i < (int)json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(&rows_at, i);
        made[before + i] = window_row_read(r, &here, row);
    }
    spans_check(r, &rows_at, rows, true);
    int32_t after = window_code(r, &reasons_at, reasons, "after", r->codes[CODE_after]);
    Window result = {
        .rows = builder_add_window_rows(&r->builder, made, count),
        .measures = measures_read(r, at, window),
        .code_before = window_code(r, &reasons_at, reasons, "before", r->codes[CODE_before]),
        .code_after = after,
        .code_none = window_code(r, &reasons_at, reasons, "none", after),
        .code_started = window_code(r, &reasons_at, reasons, "started", -1),
        .binds_first_dose = word_of(r, at, window, "binds", "every_dose", "first_dose"),
        .last_is_latest = word_of(r, at, window, "last_is", "row", "latest"),
    };
    opened_by_read(r, at, window, &result);
    if (result.code_before < 0 || after < 0)
        fault(
            r, at, "R1",
            "window の理由の番号がありません。reasons か codes に before と after を書いてください。");
    return builder_add_windows(&r->builder, &result, 1).first;
}

// ---- Lists of rows ------------------------------------------------------------------------------

Range offers_read(Reader *r, const Place *at, const json_t *rows)
{
    int count = (int)json_array_size(rows);
    OfferRow *made = NEW(r->arena, OfferRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(at, i), list_at = inside(&here, "products");
        keys_check(r, &here, row, HEAD_KEYS "products");
        const json_t *list = array_of(r, &here, row, "products");
        int32_t *products = NEW(r->arena, int32_t, (ptrdiff_t)json_array_size(list));
        int n = 0;
        for (size_t k = 0; k < json_array_size(list); k++) {
            const char *id = json_string_value(json_array_get(list, k));
            int32_t product = product_named(r, &list_at, str_of(id ? id : ""));
            if (product >= 0) products[n++] = product;
        }
        made[i].head = head_read(r, &here, row, (Str){0});
        made[i].products = builder_add_numbers(&r->builder, products, n);
    }
    return builder_add_offer_rows(&r->builder, made, count);
}

Range ends_read(Reader *r, const Place *at, const json_t *rows)
{
    int count = (int)json_array_size(rows);
    EndRow *made = NEW(r->arena, EndRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(at, i), status_at = inside(&here, "status");
        keys_check(r, &here, row, HEAD_KEYS "status");
        made[i].head = head_read(r, &here, row, (Str){0});
        made[i].status = status_named(r, &status_at, string_of(r, &here, row, "status"));
    }
    return builder_add_end_rows(&r->builder, made, count);
}

Range targets_read(Reader *r, const Place *at, const json_t *rows)
{
    int count = (int)json_array_size(rows);
    TargetRow *made = NEW(r->arena, TargetRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(at, i), reason_at = inside(&here, "reason");
        keys_check(r, &here, row, HEAD_KEYS "reason judged");
        law_check(r, &here, law_of(r, &here, row), "target の行");
        Str reason = string_of(r, &here, row, "reason");
        made[i].head = head_read(r, &here, row, (Str){0});
        made[i].code = reason.len ? reason_named(r, &reason_at, reason) : -1;
        made[i].judged = bool_of(r, &here, row, "judged", false);
        openings_check(r, &here, &made[i].head, 0, 0);
        if (made[i].judged && made[i].code < 0)
            fault(r, &here, "R1", "judged の行には reason を書いてください。");
    }
    return builder_add_target_rows(&r->builder, made, count);
}

static ProductRow product_row_read(Reader *r, const Place *at, const json_t *row)
{
    Place reason_at = inside(at, "reason"), age_at = inside(at, "age_reason");
    keys_check(r, at, row, HEAD_KEYS "product first last reason age_reason");
    law_check(r, at, law_of(r, at, row), "products の行");
    Str reason = string_of(r, at, row, "reason"), age = string_of(r, at, row, "age_reason");
    ProductRow made = {
        .head = head_read(r, at, row, (Str){0}),
        .product = product_named(r, at, string_of(r, at, row, "product")),
        .first = term_of(r, at, row, "first"),
        .last = term_of(r, at, row, "last"),
        .code = reason.len ? reason_named(r, &reason_at, reason) : r->codes[CODE_product],
        .age_code = age.len ? reason_named(r, &age_at, age) : r->codes[CODE_product_age],
    };
    if (made.code < 0 || ((made.first || made.last) && made.age_code < 0))
        fault(r, at, "R1",
              "この行の理由の番号がありません。reason、age_reason か codes に書いてください。");
    return made;
}

// Ids alone belong to the group and are not tested; rows are.
Range products_read(Reader *r, const Place *at, const json_t *rows, ProductSet *set)
{
    assert(set);
    int count = (int)json_array_size(rows), made_count = 0;
    ProductRow *made = NEW(r->arena, ProductRow, count);
    if (rows && !json_is_array(rows)) fault(r, at, "J1", "ここには製品の一覧を書いてください。");
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(at, i);
        int32_t product;
        if (json_is_string(row)) {
            product = product_named(r, &here, str_of(json_string_value(row)));
        } else {
            ProductRow read = product_row_read(r, &here, row);
            product = read.product;
            if (product >= 0) made[made_count++] = read;
        }
        if (product >= 0) set->words[product >> 6] |= (uint64_t)1 << (product & 63);
    }
    return builder_add_product_rows(&r->builder, made, made_count);
}

// ---- Gaps ---------------------------------------------------------------------------------------

static GapRow gap_row_read(Reader *r, const Place *at, const json_t *value, Str law_around)
{
    if (!json_is_object(value)) {
        int32_t term = term_read(r, at, value);
        law_check(r, at, law_around, "gap の行");
        RowHead head = head_read(r, at, NULL, law_around);
        return (GapRow){.head = head, .term = term, .grace = term};
    }
    Place standard_at = inside(at, "standard");
    keys_check(r, at, value, HEAD_KEYS "term grace standard");
    Str law = law_of(r, at, value);
    law_check(r, at, law.len ? law : law_around, "gap の行");
    const json_t *standard = array_of(r, at, value, "standard");
    GapRow row = {
        .head = head_read(r, at, value, law_around),
        .term = term_of(r, at, value, "term"),
        .grace = term_of(r, at, value, "grace"),
        .standard_from = term_read(r, &standard_at, json_array_get(standard, 0)),
        .standard_to = term_read(r, &standard_at, json_array_get(standard, 1)),
    };
    if (!row.grace) row.grace = row.term;
    return row;
}

// One term, or a list of terms and rows.
Range gaps_read(Reader *r, const Place *at, const json_t *value, Str law_around)
{
    if (!value || json_is_null(value)) return (Range){0};
    if (!json_is_array(value)) {
        GapRow row = gap_row_read(r, at, value, law_around);
        return builder_add_gap_rows(&r->builder, &row, 1);
    }
    int count = (int)json_array_size(value);
    GapRow *made = NEW(r->arena, GapRow, count);
    for (int i = 0; i < count; i++) {
        Place here = element(at, i);
        made[i] = gap_row_read(r, &here, json_array_get(value, (size_t)i), law_around);
    }
    return builder_add_gap_rows(&r->builder, made, count);
}

// Rows that are nothing but a condition: skips, letters that are not sent.
Range conditions_read(Reader *r, const Place *at, const json_t *rows, Str law_around)
{
    int count = (int)json_array_size(rows);
    PlainRow *made = NEW(r->arena, PlainRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(at, i);
        keys_check(r, &here, row, HEAD_KEYS);
        Str law = law_of(r, &here, row);
        law_check(r, &here, law.len ? law : law_around, "条件の行");
        if (!json_object_get(row, "when"))
            fault(r, &here, "S3", "条件がありません。when に書いてください。");
        made[i].head = head_read(r, &here, row, law_around);
    }
    return builder_add_plain_rows(&r->builder, made, count);
}

Range shows_read(Reader *r, const Place *at, const json_t *texts, const json_t *days)
{
    const char *name;
    json_t *value;
    int count = 0;
    ptrdiff_t most = (ptrdiff_t)(json_object_size(texts) + json_object_size(days));
    ShowRow *made = NEW(r->arena, ShowRow, most);
    json_object_foreach((json_t *)(uintptr_t)texts, name, value)
    {
        const char *text = json_string_value(value);
        if (!text) fault(r, at, "J1", "show の値は文字列で書いてください。");
        made[count].name = builder_text(&r->builder, str_of(name));
        made[count++].text = builder_text(&r->builder, str_of(text ? text : ""));
    }
    json_object_foreach((json_t *)(uintptr_t)days, name, value)
    {
        Place here = inside(at, name);
        made[count].name = builder_text(&r->builder, str_of(name));
        made[count++].term = term_read(r, &here, value);
    }
    return builder_add_show_rows(&r->builder, made, count);
}
