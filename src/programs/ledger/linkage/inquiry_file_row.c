// SPDX-License-Identifier: Apache-2.0
#include "inquiry_file_row.h"

#include <assert.h>

#include "copy_layout.h"
#include "dates.h"

typedef enum Item { ITEM_NUMBER, ITEM_BIRTH, ITEM_PROCEDURE, ITEM_CITY, ITEM_ITEMS, ITEM_COUNT } Item;

// clang-format off
static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_NUMBER] =    {"宛名番号", true, false},
    [ITEM_BIRTH] =     {"生年月日", true, false},
    [ITEM_PROCEDURE] = {"手続", true, false},
    [ITEM_CITY] =      {"照会先", false, false},
    [ITEM_ITEMS] =     {"項目", false, false},
};
// clang-format on

const CsvLayout inquiry_file_layout = {columns, ITEM_COUNT};

static bool procedure_read(const RowItems *r, const Procedure *procedure)
{
    Str said = row_item(r, ITEM_PROCEDURE);
    if (str_equal(said, procedure->name) || str_equal(said, procedure->words)) return true;
    return FAIL(r->err, said.len ? E_CODE_UNKNOWN : E_MISSING, .item = S("手続"), .value = said,
                .words = str_format(r->arena, "一括で照会できる手続は%.*s（%.*s）です。この番号か名前を入力してください。",
                                    STR(procedure->name), STR(procedure->words)));
}

static bool city_read(const RowItems *r, const MunicipalityTable *places, MunicipalityCode *city)
{
    Str said = row_item(r, ITEM_CITY);
    if (!said.len) return true;
    if (!municipality_code_parse(said, city, NULL, r->err)) return row_item_blame(r, ITEM_CITY);
    *city = municipality_answering(places, *city);
    return municipality_find(places, city) ||
           FAIL(r->err, E_CODE_UNKNOWN, .item = S("照会先"), .value = said,
                .words = S("この団体コードの市町村はありません。6桁のコードを確かめてください。"));
}

static const LayoutItem *item_named(const CopyLayout *layout, Str name)
{
    for (int i = 0; i < layout->count; i++)
        if (str_equal(name, str_of(layout->items[i].name))) return &layout->items[i];
    return NULL;
}

static Str items_known(const CopyLayout *layout, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < layout->count; i++) text_addf(&text, arena, "%s%s", i ? "、" : "", layout->items[i].name);
    return text_str(&text);
}

// Names between blanks; the first that nobody knows is told.
static bool items_read(const RowItems *r, const CopyLayout *layout, int64_t *items)
{
    for (Cut cut = str_cut(row_item(r, ITEM_ITEMS), ' '); cut.head.len || cut.found; cut = str_cut(cut.tail, ' ')) {
        const LayoutItem *item = cut.head.len ? item_named(layout, cut.head) : NULL;
        if (item) *items |= copy_item_bit(item->no);
        if (item || !cut.head.len) continue;
        Str known = items_known(layout, r->arena);
        return FAIL(r->err, E_CODE_UNKNOWN, .item = S("項目"), .value = cut.head,
                    .words = str_format(r->arena, "この名前の項目はありません。空けるとすべての項目です。項目: %.*s。", STR(known)));
    }
    if (!*items) *items = DOSE_ITEMS_ALL;
    return true;
}

bool inquiry_file_row_read(const Procedure *procedure, const MunicipalityTable *places, const CsvRow *row, Arena *arena,
                           InquiryFileRow *read, RowFaults *faults)
{
    Error err = {0};
    const RowItems r = {row, arena, &err, faults};
    const CopyLayout *layout = copy_layout(&procedure->dataset);
    ptrdiff_t before = faults->count;
    assert(row->line > 0 && layout);
    *read = (InquiryFileRow){0};
    (void)row_item_read(&r, ITEM_NUMBER, addressee_no_parse(row->fields[ITEM_NUMBER], &read->who, NULL, &err));
    (void)row_item_read(&r, ITEM_BIRTH, date_parse(row->fields[ITEM_BIRTH], &read->birth, NULL, &err));
    (void)row_item_checked(&r, procedure_read(&r, procedure));
    (void)row_item_checked(&r, city_read(&r, places, &read->city));
    (void)row_item_checked(&r, items_read(&r, layout, &read->items));
    return faults->count == before;
}
