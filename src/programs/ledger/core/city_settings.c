// SPDX-License-Identifier: Apache-2.0
#include "city_settings.h"

#include "output.h"
#include "regular_file.h"
#include "utf8.h"

#include <jansson.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 1 << 16 };

typedef enum ItemKind { ITEM_TEXT, ITEM_URL, ITEM_SWITCH, ITEM_NUMBER, ITEM_COPAYS } ItemKind;

typedef struct Item {
    const char *name;
    ItemKind kind;
    size_t place;     // in CitySettings
    int least, most;  // code points of a text as the papers have room for; the number itself
    bool may_be_absent;
} Item;

// clang-format off
static const Item items[] = {  // in the order of the file
    {"city",       ITEM_TEXT,   offsetof(CitySettings, sender.city),       1, 12, false},
    {"section",    ITEM_TEXT,   offsetof(CitySettings, sender.section),    1, 18, false},
    {"telephone",  ITEM_TEXT,   offsetof(CitySettings, sender.telephone),  0, 20, false},
    {"mayor",      ITEM_TEXT,   offsetof(CitySettings, sender.mayor),      0, 16, false},
    {"public_url", ITEM_URL,    offsetof(CitySettings, sender.public_url), 0, 62, false},  // QR version 4, level M
    {"envelope",   ITEM_TEXT,   offsetof(CitySettings, envelope),          0, 20, false},
    {"synthetic",  ITEM_SWITCH, offsetof(CitySettings, synthetic),         0, 1, false},
    {"form_parts", ITEM_NUMBER, offsetof(CitySettings, form_parts),        0, 3, false},
    {"copay",      ITEM_COPAYS, 0,                                         0, COPAY_MOST, true},
    {"copy_days",  ITEM_NUMBER, offsetof(CitySettings, copy_days),         0, 366, true},
};
// clang-format on

CitySettings city_settings_first(Str city, Arena *arena)
{
    Str name = city.len ? city : S("市");
    return (CitySettings){
        .sender = {.city = name,
                   .section = S("保健福祉局 感染症対策課"),
                   .telephone = S("093-000-0000"),
                   .mayor = str_join(arena, name, S("長")),
                   .public_url = S("https://www.example.lg.jp/yobousesshu")},
        .envelope = S(""),
        .synthetic = true,
        .form_parts = 1,
    };
}

const Copay *city_copay(const CitySettings *settings, Str series)
{
    for (int i = 0; i < settings->copay_count; i++)
        if (str_equal(settings->copays[i].series, series)) return &settings->copays[i];
    return NULL;
}

// ---- reading

static bool refuse(Error *err, ErrorCode code, const Item *item, Str value, const char *words)
{
    return FAIL(err, code, .item = str_of(item->name), .value = value, .words = str_of(words));
}

static bool printable(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (code < ' ' || (code >= 0x7F && code < 0xA0)) return false;
    }
    return true;
}

static bool url_written_right(Str url)
{
    if (!str_starts(url, S("https://"))) return false;
    for (ptrdiff_t i = 0; i < url.len; i++)
        if (url.at[i] <= ' ' || url.at[i] >= 0x7F) return false;
    return true;
}

static bool take_text(const json_t *value, const Item *item, Arena *arena, Str *to, Error *err)
{
    if (!json_is_string(value))
        return refuse(err, E_CHARSET, item, (Str){0},
                      "city.json のこの項目は、文字を \" で囲んで書いてください。");
    Str text = {json_string_value(value), (ptrdiff_t)json_string_length(value)};
    text = str_copy(arena, text);
    if (!printable(text))
        return refuse(err, E_CHARSET, item, (Str){0},
                      "city.json のこの項目に、印刷できない文字や改行があります。");
    if (utf8_count(text) < item->least)
        return refuse(err, E_MISSING, item, (Str){0}, "city.json のこの項目は空にできません。");
    if (utf8_count(text) > item->most)
        return refuse(err, E_LENGTH, item, text,
                      "city.json のこの項目は、帳票の枠に収まる長さに縮めてください。");
    if (item->kind == ITEM_URL && text.len && !url_written_right(text))
        return refuse(err, E_CHARSET, item, text,
                      "https:// で始まる半角のアドレスを書くか、空にしてください。");
    *to = text;
    return true;
}

static bool take_number(const json_t *value, const Item *item, Arena scratch, int *to, Error *err)
{
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < item->least || number > item->most)
        return FAIL(err, E_NUMBER_FORMAT, .item = str_of(item->name),
                    .words = str_format(
                        &scratch, "city.json のこの項目は %d から %d までの数で書いてください。",
                        item->least, item->most));
    *to = (int)number;
    return true;
}

static bool take_switch(const json_t *value, const Item *item, bool *to, Error *err)
{
    if (!json_is_boolean(value))
        return refuse(err, E_CHARSET, item, (Str){0}, "true か false を書いてください。");
    *to = json_is_true(value);
    return true;
}

// Whether the series exists is asked by who knows the rules.
static bool take_copay(const char *series, const json_t *value, const Item *item, Arena *arena,
                       CitySettings *to, Error *err)
{
    json_int_t yen = json_integer_value(value);
    if (!json_is_integer(value) || yen < item->least || yen > item->most)
        return refuse(err, E_NUMBER_FORMAT, item, str_copy(arena, str_of(series)),
                      "自己負担額は 0 から 100000 までの円の数で書いてください。");
    if (to->copay_count == COPAYS_MAX)
        return refuse(err, E_LENGTH, item, (Str){0}, "自己負担額は16種類までです。");
    to->copays[to->copay_count++] = (Copay){str_copy(arena, str_of(series)), yen};
    return true;
}

static bool take_copays(json_t *value, const Item *item, Arena *arena, CitySettings *to, Error *err)
{
    const char *series;
    json_t *yen;
    if (!json_is_object(value))
        return refuse(err, E_CHARSET, item, (Str){0},
                      "{\"系列\": 1500} のように、系列の名前と円の数で書いてください。");
    json_object_foreach(value, series, yen)
    {
        if (!take_copay(series, yen, item, arena, to, err)) return false;
    }
    return true;
}

static bool take_item(const json_t *root, const Item *item, Arena *arena, CitySettings *to,
                      Error *err)
{
    json_t *value = json_object_get(root, item->name);
    void *place = (char *)to + item->place;
    if (!value && item->may_be_absent) return true;
    if (item->kind == ITEM_COPAYS) return take_copays(value, item, arena, to, err);
    if (!value)
        return refuse(err, E_MISSING, item, (Str){0},
                      "city.json にこの項目がありません。書き加えてください。");
    if (item->kind == ITEM_SWITCH) return take_switch(value, item, place, err);
    if (item->kind == ITEM_NUMBER) return take_number(value, item, *arena, place, err);
    return take_text(value, item, arena, place, err);
}

static bool all_known(json_t *root, Arena *arena, Error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach(root, name, value)
    {
        bool known = false;
        for (int i = 0; i < countof(items) && !known; i++) known = !strcmp(items[i].name, name);
        if (!known)
            return FAIL(err, E_CODE_UNKNOWN, .item = str_copy(arena, str_of(name)),
                        .words = S("city.json にない項目です。綴りを確かめてください。"));
    }
    return true;
}

static bool take_all(json_t *root, Arena *arena, CitySettings *settings, Error *err)
{
    CitySettings read = {0};
    if (!all_known(root, arena, err)) return false;
    for (int i = 0; i < countof(items); i++)
        if (!take_item(root, &items[i], arena, &read, err)) return false;
    *settings = read;
    return true;
}

bool city_settings_parse(Str text, Arena *arena, CitySettings *settings, Error *err)
{
    json_error_t at;
    json_t *root = json_loadb(text.at, (size_t)text.len, JSON_REJECT_DUPLICATES, &at);
    bool right = false;
    if (!json_is_object(root))
        (void)FAIL(err, E_FILE_LAYOUT, .row = root ? 1 : at.line,
                   .words = S("city.json を読めません。かぎ括弧やコンマを確かめてください。"));
    else
        right = take_all(root, arena, settings, err);
    json_decref(root);
    return right;
}

// ---- writing

static json_t *copays_json(const CitySettings *settings)
{
    json_t *object = json_object();
    for (int i = 0; i < settings->copay_count; i++) {
        Str series = settings->copays[i].series;
        (void)json_object_setn_new(object, series.at, (size_t)series.len,
                                   json_integer(settings->copays[i].yen));
    }
    return object;
}

static json_t *value_of(const CitySettings *settings, const Item *item)
{
    const void *place = (const char *)settings + item->place;
    if (item->kind == ITEM_COPAYS) return copays_json(settings);
    if (item->kind == ITEM_SWITCH) return json_boolean(*(const bool *)place);
    if (item->kind == ITEM_NUMBER) return json_integer(*(const int *)place);
    const Str *text = place;
    return json_stringn(text->len ? text->at : "", (size_t)text->len);
}

Str city_settings_text(const CitySettings *settings, Arena *arena)
{
    json_t *root = json_object();
    for (int i = 0; i < countof(items); i++)
        (void)json_object_set_new(root, items[i].name, value_of(settings, &items[i]));
    const size_t flags = JSON_INDENT(1) | JSON_PRESERVE_ORDER;
    size_t size = json_dumpb(root, NULL, 0, flags);
    char *text = NEW(arena, char, (ptrdiff_t)size + 1);
    (void)json_dumpb(root, text, size, flags);
    text[size] = '\n';
    json_decref(root);
    return (Str){text, (ptrdiff_t)size + 1};
}

// Whole or not at all: two commands may meet a new data directory at once.
static bool write_first(const char *path, const CitySettings *settings, Arena scratch, Error *err)
{
    Output output;
    Str text = city_settings_text(settings, &scratch);
    if (!output_begin(&(OutputPlace){.path = path}, &scratch, &output, err)) return false;
    if (write(output.file, text.at, (size_t)text.len) == (ssize_t)text.len)
        return output_commit(&output, NULL, err);
    (void)output_failed(path, errno, err);
    output_abandon(&output);
    return false;
}

static bool read_file(FILE *file, const char *path, Arena *arena, Str *text, Error *err)
{
    char *bytes = NEW(arena, char, FILE_MOST);
    size_t got = fread(bytes, 1, FILE_MOST, file);
    if (ferror(file) || got == FILE_MOST)
        return FAIL(err, E_FILE_READ, .value = str_of(path),
                    .words = S("設定ファイルを読めません。中身を確かめてください。"));
    *text = (Str){bytes, (ptrdiff_t)got};
    return true;
}

bool city_settings_of(const char *path, Str city, Arena *arena, CitySettings *settings, Error *err)
{
    FILE *file = regular_file_read(path);
    if (!file && errno != ENOENT)
        return FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("設定ファイルを開けません。権限を確かめてください。"));
    if (!file) {
        *settings = city_settings_first(city, arena);
        return !city.len || write_first(path, settings, *arena, err);
    }
    Str text;
    bool right = read_file(file, path, arena, &text, err);
    (void)fclose(file);
    return right && city_settings_parse(text, arena, settings, err);
}
