// Where in HTML a template is, byte by byte: what a browser would make of the next value.
//
// A context is a value: a branch begins with a copy and must end in an equal one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef enum HtmlState {
    HTML_TEXT,
    HTML_RCDATA,    // title, textarea: text, and no element inside
    HTML_SCRIPT,    // of a script with src: nothing may stand inside
    HTML_TAG_OPEN,  // behind <
    HTML_TAG_NAME,
    HTML_TAG,          // inside a tag, behind a blank
    HTML_NAME,         // of an attribute
    HTML_EQUALS,       // behind =
    HTML_VALUE,        // between quotes
    HTML_VALUE_ENDED,  // behind the quote, or the name of an attribute or tag
    HTML_SLASH,        // behind / of <br/>
    HTML_CLOSE_NAME,
    HTML_MARK,  // behind <!
    HTML_DOCTYPE,
    HTML_COMMENT,
} HtmlState;

// Of a URL attribute: what may follow.
typedef enum UrlPlace {
    URL_NONE,     // no URL attribute
    URL_BEGIN,    // nothing yet: a Path, or a literal that begins with one sign of / ? #
    URL_SLASH,    // behind the first /
    URL_PATH,     // inside a path
    URL_SEGMENT,  // behind a / that is not the first
    URL_QUERY,
    URL_ARGUMENT,  // behind = of a query
    URL_FRAGMENT,
    URL_WHOLE,  // behind a Path: it ends, or # follows
} UrlPlace;

enum { HTML_DEPTH_MOST = 48 };

typedef struct HtmlContext {
    HtmlState state;
    UrlPlace url;
    int depth;
    Str open[HTML_DEPTH_MOST];  // elements, outermost first
    Str tag, name;              // being read; grow with the text they point into
    bool closes_itself, has_src;
} HtmlContext;

// Takes the byte at `at` of the template. NULL, or why it is refused.
const char *html_take(HtmlContext *context, const char *at);
// A directive stands here: names that were being read are at their end.
const char *html_pause(HtmlContext *context);
bool html_same(const HtmlContext *a, const HtmlContext *b);
bool html_has_ended(const HtmlContext *context);  // text, and nothing open
