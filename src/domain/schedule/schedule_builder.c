// SPDX-License-Identifier: Apache-2.0
#include "schedule_builder.h"

#include <assert.h>
#include <string.h>

#define X(Rows, Row, name)                                                                         \
    Range builder_add_##name(ScheduleBuilder *builder, const Row *rows, ptrdiff_t count)           \
    {                                                                                              \
        Range range = {(int32_t)builder->rules.name.count, (int32_t)count};                        \
        for (ptrdiff_t i = 0; i < count; i++) {                                                    \
            Rows *table = &builder->rules.name;                                                    \
            if (table->count == table->capacity) {                                                 \
                ptrdiff_t wanted = table->capacity ? table->capacity * 2 : 8;                      \
                table->at = (Row *)arena_grow(builder->arena, table->at, (ptrdiff_t)sizeof(Row),   \
                                              (ptrdiff_t) _Alignof(Row), table->capacity, wanted); \
                table->capacity = wanted;                                                          \
            }                                                                                      \
            table->at[table->count++] = rows[i];                                                   \
        }                                                                                          \
        return range;                                                                              \
    }
SCHEDULE_TABLES(X)
#undef X

int32_t builder_text(ScheduleBuilder *builder, Str text)
{
    assert(text.len >= 0);
    if (!text.len) return TEXT_NONE;
    bool made;
    Str key = str_copy(builder->arena, text);
    int64_t *place = map_place(&builder->texts, builder->arena, key, &made);
    if (!made) return (int32_t)*place;
    TextPlace at = {(int32_t)builder->bytes.len, (int32_t)text.len};
    text_add(&builder->bytes, builder->arena, text);
    text_add_byte(&builder->bytes, builder->arena, '\0');
    *place = builder_add_texts(builder, &at, 1).first;
    return (int32_t)*place;
}

static const char *const known_statuses[STATUS_DECLARED] = {
    [STATUS_NONE] = "",
    [STATUS_VALID] = "valid",
    [STATUS_INVALID] = "invalid",
    [STATUS_COUNTED] = "counted",
    [STATUS_NOT_TARGET] = "not_target",
    [STATUS_NOT_YET] = "not_yet",
    [STATUS_DUE] = "due",
    [STATUS_LATE] = "late",
    [STATUS_COMPLETE] = "complete",
    [STATUS_CLOSED] = "closed",
    [STATUS_REVIEW] = "review",
    [STATUS_IMMUNE] = "immune",
    [STATUS_CONTRAINDICATED] = "contraindicated",
};

// Index 0 of these tables means "none".
static void begin_tables(ScheduleBuilder *b)
{
    static const int32_t always[] = {COND_TRUE, 2};
    (void)builder_add_terms(b, &(Term){.slot = SLOT_NONE}, 1);
    (void)builder_add_conditions(b, always, countof(always));
    (void)builder_add_sets(b, &(ProductSet){0}, 1);
    (void)builder_add_windows(b, &(Window){.code_started = -1, .opened_by = FACT_NONE}, 1);
    (void)builder_add_notes(b, &(Note){0}, 1);
}

void builder_begin(ScheduleBuilder *builder, Arena *arena)
{
    *builder = (ScheduleBuilder){.arena = arena, .rules.law_as_of = DAY_NONE};
    text_add_byte(&builder->bytes, arena, '\0');
    (void)builder_add_texts(builder, &(TextPlace){0}, 1);
    for (int i = 0; i <= NUMBERS_MAX; i++) {
        int32_t text = builder_text(builder, str_format(arena, "%d", i));
        assert(text == TEXT_NUMBER_0 + i);
    }
    begin_tables(builder);
    for (int i = 0; i < STATUS_DECLARED; i++) {
        int32_t id = builder_text(builder, str_of(known_statuses[i]));
        (void)builder_add_statuses(builder, &(WordRule){.id = id, .label = id}, 1);
    }
}

int32_t builder_note(ScheduleBuilder *builder, Str place, Str law, Str words)
{
    Note note = {builder_text(builder, place), builder_text(builder, law),
                 builder_text(builder, words)};
    return builder_add_notes(builder, &note, 1).first;
}

// ---- What a term needs --------------------------------------------------------------------------

static int32_t anchor_needs(const Term *t)
{
    switch ((Anchor)t->anchor) {
    case ANCHOR_BIRTH: return NEEDS_BIRTH;
    case ANCHOR_ON: return NEEDS_ON;
    case ANCHOR_AS_OF: return NEEDS_AS_OF;
    case ANCHOR_FACT: return NEEDS_FACT;
    case ANCHOR_RECENT: return NEEDS_DOSES | NEEDS_HISTORY;
    case ANCHOR_PREVIOUS:
    case ANCHOR_DOSE:
    case ANCHOR_TARGET:
    case ANCHOR_PRIOR:
    case ANCHOR_LAST_ENTRY: return NEEDS_DOSES;
    case ANCHOR_BEGAN:
    case ANCHOR_ENDED: return NEEDS_SPAN;
    }
    return NEEDS_DOSES;
}

static int32_t term_needs(const Schedule *rules, int32_t term)
{
    return rules->terms.at[term].needs;
}

int32_t head_needs(const Schedule *rules, const RowHead *head)
{
    int32_t needs = condition_needs(rules, head->when);
    bool bounded = head->from != DAY_MIN || head->to != DAY_MAX;
    if (bounded || (head->uses & (USE_JUDGE | USE_FORECAST)) != (USE_JUDGE | USE_FORECAST))
        needs |= NEEDS_ON;
    if (head->uses & HEAD_FROM_TERM) needs |= term_needs(rules, head->from);
    if (head->uses & HEAD_TO_TERM) needs |= term_needs(rules, head->to);
    return needs;
}

static int32_t needs_of_term(const Schedule *rules, const Term *t)
{
    int32_t needs = 0;
    switch ((TermOp)t->op) {
    case TERM_NONE:
    case TERM_DAY: break;
    case TERM_ANCHOR: return anchor_needs(t);
    case TERM_SUM:
    case TERM_YEAR_START:
    case TERM_YEAR_END:
    case TERM_YEAR_NEXT: return term_needs(rules, t->first);
    case TERM_MAX:
    case TERM_MIN:
        for (int i = 0; i < t->count; i++)
            needs |= term_needs(rules, rules->term_parts.at[t->first + i]);
        break;
    case TERM_ROWS:
        for (int i = 0; i < t->count; i++) {
            const TermRow *row = &rules->term_rows.at[t->first + i];
            needs |= head_needs(rules, &row->head) | term_needs(rules, row->term);
        }
        break;
    }
    return needs;
}

int32_t condition_needs(const Schedule *rules, int32_t condition)
{
    const int32_t *code = &rules->conditions.at[condition], *o = code + 2;
    int32_t needs = 0;
    switch ((ConditionOp)code[0]) {
    case COND_TRUE:
    case COND_SEX: return 0;  // the same for one person always
    case COND_ALL:
    case COND_ANY:
    case COND_NOT:
        for (int32_t part = 2; part < code[1]; part += code[part + 1])
            needs |= condition_needs(rules, condition + part);
        return needs;
    case COND_FACT:
    case COND_FACT_VALUE: return NEEDS_FACT;
    case COND_BETWEEN:
        return term_needs(rules, o[0]) | term_needs(rules, o[1]) | term_needs(rules, o[2]);
    case COND_ATTAINS: return NEEDS_BIRTH | NEEDS_ON;
    case COND_GIVEN: return NEEDS_HISTORY;
    case COND_COUNT:
        return NEEDS_DOSES | (o[0] ? NEEDS_HISTORY : 0) | (o[5] & COUNT_WHOLE ? NEEDS_WHOLE : 0) |
               term_needs(rules, o[3]) | term_needs(rules, o[4]);
    case COND_PRODUCTS:
    case COND_LAST_PRODUCT:
    case COND_USED:
    case COND_STARTED_WITH:
    case COND_PLACED:
    case COND_ACCEPTED:
    case COND_LAPSED:
    case COND_OWED:
    case COND_COMPLETE: return NEEDS_DOSES;
    case COND_MET: return NEEDS_OPENINGS;
    case COND_OPENING:
    case COND_OPENED: return NEEDS_OPENINGS | term_needs(rules, o[0]);
    }
    return needs;
}

// ---- Tables without repeats ---------------------------------------------------------------------

int32_t builder_term(ScheduleBuilder *builder, Term term)
{
    term.needs = needs_of_term(&builder->rules, &term);
    bool bare = term.op == TERM_ANCHOR && !term.months && !term.half && !term.days;
    bool worth = term.op != TERM_NONE && term.op != TERM_DAY && !bare;
    term.slot = SLOT_NONE;
    if (bare && term.anchor == ANCHOR_ON) term.slot = SLOT_ON;
    if (bare && term.anchor == ANCHOR_AS_OF) term.slot = SLOT_AS_OF;
    if (worth && !(term.needs & ~(NEEDS_BIRTH | NEEDS_FACT))) term.slot = 0;
    for (int32_t i = 0; i < builder->rules.terms.count; i++) {
        Term known = builder->rules.terms.at[i];
        if (known.slot > 0) known.slot = 0;
        if (!memcmp(&known, &term, sizeof term)) return i;
    }
    if (!term.slot) term.slot = builder->rules.slot_count++;
    return builder_add_terms(builder, &term, 1).first;
}

int32_t builder_term_of(ScheduleBuilder *builder, TermOp op, const int32_t *parts, int count)
{
    Range range = builder_add_term_parts(builder, parts, count);
    return builder_term(builder,
                        (Term){.op = (int32_t)op, .first = range.first, .count = range.count});
}

int32_t builder_term_rows(ScheduleBuilder *builder, const TermRow *rows, int count)
{
    assert(count > 0);
    Range range = builder_add_term_rows(builder, rows, count);
    return builder_term(builder,
                        (Term){.op = TERM_ROWS, .first = range.first, .count = range.count});
}

int32_t builder_set(ScheduleBuilder *builder, const ProductSet *set)
{
    for (int32_t i = 0; i < builder->rules.sets.count; i++)
        if (!memcmp(&builder->rules.sets.at[i], set, sizeof *set)) return i;
    return builder_add_sets(builder, set, 1).first;
}

int32_t builder_condition(ScheduleBuilder *builder, const int32_t *code, int count)
{
    assert(count >= 2 && code[1] == count);
    return builder_add_conditions(builder, code, count).first;
}

// ---- What judging a group needs -----------------------------------------------------------------

static int32_t window_needs(const Schedule *rules, int32_t window)
{
    assert(window >= 0 && window < rules->windows.count);
    Range range = rules->windows.at[window].rows;
    int32_t needs = 0;
    for (int i = range.first; i < range.first + range.count; i++) {
        const WindowRow *row = &rules->window_rows.at[i];
        needs |= head_needs(rules, &row->head) | term_needs(rules, row->first) |
                 term_needs(rules, row->last);
    }
    range = rules->windows.at[window].openings;
    for (int i = range.first; i < range.first + range.count; i++)
        needs |= head_needs(rules, &rules->opening_rows.at[i].head) | NEEDS_OPENINGS;
    return needs;
}

static int32_t product_rows_needs(const Schedule *rules, Range range)
{
    int32_t needs = 0;
    for (int i = range.first; i < range.first + range.count; i++) {
        const ProductRow *row = &rules->product_rows.at[i];
        needs |= head_needs(rules, &row->head) | term_needs(rules, row->first) |
                 term_needs(rules, row->last);
    }
    return needs;
}

static int32_t gap_rows_needs(const Schedule *rules, Range range)
{
    int32_t needs = 0;
    for (int i = range.first; i < range.first + range.count; i++) {
        const GapRow *row = &rules->gap_rows.at[i];
        if (!(row->head.uses & USE_JUDGE)) continue;
        needs |= head_needs(rules, &row->head) | term_needs(rules, row->grace);
    }
    return needs;
}

static int32_t dose_needs(const Schedule *rules, int32_t index)
{
    assert(index >= 0 && index < rules->doses.count);
    const DoseRule *dose = &rules->doses.at[index];
    int32_t needs = term_needs(rules, dose->grace) | term_needs(rules, dose->last) |
                    gap_rows_needs(rules, dose->gaps) | gap_rows_needs(rules, dose->or_gaps) |
                    product_rows_needs(rules, dose->products);
    for (int i = 0; i < dose->skips.count; i++)
        needs |= head_needs(rules, &rules->plain_rows.at[dose->skips.first + i].head);
    for (int i = 0; i < dose->cases.count; i++) {
        const CaseRow *row = &rules->case_rows.at[dose->cases.first + i];
        if (!(row->head.uses & USE_JUDGE)) continue;
        needs |= head_needs(rules, &row->head) | dose_needs(rules, row->dose);
    }
    return needs;
}

static int32_t series_needs(const Schedule *rules, const SeriesRule *series)
{
    int32_t needs = condition_needs(rules, series->entry) | term_needs(rules, series->start_by) |
                    window_needs(rules, series->window) |
                    condition_needs(rules, series->complete_condition);
    for (int i = 0; i < series->doses.count; i++)
        needs |= dose_needs(rules, series->doses.first + i);
    if (series->further >= 0) needs |= dose_needs(rules, series->further);
    return needs;
}

static int32_t group_needs(const Schedule *rules, const GroupRule *group)
{
    int32_t needs =
        term_needs(rules, group->occasion_first) | term_needs(rules, group->occasion_last) |
        term_needs(rules, group->listed_from) | term_needs(rules, group->programme) |
        window_needs(rules, group->season) | condition_needs(rules, group->beside_when) |
        product_rows_needs(rules, group->product_rows) |
        product_rows_needs(rules, group->listed_ages);
    for (int i = 0; i < group->counted.count; i++)
        needs |= head_needs(rules, &rules->counted_rows.at[group->counted.first + i].head);
    for (int i = 0; i < group->mixes.count; i++)
        needs |= head_needs(rules, &rules->mix_rows.at[group->mixes.first + i].head);
    for (int i = 0; i < group->targets.count; i++)
        needs |= head_needs(rules, &rules->target_rows.at[group->targets.first + i].head);
    for (int i = 0; i < group->series.count; i++)
        needs |= series_needs(rules, &rules->series.at[group->series.first + i]);
    return needs;
}

// ---- Facts and products that a condition cannot do without -------------------------------------

// Adds to `words` the bits of which one must be set for a condition that joins no others; false when it
// may hold without any.
typedef bool WantsAlone(const Schedule *rules, const int32_t *code, uint64_t *words);

enum { WANTS_WORDS = FACTS_MAX / 64 };
static_assert(PRODUCTS_MAX <= FACTS_MAX, "a set of products fits where one of facts does");

static bool facts_alone(const Schedule *rules, const int32_t *code, uint64_t *words)
{
    (void)rules;
    if (code[0] != COND_FACT && code[0] != COND_FACT_VALUE) return false;
    words[code[2] >> 6] |= (uint64_t)1 << (code[2] & 63);
    return true;
}

static bool products_alone(const Schedule *rules, const int32_t *code, uint64_t *words)
{
    const int32_t *o = code + 2;
    bool given = code[0] == COND_GIVEN || (code[0] == COND_COUNT && o[0] && o[1] >= 1);
    const ProductSet *set = &rules->sets.at[given ? o[0] : 0];
    for (ptrdiff_t i = 0; i < countof(set->words); i++) words[i] |= set->words[i];
    return given;
}

// The same of any condition: one part of several that must hold is enough, of others all have to say so.
static bool condition_wants(const Schedule *rules, int32_t condition, WantsAlone *alone,
                            uint64_t *words)
{
    const int32_t *code = &rules->conditions.at[condition];
    uint64_t parts[WANTS_WORDS] = {0};
    bool all = true;
    switch (code[0]) {
    case COND_ALL:
        for (int32_t part = 2; part < code[1]; part += code[part + 1])
            if (condition_wants(rules, condition + part, alone, words)) return true;
        return false;
    case COND_ANY:
        for (int32_t part = 2; part < code[1]; part += code[part + 1])
            all = all && condition_wants(rules, condition + part, alone, parts);
        for (int i = 0; all && i < WANTS_WORDS; i++) words[i] |= parts[i];
        return all;
    default: return alone(rules, code, words);
    }
}

static bool condition_wants_facts(const Schedule *rules, int32_t condition, FactSet *set)
{
    return condition_wants(rules, condition, facts_alone, set->words);
}

static int32_t fact_set_kept(ScheduleBuilder *builder, bool wants, const FactSet *set)
{
    return wants ? builder_add_fact_sets(builder, set, 1).first : 0;
}

static void ends_wants(ScheduleBuilder *builder, GroupRule *group)
{
    Schedule *rules = &builder->rules;
    FactSet set = {0};
    int32_t needs = 0;
    bool some = false;
    for (int i = group->ends.first; i < group->ends.first + group->ends.count; i++) {
        EndRow *row = &rules->end_rows.at[i];
        row->wants = condition_wants_facts(rules, row->head.when, &set);
        some = some || row->wants;
        group->ends_always = group->ends_always || !row->wants;
        needs |= head_needs(rules, &row->head);
    }
    group->ends_want = fact_set_kept(builder, some, &set);
    group->ends_steady = !(needs & (NEEDS_DOSES | NEEDS_HISTORY | NEEDS_WHOLE));
}

static void barred_wants(ScheduleBuilder *builder, GroupRule *group)
{
    FactSet set = {0};
    bool all = true;
    for (int i = group->barred.first; i < group->barred.first + group->barred.count; i++)
        all = all && condition_wants_facts(&builder->rules,
                                           builder->rules.barred_rows.at[i].head.when, &set);
    group->barred_wants = fact_set_kept(builder, all, &set);
}

static void series_wants(ScheduleBuilder *builder, GroupRule *group)
{
    FactSet set = {0};
    bool all = true;
    for (int i = group->series.first; i < group->series.first + group->series.count; i++)
        all =
            all && condition_wants_facts(&builder->rules, builder->rules.series.at[i].entry, &set);
    group->series_want = fact_set_kept(builder, all, &set);
}

static void facts_index(ScheduleBuilder *builder)
{
    assert(builder->rules.facts.count <= FACTS_MAX);
    (void)builder_add_fact_sets(builder, &(FactSet){0}, 1);
    VEC_EACH (SeriesRule, series, builder->rules.series) {
        FactSet set = {0};
        bool wants = condition_wants_facts(&builder->rules, series->entry, &set);
        series->wants = fact_set_kept(builder, wants, &set);
    }
    VEC_EACH (GroupRule, group, builder->rules.groups) {
        ends_wants(builder, group);
        barred_wants(builder, group);
        series_wants(builder, group);
    }
}

static void skips_index(ScheduleBuilder *builder)
{
    VEC_EACH (PlainRow, row, builder->rules.plain_rows) {
        uint64_t words[WANTS_WORDS] = {0};
        ProductSet set;
        if (!condition_wants(&builder->rules, row->head.when, products_alone, words)) continue;
        memcpy(set.words, words, sizeof set.words);
        row->wants = builder_set(builder, &set);
    }
}

static void targets_index(ScheduleBuilder *builder)
{
    VEC_EACH (TargetRow, row, builder->rules.target_rows)
        row->by_doses = (head_needs(&builder->rules, &row->head) &
                         (NEEDS_DOSES | NEEDS_HISTORY | NEEDS_WHOLE)) != 0;
}

// ---- Finishing ----------------------------------------------------------------------------------

static void conflicts_index(Schedule *rules)
{
    for (int c = 0; c < rules->conflicts.count; c++) {
        const ConflictRow *row = &rules->conflicts.at[c];
        const ProductSet *earlier = &rules->sets.at[row->earlier];
        bool judge = row->head.uses & USE_JUDGE, ahead = row->head.uses & USE_FORECAST;
        int32_t days = row->days > row->grace_days ? row->days : row->grace_days;
        if (judge && days > rules->conflict_days_judge) rules->conflict_days_judge = days;
        if (ahead && days > rules->conflict_days_forecast) rules->conflict_days_forecast = days;
        for (ptrdiff_t w = 0; ahead && w < countof(earlier->words); w++)
            rules->conflict_earlier.words[w] |= earlier->words[w];
        for (int p = 0; p < rules->products.count; p++) {
            if (!set_has(&rules->sets.at[row->later], p)) continue;
            for (ptrdiff_t w = 0; w < countof(earlier->words); w++) {
                if (judge) rules->conflict_judge[p].words[w] |= earlier->words[w];
                if (ahead) rules->conflict_forecast[p].words[w] |= earlier->words[w];
            }
        }
    }
}

static void groups_index(Schedule *rules)
{
    assert(rules->groups.count <= GROUPS_MAX);
    for (int g = 0; g < rules->groups.count; g++) {
        GroupRule *group = &rules->groups.at[g];
        group->needs = group_needs(rules, group);
        for (int p = 0; p < rules->products.count; p++)
            if (set_has(&rules->sets.at[group->products], p))
                rules->product_groups[p] |= (uint64_t)1 << g;
    }
}

// ---- Days on which a row comes or goes

#define ROWS_WITH_HEADS(X) \
    X(term_rows)           \
    X(window_rows)         \
    X(opening_rows)        \
    X(product_rows)        \
    X(gap_rows)            \
    X(plain_rows)          \
    X(case_rows)           \
    X(offer_rows) X(end_rows) X(target_rows) X(barred_rows) X(counted_rows) X(mix_rows) X(conflicts)

VEC(LawDays, Day, law_days);

static void law_day_add(LawDays *days, Day day, Arena *arena)
{
    ptrdiff_t at = days->count;
    for (; at && days->at[at - 1] > day; at--) continue;
    if (at && days->at[at - 1] == day) return;
    (void)law_days_push(days, arena);
    memmove(&days->at[at + 1], &days->at[at], (size_t)(days->count - 1 - at) * sizeof *days->at);
    days->at[at] = day;
}

static void law_days_of_head(LawDays *days, const RowHead *head, Arena *arena)
{
    bool from = !(head->uses & HEAD_FROM_TERM) && head->from > DAY_MIN;
    bool to = !(head->uses & HEAD_TO_TERM) && head->to != DAY_NONE && head->to < DAY_MAX;
    if (from) law_day_add(days, head->from, arena);
    if (to) law_day_add(days, head->to + 1, arena);
}

static void law_days_index(Schedule *rules, Arena *arena)
{
    LawDays days = {0};
#define X(name)                                       \
    for (ptrdiff_t i = 0; i < rules->name.count; i++) \
        law_days_of_head(&days, &rules->name.at[i].head, arena);
    ROWS_WITH_HEADS(X)
#undef X
    rules->law_days = days.at;
    rules->law_day_count = (int32_t)days.count;
}

// FNV-1a of 128 bits: not against an enemy, but two rule sets of one city never share it by chance.
static unsigned __int128 hash_bytes(unsigned __int128 hash, const void *bytes, size_t count)
{
    const unsigned __int128 prime = ((unsigned __int128)1 << 88) + 0x13B;
    for (size_t i = 0; i < count; i++) hash = (hash ^ ((const unsigned char *)bytes)[i]) * prime;
    return hash;
}

static void version_write(Schedule *rules)
{
    unsigned __int128 hash = (unsigned __int128)0x6C62272E07BB0142u << 64 | 0x62B821756295C58Du;
#define X(Rows, Row, name) \
    hash = hash_bytes(hash, rules->name.at, (size_t)rules->name.count * sizeof(Row));
    SCHEDULE_TABLES(X)
#undef X
    hash = hash_bytes(hash, rules->text_bytes, (size_t)rules->text_byte_count);
    for (int i = 0; i < 32; i++)
        rules->version[i] = "0123456789abcdef"[(int)(hash >> (124 - 4 * i)) & 15];
    rules->version[32] = '\0';
}

const Schedule *builder_finish(ScheduleBuilder *builder)
{
    assert(builder->rules.sets.count > 0 && builder->rules.terms.count > 0);
    Schedule *rules = NEW(builder->arena, Schedule, 1);
    facts_index(builder);
    skips_index(builder);
    targets_index(builder);
    *rules = builder->rules;
    // One run of memory in the order of use: the tables of a country fit the second-level cache.
#define X(Rows, Row, name)                                                                       \
    rules->name.at = NEW(builder->arena, Row, rules->name.count);                                \
    if (rules->name.count)                                                                       \
        memcpy(rules->name.at, builder->rules.name.at, (size_t)rules->name.count * sizeof(Row)); \
    rules->name.capacity = rules->name.count;
    SCHEDULE_TABLES(X)
#undef X
    rules->text_bytes = str_copy(builder->arena, text_str(&builder->bytes)).at;
    rules->text_byte_count = (int32_t)builder->bytes.len;
    conflicts_index(rules);
    groups_index(rules);
    law_days_index(rules, builder->arena);
    version_write(rules);
    return rules;
}
