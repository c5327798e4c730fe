// SPDX-License-Identifier: Apache-2.0
#include "foreign_codes.h"

#include "csv.h"
#include "fold.h"
#include "foreign_embedded.h"

#include <assert.h>

enum { ITEM_CVX, ITEM_NAME, ITEM_RULE, ITEM_PRODUCTS, ITEM_WHY, ITEM_COUNT };

static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_CVX] = {"CVX", true, false},     [ITEM_NAME] = {"名称", true, false},
    [ITEM_RULE] = {"数え方", true, false}, [ITEM_PRODUCTS] = {"製品", true, false},
    [ITEM_WHY] = {"理由", true, false},
};
static const CsvLayout layout = {columns, ITEM_COUNT};

static const char *const rule_words[] = {
    [FOREIGN_COUNTS] = "数える",
    [FOREIGN_JUDGEMENT] = "医師の判断",
    [FOREIGN_NOTHING] = "数えない",
};

// ---- codes

bool foreign_cvx_read(Str written, Arena *arena, Str *cvx, Error *err)
{
    int64_t wide = 0, number;
    Str text = fold_width(arena, fold_trim(written), &wide);
    if (!text.len) return FAIL(err, E_MISSING, .words = S("CVXコードを入力してください。"));
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9' || text.len > FOREIGN_CVX_MAX)
            return FAIL(err, E_NUMBER_FORMAT, .value = written,
                        .words = S("CVXコードは3桁までの数字です。接種記録を確かめてください。"));
    if (!str_int64(text, &number) || number == 0)
        return FAIL(err, E_NUMBER_FORMAT, .value = written,
                    .words = S("このCVXコードはありません。接種記録を確かめてください。"));
    *cvx = str_format(arena, "%02lld", (long long)number);
    return true;
}

const ForeignCode *foreign_code_find(const ForeignCodes *codes, Str cvx)
{
    assert(codes);
    VEC_EACH (const ForeignCode, c, *codes)
        if (str_equal(c->cvx, cvx)) return c;
    return NULL;
}

// ---- one row

static bool rule_read(Str written, ForeignRule *rule, Error *err)
{
    for (ForeignRule r = 0; r < countof(rule_words); r++) {
        if (!str_equal(written, str_of(rule_words[r]))) continue;
        *rule = r;
        return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .item = S("数え方"), .value = written,
                .words = S("「数える」「医師の判断」「数えない」のどれかを書いてください。"));
}

// Two parts in one series would be two doses of it on one day.
static bool share_a_series(const Schedule *schedule, int a, int b)
{
    assert(a >= 0 && b >= 0);
    for (int g = 0; g < group_count(schedule); g++)
        if (group_lists(schedule, g, a) && group_lists(schedule, g, b)) return true;
    return false;
}

static bool product_add(const Schedule *schedule, Str id, ForeignCode *code, Error *err)
{
    assert(code->product_count >= 0 && code->product_count <= FOREIGN_PARTS_MAX);
    int product = product_by_id(schedule, id);
    if (product == PRODUCT_NONE)
        return FAIL(err, E_CODE_UNKNOWN, .item = S("製品"), .value = id,
                    .words = S("この製品は規則にありません。"));
    if (code->product_count == FOREIGN_PARTS_MAX)
        return FAIL(err, E_LIMIT, .item = S("製品"), .value = id,
                    .words = S("一つのCVXコードに書ける製品は4つまでです。"));
    for (int i = 0; i < code->product_count; i++)
        if (share_a_series(schedule, product, product_by_id(schedule, code->products[i])))
            return FAIL(err, E_CONFLICT, .item = S("製品"), .value = id,
                        .words = S("同じ系列の製品が二つあります。1回の接種が2回に数えられます。"));
    code->products[code->product_count++] = product_id(schedule, product);
    return true;
}

static bool products_read(const Schedule *schedule, Str cell, ForeignCode *code, Error *err)
{
    for (Cut cut = str_cut(cell, ' '); cut.head.len || cut.found; cut = str_cut(cut.tail, ' '))
        if (cut.head.len && !product_add(schedule, cut.head, code, err)) return false;
    if ((code->rule == FOREIGN_COUNTS) == (code->product_count > 0)) return true;
    return FAIL(err, E_CONFLICT, .item = S("製品"), .value = cell,
                .words = S("「数える」には製品を書き、ほかには書かないでください。"));
}

static bool row_read(const Schedule *schedule, const CsvRow *row, Arena *arena, ForeignCode *code,
                     Error *err)
{
    assert(schedule && row->fields);
    ForeignCode read = {.name = str_copy(arena, row->fields[ITEM_NAME]),
                        .why = str_copy(arena, row->fields[ITEM_WHY])};
    if (!foreign_cvx_read(row->fields[ITEM_CVX], arena, &read.cvx, err)) {
        error_set_item(err, S("CVX"));
        return false;
    }
    if (!rule_read(row->fields[ITEM_RULE], &read.rule, err)) return false;
    if (!products_read(schedule, row->fields[ITEM_PRODUCTS], &read, err)) return false;
    if (!read.name.len)
        return FAIL(err, E_MISSING, .item = S("名称"), .words = S("名称を書いてください。"));
    if (read.rule != FOREIGN_COUNTS && !read.why.len)
        return FAIL(err, E_MISSING, .item = S("理由"), .words = S("理由を書いてください。"));
    *code = read;
    return true;
}

// ---- the table

static bool rows_read(CsvReader *csv, const Schedule *schedule, Arena *arena, ForeignCodes *codes,
                      Error *err)
{
    CsvRow row;
    while (csv_next(csv, &row)) {
        ForeignCode code;
        *err = row.problem;
        if (row.bad) return false;
        if (!row_read(schedule, &row, arena, &code, err)) {
            err->row = row.line;
            return false;
        }
        if (foreign_code_find(codes, code.cvx))
            return FAIL(err, E_CONFLICT, .row = row.line, .item = S("CVX"), .value = code.cvx,
                        .words = S("このCVXコードはもう表にあります。"));
        *foreign_codes_push(codes, arena) = code;
    }
    return true;
}

bool foreign_codes_load(Str text, const Schedule *schedule, Arena *arena, ForeignCodes *codes,
                        Error *err)
{
    CsvReader *csv;
    Error later;
    ForeignCodes read = {0};
    if (!csv_open_text(text, &layout, CSV_ENCODING_UTF8, arena, &csv, err)) return false;
    if (!rows_read(csv, schedule, arena, &read, err)) {
        (void)!csv_close(csv, &later);
        return false;
    }
    if (!csv_close(csv, err)) return false;
    *codes = read;
    return true;
}

bool foreign_codes_embedded(const Schedule *schedule, Arena *arena, ForeignCodes *codes, Error *err)
{
    return foreign_codes_load(foreign_files[0].text, schedule, arena, codes, err);
}

bool foreign_country_known(Str code)
{
    Str rest = foreign_files[1].text;
    for (; rest.len > 2; rest = str_from(rest, 3))
        if (str_equal(str_first(rest, 2), code)) return true;
    return false;
}
