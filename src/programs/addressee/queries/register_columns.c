// SPDX-License-Identifier: Apache-2.0
#include "register_columns.h"

#include "person_state.h"
#include "sealed_place.h"

static void bind_field(Query *q, int place, PersonState *state, const PersonField *field)
{
    if (person_field_hidden(state, field)) {
        bind_null(q, place);
        return;
    }
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: bind_text(q, place, *person_text(state, field)); break;
    case FIELD_CODE: bind_int64(q, place, *person_code(state, field)); break;
    case FIELD_PARTIAL: bind_partial(q, place, *person_partial(state, field)); break;
    case FIELD_DAY: bind_day(q, place, *person_day(state, field)); break;
    }
}

void state_bind(Query *q, int first, const PersonState *state)
{
    PersonState copy = *state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) bind_field(q, first + i, &copy, &person_fields[i]);
}

static void read_field(Query *q, int column, Arena *arena, PersonState *state,
                       const PersonField *field)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: *person_text(state, field) = column_text(q, column, arena); break;
    case FIELD_CODE: *person_code(state, field) = (int32_t)column_int64(q, column); break;
    case FIELD_PARTIAL: *person_partial(state, field) = column_partial(q, column); break;
    case FIELD_DAY: *person_day(state, field) = column_day(q, column); break;
    }
}

void state_read_told(Query *q, int first, Arena *arena, PersonState *state)
{
    *state = person_state_empty();
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        read_field(q, first + i, arena, state, &person_fields[i]);
}

bool state_read(Query *q, int first, Keys *keys, int64_t change_no, Bytes sealed, Arena *arena,
                PersonState *state, Error *err)
{
    state_read_told(q, first, arena, state);
    return !sealed.len || place_open(keys, change_no, sealed, arena, state, err);
}
