// SPDX-License-Identifier: Apache-2.0
#include "ward_scope.h"

#include <pthread.h>
#include <stdlib.h>

#include "fold.h"
#include "municipality.h"
#include "vec.h"

bool ward_scope_covers(Str wards, Str ward)
{
    if (!wards.len) return true;
    for (Str rest = wards; ward.len && rest.len;) {
        Cut one = str_cut(rest, ' ');
        if (str_equal(one.head, ward)) return true;
        rest = one.tail;
    }
    return false;
}

// ---- places

static pthread_once_t places_once = PTHREAD_ONCE_INIT;
static const MunicipalityTable *places;  // NULL: the table could not be read
static Error places_unread;

static void places_load(void)
{
    enum { PLACES_BYTES = 16 << 20 };
    static Arena room;
    room = arena_reserve(PLACES_BYTES);
    if (!municipality_load(&room, &places, &places_unread)) places = NULL;
}

static bool places_known(Error *err)
{
    (void)pthread_once(&places_once, places_load);
    return places || error_pass(err, &places_unread);
}

static bool is_ward(const Municipality *place)
{
    MunicipalityCode city = municipality_answering(places, place->code);
    return !municipality_same(&city, &place->code);
}

// ---- what was written

VEC(WardCodes, MunicipalityCode, ward_codes);

static bool unknown(Str written, const char *words, Error *err)
{
    return FAIL(err, E_CODE_UNKNOWN, .value = written, .words = str_of(words));
}

static bool ward_meant(Str written, MunicipalityCode *code, Error *err)
{
    Error unread;
    const Municipality *place = NULL;
    bool digits = written.at[0] >= '0' && written.at[0] <= '9';
    int count = digits ? municipality_code_parse(written, code, NULL, &unread) : municipality_named(places, written, &place);
    if (digits && count) place = municipality_find(places, code);
    if (count > 1)
        return unknown(written, "同じ名前の区がほかの市にもあります。市の名前から（北九州市小倉北区のように）入力してください。", err);
    if (!place || !is_ward(place))
        return unknown(written, "区の名前か6桁の市区町村コードを入力してください（例: 小倉北区、401064）。全市のときは空けておきます。", err);
    *code = place->code;
    return true;
}

static int code_order(const void *left, const void *right)
{
    const MunicipalityCode *a = left, *b = right;
    return str_order(municipality_text(a), municipality_text(b));
}

static Str codes_text(WardCodes *codes, Arena *arena)
{
    Text text = {0};
    if (codes->count) qsort(codes->at, (size_t)codes->count, sizeof *codes->at, code_order);
    for (ptrdiff_t i = 0; i < codes->count; i++)
        if (!i || !municipality_same(&codes->at[i], &codes->at[i - 1]))
            text_addf(&text, arena, "%s%.*s", i ? " " : "", STR(municipality_text(&codes->at[i])));
    return text_str(&text);
}

// Commas, 、 and ・ part as a blank does.
static Str parted(Str typed, Arena *arena)
{
    static const char *const marks[] = {",", "、", "・", "\t"};
    Text text = {0};
    for (Str rest = fold_width(arena, typed, NULL); rest.len;) {
        ptrdiff_t mark = 0;
        for (int i = 0; i < countof(marks); i++)
            if (str_starts(rest, str_of(marks[i]))) mark = str_of(marks[i]).len;
        text_add(&text, arena, mark ? S(" ") : str_first(rest, 1));
        rest = str_from(rest, mark ? mark : 1);
    }
    return text_str(&text);
}

bool ward_scope_read(Str typed, Arena *arena, Str *wards, Error *err)
{
    WardCodes codes = {0};
    *wards = (Str){0};
    if (!places_known(err)) return false;
    for (Str rest = parted(typed, arena); rest.len;) {
        Cut one = str_cut(rest, ' ');
        MunicipalityCode code;
        rest = one.tail;
        if (!one.head.len) continue;
        if (!ward_meant(one.head, &code, err)) return false;
        MunicipalityCode city = municipality_answering(places, code);
        *ward_codes_push(&codes, arena) = code;
        MunicipalityCode first = municipality_answering(places, codes.at[0]);
        if (!municipality_same(&city, &first)) return unknown(one.head, "担当区は、一つの市の区だけにしてください。", err);
    }
    *wards = codes_text(&codes, arena);
    return true;
}

// The name without the city's.
static Str short_name(const Municipality *place)
{
    MunicipalityCode city = municipality_answering(places, place->code);
    const Municipality *whole = municipality_find(places, &city);
    return whole && str_starts(place->name, whole->name) ? str_from(place->name, whole->name.len) : place->name;
}

Str ward_scope_words(Str wards, Arena *arena)
{
    Text text = {0};
    Error unread = {0};
    if (!wards.len) return S("全市");
    for (Str rest = wards; rest.len;) {
        Cut one = str_cut(rest, ' ');
        MunicipalityCode code;
        const Municipality *place = NULL;
        if (places_known(&unread) && municipality_code_parse(one.head, &code, NULL, &unread))
            place = municipality_find(places, &code);
        Str name = place ? short_name(place) : one.head;
        text_addf(&text, arena, "%s%.*s", text_str(&text).len ? "・" : "", STR(name));
        rest = one.tail;
    }
    return text_str(&text);
}
