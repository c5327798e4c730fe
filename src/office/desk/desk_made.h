// What the files of the desk share. Only they include it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "desk.h"
#include "frame_html.h"
#include "web_server.h"

#include <stdatomic.h>

// Of one process; a desk has several.
enum { DESK_HANDLERS = 1, DESK_HANDLER_BYTES = 256 << 20 };

typedef struct Desk {
    const DeskSetup *setup;
    WebServer *server;
    WebServer *cards;  // the door that asks for the card; NULL: of an office for practice, which has none
    bool practice;
    WebUploads uploads;
    const Keys *keys;
    atomic_bool over;  // the right to serve is gone
    atomic_llong failed;  // handshakes, since the last record of them
} Desk;

// One handler thread.
typedef struct DeskHandler {
    Desk *desk;
    Act serving;  // who opened the screens, on this handler's store
    const void *program;
    bool cards;  // of the door that asks for the card
} DeskHandler;

// One request before anybody is known.
typedef struct DeskCall {
    DeskHandler *handler;
    const WebRequest *request;
    Arena *arena;
    WebAnswer *answer;
    SessionDesk sessions;
    Session session;
    bool signed_in;
    bool leaves;  // the page is a sign-in, and `session` that of whoever sits there
    bool kept;  // what was typed, when something went wrong
    bool proven;  // it is a form of ours, in this session
} DeskCall;

// At which door a page of the desk stands, where there are two.
typedef enum DeskPlace { AT_SCREENS, AT_CARDS, AT_EITHER } DeskPlace;

// A page of the desk's own, that asks for no right: signing in, locking, the purpose.
typedef struct DeskPage {
    WebMethod method;
    const char *path;
    bool (*handle)(DeskCall *call, Error *err);
    bool asks_session, even_locked;
    bool even_old;  // whose password must be changed first comes here too
    DeskPlace place;
} DeskPage;

extern const DeskPage desk_pages[];
extern const int desk_page_count;

// ---- forms (form_kept.c)

// What was typed as one text, and back: without the names that begin with _, but _seen.
Str typed_packed(WebPairs pairs, Arena *arena);
WebPairs typed_unpacked(Str packed, Arena *arena);
// Names a form about this thing or person, in every session of everybody.
Str draft_place(const Visit *visit, Str form, Str about);
// No pairs: there is no draft of this person.
MUST bool draft_read(const Visit *visit, Str place, WebPairs *typed, Str *kept_at, Error *err);
MUST bool draft_write(const Visit *visit, Str place, WebPairs pairs, Str open, Error *err);
// Keeps the form that was posted, if it is one that is kept.
MUST bool call_drafted(DeskCall *call, bool *kept, Error *err);
// Where the form lies that was kept when the session was left; NULL: there is none.
MUST bool draft_to_open(DeskCall *call, Path *open, Error *err);
// The one-time number of the form that was posted. `led_to`: it was done, and led there.
MUST bool once_asked(DeskCall *call, ActOnce *once, Path *led_to, Error *err);
MUST bool once_over(DeskCall *call, const ActOnce *once, Path led_to, Error *err);

Str letters_of_digest(const Sha256 *digest, Arena *arena);
bool tokens_equal(Str given, Str ours);  // without telling how far they are
// The token that a form of ours for this place carries, in this session.
Str origin_of(const Keys *keys, const Session *session, Str place, Arena *arena);
// What the page at `path` says of what was done, to this session alone (visit_said).
MUST bool path_said(const Keys *keys, const Session *session, Str said, Arena *arena, Path *path, Error *err);
WebHandle desk_handle;
// Does this head come from the form for files, in a session of ours? A Desk. Asked before the session is: the token is
// made of its cookie and the office's key.
bool desk_upload_may(void *context, const WebHead *head, Arena scratch);
// Goes on at one of the desk's pages, at the door where it stands.
bool desk_goes(DeskCall *call, const char *path);
Path desk_path(const DeskCall *call, const char *path);
Str call_origin(const DeskCall *call, Path path);
// Puts the page around what was written.
MUST bool gate_around(DeskCall *call, const char *title, Page *page, Error *err);
// What the person may open, in the order of the routes. `here`: of the page; NULL: none.
MUST bool menu_of(DeskCall *call, const Route *here, MenuItemRows *menu, Error *err);
MUST bool frame_around(DeskCall *call, Visit *visit, Error *err);
// The page for what went wrong; `status` of the answer.
MUST bool trouble_page(DeskCall *call, int status, const Error *why, Error *err);
