// A set of files, whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "cdsi_reader.h"
#include "folder_texts.h"

#include <assert.h>
#include <libxml/parser.h>

enum { FILE_BYTES_MAX = 16 << 20 };

// ---- What is the same for every antigen ---------------------------------------------------------

typedef struct ReasonRow {
    const char *text;
    Effect effect;
} ReasonRow;

// clang-format off
static const ReasonRow reason_rows[REASON_COUNT] = {  // CDC's words; status, no place, no previous, blocks
    [REASON_AGE_YOUNG]   = {"Age: Too Young",                        {STATUS_INVALID,     0, 0, 0}},
    [REASON_AGE_OLD]     = {"Age: Too Old",                          {STATUS_EXTRANEOUS,  0, 0, 0}},
    [REASON_INTERVAL]    = {"Interval: Too Soon",                    {STATUS_INVALID,     0, 0, 0}},
    [REASON_CONFLICT]    = {"Live Virus Conflict",                   {STATUS_INVALID,     0, 0, 0}},
    [REASON_VACCINE]     = {"Not a Preferable or Allowable Vaccine", {STATUS_INVALID,     0, 0, 0}},
    [REASON_INADVERTENT] = {"Inadvertent Vaccine",                   {STATUS_INVALID,     0, 1, 1}},
    [REASON_EXCESS]      = {"Series Already Complete",               {STATUS_EXTRANEOUS,  0, 0, 0}},
    [REASON_CONDITION]   = {"Dose Condition",                        {STATUS_SUBSTANDARD, 0, 0, 0}},
};

// The order of CDSi 6. The first two end the questions; the others are all asked.
static const CheckStep check_rows[] = {
    {.check = CHECK_condition,   .stops = true},  // 6.1
    {.check = CHECK_inadvertent, .stops = true},  // 6.3
    {.check = CHECK_dose},                        // 6.4
    {.check = CHECK_gap},                         // 6.5, 6.6
    {.check = CHECK_conflict},                    // 6.7
    {.check = CHECK_product},                     // 6.8, 6.9
};
// clang-format on

static void statuses_declare(CdsiReader *r)
{
    static const char *const words[] = {"extraneous", "substandard"};
    for (ptrdiff_t i = 0; i < countof(words); i++) {
        int32_t id = builder_text(&r->builder, str_of(words[i]));
        (void)builder_add_statuses(&r->builder, &(WordRule){.id = id, .label = id}, 1);
    }
}

static int32_t reasons_declare(CdsiReader *r)
{
    Effect effects[REASON_COUNT];
    for (int i = 0; i < REASON_COUNT; i++) {
        int32_t id = builder_text(&r->builder, str_of(reason_rows[i].text));
        (void)builder_add_reasons(&r->builder, &(WordRule){.id = id, .label = id}, 1);
        effects[i] = reason_rows[i].effect;
    }
    return builder_add_effects(&r->builder, effects, REASON_COUNT).first;
}

// CDSi's way with every antigen, in the words of the rule language.
static GroupRule group_defaults(CdsiReader *r)
{
    static const int32_t decide[] = {DECIDE_ends, DECIDE_full};
    static const int32_t order[] = {STATUS_SUBSTANDARD, STATUS_EXTRANEOUS, STATUS_INVALID};
    statuses_declare(r);
    return (GroupRule){
        .from = DAY_MIN,
        .to = DAY_MAX,
        .scored = true,
        .effects = reasons_declare(r),
        .checks = builder_add_check_steps(&r->builder, check_rows, countof(check_rows)),
        .asked_again = true,
        .excess_position = EXCESS_NOWHERE,
        .excess_status = STATUS_EXTRANEOUS,
        .previous_statuses = 1 << STATUS_VALID | 1 << STATUS_INVALID,
        .decide = builder_add_numbers(&r->builder, decide, countof(decide)),
        .full_not_finished = STATUS_NOT_TARGET,
        .not_before_entries = BEFORE_JUDGED | BEFORE_BLOCKING,
        .stays_undated = true,
        .conflict_floor_any = true,
        .status_order = builder_add_numbers(&r->builder, order, countof(order)),
    };
}

// ---- Texts --------------------------------------------------------------------------------------

static bool is_schedule(const xmlDoc *doc)
{
    Node *root = xmlDocGetRootElement(doc);
    return root && xml_named(root, "scheduleSupportingData");
}

static xmlDoc *text_parsed(CdsiReader *r, const EmbeddedFile *text)
{
    xmlParserCtxt *context = xmlNewParserCtxt();
    if (!context || text->text.len > FILE_BYTES_MAX) {
        xml_fault(r, NULL, "ファイルが大きすぎます。");
        xmlFreeParserCtxt(context);
        return NULL;
    }
    xmlDoc *doc = xmlCtxtReadMemory(context, text->text.at ? text->text.at : "",
                                    (int)text->text.len, text->name, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlError *last = xmlCtxtGetLastError(context);
    if (!doc) {
        xml_fault(r, NULL, "XMLとして読めません。タグの閉じ方を確かめてください。");
        if (last) r->err->row = last->line;
    }
    xmlFreeParserCtxt(context);
    // A document type would let a text grow beyond what stands in the file.
    if (doc && doc->intSubset) xml_fault(r, NULL, "文書型宣言のあるXMLは受け付けません。");
    return doc;
}

static void doc_read(CdsiReader *r, const xmlDoc *doc)
{
    assert(!r->failed);
    Node *root = xmlDocGetRootElement(doc);
    if (root && xml_named(root, "antigenSupportingData"))
        antigen_file_read(r, root);
    else
        xml_fault(r, root, "支援データのファイルではありません。");
}

static void country_fact_make(CdsiReader *r)
{
    *numbers32_push(&r->country_texts, r->arena) =
        builder_text(&r->builder, S(CDSI_COUNTRY_ANOTHER));
    r->facts.at[0].values =
        builder_add_numbers(&r->builder, r->country_texts.at, r->country_texts.count);
}

static void groups_finish(CdsiReader *r)
{
    r->file = S("-");
    VEC_EACH (MergeRule, merge, r->builder.rules.merges)
        for (int i = 0; i < merge->groups.count; i++)
            if (!r->groups[r->builder.rules.numbers.at[merge->groups.first + i]].id)
                xml_fault(r, NULL, "ワクチン群「%s」の抗原のファイルが足りません。",
                          r->builder.bytes.at + r->builder.rules.texts.at[merge->id].at);
    if (r->facts.count > FACTS_MAX) xml_fault(r, NULL, "観察が多すぎます (%dまで)。", FACTS_MAX);
    if (r->failed) return;
    country_fact_make(r);
    (void)builder_add_facts(&r->builder, r->facts.at, r->facts.count);
    (void)builder_add_groups(&r->builder, r->groups, r->group_count);
}

static void docs_read(CdsiReader *r, xmlDoc *const *docs, const EmbeddedFile *texts, int count)
{
    assert(count >= 0);
    for (int i = 0; i < count && !r->failed; i++) {
        r->file = str_of(texts[i].name);
        if (is_schedule(docs[i])) schedule_file_read(r, xmlDocGetRootElement(docs[i]));
    }
    r->file = S("-");
    if (!r->has_schedule) xml_fault(r, NULL, "ScheduleSupportingData のファイルがありません。");
    for (int i = 0; i < count && !r->failed; i++) {
        r->file = str_of(texts[i].name);
        if (!is_schedule(docs[i])) doc_read(r, docs[i]);
    }
    if (!r->failed) groups_finish(r);
}

static void reader_begin(CdsiReader *r, Arena *arena, Error *err)
{
    *r = (CdsiReader){.arena = arena, .err = err, .groups = NEW(arena, GroupRule, GROUPS_MAX)};
    builder_begin(&r->builder, arena);
    *fact_rules_push(&r->facts, arena) =
        (FactRule){.id = builder_text(&r->builder, S(CDSI_COUNTRY)),
                   .kind = FACT_LIST,
                   .replaced_by = FACT_NONE};
    r->facts.at[0].name = r->facts.at[0].id;
    GroupRule same = group_defaults(r);
    for (int i = 0; i < GROUPS_MAX; i++) r->groups[i] = same;
}

bool cdsi_load_texts(const EmbeddedFile *texts, int count, Arena *arena, const Schedule **schedule,
                     Error *err)
{
    assert(count >= 0);
    assert(arena);
    CdsiReader *r = NEW(arena, CdsiReader, 1);
    xmlDoc **docs = NEW(arena, xmlDoc *, count);
    reader_begin(r, arena, err);
    for (int i = 0; i < count && !r->failed; i++) {
        r->file = str_of(texts[i].name);
        docs[i] = text_parsed(r, &texts[i]);
    }
    if (!r->failed) docs_read(r, docs, texts, count);
    for (int i = 0; i < count; i++) xmlFreeDoc(docs[i]);
    if (r->failed) return false;
    *schedule = builder_finish(&r->builder);
    return true;
}

// ---- A folder -----------------------------------------------------------------------------------

bool cdsi_load(const char *folder, Arena *arena, const Schedule **schedule, Error *err)
{
    assert(folder && *folder);
    FolderTexts texts;
    return folder_texts(folder, S(".xml"), arena, &texts, err) &&
           cdsi_load_texts(texts.at, texts.count, arena, schedule, err);
}
