// SPDX-License-Identifier: Apache-2.0
#include "day_picture.h"

#include <assert.h>

static bool given_by(const DoseRow *dose, Day day)
{
    DaySpan span;
    return !partial_date_span(dose->given_on, &span) || span.first <= day;
}

static void take_doses(const CityPerson *person, const Knowledge *knowledge, Day day, Arena *arena,
                       PersonRows *rows)
{
    DoseRow *doses = NEW(arena, DoseRow, person->doses.count);
    rows->doses = doses;
    VEC_EACH (const DoseRow, d, person->doses)
        if (known_on(knowledge, ACT_INTAKE, d->from_act, d->to_act, day) && given_by(d, day))
            doses[rows->dose_count++] = *d;
}

static void take_facts(const CityPerson *person, const Knowledge *knowledge, Day day, Arena *arena,
                       PersonRows *rows)
{
    FactRow *facts = NEW(arena, FactRow, person->facts.count);
    rows->facts = facts;
    VEC_EACH (const FactRow, f, person->facts) {
        bool holds = f->since <= day && (f->until == DAY_NONE || day <= f->until);
        if (holds && known_on(knowledge, ACT_FACTS, f->from_act, f->to_act, day))
            facts[rows->fact_count++] = *f;
    }
}

// Birth and sex before the first correction that had not been heard of yet.
static void take_identity(const CityPerson *person, const Knowledge *knowledge, Day day,
                          PersonRows *rows)
{
    rows->birth = person->birth;
    rows->sex = person->sex;
    VEC_EACH (const BeforeRow, b, person->befores) {
        if (!known_on(knowledge, ACT_SYNC, 0, b->to_act, day)) continue;
        rows->birth = b->birth;
        rows->sex = b->sex;
        return;
    }
}

// Heard by then that he or she has left: on that day nobody lives here, whatever day the register gives.
static bool gone_by(const SpanRow *s, const Knowledge *knowledge, Day day)
{
    bool left = s->span.end >= RESIDENCE_MOVED_OUT;
    return left && knowledge->day_of_act[s->from_act] <= day && s->span.last >= day;
}

DayPicture day_picture(const CityPerson *person, const Knowledge *knowledge, Day day, Arena *arena)
{
    assert(day != DAY_NONE);
    DayPicture p = {.day = day,
                    .known = known_on(knowledge, ACT_SYNC, person->from_act, ACT_OPEN, day)};
    SpanRow *spans = NEW(arena, SpanRow, person->spans.count);
    CityPerson then = *person;
    then.spans = (SpanRows){.at = spans};
    VEC_EACH (const SpanRow, s, person->spans) {
        if (!known_on(knowledge, ACT_SYNC, s->from_act, s->to_act, day)) continue;
        spans[then.spans.count] = *s;
        if (gone_by(s, knowledge, day)) spans[then.spans.count].span.last = day - 1;
        then.spans.count++;
        if (s->span.first == DAY_NONE || s->span.first <= day) p.left = s->span;
    }
    take_identity(person, knowledge, day, &p.rows);
    then.birth = p.rows.birth;
    p.lives = p.known && lives_here(&then, day);
    take_doses(person, knowledge, day, arena, &p.rows);
    take_facts(person, knowledge, day, arena, &p.rows);
    return p;
}

bool dose_in(const DayPicture *picture, int32_t dose_id)
{
    assert(dose_id > 0);
    for (ptrdiff_t i = 0; i < picture->rows.dose_count; i++)
        if (picture->rows.doses[i].dose_id == dose_id) return true;
    return false;
}

bool same_doses(const DayPicture *a, const DayPicture *b)
{
    assert(a->day != DAY_NONE && b->day != DAY_NONE);
    if (a->rows.dose_count != b->rows.dose_count) return false;
    for (ptrdiff_t i = 0; i < a->rows.dose_count; i++)
        if (a->rows.doses[i].dose_id != b->rows.doses[i].dose_id) return false;
    return true;
}

bool same_facts(const DayPicture *a, const DayPicture *b)
{
    if (a->rows.fact_count != b->rows.fact_count) return false;
    for (ptrdiff_t i = 0; i < a->rows.fact_count; i++)
        if (a->rows.facts[i].fact_id != b->rows.facts[i].fact_id) return false;
    return true;
}

bool same_identity(const DayPicture *a, const DayPicture *b)
{
    return partial_date_equal(a->rows.birth, b->rows.birth) && a->rows.sex == b->rows.sex;
}
