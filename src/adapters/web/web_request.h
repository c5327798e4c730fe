// A request of a browser, read once into parts that cannot mislead: path, query, form, cookies.
//
// The target and the headers are read as they came, by readers of our own: nothing is cut at a zero byte,
// decoded twice, or guessed. A part that is no UTF-8, holds a zero, or is encoded wrongly refuses the whole.
// Limits  WEB_SEGMENTS_MOST, WEB_PAIRS_MOST. A name that was given twice is not given: web_value.
// Errors  E_MESSAGE: it cannot be read; E_LIMIT: too much of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "vec.h"

enum { WEB_SEGMENTS_MOST = 8, WEB_PAIRS_MOST = 200 };

// Names of our cookies; over TLS a browser keeps them to this host and to TLS.
#define WEB_COOKIE        "desk"
#define WEB_COOKIE_SECURE "__Host-"  // and the name
#define WEB_PLACE         "place"
#define WEB_PLACE_SECURE  "__Secure-place"

typedef enum WebMethod { WEB_OTHER, WEB_GET, WEB_POST } WebMethod;

// What the library found in the head; {0} where a header is not there.
typedef struct WebHead {
    WebMethod method;
    Str target;  // "/p/abc?page=2", as it came
    Str host, cookie, content_type, origin, fetch_site;
    Str peer;     // the address of whoever is on the line: "192.0.2.7"
    bool secure;  // it came over TLS
    const char
        *session;  // name of the session's cookie at this door; NULL: WEB_COOKIE, of plain HTTP
    Str card;  // the key that whoever is on the line has proven ("sha256//..."); {0}: none was asked for
} WebHead;

typedef struct WebPair {
    Str name, value;
} WebPair;
VEC(WebPairs, WebPair, web_pairs);

// A file that came with the form, as a draft that is gone when the answer has left; whoever keeps it moves it away.
typedef struct WebSent {
    Str field, name;   // as the browser says them: no path, no control character; may be empty
    Str folder, path;  // the draft, alone in its folder
    int64_t bytes;
} WebSent;

typedef struct WebRequest {
    WebHead head;
    WebSent sent;  // {0}: none
    Str segments[WEB_SEGMENTS_MOST];  // of the path, decoded; "/" has none
    int segment_count;
    WebPairs query, form, cookies;
} WebRequest;

MUST bool web_request_read(const WebHead *head, Str body, Arena *arena, WebRequest *request,
                           Error *err);
// What this browser holds of ours: of its session, and of itself. {0}: nothing.
Str web_session(const WebRequest *request);
Str web_place(const WebRequest *request);
// {0}: not given, or not exactly once.
Str web_value(WebPairs pairs, const char *name);
