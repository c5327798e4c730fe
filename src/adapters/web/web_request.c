// SPDX-License-Identifier: Apache-2.0
#include "web_request.h"

#include "utf8.h"

static bool refuse(Error *err)
{
    return FAIL(err, E_MESSAGE,
                .words = S("ブラウザーからの要求を読み取れませんでした。"
                           "画面を開き直してください。"));
}

static bool too_much(Error *err)
{
    return FAIL(err, E_LIMIT, .words = S("一度に送られた項目が多すぎます。"));
}

// ---- percent

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

static bool readable(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;)
        if (utf8_next(text, &at) <= 0) return false;  // UTF8_BAD and zero
    return true;
}

static bool decode(Str text, bool form, Arena *arena, Str *decoded, Error *err)
{
    Text out = {0};
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '%') {
            int high = i + 2 < text.len ? hex_digit(text.at[i + 1]) : -1;
            int low = i + 2 < text.len ? hex_digit(text.at[i + 2]) : -1;
            if (high < 0 || low < 0) return refuse(err);
            byte = (char)(high * 16 + low);
            i += 2;
        } else if (byte == '+' && form) {
            byte = ' ';
        }
        text_add_byte(&out, arena, byte);
    }
    *decoded = text_str(&out);
    return readable(*decoded) || refuse(err);
}

// ---- pairs

static bool pairs_read(Str text, Arena *arena, WebPairs *pairs, Error *err)
{
    while (text.len) {
        WebPair pair;
        Cut cut = str_cut(text, '&');
        Cut sides = str_cut(cut.head, '=');
        text = cut.tail;
        if (!cut.head.len) continue;
        if (pairs->count == WEB_PAIRS_MOST) return too_much(err);
        if (!decode(sides.head, true, arena, &pair.name, err) ||
            !decode(sides.tail, true, arena, &pair.value, err))
            return false;
        *web_pairs_push(pairs, arena) = pair;
    }
    return true;
}

// Values stand as they are: ours are letters and digits.
static bool cookies_read(Str text, Arena *arena, WebPairs *cookies, Error *err)
{
    if (!readable(text)) return refuse(err);
    while (text.len) {
        Cut cut = str_cut(text, ';');
        Cut sides = str_cut(str_trim(cut.head), '=');
        text = cut.tail;
        if (!sides.found) continue;
        if (cookies->count == WEB_PAIRS_MOST) return too_much(err);
        *web_pairs_push(cookies, arena) = (WebPair){sides.head, sides.tail};
    }
    return true;
}

// ---- the path

static bool segments_read(Str path, Arena *arena, WebRequest *request, Error *err)
{
    if (!path.len || path.at[0] != '/') return refuse(err);
    path = str_from(path, 1);
    while (path.len) {
        Cut cut = str_cut(path, '/');
        if (request->segment_count == WEB_SEGMENTS_MOST) return too_much(err);
        if (!cut.head.len || (cut.found && !cut.tail.len)) return refuse(err);
        if (!decode(cut.head, false, arena, &request->segments[request->segment_count++], err))
            return false;
        path = cut.tail;
    }
    return true;
}

// Behind ; stands a charset, which is UTF-8 or refused by its bytes.
static bool is_form(Str content_type)
{
    return str_equal(str_trim(str_cut(content_type, ';').head),
                     S("application/x-www-form-urlencoded"));
}

bool web_request_read(const WebHead *head, Str body, Arena *arena, WebRequest *request, Error *err)
{
    WebRequest read = {.head = *head};
    Cut target = str_cut(head->target, '?');
    if (!segments_read(target.head, arena, &read, err) ||
        !pairs_read(target.tail, arena, &read.query, err) ||
        !cookies_read(head->cookie, arena, &read.cookies, err))
        return false;
    if (body.len && !is_form(head->content_type)) return refuse(err);
    if (!pairs_read(body, arena, &read.form, err)) return false;
    *request = read;
    return true;
}

Str web_session(const WebRequest *request)
{
    const char *name = request->head.session;
    return web_value(request->cookies, name ? name : WEB_COOKIE);
}

Str web_place(const WebRequest *request)
{
    const char *name = request->head.secure ? WEB_PLACE_SECURE : WEB_PLACE;
    return web_value(request->cookies, name);
}

Str web_value(WebPairs pairs, const char *name)
{
    Str found = {0};
    int times = 0;
    VEC_EACH (const WebPair, pair, pairs) {
        if (!str_equal(pair->name, str_of(name))) continue;
        found = pair->value;
        times++;
    }
    return times == 1 ? found : (Str){0};
}
