// SPDX-License-Identifier: Apache-2.0
#include "rules_reader.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void place_write(Text *text, Arena *arena, const Place *place)
{
    if (!place) return;
    place_write(text, arena, place->up);
    if (!place->key)
        text_addf(text, arena, "[%d]", place->index);
    else
        text_addf(text, arena, "%s%s", text->len ? "." : "", place->key);
}

Str place_text(Arena *arena, const Place *place)
{
    Text text = {0};
    place_write(&text, arena, place);
    return text_str(&text);
}

// What was cut to fit may end inside a character.
static Str without_last_character(Str text)
{
    assert(text.len > 0);
    while (text.len && ((unsigned char)text.at[text.len - 1] & 0xC0) == 0x80) text.len--;
    return str_first(text, text.len ? text.len - 1 : 0);
}

void fault(Reader *r, const Place *at, const char *code, const char *words, ...)
{
    assert(code[0] && !code[2]);
    assert(words[0]);
    enum { FAULTS_MAX = 500 };
    char text[1000];
    va_list list;
    if (r->faults.count == FAULTS_MAX) return;
    va_start(list, words);
    int whole = vsnprintf(text, sizeof text, words, list);
    va_end(list);
    Str said = str_of(text);
    if (whole >= (int)sizeof text) said = without_last_character(said);
    RuleFault *row = rule_faults_push(&r->faults, r->arena);
    *row = (RuleFault){
        .file = r->file,
        .place = place_text(r->arena, at),
        .words = str_copy(r->arena, said),
    };
    (void)snprintf(row->code, sizeof row->code, "%s", code);
}

int32_t note_read(Reader *r, const Place *at, Str law, Str words)
{
    Str place = place_text(r->arena, at);
    return builder_note(&r->builder, str_format(r->arena, "%.*s %.*s", STR(r->file), STR(place)),
                        law, words);
}

Str text_read(const Reader *r, int32_t text)
{
    assert(text >= 0 && text < r->builder.rules.texts.count);
    TextPlace place = r->builder.rules.texts.at[text];
    return (Str){r->builder.bytes.at + place.at, place.len};
}

static bool word_among(const char *words, const char *word)
{
    assert(words && word);
    size_t length = strlen(word);
    if (!length) return false;  // an empty key is no key of ours, and is found everywhere
    for (const char *hit = strstr(words, word); hit; hit = strstr(hit + 1, word))
        if ((hit == words || hit[-1] == ' ') && (hit[length] == ' ' || !hit[length])) return true;
    return false;
}

void keys_check(Reader *r, const Place *at, const json_t *object, const char *known)
{
    assert(known && known[0]);
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        if (word_among(known, key) || word_among("notes term_notes", key)) continue;
        fault(r, at, "K1", "キー「%s」はここには書けません。つづりと場所を確かめてください。", key);
    }
}

static const json_t *value_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_null(value) ? NULL : value;
}

static void wrong_kind(Reader *r, const Place *at, const char *key, const char *wanted)
{
    Place here = inside(at, key);
    fault(r, &here, "J1", "ここには%sを書いてください。", wanted);
}

Str string_of(Reader *r, const Place *at, const json_t *object, const char *key)
{
    assert(key && key[0]);
    const json_t *value = value_of(object, key);
    if (!value) return (Str){0};
    if (!json_is_string(value)) {
        wrong_kind(r, at, key, "文字列");
        return (Str){0};
    }
    return (Str){json_string_value(value), (ptrdiff_t)json_string_length(value)};
}

int32_t text_of(Reader *r, const Place *at, const json_t *object, const char *key)
{
    return builder_text(&r->builder, string_of(r, at, object, key));
}

bool bool_of(Reader *r, const Place *at, const json_t *object, const char *key, bool fallback)
{
    assert(key && key[0]);
    const json_t *value = value_of(object, key);
    if (!value) return fallback;
    if (!json_is_boolean(value)) wrong_kind(r, at, key, " true か false ");
    return json_is_true(value);
}

int32_t int_of(Reader *r, const Place *at, const json_t *object, const char *key, int32_t fallback)
{
    assert(key && key[0]);
    const json_t *value = value_of(object, key);
    if (!value) return fallback;
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0 || number > 100000) {
        wrong_kind(r, at, key, " 0 から 100000 までの整数");
        return fallback;
    }
    return (int32_t)number;
}

const json_t *object_of(Reader *r, const Place *at, const json_t *object, const char *key)
{
    assert(key && key[0]);
    const json_t *value = value_of(object, key);
    if (!value || json_is_object(value)) return value;
    wrong_kind(r, at, key, " { } ");
    return NULL;
}

const json_t *array_of(Reader *r, const Place *at, const json_t *object, const char *key)
{
    assert(key && key[0]);
    const json_t *value = value_of(object, key);
    if (!value || json_is_array(value)) return value;
    wrong_kind(r, at, key, " [ ] の一覧");
    return NULL;
}

bool text_equal(const json_t *value, const char *text)
{
    return json_is_string(value) && !strcmp(json_string_value(value), text);
}

Str law_of(Reader *r, const Place *at, const json_t *object)
{
    const json_t *value = value_of(object, "law");
    if (!json_is_array(value)) return string_of(r, at, object, "law");
    Text text = {0};
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *part = json_string_value(json_array_get(value, i));
        if (!part)
            wrong_kind(r, at, "law", "文字列の一覧");
        else
            text_addf(&text, r->arena, "%s%s", text.len ? "; " : "", part);
    }
    return text_str(&text);
}

int32_t word_index(Reader *r, const Place *at, const json_t *value, const char *const *words,
                   int count, const char *what)
{
    assert(count > 0);
    for (int i = 0; i < count; i++)
        if (text_equal(value, words[i])) return i;
    const char *text = json_string_value(value);
    Text known = {0};
    for (int i = 0; i < count; i++) text_addf(&known, r->arena, "%s%s", i ? "、" : "", words[i]);
    fault(r, at, "K3", "%s「%s」はありません。%.*s のどれかを書いてください。", what,
          text ? text : "", STR(text_str(&known)));
    return 0;
}
