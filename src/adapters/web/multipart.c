// SPDX-License-Identifier: Apache-2.0
#include "multipart.h"

#include "utf8.h"

#include <string.h>

// Where the reader stands. A delimiter is "\r\n--boundary"; the first one lacks the line end, as if it had been read.
enum {
    AT_DELIMITER,  // in the bytes of a part, or before the first one
    AFTER,         // behind a delimiter: "\r\n" begins a part, "--" ends the form
    AFTER_LINE,    // behind its "\r"
    AFTER_DASH,    // behind its "-"
    IN_HEAD,
    OVER,
};

static bool refuse(Error *err)
{
    return FAIL(err, E_MESSAGE,
                .words = S("ファイルの送信が途中で切れたか、読み取れませんでした。何も変わっていません。"
                           "画面を開き直して、もう一度送ってください。"));
}

static bool too_much(Error *err)
{
    return FAIL(err, E_LIMIT, .words = S("一度に送られた項目が長すぎます。画面を開き直してください。"));
}

static bool boundary_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("'()+_,-./:=?", c);
}

bool multipart_begin(Multipart *m, Str content_type, MultipartBytes *bytes, void *context, Arena *arena)
{
    Cut kind = str_cut(content_type, ';');
    Str boundary = str_trim(kind.tail);
    *m = (Multipart){.arena = arena, .bytes = bytes, .context = context};
    if (!str_equal(str_trim(kind.head), S("multipart/form-data")) || !str_starts(boundary, S("boundary="))) return false;
    boundary = str_from(boundary, S("boundary=").len);
    if (boundary.len > 2 && boundary.at[0] == '"' && boundary.at[boundary.len - 1] == '"')
        boundary = (Str){boundary.at + 1, boundary.len - 2};
    if (!boundary.len || boundary.len > MULTIPART_BOUNDARY_MOST) return false;
    for (ptrdiff_t i = 0; i < boundary.len; i++)
        if (!boundary.at[i] || !boundary_byte(boundary.at[i])) return false;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.at, (size_t)boundary.len);
    m->delimiter_len = 4 + boundary.len;
    m->matched = 2;  // the line before the first one
    return true;
}

// ---- the head of a part

static bool sound(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (code < ' ' || code == 0x7f) return false;
    }
    return true;
}

// name="…": browsers write " as %22 and line ends as %0D%0A, and nothing else.
static Str parameter(Str line, Str name)
{
    for (Str rest = line; rest.len;) {
        Cut cut = str_cut(rest, ';');
        Str one = str_trim(cut.head);
        rest = cut.tail;
        if (!str_starts(one, name)) continue;
        // A ; may stand in what is quoted.
        Str quoted = {one.at + name.len, line.at + line.len - one.at - name.len};
        if (!quoted.len || quoted.at[0] != '"') return (Str){0};
        Cut end = str_cut(str_from(quoted, 1), '"');
        return end.found ? end.head : (Str){0};
    }
    return (Str){0};
}

static Str without_folder(Str name)
{
    for (ptrdiff_t i = name.len - 1; i >= 0; i--)
        if (name.at[i] == '/' || name.at[i] == '\\') return str_from(name, i + 1);
    return name;
}

static bool head_read(Multipart *m, Error *err)
{
    Str name = {0}, file = {0};
    bool has_file = false;
    for (Str rest = {m->head, m->head_len}; rest.len;) {
        Cut cut = str_cut(rest, '\n');
        Str line = str_trim(cut.head);
        rest = cut.tail;
        if (!str_starts(line, S("Content-Disposition:")) && !str_starts(line, S("content-disposition:"))) continue;
        name = parameter(line, S("name="));
        file = parameter(line, S("filename="));
        has_file = str_find(line, S("filename=")) >= 0;
    }
    if (!name.len || !sound(name) || !sound(file) || m->pairs.count == WEB_PAIRS_MOST) return refuse(err);
    m->name = str_copy(m->arena, name);
    m->text = (Text){0};
    m->in_file = has_file;
    if (!has_file) return true;
    if (m->has_file) return refuse(err);
    m->has_file = true;
    m->file_field = m->name;
    m->file_name = str_copy(m->arena, without_folder(file));
    return true;
}

static bool head_byte(Multipart *m, char byte, Error *err)
{
    if (m->head_len == MULTIPART_HEAD_MOST) return too_much(err);
    m->head[m->head_len++] = byte;
    if (m->head_len < 4 || memcmp(m->head + m->head_len - 4, "\r\n\r\n", 4)) return true;
    m->state = AT_DELIMITER;
    m->matched = 0;
    return head_read(m, err);
}

// ---- the bytes of a part

static bool bytes_taken(Multipart *m, Str bytes, Error *err)
{
    if (!bytes.len) return true;
    if (!m->name.len) return refuse(err);  // before the first part stands nothing
    if (m->in_file) return m->bytes(m->context, bytes, err);
    m->texts += bytes.len;
    if (m->texts > MULTIPART_TEXTS_MOST) return too_much(err);
    text_add(&m->text, m->arena, bytes);
    return true;
}

static bool readable(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;)
        if (utf8_next(text, &at) <= 0) return false;
    return true;
}

static bool part_over(Multipart *m, Error *err)
{
    m->state = AFTER;
    m->matched = 0;
    if (m->name.len && !m->in_file) {
        Str value = text_str(&m->text);
        if (!readable(value)) return refuse(err);
        *web_pairs_push(&m->pairs, m->arena) = (WebPair){m->name, value};
    }
    return true;
}

// "\r" stands once in a delimiter, at its beginning: what had matched and goes on otherwise is bytes of the part, and only
// the byte in hand may begin a delimiter anew.
static bool part_bytes(Multipart *m, Str part, ptrdiff_t *at, Error *err)
{
    ptrdiff_t first = *at;
    while (*at < part.len) {
        char byte = part.at[*at];
        if (byte == m->delimiter[m->matched]) {
            if (!m->matched && !bytes_taken(m, (Str){part.at + first, *at - first}, err)) return false;
            ++*at;
            if (++m->matched == m->delimiter_len) return part_over(m, err);
            continue;
        }
        if (m->matched) {
            ptrdiff_t matched = m->matched;
            m->matched = 0;
            if (!bytes_taken(m, (Str){m->delimiter, matched}, err)) return false;
            first = *at;
            continue;
        }
        ++*at;
    }
    ptrdiff_t left = m->matched ? 0 : part.len - first;
    return bytes_taken(m, (Str){part.at + part.len - left, left}, err);
}

static bool between(Multipart *m, char byte, Error *err)
{
    if (m->state == AFTER && byte == '\r') m->state = AFTER_LINE;
    else if (m->state == AFTER && byte == '-') m->state = AFTER_DASH;
    else if (m->state == AFTER_DASH && byte == '-') m->state = OVER;
    else if (m->state == AFTER_LINE && byte == '\n') {
        m->state = IN_HEAD;
        m->head_len = 0;
    } else return refuse(err);
    return true;
}

bool multipart_feed(Multipart *m, Str part, Error *err)
{
    for (ptrdiff_t at = 0; at < part.len;) {
        bool good = true;
        if (m->state == OVER) return true;  // what stands behind it is nobody's
        if (m->state == AT_DELIMITER) good = part_bytes(m, part, &at, err);
        else if (m->state == IN_HEAD) good = head_byte(m, part.at[at++], err);
        else good = between(m, part.at[at++], err);
        if (!good) return false;
    }
    return true;
}

bool multipart_end(const Multipart *m, Error *err)
{
    return m->state == OVER || refuse(err);
}
