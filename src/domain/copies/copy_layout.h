// データ標準レイアウト: which items a record of a data set has, how long they are, and which of them must be there.
//
// Law     linkage.md 5.1, 5.3. The layout of immunization that is in force was not to be had: this is the sandbox's own,
//         TM9000000000YB01, one record a dose. Which codes an item may have is in data/linkage/copy-codes.tsv, never here.
// Version a layout changes each June; an item has a first and a last version, so that both can be read meanwhile.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_record.h"

// The items of TM9000000000YB01.
typedef enum DoseItem {
    DOSE_VACCINE = 1,        // 制度上の種類
    DOSE_LABEL,              // 期・回数 (1期初回1 …)
    DOSE_BRANCH,             // 枝番
    DOSE_GIVEN_ON,           // 接種日: YYYYMMDD, 00 for what is not known
    DOSE_DATE_UNKNOWN,       // why the date is not whole
    DOSE_LEGAL_CLASS,        // 定期A, 定期B, 臨時, 行政措置, 任意
    DOSE_STATUS,             // 接種済, 予診のみ, 中止
    DOSE_PRODUCT,            // ワクチン
    DOSE_MAKER,              // メーカー
    DOSE_LOT,                // 製造番号
    DOSE_VOLUME,             // ml × 100
    DOSE_SITE_KIND,          // 医療機関, 集団会場, …
    DOSE_INSTITUTION,        // 保険医療機関コード 10桁
    DOSE_INSTITUTION_NAME,
    DOSE_RECORDED_BY,        // 全国地方公共団体コード 6桁
    DOSE_RECORDED_ON,
    DOSE_SOURCE,             // 予診票, 母子手帳, 連携, システム
    DOSE_ITEMS = DOSE_SOURCE
} DoseItem;
#define DOSE_DATASET S("TM9000000000YB01")
enum { DOSE_LAYOUT = 1 };  // the version in force
#define DOSE_ITEMS_ALL (((int64_t)1 << DOSE_ITEMS) - 1)

typedef enum LayoutKind {
    LAYOUT_CODE,     // exactly `length` ASCII letters, digits, '-' or '_'; of `table` where it names one
    LAYOUT_NUMBER,   // up to `length` digits
    LAYOUT_DATE,     // YYYYMMDD, a whole day
    LAYOUT_PARTIAL,  // YYYYMMDD with 00 for what is not known; the year is known
    LAYOUT_TEXT,     // up to `length` characters, no signs that control
} LayoutKind;

typedef struct LayoutItem {
    int no;
    const char *name;  // as a person calls it
    LayoutKind kind;
    int length;
    bool mandatory;
    const char *table;  // of its codes; NULL: none
    int first, last;    // versions of the layout that have it; last 0: still so
} LayoutItem;

typedef struct CopyLayout {
    const char *dataset;
    const char *name;
    int first, last;  // versions that are read
    const LayoutItem *items;
    int count;
    // Which items carry what the checks compare; 0: this data set has none.
    int series, order, happened_on, unknown_date, recorded_on;
} CopyLayout;

// NULL: no such data set.
const CopyLayout *copy_layout(const DatasetCode *dataset);
bool layout_has_version(const CopyLayout *layout, int version);
// NULL: this version has no such item.
const LayoutItem *layout_item(const CopyLayout *layout, int version, int no);
