// SPDX-License-Identifier: Apache-2.0
#include "copy_layout.h"

// clang-format off
static const LayoutItem dose_items[] = {  // number, name, kind, length, mandatory, table, versions
    {DOSE_VACCINE,          "制度上の種類",     LAYOUT_CODE,     4, true,  "vaccine",      1, 0},
    {DOSE_LABEL,            "期・回数",         LAYOUT_CODE,     3, true,  "dose",         1, 0},
    {DOSE_BRANCH,           "枝番",             LAYOUT_NUMBER,   2, true,  NULL,           1, 0},
    {DOSE_GIVEN_ON,         "接種日",           LAYOUT_PARTIAL,  8, true,  NULL,           1, 0},
    {DOSE_DATE_UNKNOWN,     "接種日不詳の理由", LAYOUT_CODE,     1, false, "date_unknown", 1, 0},
    {DOSE_LEGAL_CLASS,      "法定区分",         LAYOUT_CODE,     1, true,  "legal_class",  1, 0},
    {DOSE_STATUS,           "接種区分",         LAYOUT_CODE,     1, true,  "status",       1, 0},
    {DOSE_PRODUCT,          "ワクチンコード",   LAYOUT_CODE,     8, false, "product",      1, 0},
    {DOSE_MAKER,            "メーカーコード",   LAYOUT_CODE,     3, false, NULL,           1, 0},
    {DOSE_LOT,              "製造番号",         LAYOUT_TEXT,    20, false, NULL,           1, 0},
    {DOSE_VOLUME,           "接種量",           LAYOUT_NUMBER,   4, false, NULL,           1, 0},
    {DOSE_SITE_KIND,        "会場区分",         LAYOUT_CODE,     1, false, "site_kind",    1, 0},
    {DOSE_INSTITUTION,      "医療機関コード",   LAYOUT_CODE,    10, false, NULL,           1, 0},
    {DOSE_INSTITUTION_NAME, "医療機関名",       LAYOUT_TEXT,    60, false, NULL,           1, 0},
    {DOSE_RECORDED_BY,      "登録団体",         LAYOUT_CODE,     6, true,  NULL,           1, 0},
    {DOSE_RECORDED_ON,      "登録日",           LAYOUT_DATE,     8, true,  NULL,           1, 0},
    {DOSE_SOURCE,           "登録元",           LAYOUT_CODE,     1, true,  "source",       1, 0},
};
// clang-format on
_Static_assert(sizeof dose_items / sizeof *dose_items == DOSE_ITEMS, "a row for each");

static const CopyLayout layouts[] = {
    {.dataset = "TM9000000000YB01",
     .name = "予防接種の実施に関する情報",
     .first = 1,
     .last = DOSE_LAYOUT,
     .items = dose_items,
     .count = DOSE_ITEMS,
     .series = DOSE_VACCINE,
     .order = DOSE_LABEL,
     .happened_on = DOSE_GIVEN_ON,
     .unknown_date = DOSE_DATE_UNKNOWN,
     .recorded_on = DOSE_RECORDED_ON},
};

const CopyLayout *copy_layout(const DatasetCode *dataset)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (str_equal(str_of(layouts[i].dataset), str_of(dataset->at))) return &layouts[i];
    return NULL;
}

bool layout_has_version(const CopyLayout *layout, int version)
{
    return version >= layout->first && version <= layout->last;
}

const LayoutItem *layout_item(const CopyLayout *layout, int version, int no)
{
    for (int i = 0; i < layout->count; i++) {
        const LayoutItem *item = &layout->items[i];
        if (item->no == no && item->first <= version && (!item->last || version <= item->last))
            return item;
    }
    return NULL;
}
