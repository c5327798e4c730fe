// SPDX-License-Identifier: Apache-2.0
#include "pins.h"

#include <openssl/evp.h>

#include <assert.h>
#include <string.h>

#include "key_file.h"

static const char algorithm[] = "sha256//";

Pin pin_of_hash(const unsigned char hash[PIN_HASH_BYTES])
{
    Pin pin;
    memcpy(pin.text, algorithm, sizeof algorithm - 1);
    int len = EVP_EncodeBlock((unsigned char *)pin.text + sizeof algorithm - 1, hash,
                              PIN_HASH_BYTES);  // ends it with a zero
    assert(len == PIN_TEXT_SIZE - (int)sizeof algorithm);
    return pin;
}

static const char *list_path(Str folder, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/pins", STR(folder)));
}

// The next line of the list that is one: its role and its pin.
static bool line_next(Str *rest, Str *role, Str *pin)
{
    while (rest->len) {
        Cut line = str_cut(*rest, '\n'), words = str_cut(line.head, ' ');
        *rest = line.tail;
        if (!words.found || !str_starts(words.tail, str_of(algorithm))) continue;
        *role = words.head;
        *pin = words.tail;
        return true;
    }
    return false;
}

bool pins_of_role(Str folder, Str role, Arena *arena, Str *pins, Error *err)
{
    Str rest, of, pin, all = {0};
    if (!key_list_read(list_path(folder, arena), arena, &rest, err)) return false;
    while (line_next(&rest, &of, &pin))
        if (str_equal(of, role))
            all = str_format(arena, "%.*s%s%.*s", STR(all), all.len ? ";" : "", STR(pin));
    *pins = all;
    return true;
}

bool pins_hold(Str pins, const Pin *pin)
{
    for (Cut cut = str_cut(pins, ';'); cut.head.len; cut = str_cut(cut.tail, ';'))
        if (str_equal(cut.head, str_of(pin->text))) return true;
    return false;
}

bool pins_set(Str folder, Str role, const Pin *pin, Arena scratch, Error *err)
{
    Text text = {0};
    Str rest, of, kept;
    const char *path = list_path(folder, &scratch);
    if (!key_list_read(path, &scratch, &rest, err)) return false;
    while (line_next(&rest, &of, &kept))
        if (!str_equal(of, role))
            text_addf(&text, &scratch, "%.*s %.*s\n", STR(of), STR(kept));
    text_addf(&text, &scratch, "%.*s %s\n", STR(role), pin->text);
    Str made = text_str(&text);
    return key_file_replace(path, (Bytes){(const unsigned char *)made.at, made.len}, err);
}
