// SPDX-License-Identifier: Apache-2.0
#include "register_step.h"

#include <assert.h>

static const char *const effect_words[] = {
#define X(name, words) words,
    REGISTER_EFFECTS(X)
#undef X
};

static const char *const effect_names[] = {
#define X(name, words) #name,
    REGISTER_EFFECTS(X)
#undef X
};

bool register_effect_asks(RegisterEffect effect)
{
    static const RegisterEffect asking[] = {
        EFFECT_STAYS_COVERED, EFFECT_REVIEW_UNMASK, EFFECT_ASK_FOREIGN_RECORDS,   EFFECT_REVIEW_SINCE_LEFT,
        EFFECT_GUARDIAN,      EFFECT_LINK_NUMBERS,          EFFECT_TWICE_RESIDENT,
        EFFECT_BACK_TO_LIFE,  EFFECT_EARLIER_EVENT_MISSING, EFFECT_REPLAY_DIFFERS,
        EFFECT_DAY_UNKNOWN,
    };
    for (ptrdiff_t i = 0; i < countof(asking); i++)
        if (asking[i] == effect) return true;
    return false;
}

const char *register_effect_words(RegisterEffect effect)
{
    return effect_words[effect];
}

const char *register_effect_name(RegisterEffect effect)
{
    return effect_names[effect];
}

static RegisterEffects bit(RegisterEffect effect)
{
    return (RegisterEffects)1 << effect;
}

const RegisterVersion *register_current(const RegisterVersionRows *history)
{
    for (ptrdiff_t i = history->count - 1; i >= 0; i--)
        if (!history->at[i].withdrawn_by) return &history->at[i];
    return NULL;
}

bool register_non_resident(const RegisterVersionRows *history)
{
    return history->count && history->at[0].event_reason == EVENT_NON_RESIDENT_ADDED;
}

static int32_t next_version_no(const RegisterVersionRows *history)
{
    return history->count ? history->at[history->count - 1].version_no + 1 : 1;
}

// ---- what a row may say

typedef struct StepPlace {  // what every rule looks at
    const RegisterVersionRows *history;
    const RegisterVersion *now;  // NULL: nobody, or nothing stands
    const FeedRow *row;
    const ResidentEvent *event;
} StepPlace;

static bool status_fits(const ResidentEvent *event, int32_t status)
{
    for (const char *c = event->statuses; *c; c++)
        if (status == *c - '0') return true;
    return false;
}

static bool before_birth(const FeedRow *row)
{
    DaySpan birth;
    return partial_date_span(row->state.birth, &birth) &&
           row->occurred_on + row->vague_days < birth.first;
}

static bool day_may_be_vague(EventKind kind)
{
    return kind == EVENT_LEAVES || kind == EVENT_UNDOES;
}

// 130 years before the business day, to the day; of who has left long ago the register may tell more.
bool birth_possible(const PersonState *state, Day business_day)
{
    DaySpan birth;
    if (!partial_date_span(state->birth, &birth)) return false;
    CivilDate today = civil_of(business_day);
    int year = today.year - LIFE_YEARS_MOST;
    Day oldest = civil_valid(year, today.month, today.day)
                     ? day_of(year, today.month, today.day)
                     : day_of(year, today.month, today.day - 1);
    if (state->status != STATUS_RESIDENT && state->status != STATUS_NON_RESIDENT) oldest = PERSON_DAY_FIRST;
    return birth.first <= business_day && birth.last >= oldest;
}

static bool birth_impossible(const FeedRow *row, Arena *arena, Error *err)
{
    char birth[DAY_TEXT_SIZE];
    return FAIL(err, E_CONFLICT, .item = S("生年月日"),
                .value = str_copy(arena, str_of(partial_date_text(row->state.birth, birth))),
                .words =
                    S("生年月日が業務日より後か、130年より前です。住民記録に確かめてください。"));
}

static bool is_dead(const RegisterVersion *now)
{
    return now && now->state.status == STATUS_DEAD;
}

// The dead do not move. Life comes back by a cancellation or a correction ex officio only (F10).
static bool moves_the_dead(const StepPlace *p)
{
    EventKind kind = p->event->kind;
    bool moves = kind == EVENT_ENTERS || kind == EVENT_STAYS || kind == EVENT_PLANS;
    return moves && is_dead(p->now) && !p->row->whole_picture;
}

static bool row_possible(const StepPlace *p, Arena *arena, Error *err)
{
    if (!p->event || !p->event->in_files)
        return FAIL(
            err, E_CODE_UNKNOWN, .item = S("異動事由"),
            .words = S(
                "一覧にない異動事由です。住民記録の担当に確かめ、次の差分で正しい事由を受け取ってください。"));
    if (register_non_resident(p->history))
        return FAIL(err, E_CONFLICT, .item = S("宛名番号"),
                    .words = S("住登外者の宛名番号です。住民記録の番号とぶつかっています。住民記録の担当に確かめてください。"));
    if (!status_fits(p->event, p->row->state.status))
        return FAIL(err, E_CONFLICT, .item = S("住民状態"),
                    .words = S("異動事由と住民状態が合いません。住民記録に確かめてください。"));
    if (p->row->vague_days && !day_may_be_vague(p->event->kind))
        return FAIL(
            err, E_DATE_PARTIAL, .item = S("異動年月日"),
            .words = S("この異動事由には年月日のすべてが必要です。住民記録に確かめてください。"));
    if (!birth_possible(&p->row->state, p->row->business_day)) return birth_impossible(p->row, arena, err);
    if (before_birth(p->row))
        return FAIL(err, E_CONFLICT, .item = S("異動年月日"),
                    .words = S("異動年月日が生年月日より前です。住民記録に確かめてください。"));
    if (p->history->count >= REGISTER_VERSIONS_MOST)
        return FAIL(err, E_LIMIT, .item = S("宛名番号"),
                    .words = S("一人の異動が多すぎます。住民記録に確かめてください。"));
    if (moves_the_dead(p))
        return FAIL(err, E_CONFLICT, .item = S("異動事由"),
                    .words = S("死亡した人の異動です。死亡の取消か職権修正が先に必要です。"));
    return true;
}

// ---- the same again

static bool same_event(const RegisterVersion *version, const FeedRow *row)
{
    return version->event_reason == row->event_reason && version->occurred_on == row->occurred_on &&
           version->vague_days == row->vague_days && version->reported_on == row->reported_on;
}

// A row that a replay has already answered: its event stands, and the state is what we hold.
static bool known_already(const StepPlace *p, const PersonState *state)
{
    if (!p->now) return false;
    bool same_state = person_state_same(&p->now->state, state);
    if (p->row->whole_picture) return same_state;
    for (ptrdiff_t i = 0; i < p->history->count; i++) {
        const RegisterVersion *version = &p->history->at[i];
        if (version->withdrawn_by || !same_event(version, p->row)) continue;
        if (same_state || person_state_same(&version->state, state)) return true;
    }
    return false;
}

// ---- protection

// The feed may end 支援措置 early by mistake, so unmasking waits for a person (linkage.md 6.4, 8).
static PersonState state_with_protection(const StepPlace *p)
{
    PersonState state = p->row->state;
    bool begins = p->row->protection_said && state.protection == PROTECTION_OWN;
    if (!begins) state.protection = p->now ? p->now->state.protection : PROTECTION_NONE;
    return state;
}

static RegisterEffects protection_effects(const StepPlace *p)
{
    bool stands = p->now && p->now->state.protection == PROTECTION_OWN;
    if (!p->row->protection_said) return 0;
    if (p->row->state.protection && !stands) return bit(EFFECT_MASK);
    return !p->row->state.protection && stands ? bit(EFFECT_REVIEW_UNMASK) : 0;
}

// ---- what follows from an event

static RegisterEffects moved_in_effects(const StepPlace *p)
{
    RegisterEffects effects = 0;
    bool resident_now = p->now && p->now->state.status == STATUS_RESIDENT;
    if (p->event->kind != EVENT_ENTERS || p->row->whole_picture) return 0;
    if (resident_now) effects |= bit(EFFECT_TWICE_RESIDENT);
    if (p->now && !resident_now) effects |= bit(EFFECT_REOPENED);
    if (p->event->reason == EVENT_MOVED_IN_FROM_ABROAD)
        effects |= bit(EFFECT_ASK_FOREIGN_RECORDS);
    else if (p->event->reason != EVENT_BORN)
        effects |= bit(EFFECT_ASK_HISTORY);
    return effects;
}

static RegisterEffects left_effects(const StepPlace *p)
{
    RegisterEffects effects = 0;
    if (p->event->kind != EVENT_LEAVES || !p->now) return 0;  // whom we never knew, nobody mailed
    if (p->event->reason == EVENT_DIED) {
        effects |= bit(EFFECT_STOP_MAIL);
        if (str_equal(p->row->state.relationship, S("世帯主"))) effects |= bit(EFFECT_GUARDIAN);
    }
    if (p->row->known_on - p->row->occurred_on > MOVE_REPORT_DAYS)
        effects |= bit(EFFECT_REVIEW_SINCE_LEFT);
    if (p->row->vague_days) effects |= bit(EFFECT_DAY_UNKNOWN);
    return effects;
}

static bool stays_without_having_come(const StepPlace *p)
{
    EventKind kind = p->event->kind;
    if (p->row->whole_picture || (kind != EVENT_STAYS && kind != EVENT_PLANS)) return false;
    return !p->now || p->now->state.status != STATUS_RESIDENT;
}

static RegisterEffects changed_effects(const StepPlace *p, const PersonState *state)
{
    RegisterEffects effects = 0;
    if (!p->now) return 0;
    const PersonState *was = &p->now->state;
    if (!partial_date_equal(was->birth, state->birth) || was->sex != state->sex)
        effects |= bit(EFFECT_REJUDGE);
    if (!str_equal(was->household_no, state->household_no)) effects |= bit(EFFECT_GUARDIAN);
    if (!str_equal(was->municipality_code, state->municipality_code)) effects |= bit(EFFECT_WARD);
    if (was->status == STATUS_DEAD && state->status != STATUS_DEAD)
        effects |= bit(EFFECT_BACK_TO_LIFE);
    return effects;
}

// Back here, but nobody under this number was: an earlier number belongs to the same person (F9).
static bool back_under_another_number(const StepPlace *p)
{
    return p->event->reason == EVENT_MOVED_IN_AGAIN && !p->now && !p->row->whole_picture;
}

static RegisterEffects effects_of(const StepPlace *p, const PersonState *state)
{
    RegisterEffects effects =
        protection_effects(p) | moved_in_effects(p) | left_effects(p) | changed_effects(p, state);
    EventReason reason = p->event->reason;
    if (reason == EVENT_NATURALISED || reason == EVENT_NATIONALITY_LOST ||
        back_under_another_number(p))
        effects |= bit(EFFECT_LINK_NUMBERS);
    if (reason == EVENT_HOUSEHOLDER_CHANGED) effects |= bit(EFFECT_GUARDIAN);
    if (stays_without_having_come(p)) effects |= bit(EFFECT_EARLIER_EVENT_MISSING);
    return effects;
}

// ---- undoing

static bool days_meet(const RegisterVersion *version, const FeedRow *row)
{
    return version->occurred_on <= row->occurred_on + row->vague_days &&
           row->occurred_on <= version->occurred_on + version->vague_days;
}

// A cancellation and what we added ourselves are no events that the register could take back.
static bool can_be_undone(const RegisterVersion *version)
{
    return !version->withdrawn_by && version->event_reason != EVENT_CANCELLED &&
           version->event_reason != EVENT_PROTECTION;
}

// The newest event of that day that stands.
static ptrdiff_t undone_place(const StepPlace *p)
{
    for (ptrdiff_t i = p->history->count - 1; i >= 0; i--) {
        const RegisterVersion *version = &p->history->at[i];
        if (can_be_undone(version) && days_meet(version, p->row)) return i;
    }
    return -1;
}

static const RegisterVersion *standing_before(const RegisterVersionRows *history, ptrdiff_t place)
{
    for (ptrdiff_t i = place - 1; i >= 0; i--)
        if (!history->at[i].withdrawn_by) return &history->at[i];
    return NULL;
}

static void withdraw(RegisterStep *step, const RegisterVersion *version, int32_t by, Arena *arena)
{
    RegisterVersion *gone = register_versions_push(&step->withdrawn, arena);
    *gone = *version;
    gone->withdrawn_by = by;
}

// What an event changed the first time, on top of another state.
static PersonState replayed(const PersonState *base, const PersonState *before,
                            const PersonState *after)
{
    PersonState state = *base;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (!person_field_same(before, after, &person_fields[i]))
            person_field_take(&state, after, &person_fields[i]);
    return state;
}

// Takes back the version at `place` and replays what stood after it on `base`.
static void undo_and_replay(const StepPlace *p, ptrdiff_t place, const PersonState *base,
                            RegisterStep *step, Arena *arena)
{
    const RegisterVersionRows *history = p->history;
    int32_t first = next_version_no(history), no = first;
    *register_versions_push(&step->versions, arena) =
        (RegisterVersion){.version_no = no++,
                          .event_reason = EVENT_CANCELLED,
                          .occurred_on = p->row->occurred_on,
                          .vague_days = p->row->vague_days,
                          .reported_on = p->row->reported_on,
                          .state = *base};
    withdraw(step, &history->at[place], first, arena);

    PersonState state = *base;
    const PersonState *before = &history->at[place].state;
    for (ptrdiff_t i = place + 1; i < history->count; i++) {
        const RegisterVersion *later = &history->at[i];
        if (later->withdrawn_by) continue;
        state = replayed(&state, before, &later->state);
        RegisterVersion *again = register_versions_push(&step->versions, arena);
        *again = *later;
        again->version_no = no++;
        again->state = state;
        withdraw(step, later, first, arena);
        before = &later->state;
    }
}

static void feed_has_the_last_word(RegisterStep *step, const PersonState *state)
{
    RegisterVersion *last = &step->versions.at[step->versions.count - 1];
    if (person_state_same(&last->state, state)) return;
    if (step->versions.count > 1) step->effects |= bit(EFFECT_REPLAY_DIFFERS);
    last->state = *state;
}

static RegisterStep refused(Error refusal)
{
    return (RegisterStep){.outcome = STEP_REFUSED, .refusal = refusal};
}

static RegisterStep undo(const StepPlace *p, const PersonState *state, Arena *arena)
{
    Error err = {0};
    ptrdiff_t place = undone_place(p);
    if (place < 0) {
        (void)FAIL(&err, E_NOT_FOUND, .item = S("異動年月日"),
                   .words = S("取り消す異動がその日にありません。住民記録に確かめてください。"));
        return refused(err);
    }
    const RegisterVersion *before = standing_before(p->history, place);
    bool first_of_all = !before;
    if (first_of_all && state->status != STATUS_REMOVED) {
        (void)FAIL(&err, E_CONFLICT, .item = S("住民状態"),
                   .words = S("最初の異動の取消なのに住民状態が 9 ではありません。"
                              "住民記録に確かめてください。"));
        return refused(err);
    }
    RegisterStep step = {.withdrawn_person = first_of_all, .effects = effects_of(p, state)};
    undo_and_replay(p, place, first_of_all ? state : &before->state, &step, arena);
    feed_has_the_last_word(&step, state);
    return step;
}

// ---- the step

// Of the readings of a vague day, those that can be: not before birth, not after it was reported.
static FeedRow within_life(const FeedRow *row)
{
    FeedRow within = *row;
    DaySpan birth;
    Day latest = row->occurred_on + row->vague_days;
    if (!row->vague_days) return within;
    if (row->reported_on != DAY_NONE && row->reported_on >= row->occurred_on &&
        row->reported_on < latest)
        latest = row->reported_on;
    if (partial_date_span(row->state.birth, &birth) && birth.first > within.occurred_on &&
        birth.first <= latest)
        within.occurred_on = birth.first;
    within.vague_days = latest - within.occurred_on;
    return within;
}

RegisterStep register_step(const RegisterVersionRows *history, const FeedRow *row, Arena *arena)
{
    Error err = {0};
    const FeedRow within = within_life(row);
    StepPlace place = {.history = history,
                       .now = register_current(history),
                       .row = &within,
                       .event = resident_event(row->event_reason)};
    if (!row_possible(&place, arena, &err)) return refused(err);

    PersonState state = state_with_protection(&place);
    if (known_already(&place, &state))
        return (RegisterStep){.outcome = STEP_UNCHANGED, .effects = protection_effects(&place)};
    if (place.event->kind == EVENT_UNDOES && !row->whole_picture)
        return undo(&place, &state, arena);

    RegisterStep step = {.effects = effects_of(&place, &state)};
    *register_versions_push(&step.versions, arena) =
        (RegisterVersion){.version_no = next_version_no(history),
                          .event_reason = within.event_reason,
                          .occurred_on = within.occurred_on,
                          .vague_days = within.vague_days,
                          .reported_on = within.reported_on,
                          .state = state};
    return step;
}

RegisterStep register_vanished(const RegisterVersionRows *history, Day known_on, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    RegisterStep step = {0};
    RegisterVersion *gone = register_versions_push(&step.versions, arena);
    *gone = (RegisterVersion){.version_no = next_version_no(history),
                              .event_reason = EVENT_NOT_IN_FULL_COPY,
                              .occurred_on = known_on,
                              .reported_on = DAY_NONE,
                              .state = now->state};
    gone->state.status = STATUS_REMOVED;
    gone->state.resident_until = known_on;
    return step;
}

bool full_copy_held(int64_t residents_known, int64_t vanished)
{
    enum { PER_CENT_ALLOWED = 5 };
    return vanished * 100 > residents_known * PER_CENT_ALLOWED;
}
