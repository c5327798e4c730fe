// ScheduleSupportingData: observations, products and the antigens they carry, conflicts, groups.
// SPDX-License-Identifier: Apache-2.0
#include "cdsi_reader.h"

#include <assert.h>
#include <string.h>

// ---- Observations become facts ------------------------------------------------------------------

static void observation_read(CdsiReader *r, Node *node)
{
    bool made;
    xml_known(r, node,
              "observationCode observationTitle indicationText contraindicationText "
              "clarifyingText group codedValues");
    Str code = xml_text_of(r, node, "observationCode");
    if (!code.len) xml_fault(r, node, "観察の番号がありません。");
    int64_t *place = map_place(&r->observations, r->arena, str_copy(r->arena, code), &made);
    if (!made) xml_fault(r, node, "観察「%.*s」が二度あります。", STR(code));
    *place = (int64_t)r->facts.count;
    *fact_rules_push(&r->facts, r->arena) = (FactRule){
        .replaced_by = FACT_NONE,
        .id = builder_text(&r->builder, code),
        .name = builder_text(&r->builder, xml_text_of(r, node, "observationTitle")),
        .kind = FACT_FLAG,
    };
}

static void observations_read(CdsiReader *r, Node *list)
{
    xml_known(r, list, "observation");
    EACH_CHILD(node, list) observation_read(r, node);
}

// ---- Vaccine groups and their antigens ----------------------------------------------------------

static int32_t group_made(CdsiReader *r, Node *node)
{
    bool made;
    Str name = xml_text(r, node);
    int64_t *place = map_place(&r->antigens, r->arena, str_copy(r->arena, name), &made);
    if (!made) xml_fault(r, node, "抗原「%.*s」が二度あります。", STR(name));
    if (!name.len || r->group_count == GROUPS_MAX) {
        xml_fault(r, node, "抗原の名前がないか、多すぎます (%dまで)。", GROUPS_MAX);
        return 0;
    }
    *place = r->group_count;
    return r->group_count++;
}

static void merge_read(CdsiReader *r, Node *node)
{
    int32_t groups[GROUPS_MAX];
    int count = 0;
    xml_known(r, node, "name antigen");
    MergeRule rule = {.id = builder_text(&r->builder, xml_text_of(r, node, "name"))};
    if (!rule.id) xml_fault(r, node, "ワクチン群の名前がありません。");
    EACH_CHILD(child, node)
    if (xml_named(child, "antigen") && !r->failed) groups[count++] = group_made(r, child);
    if (!count) xml_fault(r, node, "ワクチン群に抗原がありません。");
    rule.groups = builder_add_numbers(&r->builder, groups, count);
    for (int i = 0; i < r->builder.rules.merges.count; i++)
        if (r->builder.rules.merges.at[i].id == rule.id)
            xml_fault(r, node, "ワクチン群が二度あります。");
    (void)builder_add_merges(&r->builder, &rule, 1);
}

static void merges_read(CdsiReader *r, Node *list)
{
    xml_known(r, list, "vaccineGroupMap");
    EACH_CHILD(node, list) merge_read(r, node);
}

static void vaccine_groups_read(CdsiReader *r, Node *list)
{
    xml_known(r, list, "vaccineGroup");
    EACH_CHILD(node, list)
    {
        xml_known(r, node, "name administerFullVaccineGroup");
        int32_t id = builder_text(&r->builder, xml_text_of(r, node, "name"));
        bool full = xml_flag(r, node, "administerFullVaccineGroup"), found = false;
        for (int i = 0; i < r->builder.rules.merges.count; i++) {
            MergeRule *rule = &r->builder.rules.merges.at[i];
            if (rule->id != id) continue;
            rule->least_next = full;
            found = true;
        }
        if (!found) xml_fault(r, node, "このワクチン群には抗原の対応がありません。");
    }
}

// ---- Products -----------------------------------------------------------------------------------

// The group collects its products here; antigen files add the rest.
static void association_read(CdsiReader *r, Node *node, int32_t product, ProductSet *sets,
                             Codes *aged)
{
    assert(product >= 0);
    xml_known(r, node, "antigen associationBeginAge associationEndAge");
    Str antigen = xml_text_of(r, node, "antigen");
    const int64_t *group = map_find(&r->antigens, antigen);
    int32_t first = xml_age(r, node, "associationBeginAge", 0);
    int32_t last = xml_age(r, node, "associationEndAge", -1);
    if (!group) {
        xml_fault(r, node, "抗原「%.*s」はどのワクチン群にもありません。", STR(antigen));
        return;
    }
    set_put(&sets[*group], product);
    if (!first && !last) return;
    const int32_t row[] = {(int32_t)*group, product, first, last};
    for (ptrdiff_t i = 0; i < countof(row); i++) *codes_push(aged, r->arena) = row[i];
}

static void group_products_keep(CdsiReader *r, const ProductSet *sets, const Codes *aged)
{
    for (int g = 0; g < r->group_count; g++) {
        ProductRows rows = {0};
        for (ptrdiff_t i = 0; i < aged->count; i += 4)
            if (aged->at[i] == g)
                *product_rows_push(&rows, r->arena) = (ProductRow){
                    .product = aged->at[i + 1], .first = aged->at[i + 2], .last = aged->at[i + 3]};
        r->groups[g].products = builder_set(&r->builder, &sets[g]);
        r->groups[g].listed_ages = builder_add_product_rows(&r->builder, rows.at, rows.count);
    }
}

static void products_map_read(CdsiReader *r, Node *list)
{
    ProductSet *sets = NEW(r->arena, ProductSet, GROUPS_MAX);
    Codes aged = {0};
    xml_known(r, list, "cvxMap");
    EACH_CHILD(node, list)
    {
        xml_known(r, node, "cvx shortDescription association");
        Str cvx = xml_text_of(r, node, "cvx");
        ptrdiff_t before = r->builder.rules.products.count;
        if (!cvx.len || before == PRODUCTS_MAX) {
            xml_fault(r, node, "CVXがないか、製品が多すぎます (%dまで)。", PRODUCTS_MAX);
            return;
        }
        int32_t product = product_made(r, cvx, xml_text_of(r, node, "shortDescription"));
        if (product != before) xml_fault(r, node, "CVX「%.*s」が二度あります。", STR(cvx));
        EACH_CHILD(child, node)
        if (xml_named(child, "association")) association_read(r, child, product, sets, &aged);
    }
    group_products_keep(r, sets, &aged);
}

// ---- Conflicts ----------------------------------------------------------------------------------

typedef struct Conflict {
    int32_t earlier, later, days, grace_days;
    bool taken;
} Conflict;
VEC(Conflicts, Conflict, conflict_list);

// A vaccine that no antigen carries may still be in conflict (BCG).
static int32_t conflict_product(CdsiReader *r, Node *of, const char *name)
{
    Node *node = xml_child(r, of, name);
    if (!node) return 0;
    xml_known(r, node, "vaccineType cvx");
    Str cvx = xml_text_of(r, node, "cvx");
    if (!cvx.len || r->builder.rules.products.count == PRODUCTS_MAX) {
        xml_fault(r, node, "CVXがないか、製品が多すぎます (%dまで)。", PRODUCTS_MAX);
        return 0;
    }
    return product_made(r, cvx, xml_text_of(r, node, "vaccineType"));
}

static int32_t days_read(CdsiReader *r, Node *of, const char *name)
{
    Span span = xml_span(r, of, name);
    if (!span.present || span.months || span.days < 0 || span.days > 3660)
        xml_fault(r, of, "%s は日数か週数で書いてください。", name);
    return span.days;
}

static void conflict_read(CdsiReader *r, Node *node, Conflicts *conflicts)
{
    xml_known(r, node,
              "previous current conflictBeginInterval minConflictEndInterval "
              "conflictEndInterval");
    Conflict made = {
        .earlier = conflict_product(r, node, "previous"),
        .later = conflict_product(r, node, "current"),
        .grace_days = days_read(r, node, "minConflictEndInterval"),
        .days = days_read(r, node, "conflictEndInterval"),
    };
    // The engine never sees a conflict on the same day; a later beginning has no meaning there.
    if (days_read(r, node, "conflictBeginInterval") != 1)
        xml_fault(r, node, "同日を除く「1 day」のほかの始まりは扱えません。");
    if (made.grace_days > made.days) xml_fault(r, node, "最短の終わりが通常の終わりより後です。");
    // CDC repeats a row word for word; only one that says something else is a contradiction.
    VEC_EACH (Conflict, other, *conflicts)
        if (other->earlier == made.earlier && other->later == made.later &&
            (other->days != made.days || other->grace_days != made.grace_days))
            xml_fault(r, node, "同じ組合せに違う間隔が二度あります。");
    *conflict_list_push(conflicts, r->arena) = made;
}

static bool conflict_like(const Conflict *a, const Conflict *b)
{
    return !a->taken && a->days == b->days && a->grace_days == b->grace_days;
}

static ProductSet later_of_earlier(const Conflicts *all, const Conflict *like, int32_t earlier)
{
    assert(earlier >= 0);
    ProductSet set = {0};
    VEC_EACH (const Conflict, c, *all)
        if (c->earlier == earlier && conflict_like(c, like)) set_put(&set, c->later);
    return set;
}

// Six hundred pairs are a dozen rows: earlier products with the same gaps to the same later ones.
static void conflict_row_add(CdsiReader *r, const Conflicts *all, const Conflict *like)
{
    ProductSet later = later_of_earlier(all, like, like->earlier), earlier = {0};
    for (int32_t p = 0; p < r->builder.rules.products.count; p++) {
        ProductSet of = later_of_earlier(all, like, p);
        if (!memcmp(&of, &later, sizeof of)) set_put(&earlier, p);
    }
    ConflictRow row = {
        .head = {.from = DAY_MIN, .to = DAY_MAX, .uses = USE_JUDGE | USE_FORECAST},
        .earlier = builder_set(&r->builder, &earlier),
        .later = builder_set(&r->builder, &later),
        .days = like->days,
        .grace_days = like->grace_days,
        .code = -1,
    };
    row.head.note = builder_note(&r->builder, S("live virus conflict"), S("CDSi 6.7"), (Str){0});
    (void)builder_add_conflicts(&r->builder, &row, 1);
    VEC_EACH (Conflict, c, *all)
        if (set_has(&earlier, c->earlier) && c->days == like->days &&
            c->grace_days == like->grace_days)
            c->taken = true;
}

static void conflicts_read(CdsiReader *r, Node *list)
{
    Conflicts conflicts = {0};
    xml_known(r, list, "liveVirusConflict");
    EACH_CHILD(node, list) if (!r->failed) conflict_read(r, node, &conflicts);
    if (r->failed) return;
    VEC_EACH (Conflict, c, conflicts)
        if (!c->taken) conflict_row_add(r, &conflicts, c);
}

// ---- The file -----------------------------------------------------------------------------------

static void merges_products(CdsiReader *r)
{
    VEC_EACH (MergeRule, merge, r->builder.rules.merges) {
        ProductSet all = {0};
        for (int i = 0; i < merge->groups.count; i++) {
            int32_t group = r->builder.rules.numbers.at[merge->groups.first + i];
            const ProductSet *of = &r->builder.rules.sets.at[r->groups[group].products];
            for (ptrdiff_t w = 0; w < countof(all.words); w++) all.words[w] |= of->words[w];
        }
        merge->products = builder_set(&r->builder, &all);
    }
}

// Groups are known before products, products before conflicts, whatever their order in the file.
void schedule_file_read(CdsiReader *r, Node *root)
{
    assert(root);
    static const struct {
        const char *name;
        void (*read)(CdsiReader *r, Node *list);
    } parts[] = {
        {"observations", observations_read},    {"vaccineGroupToAntigenMap", merges_read},
        {"vaccineGroups", vaccine_groups_read}, {"cvxToAntigenMap", products_map_read},
        {"liveVirusConflicts", conflicts_read},
    };
    if (r->has_schedule) xml_fault(r, root, "全体の表が二つあります。");
    r->has_schedule = true;
    xml_known(r, root,
              "liveVirusConflicts vaccineGroups vaccineGroupToAntigenMap cvxToAntigenMap "
              "observations");
    for (ptrdiff_t i = 0; i < countof(parts) && !r->failed; i++) {
        Node *list = xml_child(r, root, parts[i].name);
        if (list) parts[i].read(r, list);
    }
    if (!r->failed) merges_products(r);
}
