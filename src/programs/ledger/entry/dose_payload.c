// SPDX-License-Identifier: Apache-2.0
#include "dose_payload.h"

#include <assert.h>
#include <jansson.h>

#include "dates.h"

static const char *const kind_texts[DOSE_CHANGE_KINDS] = {
    [DOSE_ENTER] = "enter",
    [DOSE_CORRECT] = "correct",
    [DOSE_CANCEL] = "cancel",
};

static void put_text(json_t *object, const char *key, Str text)
{
    if (text.len) (void)json_object_set_new(object, key, json_stringn(text.at, (size_t)text.len));
}

Bytes dose_payload_write(const DoseChange *change, Arena *arena)
{
    assert(change->kind == DOSE_ENTER ? !change->dose_id : change->dose_id > 0);
    assert(change->who.digits[0]);
    char day[DAY_TEXT_SIZE];
    json_t *o = json_object();
    put_text(o, "kind", str_of(kind_texts[change->kind]));
    put_text(o, "who", addressee_text(&change->who));
    (void)json_object_set_new(o, "dose_id", json_integer(change->dose_id));
    if (change->given_on.year)
        put_text(o, "given_on", str_of(partial_date_text(change->given_on, day)));
    put_text(o, "product", change->product);
    put_text(o, "lot", change->lot);
    put_text(o, "clinic_code", change->clinic_code);
    (void)json_object_set_new(o, "provenance", json_integer((json_int_t)change->provenance));
    put_text(o, "reason", change->reason);
    size_t len = json_dumpb(o, NULL, 0, JSON_COMPACT | JSON_SORT_KEYS);
    char *text = NEW(arena, char, (ptrdiff_t)len);
    (void)json_dumpb(o, text, len, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(o);
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)len};
}

static Str text_at(const json_t *object, const char *key, Arena *arena)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return (Str){0};
    return str_copy(arena, (Str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
}

static bool kind_of(Str text, DoseChangeKind *kind)
{
    for (int k = 0; k < DOSE_CHANGE_KINDS; k++) {
        if (!str_equal(text, str_of(kind_texts[k]))) continue;
        *kind = (DoseChangeKind)k;
        return true;
    }
    return false;
}

static bool object_read(const json_t *o, Arena *arena, DoseChange *change)
{
    Error unreadable = {0};
    Str day = text_at(o, "given_on", arena);
    *change = (DoseChange){
        .dose_id = (int32_t)json_integer_value(json_object_get(o, "dose_id")),
        .product = text_at(o, "product", arena),
        .lot = text_at(o, "lot", arena),
        .clinic_code = text_at(o, "clinic_code", arena),
        .provenance = (Provenance)json_integer_value(json_object_get(o, "provenance")),
        .reason = text_at(o, "reason", arena),
    };
    return kind_of(text_at(o, "kind", arena), &change->kind) &&
           addressee_no_parse(text_at(o, "who", arena), &change->who, NULL, &unreadable) &&
           (!day.len || date_parse(day, &change->given_on, NULL, &unreadable));
}

bool dose_payload_read(Bytes payload, Arena *arena, DoseChange *change, Error *err)
{
    json_t *o =
        json_loadb((const char *)payload.at, (size_t)payload.len, JSON_REJECT_DUPLICATES, NULL);
    bool read = json_is_object(o) && object_read(o, arena, change);
    json_decref(o);
    return read ||
           FAIL(err, E_STORE, .item = S("申請"),
                .words = S("保存されている申請の内容が読めません。管理者に知らせてください。"));
}
