// sesshu schedule diff OLD NEW --data DIR [--as-of D] [--out FILE.csv]
//
// Standard output: how many residents per series and change. FILE: the residents. Standard error: what
// a reader should know besides.
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "rehearsal.h"

#include <stdio.h>
#include <stdlib.h>

#include "list_print.h"
#include "say.h"

// ---- the residents

static const char *const person_names[] = {
    "宛名番号",         "氏名",
    "生年月日",         "series",
    "change",           "from_status",
    "to_status",        "from_position",
    "to_position",      "from_earliest",
    "to_earliest",      "from_standard_from",
    "to_standard_from", "from_standard_to",
    "to_standard_to",   "from_last",
    "to_last",          "doses",
};

static ListLine person_line(const void *list, int64_t nth, Arena *scratch)
{
    const Rehearsal *r = list;
    const RehearsalRow *row = &r->rows.at[nth];
    const RehearsalSide *from = &row->side[0], *to = &row->side[1];
    char birth[DAY_TEXT_SIZE];
    return (ListLine){{
        addressee_text(&row->who),
        row->name,
        str_copy(scratch, str_of(partial_date_text(row->birth, birth))),
        r->pairs.at[row->pair].id,
        str_of(rehearsal_change_text((RehearsalChange)row->change)),
        from->status,
        to->status,
        from->position,
        to->position,
        list_day(from->earliest, scratch),
        list_day(to->earliest, scratch),
        list_day(from->standard_from, scratch),
        list_day(to->standard_from, scratch),
        list_day(from->standard_to, scratch),
        list_day(to->standard_to, scratch),
        list_day(from->last, scratch),
        list_day(to->last, scratch),
        row->doses,
    }};
}

// ---- the counts

typedef struct ChangeCount {
    int pair, change;
    Str from, to;
    int64_t persons;
} ChangeCount;
VEC(ChangeCounts, ChangeCount, change_counts);

typedef struct CountList {
    const Rehearsal *rehearsal;
    ChangeCounts counts;
} CountList;

static ChangeCount *count_of(ChangeCounts *counts, const RehearsalRow *row, Arena *arena)
{
    VEC_EACH (ChangeCount, c, *counts)
        if (c->pair == row->pair && c->change == row->change &&
            str_equal(c->from, row->side[0].status) && str_equal(c->to, row->side[1].status))
            return c;
    ChangeCount *made = change_counts_push(counts, arena);
    *made = (ChangeCount){row->pair, row->change, row->side[0].status, row->side[1].status, 0};
    return made;
}

static int count_order(const void *left, const void *right)
{
    const ChangeCount *a = left, *b = right;
    if (a->pair != b->pair) return a->pair < b->pair ? -1 : 1;
    if (a->change != b->change) return a->change < b->change ? -1 : 1;
    int by_from = str_order(a->from, b->from);
    return by_from ? by_from : str_order(a->to, b->to);
}

static const char *const count_names[] = {"series",      "name",      "change",
                                          "from_status", "to_status", "persons"};

static ListLine count_line(const void *list, int64_t nth, Arena *scratch)
{
    const CountList *counts = list;
    const ChangeCount *c = &counts->counts.at[nth];
    const SeriesPair *pair = &counts->rehearsal->pairs.at[c->pair];
    return (ListLine){{
        pair->id,
        pair->name,
        str_of(rehearsal_change_text((RehearsalChange)c->change)),
        c->from,
        c->to,
        str_format(scratch, "%lld", (long long)c->persons),
    }};
}

// ---- what a reader should know

static void tell_unknown(const Rehearsal *r, const RuleSet *set, int side, const char *which)
{
    for (int n = 0; n < set->products.count; n++)
        if (r->unknown[side][n])
            say(stderr, "%sにない製品のため判定しなかった接種: %.*s %lld件\n", which,
                STR(set->products.code_of[n]), (long long)r->unknown[side][n]);
}

static void tell(const Rehearsal *r, const RuleSet *const sets[2], Day as_of, Arena scratch)
{
    static const char *const which[] = {"旧の規則", "新の規則"};
    char day[DAY_TEXT_SIZE];
    (void)fprintf(stderr, "規則の比較 (%s 現在)\n", day_text(as_of, day));
    for (int side = 0; side < 2; side++)
        say(stderr, "  %s %.*s %s\n", which[side], STR(sets[side]->name),
            str_z(&scratch, schedule_version(sets[side]->schedule)));
    (void)fprintf(stderr, "  判定した住民 %lld人、答えが変わる住民 %lld人、変わる系列 %lld件\n",
                  (long long)r->judged, (long long)r->changed, (long long)r->rows.count);
    VEC_EACH (const SeriesPair, pair, r->pairs)
        for (int side = 0; side < 2; side++)
            if (pair->group[side] == GROUP_NONE)
                say(stderr, "  %.*s %.*s は%sにありません\n", STR(pair->id), STR(pair->name),
                    which[side]);
    for (int side = 0; side < 2; side++) tell_unknown(r, sets[side], side, which[side]);
}

// ---- the command

// Whoever compares has looked at everybody, asked for the list or not.
static bool persons_leave(Act *act, const ListPrint *persons, const CommandLine *line, Arena *arena, Error *err)
{
    Str out = option_text(line, "out");
    OutputFormat format = line->format == FORMAT_EXCEL ? FORMAT_EXCEL : FORMAT_CSV;
    if (out.len) return list_print(act, persons, format, out, arena, err);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = persons->lines;
    return act_record_now(act, &leaf, err);
}

static bool compare(Ledger *ledger, const CommandLine *line, Arena *arena, Error *err)
{
    RuleSet both[2];
    const RuleSet *const sets[2] = {&both[0], &both[1]};
    Rehearsal rehearsal;
    for (int side = 0; side < 2; side++)
        if (!rule_set_open(ledger, line->arguments.at[side], arena, &both[side], err)) return false;
    if (!rehearsal_run(ledger, sets, line->as_of, arena, &rehearsal, err)) return false;

    CountList counts = {.rehearsal = &rehearsal};
    VEC_EACH (const RehearsalRow, row, rehearsal.rows)
        count_of(&counts.counts, row, arena)->persons++;
    if (counts.counts.count)
        qsort(counts.counts.at, (size_t)counts.counts.count, sizeof *counts.counts.at, count_order);
    ListPrint persons = {person_names, (int)countof(person_names), rehearsal.rows.count,
                         person_line, &rehearsal, both[1].schedule};
    ListPrint table = {count_names, (int)countof(count_names), counts.counts.count, count_line,
                       &counts, both[1].schedule};
    tell(&rehearsal, sets, line->as_of, *arena);
    return persons_leave(ledger->act, &persons, line, arena, err) &&
           list_print(ledger->act, &table, line->format, (Str){0}, arena, err);
}

static bool rehearse_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                             Error *err)
{
    Ledger ledger;
    (void)status;
    return copy_asked_of_city(act, *arena, err) && ledger_open(act, arena, &ledger, err) &&
           compare(&ledger, line, arena, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "変わる人の一覧を書くファイル", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_rehearse = COMMAND(
    "rehearse", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED, rehearse_command,
    .arguments = "古い規則 新しい規則", .least = 2, .most = 2,
    .work = "規則の予行", .words = "二つの規則 (フォルダー、built-in か office) で全住民を判定し、変わることを数えます (sesshu schedule diff と同じ)",
    .options = options);
