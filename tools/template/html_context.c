// SPDX-License-Identifier: Apache-2.0
#include "html_context.h"

#include <string.h>

// What is not on a list is refused: nobody has thought about what a browser does with it.
static const char elements[] =
    " html head meta title link script body header nav main footer section article aside div p h1 h2 h3 ul ol li dl dt dd"
    " a b strong small span br hr kbd mark bdi time form label input button select option textarea fieldset legend"
    " table caption thead tbody tfoot tr th td figure figcaption details summary progress img"
    " svg g path rect circle line text tspan use defs desc pattern ";
static const char void_elements[] = " meta link input br hr img ";
static const char rcdata_elements[] = " title textarea ";

static const char attributes[] =
    " id class lang dir title hidden tabindex accesskey role autofocus charset name content rel type value for form method"
    " autocomplete inputmode maxlength size placeholder required checked selected disabled readonly multiple colspan rowspan"
    " scope open max min defer datetime enctype rows cols alt"
    " viewBox x y x1 y1 x2 y2 cx cy r rx ry d width height transform patternUnits patternTransform ";
static const char url_attributes[] = " href src action formaction ";

static bool listed(const char *list, Str name)
{
    for (const char *at = strstr(list, " "); at && at[1]; at = strstr(at + 1, " ")) {
        size_t len = strcspn(at + 1, " ");
        if (len == (size_t)name.len && !memcmp(at + 1, name.at, len)) return true;
    }
    return false;
}

static bool in_svg(const HtmlContext *c)
{
    for (int i = 0; i < c->depth; i++)
        if (str_equal(c->open[i], S("svg"))) return true;
    return false;
}

static bool letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t';
}

static void grow(Str *name, const char *at)
{
    if (!name->len) name->at = at;
    name->len++;
}

// ---- elements

static const char *element_named(const HtmlContext *c)
{
    return listed(elements, c->tag) ? NULL : "this element is not on the list";
}

static const char *tag_ended(HtmlContext *c)
{
    bool is_void = listed(void_elements, c->tag), script = str_equal(c->tag, S("script"));
    c->state = HTML_TEXT;
    if (script && !c->has_src) return "a script is a file of its own: <script src=…>";
    if (is_void) return NULL;
    if (c->closes_itself)
        return in_svg(c) ? NULL : "only void elements and those of a picture end so";
    if (c->depth == HTML_DEPTH_MOST) return "too many elements inside each other";
    if (script) c->state = HTML_SCRIPT;
    if (listed(rcdata_elements, c->tag) && !in_svg(c)) c->state = HTML_RCDATA;
    c->open[c->depth++] = c->tag;
    return NULL;
}

static const char *close_ended(HtmlContext *c)
{
    if (!c->depth || !str_equal(c->open[c->depth - 1], c->tag))
        return "this element is not the one that is open";
    c->depth--;
    c->state = HTML_TEXT;
    return NULL;
}

static const char *tag_begins(HtmlContext *c, const char *at)
{
    c->tag = (Str){0};
    c->closes_itself = c->has_src = false;
    c->state = *at == '/' ? HTML_CLOSE_NAME : *at == '!' ? HTML_MARK : HTML_TAG_NAME;
    if (c->state != HTML_TAG_NAME) return NULL;
    if (!letter(*at)) return "a < that begins no element: write &lt;";
    grow(&c->tag, at);
    return NULL;
}

// ---- inside a tag

static const char *attribute_named(HtmlContext *c)
{
    bool data = str_starts(c->name, S("data-")) || str_starts(c->name, S("aria-"));
    bool url = listed(url_attributes, c->name);
    if (!data && !url && !listed(attributes, c->name)) return "this attribute is not on the list";
    c->url = url ? URL_BEGIN : URL_NONE;
    c->has_src |= str_equal(c->name, S("src"));
    return NULL;
}

static const char *in_tag(HtmlContext *c, const char *at)
{
    if (*at == '>') return tag_ended(c);
    if (blank(*at) || *at == '/') {
        c->state = blank(*at) ? HTML_TAG : HTML_SLASH;
        return NULL;
    }
    if (c->state == HTML_VALUE_ENDED) return "a blank is missing before this attribute";
    if (!letter(*at)) return "this is no attribute";
    c->name = (Str){0};
    grow(&c->name, at);
    c->state = HTML_NAME;
    return NULL;
}

static const char *in_name(HtmlContext *c, const char *at)
{
    if (letter(*at) || digit(*at) || *at == '-') {
        grow(&c->name, at);
        return NULL;
    }
    const char *why = attribute_named(c);
    if (why) return why;
    c->state = *at == '=' ? HTML_EQUALS : HTML_VALUE_ENDED;
    if (*at == '=') return NULL;
    return c->url ? "a URL is missing" : in_tag(c, at);
}

static const char *in_tag_name(HtmlContext *c, const char *at)
{
    if (letter(*at) || digit(*at)) {
        grow(&c->tag, at);
        return NULL;
    }
    const char *why = element_named(c);
    c->state = HTML_VALUE_ENDED;
    return why ? why : in_tag(c, at);
}

// ---- a URL

static const char *url_begins(HtmlContext *c, char byte)
{
    switch (byte) {
    case '/': c->url = URL_SLASH; return NULL;
    case '?': c->url = URL_QUERY; return NULL;
    case '#': c->url = URL_FRAGMENT; return NULL;
    default: return "a URL begins with /, ? or #, or is a Path";
    }
}

static const char *in_url(HtmlContext *c, char byte)
{
    if (c->url == URL_BEGIN) return url_begins(c, byte);
    if (byte == '\\' || blank(byte)) return "this sign has no place in a URL";
    if (c->url == URL_SLASH && byte == '/') return "// leads to another host";
    if (c->url == URL_FRAGMENT) return NULL;
    bool query = c->url == URL_QUERY || c->url == URL_ARGUMENT;
    if (c->url == URL_WHOLE && byte != '#') return "behind a Path only # may follow";
    if (byte == '#')
        c->url = URL_FRAGMENT;
    else if (query)
        c->url = byte == '=' ? URL_ARGUMENT : URL_QUERY;
    else if (byte == '?')
        c->url = URL_QUERY;
    else
        c->url = byte == '/' ? URL_SEGMENT : URL_PATH;
    return NULL;
}

static const char *in_value(HtmlContext *c, char byte)
{
    if (byte == '"' && c->url == URL_BEGIN) return "a URL is missing";
    if (byte == '<') return "a < inside a value: a quote is missing before";
    if (byte == '"') c->state = HTML_VALUE_ENDED;
    if (byte == '"') return NULL;
    return c->url ? in_url(c, byte) : NULL;
}

// ---- the rest

static const char *in_text(HtmlContext *c, char byte)
{
    if (c->state == HTML_SCRIPT && byte != '<') return "a script is a file of its own";
    if (byte == '<') c->state = HTML_TAG_OPEN;
    return NULL;
}

static const char *in_mark(HtmlContext *c, char byte)
{
    c->state = byte == '-' ? HTML_COMMENT : HTML_DOCTYPE;
    bool known = byte == '-' || (byte == 'D' && !c->depth);
    return known ? NULL : "this is neither <!DOCTYPE html> nor a comment";
}

static const char *in_close_name(HtmlContext *c, const char *at)
{
    if (letter(*at) || digit(*at)) {
        grow(&c->tag, at);
        return NULL;
    }
    return *at == '>' ? close_ended(c) : "this is no closing tag";
}

// In a title, a text area or a script nothing but their own end is a tag.
static const char *only_its_end(const HtmlContext *c, char byte)
{
    if (!c->depth || byte == '/' || in_svg(c)) return NULL;
    Str inside = c->open[c->depth - 1];
    if (listed(rcdata_elements, inside) || str_equal(inside, S("script")))
        return "no element may stand inside this one";
    return NULL;
}

const char *html_take(HtmlContext *c, const char *at)
{
    if ((unsigned char)*at < ' ' && !blank(*at)) return "a control character";
    switch (c->state) {
    case HTML_TEXT:
    case HTML_RCDATA:
    case HTML_SCRIPT: return in_text(c, *at);
    case HTML_TAG_OPEN: {
        const char *why = only_its_end(c, *at);
        return why ? why : tag_begins(c, at);
    }
    case HTML_TAG_NAME: return in_tag_name(c, at);
    case HTML_TAG:
    case HTML_VALUE_ENDED: return in_tag(c, at);
    case HTML_NAME: return in_name(c, at);
    case HTML_EQUALS:
        if (*at != '"') return "a value stands between double quotes";
        c->state = HTML_VALUE;
        return NULL;
    case HTML_VALUE: return in_value(c, *at);
    case HTML_SLASH:
        if (*at != '>') return "this is no end of a tag";
        c->closes_itself = true;
        return tag_ended(c);
    case HTML_CLOSE_NAME: return in_close_name(c, at);
    case HTML_MARK: return in_mark(c, *at);
    case HTML_DOCTYPE:
        if (*at == '>') c->state = HTML_TEXT;
        return NULL;
    case HTML_COMMENT:
        if (*at == '>' && at[-1] == '-' && at[-2] == '-') c->state = HTML_TEXT;
        return NULL;
    }
    return "the compiler is lost";
}

const char *html_pause(HtmlContext *c)
{
    const char *why = NULL;
    if (c->state == HTML_TAG_NAME)
        why = element_named(c);
    else if (c->state == HTML_NAME)
        why = attribute_named(c);
    else
        return NULL;
    if (!why && c->state == HTML_NAME && c->url) why = "a URL is missing";
    c->state = HTML_VALUE_ENDED;
    return why;
}

bool html_same(const HtmlContext *a, const HtmlContext *b)
{
    if (a->state != b->state || a->depth != b->depth) return false;
    if (a->state == HTML_VALUE && a->url != b->url) return false;
    bool in_tag = a->state == HTML_TAG || a->state == HTML_VALUE_ENDED || a->state == HTML_VALUE;
    if (in_tag && !str_equal(a->tag, b->tag)) return false;
    for (int i = 0; i < a->depth; i++)
        if (!str_equal(a->open[i], b->open[i])) return false;
    return true;
}

bool html_has_ended(const HtmlContext *c)
{
    return c->state == HTML_TEXT && !c->depth;
}
