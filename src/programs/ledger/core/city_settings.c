// SPDX-License-Identifier: Apache-2.0
#include "city_settings.h"

#include "output.h"
#include "regular_file.h"
#include "utf8.h"

#include <assert.h>
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
    const char *made_up;  // stands in for a blank; NULL: nothing does
    const char *needed;   // what it is, where no letter leaves without it
    const char *guide;    // how to fill it in
} Item;

// clang-format off
static const Item items[] = {  // in the order of the file
    {"city",       ITEM_TEXT,   offsetof(CitySettings, sender.city),       0, 12, false, "市",                "市の名前",
     "市の名前 (必ず)。例 宗像市"},
    {"section",    ITEM_TEXT,   offsetof(CitySettings, sender.section),    0, 18, false, "見本課 予防接種係", "担当の係",
     "通知を出す係 (必ず)。例 健康課 予防接種係"},
    {"telephone",  ITEM_TEXT,   offsetof(CitySettings, sender.telephone),  0, 20, false, "093-000-0000",      "問い合わせの電話",
     "問い合わせの電話 (必ず)"},
    {"mayor",      ITEM_TEXT,   offsetof(CitySettings, sender.mayor),      0, 16, false, "見本市長",          "差出人の市長",
     "差出人 (必ず)。例 宗像市長"},
    {"public_url", ITEM_URL,    offsetof(CitySettings, sender.public_url), 0, 62, false,  // QR version 4, level M
     "https://www.example.lg.jp/yobousesshu", NULL,
     "通知の QR コードで開く市の頁 (https://…)。空なら印刷しません"},
    {"envelope",   ITEM_TEXT,   offsetof(CitySettings, envelope),          0, 20, false, NULL, NULL,
     "窓あき封筒の名前 A、B、C、K2。空なら C"},
    {"synthetic",  ITEM_SWITCH, offsetof(CitySettings, synthetic),         0, 1, false, NULL, NULL,
     "true なら、すべての紙に「検証用」と印刷します。本番は false"},
    {"form_parts", ITEM_NUMBER, offsetof(CitySettings, form_parts),        0, 3, false, NULL, NULL,
     "予診票の枚数。0 なし、1 市提出用、2 医療機関控も、3 本人控も"},
    {"copay",      ITEM_COPAYS, 0,                                         0, COPAY_MOST, true, NULL, NULL,
     "B類の自己負担額 (円)。例 {\"系列\": 1500}。ないものは「市の案内をご覧ください」になります"},
    {"seal_left_out", ITEM_SWITCH, offsetof(CitySettings, seal_left_out),  0, 1, true, NULL, NULL,
     "true なら、証明書に「（公印省略）」と印刷します。false なら公印の場所を空けます"},
    {"copy_days",  ITEM_NUMBER, offsetof(CitySettings, copy_days),         0, 366, true, NULL, NULL,
     "住民の写しがこの日数より古いと、一覧と通知を断ります。0 なら注意だけ"},
};
// clang-format on

#define GUIDE "記入のしかた"

CitySettings city_settings_blank(bool synthetic)
{
    return (CitySettings){.synthetic = synthetic, .form_parts = 1};
}

static Str *text_at(CitySettings *settings, const Item *item)
{
    return (Str *)((char *)settings + item->place);
}

// Of spaces alone, half as wide or whole, is blank too.
static bool is_blank(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (code != ' ' && code != 0x3000) return false;
    }
    return true;
}

void city_settings_make_up(CitySettings *settings, Str city, Arena *arena)
{
    for (int i = 0; i < countof(items); i++) {
        Str *text = items[i].made_up ? text_at(settings, &items[i]) : NULL;
        if (!text || !is_blank(*text)) continue;
        *text = str_of(items[i].made_up);
        if (city.len && text == &settings->sender.city) *text = city;
        if (city.len && text == &settings->sender.mayor) *text = str_join(arena, city, S("長"));
    }
}

Str city_settings_missing(const CitySettings *settings, Arena *arena)
{
    Text names = {0};
    for (int i = 0; i < countof(items); i++) {
        const Item *item = &items[i];
        if (!item->needed) continue;
        Str text = *(const Str *)((const char *)settings + item->place);
        if (!is_blank(text) && !str_equal(text, str_of(item->made_up))) continue;
        text_addf(&names, arena, "%s%s (%s)", names.len ? "、" : "", item->name, item->needed);
    }
    return text_str(&names);
}

const Copay *city_copay(const CitySettings *settings, Str series)
{
    assert(settings->copay_count >= 0 && settings->copay_count <= COPAYS_MAX);
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
                      "{\"系列\": 1500} のように、系列の記号と円の数で書いてください。");
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
        bool known = !strcmp(name, GUIDE);
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

static json_t *guide_json(Arena scratch)
{
    json_t *lines = json_array();
    for (int i = 0; i < countof(items); i++) {
        Arena one = scratch;
        const char *line = str_z(&one, str_format(&one, "%s: %s", items[i].name, items[i].guide));
        (void)json_array_append_new(lines, json_string(line));
    }
    return lines;
}

Str city_settings_text(const CitySettings *settings, Arena *arena)
{
    assert(settings->copay_count >= 0 && settings->copay_count <= COPAYS_MAX);
    json_t *root = json_object();
    (void)json_object_set_new(root, GUIDE, guide_json(*arena));
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

bool city_settings_write(const char *path, const CitySettings *settings, Arena scratch, Error *err)
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

bool city_settings_read(const char *path, Arena *arena, CitySettings *settings, bool *there,
                        Error *err)
{
    FILE *file = regular_file_read(path);
    if (!file && errno != ENOENT)
        return FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("設定ファイルを開けません。権限を確かめてください。"));
    *there = file != NULL;
    *settings = city_settings_blank(false);
    if (!file) return true;
    Str text;
    bool right = read_file(file, path, arena, &text, err);
    (void)fclose(file);
    return right && city_settings_parse(text, arena, settings, err);
}
