// SPDX-License-Identifier: Apache-2.0
#include "changes_list.h"

#include <assert.h>
#include <stdlib.h>

#include "city_slices.h"
#include "dates.h"
#include "day_picture.h"
#include "masked.h"
#include "series_wanted.h"
#include "standing_roll.h"

static const char *const cause_texts[CHANGE_CAUSES] = {
    [CHANGE_TIME] = "TIME", [CHANGE_DOSE] = "DOSE", [CHANGE_PERSON] = "PERSON",
    [CHANGE_RULE] = "RULE", [CHANGE_FACT] = "FACT",
};

const char *change_cause_text(ChangeCause cause)
{
    return cause_texts[cause];
}

typedef struct ChangesAsked {
    const Ledger *ledger;
    Day days[2];
    CityTable *tables[2];
    StandingState state;  // by which was decided who is asked
} ChangesAsked;

// One thread's part of the city. A city pass answers for one day only.
typedef struct ChangesPart {
    const Ledger *ledger;
    Day days[2];
    CityPass *passes[2];
    Knowledge knowledge;
    SliceMemory *memory;
    ChangeRows rows;
} ChangesPart;

// One person on both days.
typedef struct Pair {
    const CityPerson *person;
    DayPicture pictures[2];
    Assessment answers[2];  // the same groups on both days; group_count 0: not ours that day
    bool same_person, same_doses, same_facts;
    Assessment aged;    // the rows of the first day on the second day, where rows differ
    Assessment facted;  // ... with the facts of the second day
} Pair;

static Assessment answer(const ChangesPart *p, const DayPicture *picture, int day, Arena *arena)
{
    if (!picture->lives) return (Assessment){0};
    Case c = case_of(&p->ledger->judge, &picture->rows, picture->day, arena);
    return c.vague ? case_assess(&c, picture->day, arena)
                   : city_assess(p->passes[day], &c.subject, c.history, arena);
}

// Most people are the same on both days but for the days themselves: their doses are judged once.
static bool answer_both(const ChangesPart *p, Pair *pair, Arena *arena)
{
    const DayPicture *pictures = pair->pictures;
    bool same = pictures[0].lives && pictures[1].lives && pair->same_person && pair->same_doses &&
                pair->same_facts;
    if (!same) return false;
    Case c = case_of(&p->ledger->judge, &pictures[0].rows, p->days[0], arena);
    if (c.vague) return false;
    city_compare(p->passes, &c.subject, c.history, pair->answers, arena);
    return true;
}

static Assessment answer_with(const ChangesPart *p, const PersonRows *rows, Arena *arena)
{
    Case c = case_of(&p->ledger->judge, rows, p->days[1], arena);
    return case_assess(&c, p->days[1], arena);
}

// Of a day on which the person was ours.
static const Assessment *answers_on_a_day(const Pair *pair)
{
    return &pair->answers[pair->answers[0].group_count ? 0 : 1];
}

static int group_at(const Pair *pair, int nth)
{
    return answers_on_a_day(pair)->groups[nth].group;
}

typedef struct Place {
    Status status;
    int32_t position;
} Place;

static Place place_in(const Assessment *assessment, int nth)
{
    if (!assessment->group_count) return (Place){STATUS_NOT_TARGET, TEXT_NONE};
    const GroupAssessment *g = &assessment->groups[nth];
    return (Place){g->status, g->has_next ? g->next.position : TEXT_NONE};
}

static bool place_same(Place a, Place b)
{
    return a.status == b.status && a.position == b.position;
}

// ---- causes

static ChangeCause cause_of(const ChangesPart *p, const Pair *pair, int nth)
{
    Place to = place_in(&pair->answers[1], nth);
    if (!pair->pictures[0].lives || !pair->pictures[1].lives || !pair->same_person)
        return CHANGE_PERSON;
    bool untouched = pair->same_doses && pair->same_facts;
    if (untouched || place_same(place_in(&pair->aged, nth), to)) {
        DaySpan law = group_in_force(p->ledger->schedule, group_at(pair, nth));
        bool began = law.first != DAY_NONE && p->days[0] < law.first && law.first <= p->days[1];
        bool ended = law.last != DAY_NONE && p->days[0] <= law.last && law.last < p->days[1];
        return began || ended ? CHANGE_RULE : CHANGE_TIME;
    }
    if (pair->same_doses || (!pair->same_facts && place_same(place_in(&pair->facted, nth), to)))
        return CHANGE_FACT;
    return CHANGE_DOSE;
}

static Str day_detail(const char *words, Day day, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    if (day == DAY_NONE) return (Str){0};
    return str_format(arena, "%s %s", words, day_text(day, text));
}

static Str time_detail(const Pair *pair, int nth, Arena *arena)
{
    const GroupAssessment *from = &pair->answers[0].groups[nth];
    const GroupAssessment *to = &pair->answers[1].groups[nth];
    if (!to->has_next)  // time takes a dose away by its last day
        return from->has_next ? day_detail("last", from->next.last, arena) : (Str){0};
    if (to->status == STATUS_LATE) return day_detail("standard_to", to->next.standard_to, arena);
    return day_detail("earliest", to->next.earliest, arena);
}

static Str dose_detail(const ChangesPart *p, const Pair *pair, int nth, Arena *arena)
{
    int group = group_at(pair, nth);
    Text own = {0}, all = {0};
    VEC_EACH (const DoseRow, d, pair->person->doses) {
        bool first = dose_in(&pair->pictures[0], d->dose_id);
        if (first == dose_in(&pair->pictures[1], d->dose_id)) continue;
        text_addf(&all, arena, all.len ? " %d" : "%d", d->dose_id);
        if (p->ledger->judge.views[d->product_no].series >> group & 1)
            text_addf(&own, arena, own.len ? " %d" : "%d", d->dose_id);
    }
    return text_str(own.len ? &own : &all);
}

// 死亡 2026-10-10; of a day that the register does not know no day is made up.
static Str left_detail(const char *words, const ResidenceSpan *span, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    PartialDate day = residence_left_on(span);
    if (span->last == DAY_NONE) return (Str){0};
    if (!span->vague_days) return str_format(arena, "%s %s", words, partial_date_text(day, text));
    return str_format(arena, "%s %s %.*s", words, partial_date_text(day, text),
                      STR(date_partial_era_text(arena, day)));
}

static Str person_detail(const ChangesPart *p, const Pair *pair, Arena *arena)
{
    const DayPicture *from = &pair->pictures[0], *to = &pair->pictures[1];
    DaySpan born;
    if (from->lives && to->lives)
        return partial_date_equal(from->rows.birth, to->rows.birth) ? S("性別訂正")
                                                                    : S("生年月日訂正");
    if (to->lives) {
        bool newborn = partial_date_span(to->rows.birth, &born) && born.last > p->days[0];
        if (newborn) return day_detail("出生", born.first, arena);
        return from->known ? day_detail("転入", to->left.first, arena) : S("登録");
    }
    if (pair->person->withdrawn) return S("取消");
    switch (to->left.end) {
    case RESIDENCE_DEAD: return left_detail("死亡", &to->left, arena);
    case RESIDENCE_PLANNED:
    case RESIDENCE_MOVED_OUT: return left_detail("転出", &to->left, arena);
    case RESIDENCE_OPEN:
    case RESIDENCE_REMOVED: break;
    }
    return S("消除");
}

static Str fact_detail(const Pair *pair, Arena *arena)
{
    Text text = {0};
    for (int side = 0; side < 2; side++) {
        const PersonRows *rows = &pair->pictures[side].rows;
        for (ptrdiff_t i = 0; i < rows->fact_count; i++) {
            if (str_find(text_str(&text), rows->facts[i].kind) >= 0) continue;
            if (text.len) text_add_byte(&text, arena, ' ');
            text_add(&text, arena, rows->facts[i].kind);
        }
    }
    return text_str(&text);
}

static Str detail_of(const ChangesPart *p, const Pair *pair, ChangeCause cause, int nth,
                     Arena *arena)
{
    switch (cause) {
    case CHANGE_TIME: return time_detail(pair, nth, arena);
    case CHANGE_DOSE: return dose_detail(p, pair, nth, arena);
    case CHANGE_PERSON: return person_detail(p, pair, arena);
    case CHANGE_FACT: return fact_detail(pair, arena);
    case CHANGE_RULE: return schedule_version(p->ledger->schedule);
    case CHANGE_CAUSES: break;
    }
    return (Str){0};
}

// ---- one person

static ChangeRow row_of(const ChangesPart *p, const Pair *pair, int nth, Arena *scratch)
{
    Place from = place_in(&pair->answers[0], nth), to = place_in(&pair->answers[1], nth);
    ChangeCause cause = cause_of(p, pair, nth);
    return (ChangeRow){
        .who = pair->person->who,
        .name = masked(pair->person->is_protected, pair->person->name),
        .birth = pair->person->birth,
        .group = (int16_t)group_at(pair, nth),
        .cause = (int16_t)cause,
        .from_status = (int32_t)from.status,
        .to_status = (int32_t)to.status,
        .from_position = from.position,
        .to_position = to.position,
        .detail = detail_of(p, pair, cause, nth, scratch),
        .held = pair->person->held,
    };
}

// What the change would be by time alone, and by time and facts: asked only where rows differ.
static void answer_without(const ChangesPart *p, Pair *pair, Arena *arena)
{
    const DayPicture *from = &pair->pictures[0], *to = &pair->pictures[1];
    if (!from->lives || !to->lives || (pair->same_doses && pair->same_facts)) return;
    PersonRows rows = from->rows;
    pair->aged = answer_with(p, &rows, arena);
    rows.facts = to->rows.facts;
    rows.fact_count = to->rows.fact_count;
    pair->facted = answer_with(p, &rows, arena);
}

static void keep_row(ChangesPart *p, const ChangeRow *row)
{
    ChangeRow *kept = change_rows_push(&p->rows, &p->memory->list);
    *kept = *row;
    kept->name = str_copy(&p->memory->texts, row->name);
    kept->detail = str_copy(&p->memory->texts, row->detail);
}

static void compare(ChangesPart *p, Pair *pair, Arena *scratch)
{
    bool asked = false;
    for (int i = 0; i < answers_on_a_day(pair)->group_count; i++) {
        Place from = place_in(&pair->answers[0], i), to = place_in(&pair->answers[1], i);
        if (place_same(from, to)) continue;
        if (!asked) answer_without(p, pair, scratch);
        asked = true;
        ChangeRow row = row_of(p, pair, i, scratch);
        keep_row(p, &row);
    }
}

// ---- in the thread of a slice

static void judge_person(void *work, const CityPerson *person, Arena scratch)
{
    ChangesPart *p = work;
    Pair pair = {.person = person};
    for (int side = 0; side < 2; side++)
        pair.pictures[side] = day_picture(person, &p->knowledge, p->days[side], &scratch);
    if (!pair.pictures[0].lives && !pair.pictures[1].lives) return;
    pair.same_person = same_identity(&pair.pictures[0], &pair.pictures[1]);
    pair.same_doses = same_doses(&pair.pictures[0], &pair.pictures[1]);
    pair.same_facts = same_facts(&pair.pictures[0], &pair.pictures[1]);
    bool both = answer_both(p, &pair, &scratch);
    for (int side = 0; side < 2 && !both; side++)
        pair.answers[side] = answer(p, &pair.pictures[side], side, &scratch);
    compare(p, &pair, &scratch);
}

// A roll that began meanwhile may have kept other answers.
static bool state_stands(const ChangesAsked *asked, Store *store, Arena scratch, Error *err)
{
    StandingState now;
    if (!standing_state_read(store, &scratch, &now, err)) return false;
    return now.roll_no == asked->state.roll_no ||
           FAIL(err, E_BUSY,
                .words = S("ほかの処理が登録を続けています。終わってからもう一度実行してください。"));
}

static void *begin(const void *asked, SliceMemory *memory, Store *store, Error *err)
{
    const ChangesAsked *changes = asked;
    if (!state_stands(changes, store, memory->tables, err)) return NULL;
    ChangesPart *p = NEW(&memory->texts, ChangesPart, 1);
    *p = (ChangesPart){.ledger = changes->ledger, .memory = memory};
    if (!knowledge_read(store, changes->ledger->known, &memory->tables, &p->knowledge, err)) return NULL;
    for (int side = 0; side < 2; side++) {
        p->days[side] = changes->days[side];
        p->passes[side] = city_pass(changes->tables[side], &memory->tables);
    }
    return p;
}

static int row_order(const void *left, const void *right)
{
    const ChangeRow *a = left, *b = right;
    int by_number = addressee_order(&a->who, &b->who);
    if (by_number) return by_number;
    return a->group < b->group ? -1 : a->group > b->group;
}

static void sort_part(void *work)
{
    ChangesPart *p = work;
    if (p->rows.count) qsort(p->rows.at, (size_t)p->rows.count, sizeof *p->rows.at, row_order);
}

// ---- the whole list

// Who stood the same on every day from the first to the second, and was not written about since the first, has no
// line: the others are asked. `some`: they are known, and few enough to be looked up.
static bool moved_find(const Ledger *ledger, ChangesAsked *asked, CityMoved *moved, bool *some,
                       Error *err)
{
    int64_t people, count;
    Store *store = ledger->act->store;
    Arena *arena = ledger->act->arena;
    *some = false;
    if (!standing_state_read(store, arena, &asked->state, err)) return false;
    if (ledger->known.act ||
        !standing_speaks(&asked->state, ledger->schedule, asked->state.day, *arena))
        return true;
    if (!standing_moved(store, &asked->state, asked->days[0], asked->days[1], moved, &count, err) ||
        !city_count(store, &people, err))
        return false;
    *some = count <= people / 4;
    return true;
}

bool changes_list(const Ledger *ledger, Day from, Day to, ChangeRows *rows, Error *err)
{
    assert(from < to);
    ChangesAsked asked = {.ledger = ledger, .days = {from, to}};
    for (int side = 0; side < 2; side++)
        asked.tables[side] = city_table(ledger->schedule, asked.days[side],
                                        groups_all(ledger->schedule), ledger->act->arena);
    CityMoved moved;
    bool some;
    if (!moved_find(ledger, &asked, &moved, &some, err)) return false;
    const CitySlices slices = {
        "変動の抽出", CITY_EVER, &asked, begin, judge_person, sort_part, some ? &moved : NULL};
    SliceWorks works;
    if (!city_slices_run(ledger, &slices, &works, err)) return false;
    SortedParts parts = {.size = sizeof(ChangeRow), .count = works.count};
    for (int i = 0; i < works.count; i++) {
        const ChangeRows *part = &((const ChangesPart *)works.at[i])->rows;
        parts.at[i] = (SortedPart){(const char *)part->at, part->count};
    }
    rows->at = parts_merged(&parts, row_order, &rows->count);
    rows->capacity = rows->count;
    return true;
}
