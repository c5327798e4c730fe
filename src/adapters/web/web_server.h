// The door for browsers: whole pages, few handlers for many connections. HTTPS with a certificate of the city's; plain
// HTTP on the loopback alone. A second door beside it asks for the certificate of a card (WebTls.trust): TLS asks
// before it knows for which page, so the card has a port of its own. Cookies of one host reach both.
//
// One thread of the library reads and writes all connections; a request that is whole is handed to one of a
// few handlers, each with an arena (empty at each request) and a context of its own, usually a Store. So an
// idle tab holds no handler, and a slow one none either: its page is copied before it is sent.
// Out    status, headers and cookie are written here and nowhere else. Every answer is whole and has its
//        length; scripts, styles and pictures come from here alone (Content-Security-Policy), nothing of a
//        person is kept by the browser (no-store). Assets stand under the digest of their bytes, for a year.
// Limits WEB_CONNECTIONS_MOST; where few places are left, the address that holds most gives way, its idle connections
//        first (connections.h). WEB_OPENING_SECONDS for a head, WEB_BODY_SECONDS for a form,
//        WEB_IDLE_SECONDS between two requests: whoever is slower is hung up on, however often he says a byte.
//        WEB_WAITING_MOST requests that wait for a handler: one more is told so (503). WEB_FORM_MOST bytes; a file where it is
//        expected (WebUploads), WEB_UPLOADS_MOST at once, streamed into a draft within WEB_UPLOAD_SECONDS.
// Host   a request must name the place we listen on: a name that leads here by a foreign DNS is refused (421).
// Errors E_HTTP with words for the operator. What a handler fails at is answered by its code alone (500).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "embedded.h"
#include "page.h"
#include "web_request.h"

#include <stdatomic.h>

enum {
    WEB_HANDLERS_MOST = 16,
    WEB_CONNECTIONS_MOST = 600,
    WEB_WAITING_MOST = 64,
    WEB_OPENING_SECONDS = 10,
    WEB_BODY_SECONDS = 30,
    WEB_IDLE_SECONDS = 75,
    WEB_FORM_MOST = 64 << 10,
    WEB_UPLOAD_SECONDS = 600,
    WEB_UPLOADS_MOST = 4,  // at once
};

// Bytes that the browser shows or keeps as a file; nothing in them is run.
typedef struct WebFile {
    Str bytes;
    const char *type;  // "image/png"
    const char *name;  // under which it is kept; NULL: it is shown
} WebFile;

// 200 with a page or a file, or the status given; `go` answers 303.
typedef struct WebAnswer {
    int status;  // 0: 200
    Markup page;
    WebFile file;  // {0}: none
    bool renews;   // the browser asks for the page again every few seconds
    Path go;
    bool elsewhere;  // `go` is at the door beside this one
    Str cookie;  // value of the session's cookie from now on; {0}: as it was
    bool cookie_forgotten;
    Str place;  // value of the cookie that this browser keeps, whoever sits there; {0}: as it was
} WebAnswer;

// `request` is NULL when it could not be read; `why` then says so, else it is NULL.
typedef bool WebHandle(void *context, const WebRequest *request, const Error *why, Arena *arena,
                       WebAnswer *answer, Error *err);

// Texts of PEM files, as web_tls_read (web_tls.h) found them to fit.
typedef struct WebTls {
    Str name;                       // what browsers call this host
    const char *certificate, *key;  // the host's own, with what leads up to its authority
    const char *trust;              // authorities of cards, each of which must be shown; NULL: none is asked for
} WebTls;

// Where files may be sent. Every other form stays below WEB_FORM_MOST.
typedef struct WebUploads {
    const char *folder;  // of the drafts: what nobody holds is taken away when the door opens
    int64_t most;        // bytes of a file
    // Asked by the head alone, in the thread of all connections, before a byte of the file is read.
    bool (*may)(void *context, const WebHead *head, Arena scratch);
    void *context;
} WebUploads;

typedef struct WebSetup {
    const WebUploads *uploads;  // NULL: no file is taken
    int socket;         // that listens (listening.h), without `tls` on the loopback (asserted); the server closes it
    const WebTls *tls;  // NULL: plain HTTP
    int connections_most;  // 0: WEB_CONNECTIONS_MOST
    WebHandle *handle;
    void *const *contexts;  // one per handler
    int handler_count;
    ptrdiff_t handler_bytes;     // arena of one request
    const EmbeddedFile *assets;  // .css, .js, .svg
    int asset_count;
    const char *session;  // name of its session's cookie: programs of one host have each their own; NULL: "desk"
    atomic_llong *failed;  // counts handshakes that came to no end; NULL: nobody asks
} WebSetup;

typedef struct WebServer WebServer;

MUST bool web_server_open(const WebSetup *setup, Arena *arena, WebServer **server, Error *err);
int web_server_port(const WebServer *server);
// "https://desk.city.example:8443".
Str web_server_origin(const WebServer *server, Arena *arena);
// Forms and answers of `server` may lead to `other` (WebAnswer.elsewhere): before any handler is asked.
void web_server_beside(WebServer *server, const WebServer *other, Arena *arena);
Path web_asset_path(const WebServer *server, const char *name);  // asserts that there is one
void web_server_close(WebServer *server);  // waits for requests at work; NULL is fine

