// SPDX-License-Identifier: Apache-2.0
#include "payload.h"

#include <assert.h>

enum { AS_BYTES = JSON_COMPACT | JSON_SORT_KEYS };

json_t *payload_begin(void)
{
    json_t *object = json_object();
    assert(object);
    return object;
}

void payload_put(json_t *object, const char *key, Str text)
{
    if (text.len) (void)json_object_set_new(object, key, json_stringn(text.at, (size_t)text.len));
}

void payload_put_number(json_t *object, const char *key, int64_t number)
{
    (void)json_object_set_new(object, key, json_integer((json_int_t)number));
}

void payload_put_yes(json_t *object, const char *key, bool yes)
{
    (void)json_object_set_new(object, key, json_boolean(yes));
}

Bytes payload_end(json_t *object, Arena *arena)
{
    size_t len = json_dumpb(object, NULL, 0, AS_BYTES);
    assert(len > 0);
    char *text = NEW(arena, char, (ptrdiff_t)len);
    (void)json_dumpb(object, text, len, AS_BYTES);
    json_decref(object);
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)len};
}

json_t *payload_open(Bytes payload)
{
    json_t *object = json_loadb((const char *)payload.at, (size_t)payload.len, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(object)) return object;
    json_decref(object);
    return NULL;
}

Str payload_text(const json_t *object, const char *key, Arena *arena)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return (Str){0};
    return str_copy(arena, (Str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
}

int64_t payload_number(const json_t *object, const char *key)
{
    return (int64_t)json_integer_value(json_object_get(object, key));
}

bool payload_yes(const json_t *object, const char *key) { return json_is_true(json_object_get(object, key)); }
