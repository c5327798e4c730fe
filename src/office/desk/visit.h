// One request of one signed-in person, as the page that answers it sees it.
//
// The desk has asked for everything before the page begins: route, session, lock, right, purpose, and for a
// form that it came from a page of ours in this session. Nothing is sent before the record of it stands.
// The page reads, writes its template, and says what stands around it; the frame is the desk's.
// Memory  all in `arena`, which is empty at each request.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "addressee_nos.h"
#include "page.h"
#include "web_server.h"
#include "session.h"

enum { VISIT_NOTES_MOST = 6 };

// Who stands on the page: the record of the visit names them all (audit.h).
typedef struct VisitShown {
    const AddresseeNo *of;  // of whom the page has recorded the look already; NULL: of nobody
    AddresseeNos others;
} VisitShown;

typedef struct Visit {
    const struct Desk *desk;
    const void *program;  // what the program opened for this handler: rules, products
    const Route *route;
    const WebRequest *request;
    const Session *session;
    Act *act;
    Arena *arena;
    Str variables[ROUTE_VARIABLES_MOST];  // of the route, decoded
    Page *page;                           // what the template writes into

    // What the page says of itself.
    Str title;      // of this one page; {0}: the route's
    Markup band;    // of the person in hand; NULL: none
    bool narrow;    // the menu makes room for a picture
    bool renews;    // it asks for itself again every few seconds: no sign that anybody is there
    bool prints;    // on paper too; else paper says that it does not
    Path go;        // 303: instead of a page (visit_go)
    WebFile file;   // bytes instead of a page; {0}: none
    int status;     // 0: 200
    Str said;       // by the form that led here: what was done; {0}: nothing
    bool recorded;  // the page has written a record of its own; else the desk writes one
    int64_t rows;   // how many rows it shows, and of what: of the desk's record
    Str detail;
    VisitShown *shown;
    Path jobs;         // where long work is told of, while some runs or has stopped; NULL: there is none
    int64_t running, stopped;
    Str notes[VISIT_NOTES_MOST];  // at the foot
    int note_count;
} Visit;

void visit_note(Visit *visit, Str words);
// This person stands on the page. Whatever leads to a person's page says so.
void visit_shows(const Visit *visit, const AddresseeNo *who);

// Where a route lies; as many variables as its path has.
Path visit_path(const Visit *visit, const Route *route, const Str *variables, int count);
// A text in a link of this session: nobody else reads it, and in another session it means nothing.
MUST bool visit_seal(const Visit *visit, Str purpose, Str text, Str *sealed, Error *err);
// E_NOT_FOUND when it was not sealed for this session and purpose.
MUST bool visit_unseal(const Visit *visit, Str purpose, Str sealed, Str *text, Error *err);
// May this person open the route now, by duty and purpose?
MUST bool visit_may(const Visit *visit, const Route *route, bool *may, Error *err);
// The title of the page or form that records call so ("GET /p/{person}"); {0}: it is none of this program's.
Str visit_title_of(const Visit *visit, Str door);
// What the program of the screens adds to the box of approvals (request_pages.h); NULL: nothing.
const struct RequestPages *visit_requests(const Visit *visit);
// What a form that posts to this path carries as `_origin`.
Str visit_origin(const Visit *visit, Path path);

enum { VISIT_FILE_MOST_MB = 50 };
// The same of a form that brings a file: whoever takes its bytes sees the path alone, and asks for the token there.
Path visit_upload_path(const Visit *visit, Path path);

// Ends a form: where it leads, and what that page says of what was done; {0}: nothing.
MUST bool visit_go(Visit *visit, Path path, Str said, Error *err);
Str visit_said(const Visit *visit);  // by the page before; {0}: nothing

// A record of this visit: as act_record_now, and the desk writes none of its own.
MUST const Recorded *visit_record(Visit *visit, const AuditLeaf *leaf, Error *err);
