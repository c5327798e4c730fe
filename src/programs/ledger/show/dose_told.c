// SPDX-License-Identifier: Apache-2.0
#include "dose_told.h"

Str dose_source_words(const DoseRecord *r)
{
    switch (r->dose.provenance) {
    case PROVENANCE_CLINIC: return S("予診票");
    case PROVENANCE_WIDE_AREA: return S("広域・依頼書");
    case PROVENANCE_OTHER_CITY: return S("他市町村の回答");
    case PROVENANCE_BOOKLET: return S("母子健康手帳");
    case PROVENANCE_FOREIGN: return S("海外の記録");
    case PROVENANCE_GUARDIAN: return S("保護者の申出");
    case PROVENANCE_OLD_SYSTEM: return S("旧システム");
    }
    return S("不明");
}

Str dose_product_words(const Schedule *schedule, const Products *products, const DoseRecord *r)
{
    int32_t rule = products->rule_of[r->dose.product_no];
    return rule == PRODUCT_NONE ? products->code_of[r->dose.product_no]
                                : product_label(schedule, rule);
}
