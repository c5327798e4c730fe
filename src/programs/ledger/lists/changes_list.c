// SPDX-License-Identifier: Apache-2.0
#include "changes_list.h"

#include <assert.h>
#include <stdlib.h>

#include "city_slices.h"
#include "counter_rows.h"
#include "dates.h"
#include "day_picture.h"
#include "masked.h"
#include "series_wanted.h"
#include "standing_roll.h"

enum { TRIES_MOST = 3 };

static const char *const cause_texts[CHANGE_CAUSES] = {
    [CHANGE_TIME] = "TIME", [CHANGE_DOSE] = "DOSE", [CHANGE_PERSON] = "PERSON",
    [CHANGE_RULE] = "RULE", [CHANGE_FACT] = "FACT",
};

const char *change_cause_text(ChangeCause cause)
{
    assert((size_t)cause < countof(cause_texts));
    return cause_texts[cause];
}

ChangeWay change_way(const ChangeRow *row)
{
    Status from = (Status)row->from_status, to = (Status)row->to_status;
    if (status_asks(to) && !status_asks(from)) return CHANGE_CAME;
    if (to == STATUS_LATE && from == STATUS_DUE) return CHANGE_LATE;
    if (to == STATUS_COMPLETE) return CHANGE_DONE;
    return status_asks(from) && !status_asks(to) ? CHANGE_LEFT : CHANGE_OTHER;
}

typedef struct ChangesAsked {
    const Ledger *ledger;     // by its series and words the list speaks
    const Ledger *judges[2];  // by whose rules each day was answered; most often the same
    const int32_t *was;       // by series: what the rules of the first day call it; GROUP_NONE: they do not know it
    Day days[2];
    CityTable *tables[2];
    StandingState state;  // by which was decided who is asked
} ChangesAsked;

// One thread's part of the city. A city pass answers for one day only.
typedef struct ChangesPart {
    const ChangesAsked *asked;
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
    Assessment unruled;  // the rows of the second day on it, by the rules of the first, where rules differ
} Pair;

static bool rules_differ(const ChangesPart *p)
{
    return p->asked->judges[0] != p->asked->judges[1];
}

// What the rules of the first day answered, in the series of those of the second.
static Assessment in_order_now(const ChangesPart *p, Assessment then, Arena *arena)
{
    assert(p->asked->was);
    int count = group_count(p->ledger->schedule);
    GroupAssessment *groups = NEW(arena, GroupAssessment, count);
    for (int g = 0; g < count; g++) {
        int32_t was = p->asked->was[g];
        groups[g] = (GroupAssessment){.status = STATUS_NOT_TARGET, .series = SERIES_NONE};
        if (was != GROUP_NONE) groups[g] = then.groups[was];
        groups[g].group = g;
    }
    return (Assessment){.as_of = then.as_of, .group_count = count, .groups = groups};
}

static Assessment answer(const ChangesPart *p, const DayPicture *picture, int day, Arena *arena)
{
    if (!picture->lives) return (Assessment){0};
    Case c = case_of(&p->asked->judges[day]->judge, &picture->rows, picture->day, arena);
    Assessment answered = c.vague ? case_assess(&c, picture->day, arena)
                                  : city_assess(p->passes[day], &c.subject, c.history, arena);
    return day == 0 && rules_differ(p) ? in_order_now(p, answered, arena) : answered;
}

// Most people are the same on both days but for the days themselves: their doses are judged once.
static bool answer_both(const ChangesPart *p, Pair *pair, Arena *arena)
{
    const DayPicture *pictures = pair->pictures;
    bool same = pictures[0].lives && pictures[1].lives && pair->same_person && pair->same_doses &&
                pair->same_facts && !rules_differ(p);
    if (!same) return false;
    Case c = case_of(&p->ledger->judge, &pictures[0].rows, p->days[0], arena);
    if (c.vague) return false;
    city_compare(p->passes, &c.subject, c.history, pair->answers, arena);
    return true;
}

static Assessment answer_with(const ChangesPart *p, int rules, const PersonRows *rows,
                              Arena *arena)
{
    Case c = case_of(&p->asked->judges[rules]->judge, rows, p->days[1], arena);
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
    Str position;  // {0}: none
} Place;

static Place place_by(const ChangesPart *p, int rules, const Assessment *assessment, int nth)
{
    assert(!assessment->group_count || nth < assessment->group_count);
    Place place = {.status = STATUS_NOT_TARGET};
    if (!assessment->group_count) return place;
    const GroupAssessment *g = &assessment->groups[nth];
    place.status = g->status;
    if (g->has_next)
        place.position = schedule_text(p->asked->judges[rules]->schedule, g->next.position);
    return place;
}

static Place place_on(const ChangesPart *p, const Pair *pair, int side, int nth)
{
    return place_by(p, side, &pair->answers[side], nth);
}

static bool place_same(Place a, Place b)
{
    return a.status == b.status && str_equal(a.position, b.position);
}

// ---- causes

static ChangeCause cause_of(const ChangesPart *p, const Pair *pair, int nth)
{
    Place to = place_on(p, pair, 1, nth);
    if (!pair->pictures[0].lives || !pair->pictures[1].lives || !pair->same_person)
        return CHANGE_PERSON;
    if (rules_differ(p) && !place_same(place_by(p, 0, &pair->unruled, nth), to)) return CHANGE_RULE;
    bool untouched = pair->same_doses && pair->same_facts;
    if (untouched || place_same(place_by(p, 1, &pair->aged, nth), to)) {
        DaySpan law = group_in_force(p->ledger->schedule, group_at(pair, nth));
        bool began = law.first != DAY_NONE && p->days[0] < law.first && law.first <= p->days[1];
        bool ended = law.last != DAY_NONE && p->days[0] <= law.last && law.last < p->days[1];
        return began || ended ? CHANGE_RULE : CHANGE_TIME;
    }
    if (pair->same_doses || (!pair->same_facts && place_same(place_by(p, 1, &pair->facted, nth), to)))
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
    Place from = place_on(p, pair, 0, nth), to = place_on(p, pair, 1, nth);
    ChangeCause cause = cause_of(p, pair, nth);
    return (ChangeRow){
        .person_id = pair->person->person_id,
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

// What the change would be by time alone, by time and facts, and without another law: asked only where they differ.
static void answer_without(const ChangesPart *p, Pair *pair, Arena *arena)
{
    const DayPicture *from = &pair->pictures[0], *to = &pair->pictures[1];
    if (!from->lives || !to->lives) return;
    if (rules_differ(p))
        pair->unruled = in_order_now(p, answer_with(p, 0, &to->rows, arena), arena);
    if (pair->same_doses && pair->same_facts) return;
    PersonRows rows = from->rows;
    pair->aged = answer_with(p, 1, &rows, arena);
    rows.facts = to->rows.facts;
    rows.fact_count = to->rows.fact_count;
    pair->facted = answer_with(p, 1, &rows, arena);
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
        if (place_same(place_on(p, pair, 0, i), place_on(p, pair, 1, i))) continue;
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
    *p = (ChangesPart){.asked = changes, .ledger = changes->ledger, .memory = memory};
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

// What is kept says who stood the same: it speaks, and of one law.
static bool kept_tells(const ChangesAsked *asked)
{
    const Ledger *ledger = asked->ledger;
    return !ledger->known.act && asked->judges[0] == asked->judges[1] &&
           standing_speaks(&asked->state, ledger->schedule, asked->state.day, *ledger->act->arena);
}

// Who stood the same on every day from the first to the second, and was not written about since the first, has no
// line: the others are asked. `some`: they are known, and few enough to be looked up.
static bool moved_find(const Ledger *ledger, ChangesAsked *asked, CityMoved *moved, bool *some,
                       Error *err)
{
    int64_t people, count;
    Store *store = ledger->act->store;
    *some = false;
    if (!standing_state_read(store, ledger->act->arena, &asked->state, err)) return false;
    if (!kept_tells(asked)) return true;
    if (!standing_moved(store, &asked->state, asked->days[0], asked->days[1], moved, &count, err) ||
        !city_count(store, &people, err))
        return false;
    *some = count <= people / 4;
    return true;
}

static const int32_t *series_of_then(const Ledger *now, const Ledger *then)
{
    int count = group_count(now->schedule);
    int32_t *was = NEW(now->act->arena, int32_t, count);
    for (int g = 0; g < count; g++)
        was[g] = (int32_t)group_find(then->schedule, group_id(now->schedule, g));
    return was;
}

// By whose rules each day is answered. The list speaks by those of its second day.
static bool asked_of(const Ledger *ledger, Day from, Day to, ChangesAsked *asked, Error *err)
{
    *asked = (ChangesAsked){.days = {from, to}};
    for (int side = 0; side < 2; side++)
        if (!ledger_of_day(ledger, asked->days[side], ledger->act->arena, &asked->judges[side], err))
            return false;
    if (str_equal(schedule_version(asked->judges[0]->schedule),
                  schedule_version(asked->judges[1]->schedule)))
        asked->judges[0] = asked->judges[1];
    asked->ledger = asked->judges[1];
    return true;
}

static void tables_make(ChangesAsked *asked, Arena *arena)
{
    for (int side = 0; side < 2; side++) {
        const Schedule *schedule = asked->judges[side]->schedule;
        asked->tables[side] = city_table(schedule, asked->days[side], groups_all(schedule), arena);
    }
    asked->was = series_of_then(asked->judges[1], asked->judges[0]);
}

// Out of the memory of the slices, which goes.
static void found_copy(const SliceWorks *works, Arena *arena, Changes *changes)
{
    assert(works->count >= 0 && works->count <= SLICES_MOST);
    ChangeRows *rows = &changes->rows;
    changes->act_no = works->next_act - 1;
    for (int i = 0; i < works->count; i++) {
        const ChangesPart *part = works->at[i];
        VEC_EACH (const ChangeRow, row, part->rows) {
            ChangeRow *mine = change_rows_push(rows, arena);
            *mine = *row;
            mine->name = str_copy(arena, row->name);
            mine->detail = str_copy(arena, row->detail);
        }
    }
    if (rows->count) qsort(rows->at, (size_t)rows->count, sizeof *rows->at, row_order);
}

static bool slices_read(const Ledger *ledger, ChangesAsked *asked, Changes *changes, Error *err)
{
    CityMoved moved;
    bool some;
    if (!moved_find(ledger, asked, &moved, &some, err)) return false;
    const CitySlices slices = {
        "変動の抽出", CITY_EVER, asked, begin, judge_person, sort_part, some ? &moved : NULL};
    SliceWorks works = {0};
    bool ran = city_slices_run(ledger, &slices, &works, err);
    if (ran) found_copy(&works, ledger->act->arena, changes);
    slice_works_forget(&works);
    return ran;
}

bool changes_list(const Ledger *ledger, Day from, Day to, Changes *changes, Error *err)
{
    assert(from < to);
    ChangesAsked asked;
    *changes = (Changes){0};
    if (!asked_of(ledger, from, to, &asked, err)) return false;
    tables_make(&asked, ledger->act->arena);
    changes->schedule = asked.ledger->schedule;
    // A roll follows every file: whoever asks just then is answered out of what it begins to keep.
    for (int i = 1; !slices_read(ledger, &asked, changes, err); i++)
        if (err->code != E_BUSY || i == TRIES_MOST) return false;
    return true;
}

bool changes_few(const Ledger *ledger, Day from, Day to, bool *few, Error *err)
{
    assert(from < to);
    int32_t next_person;
    ChangesAsked asked;
    Store *store = ledger->act->store;
    if (!number_next(store, NUMBER_PERSON, &next_person, err)) return false;
    *few = next_person <= CHANGES_AT_ONCE;
    if (*few) return true;
    if (!asked_of(ledger, from, to, &asked, err) ||
        !standing_state_read(store, ledger->act->arena, &asked.state, err))
        return false;
    return !kept_tells(&asked) ||
           standing_moved_few(store, &asked.state, from, to, CHANGES_AT_ONCE, few, err);
}
