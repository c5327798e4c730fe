// SPDX-License-Identifier: Apache-2.0
#include "foreign_row.h"

#include <assert.h>

#include "dates.h"
#include "fold.h"
#include "foreign_codes.h"

typedef enum Item {
    ITEM_NUMBER,
    ITEM_BIRTH,
    ITEM_GIVEN_ON,
    ITEM_CVX,
    ITEM_COUNTRY,
    ITEM_PRODUCT,
    ITEM_LOT,
    ITEM_SOURCE,
    ITEM_DECISION,
    ITEM_COUNTS_AS,
    ITEM_PHYSICIAN,
    ITEM_DECIDED_ON,
    ITEM_COUNT
} Item;

// clang-format off
static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_NUMBER] =     {"宛名番号", true, false},
    [ITEM_BIRTH] =      {"生年月日", true, false},
    [ITEM_GIVEN_ON] =   {"接種日", true, false},
    [ITEM_CVX] =        {"CVX", true, false},
    [ITEM_COUNTRY] =    {"国", true, false},
    [ITEM_PRODUCT] =    {"製品名", false, false},
    [ITEM_LOT] =        {"ロット番号", false, false},
    [ITEM_SOURCE] =     {"根拠", true, false},
    [ITEM_DECISION] =   {"医師の判断", false, false},
    [ITEM_COUNTS_AS] =  {"数える製品", false, false},
    [ITEM_PHYSICIAN] =  {"医師", false, false},
    [ITEM_DECIDED_ON] = {"判断日", false, false},
};
// clang-format on

const CsvLayout foreign_layout = {columns, ITEM_COUNT};

static const RowWord source_words[] = {
    {"接種証明書", ORIGIN_CERTIFICATE},
    {"母子健康手帳", ORIGIN_BOOKLET},
    {"医師の証明", ORIGIN_PHYSICIAN},
    {"申告", ORIGIN_WORD},
};
static const RowWord decision_words[] = {
    {"", DECISION_NONE},
    {"数える", DECISION_COUNTS},
    {"数えない", DECISION_DOES_NOT_COUNT},
};

static bool country_read(const RowItems *r, Str *country)
{
    int64_t wide = 0;
    Str folded = str_copy(r->arena, fold_width(r->arena, row_item(r, ITEM_COUNTRY), &wide));
    char code[2] = {0};
    for (ptrdiff_t i = 0; i < folded.len && i < 2; i++) {
        char c = folded.at[i];
        code[i] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    if (!folded.len)
        return FAIL(r->err, E_MISSING, .item = S("国"), .words = S("接種した国を2文字 (US、KRなど) で入力してください。"));
    if (folded.len != 2 || !foreign_country_known((Str){code, 2}))
        return FAIL(r->err, E_CODE_UNKNOWN, .item = S("国"), .value = row_item(r, ITEM_COUNTRY),
                    .words = S("国はISOの2文字 (US、KRなど) で入力してください。この文字の国はありません。"));
    *country = str_copy(r->arena, (Str){code, 2});
    return true;
}

// Products by id or name, separated by blanks; kept as ids. Each that nobody knows is told.
static bool products_read(const Schedule *schedule, const RowItems *r, Day given_on, Day birth,
                          Str *counts_as)
{
    Text ids = {0};
    bool good = true;
    Str cell = row_item(r, ITEM_COUNTS_AS);
    for (Cut cut = str_cut(cell, ' '); cut.head.len || cut.found; cut = str_cut(cut.tail, ' ')) {
        if (!cut.head.len) continue;
        int product = product_find(schedule, cut.head, birth, given_on, *r->arena);
        if (product == PRODUCT_NONE) {
            good = row_item_checked(
                r, FAIL(r->err, E_CODE_UNKNOWN, .item = S("数える製品"), .value = cut.head,
                        .words = S("この製品は表にありません。国内の製品の名前を入力してください。")));
            continue;
        }
        text_addf(&ids, r->arena, "%s%.*s", ids.len ? " " : "", STR(product_id(schedule, product)));
    }
    *counts_as = str_copy(r->arena, text_str(&ids));
    return good;
}

static void decision_lacks(const RowItems *r, int which)
{
    if (row_item(r, which).len) return;  // what is there and unread is told already
    (void)row_item_checked(
        r, FAIL(r->err, E_MISSING, .item = row_item_name(r, which),
                .words = S("医師の判断には、判断した医師と判断日を入力してください。")));
}

// Everything that does not go together, as it is written.
static void decision_whole(const RowItems *r, const OriginRow *origin)
{
    bool word = row_item(r, ITEM_DECISION).len > 0, decided = origin->decision != DECISION_NONE;
    if (decided) decision_lacks(r, ITEM_PHYSICIAN);
    if (decided) decision_lacks(r, ITEM_DECIDED_ON);
    if (!word && (row_item(r, ITEM_PHYSICIAN).len || row_item(r, ITEM_DECIDED_ON).len))
        (void)row_item_checked(r, FAIL(r->err, E_MISSING, .item = S("医師の判断"),
                                       .words = S("「数える」か「数えない」を入力してください。")));
    if (row_item(r, ITEM_COUNTS_AS).len && (decided || !word) && origin->decision != DECISION_COUNTS)
        (void)row_item_checked(
            r, FAIL(r->err, E_CONFLICT, .item = S("数える製品"), .value = row_item(r, ITEM_COUNTS_AS),
                    .words = S("数える製品は、医師の判断が「数える」のときだけ入力できます。")));
    if (decided && origin->source == ORIGIN_WORD)
        (void)row_item_checked(
            r, FAIL(r->err, E_CONFLICT, .item = S("根拠"), .value = row_item(r, ITEM_SOURCE),
                    .words = S("申告だけの接種は数えません。記録を確かめてから入力してください。")));
}

static Day last_meant(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.last : DAY_MIN;
}

static void decision_read(const Schedule *schedule, const RowItems *r, ForeignRow *read)
{
    OriginRow *origin = &read->origin;
    int decision = DECISION_NONE;
    (void)row_item_checked(
        r, row_item_word(r, ITEM_DECISION, decision_words, countof(decision_words),
                         S("「数える」「数えない」のどちらかを入力するか、空けてください。"),
                         &decision));
    origin->decision = (OriginDecision)decision;
    (void)row_item_checked(r, row_item_text(r, ITEM_PHYSICIAN, &origin->physician));
    read->decided_read = row_item_checked(r, row_item_day(r, ITEM_DECIDED_ON, &origin->decided_on));
    read->counted_read = products_read(schedule, r, last_meant(origin->given_on), last_meant(read->birth),
                                       &origin->counts_as);
    decision_whole(r, origin);
}

static bool source_read(const RowItems *r, OriginSource *source)
{
    int word;
    if (!row_item_word(
            r, ITEM_SOURCE, source_words, countof(source_words),
            S("「接種証明書」「母子健康手帳」「医師の証明」「申告」のどれかを入力してください。"),
            &word))
        return false;
    *source = (OriginSource)word;
    return true;
}

bool foreign_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena, ForeignRow *read,
                      RowFaults *faults)
{
    assert(row->line > 0);
    Error err = {0};
    const RowItems r = {row, arena, &err, faults};
    const Str *fields = row->fields;
    OriginRow *origin = &read->origin;
    ptrdiff_t before = faults->count;
    *read = (ForeignRow){.origin.decided_on = DAY_NONE};
    bool who =
        row_item_read(&r, ITEM_NUMBER, addressee_no_parse(fields[ITEM_NUMBER], &read->who, NULL, &err));
    bool birth = row_item_read(&r, ITEM_BIRTH, date_parse(fields[ITEM_BIRTH], &read->birth, NULL, &err));
    read->named = who && birth;
    read->given_read = row_item_read(&r, ITEM_GIVEN_ON,
                               date_parse(fields[ITEM_GIVEN_ON], &origin->given_on, NULL, &err));
    read->cvx_read = row_item_read(&r, ITEM_CVX, foreign_cvx_read(fields[ITEM_CVX], arena, &origin->cvx, &err));
    (void)row_item_checked(&r, country_read(&r, &origin->country));
    (void)row_item_checked(&r, row_item_text(&r, ITEM_PRODUCT, &origin->product_name));
    (void)row_item_checked(&r, row_item_text(&r, ITEM_LOT, &read->lot));
    (void)row_item_checked(&r, source_read(&r, &origin->source));
    decision_read(schedule, &r, read);
    return faults->count == before;
}
