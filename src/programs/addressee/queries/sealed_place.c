// SPDX-License-Identifier: Apache-2.0
#include "sealed_place.h"

#include "wire.h"

enum { PART_MOST = SECRET_MAX, SEALED_PART_MOST = PART_MOST + SEAL_OVERHEAD };

static int hiding_fields(void)
{
    int count = 0;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) count += person_fields[i].hides != HIDES_NEVER;
    return count;
}

static Str place_write(const PersonState *state, Arena *arena)
{
    WireOut out = {.arena = arena};
    PersonState copy = *state;
    wire_put_array(&out, hiding_fields());
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (person_fields[i].hides) wire_put_text(&out, *person_text(&copy, &person_fields[i]));
    return wire_bytes(&out);
}

static bool place_read(Str message, PersonState *state, Error *err)
{
    WireIn in = wire_in(message);
    int count = wire_array(&in, PERSON_FIELD_COUNT);
    if (count != hiding_fields()) wire_refuse(&in);
    for (int i = 0; i < PERSON_FIELD_COUNT && !in.failed; i++) {
        if (!person_fields[i].hides) continue;
        Str text = wire_text(&in, WIRE_TEXT_MOST);
        *person_text(state, &person_fields[i]) = text.len ? text : (Str){0};
    }
    return wire_end(&in, err);
}

// A part is as long as one Secret; its number is sealed in, so that parts do not change places.
static SealPlace part_place(int64_t change_no, ptrdiff_t part, Arena *arena)
{
    return (SealPlace){S("register_version"), S("sealed_place"),
                       str_format(arena, "%lld/%td", (long long)change_no, part)};
}

bool place_seal(Keys *keys, int64_t change_no, const PersonState *state, Arena *arena,
                Bytes *sealed, Error *err)
{
    Text all = {0};
    Str rest = place_write(state, arena);
    for (ptrdiff_t part = 0; rest.len > 0; part++) {
        Bytes one;
        Str plain = str_first(rest, rest.len < PART_MOST ? rest.len : PART_MOST);
        if (!seal_value(keys, part_place(change_no, part, arena),
                        (Bytes){(const unsigned char *)plain.at, plain.len}, arena, &one, err))
            return false;
        text_add(&all, arena, (Str){(const char *)one.at, one.len});
        rest = str_from(rest, plain.len);
    }
    *sealed = (Bytes){(const unsigned char *)all.at, all.len};
    return true;
}

bool place_open(Keys *keys, int64_t change_no, Bytes sealed, Arena *arena, PersonState *state,
                Error *err)
{
    Text plain = {0};
    for (ptrdiff_t part = 0; sealed.len > 0; part++) {
        SECRET(one);
        Bytes next = {sealed.at, sealed.len < SEALED_PART_MOST ? sealed.len : SEALED_PART_MOST};
        if (!seal_open(keys, part_place(change_no, part, arena), next, &one, err)) return false;
        text_add(&plain, arena, secret_view(&one));
        sealed = (Bytes){sealed.at + next.len, sealed.len - next.len};
    }
    return place_read(text_str(&plain), state, err);
}

// ---- under a newer key

static bool place_reseal(Keys *keys, int64_t change_no, Bytes sealed, Arena *arena, Bytes *again,
                         Error *err)
{
    PersonState state = {0};
    return place_open(keys, change_no, sealed, arena, &state, err) &&
           place_seal(keys, change_no, &state, arena, again, err);
}

const SealedColumn register_version_place = {
    .words = "支援措置を受ける方の所在",
    .read = "SELECT change_no, sealed_place FROM register_version"
            " WHERE change_no > $1 AND sealed_place IS NOT NULL ORDER BY change_no LIMIT 500",
    .write = "UPDATE register_version SET sealed_place = $2 WHERE change_no = $1",
    .reseal = place_reseal,
};
