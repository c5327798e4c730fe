// Any bytes through each writer of text, read back by libxml2: one text, or the value of one attribute, and
// nothing else around it.
// SPDX-License-Identifier: Apache-2.0
#include "outlet.h"
#include "page_made.h"

#include <libxml/HTMLparser.h>

#include <assert.h>
#include <string.h>

static Str node_text(xmlNode *node, Arena *arena)
{
    xmlChar *content = xmlNodeGetContent(node);
    Str text = str_copy(arena, str_of((const char *)content));
    xmlFree(content);
    return text;
}

static xmlNode *child_of(xmlNode *node, const char *name)
{
    for (xmlNode *at = node->children; at; at = at->next)
        if (at->type == XML_ELEMENT_NODE && !strcmp((const char *)at->name, name)) return at;
    assert(!"the element is there");
    return NULL;
}

static int elements_in(xmlNode *node)
{
    int count = 0;
    for (xmlNode *at = node->children; at; at = at->next) count += at->type != XML_TEXT_NODE;
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(256 << 20);
    Arena arena = whole;
    Error err = {0};
    Markup markup;
    if (size > 1 << 14) return 0;
    Str text = {(const char *)data, (ptrdiff_t)size};
    Page *page = page_begin(&arena);
    put_literal(page,
                S("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>x</title></head><body>"
                  "<div title=\""));
    put_text(page, text);
    put_literal(page, S("\"><span>"));
    put_text(page, text);
    put_literal(page, S("</span><a href=\"/p/"));
    put_segment(page, text);
    put_literal(page, S("\">x</a></div></body></html>"));
    bool ended = page_end(page, &markup, &err);
    assert(ended);

    Str bytes = markup_bytes(markup);
    htmlDocPtr read = htmlReadMemory(bytes.at, (int)bytes.len, NULL, "UTF-8",
                                     HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    assert(read);
    xmlNode *div = child_of(child_of(xmlDocGetRootElement(read), "body"), "div");
    xmlNode *span = child_of(div, "span");
    Str shown = outlet_text(OUTLET_PAGE, &arena, text);
    assert(elements_in(div) == 2);
    assert(elements_in(span) == 0);
    // A carriage return is a line end to whoever reads HTML.
    if (str_find(shown, S("\r")) < 0) assert(str_equal(node_text(span, &arena), shown));
    xmlChar *title = xmlGetProp(div, (const xmlChar *)"title");
    xmlChar *href = xmlGetProp(child_of(div, "a"), (const xmlChar *)"href");
    assert(title);
    assert(href && str_starts(str_of((const char *)href), S("/p/")));
    xmlFree(title);
    xmlFree(href);
    xmlFreeDoc(read);
    return 0;
}
