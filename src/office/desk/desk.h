// The screens of a program: who is at them, what they may open, and what stands around each page.
//
//     sesshu ledger desk --port 8443
//
// Order   of one request: route, session, lock, right and purpose, proof of origin (a form), the page, its
//         record, the answer. What is refused on the way is a page of its own and stands in the trail.
// Doors   a page is an act by its route's door (act.h); the actor is the person of the session.
// Where   in an office that was founded for practice: on the loopback, without TLS, with an emulated card. Every other:
//         over TLS with the city's certificate, and signing in and unlocking at a second door that asks for the card
//         (web_tls.h). Without these files it opens nothing: E_KEY.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "visit.h"

typedef struct DeskSetup {
    const char *system;   // "予防接種台帳"
    const char *brand;    // "接種", before it
    const char *look;     // the class of its pages: which edge and colour it wears
    Routes routes;        // the first is the page after signing in
    const Route *search;  // where the box in the head posts to
    const char *search_hint;
    const Route *upload;  // the one form that may bring a file; it posts to visit_upload_path. NULL: none
    const struct RequestPages *requests;  // what the box of approvals shows of its own kinds; NULL: nothing more
    const char *session;  // name of the cookie of its sessions: programs of one host have each their own
    Str address;          // where to listen; {0}: 127.0.0.1
    Str name;             // what browsers call this host, as its certificate says
    // Opens what its pages need, once for each handler; the act has a store of its own. NULL: they need nothing.
    bool (*open)(Act *act, Arena *arena, const void **program, Error *err);
    // Notes at the foot of every page; may be NULL.
    bool (*notes)(Visit *visit, Error *err);
} DeskSetup;

// The command line of a desk, and where it listens: at these ports where the line says no other.
#define DESK_OPTIONS(PORT, CARD_PORT)                                                              \
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 " PORT "、0 は空いているもの)", false,   \
     false},                                                                                       \
        {OPTION_NUMBER, "card-port", "P",                                                          \
         "カードでサインインするポート (既定 " CARD_PORT "、練習用にはありません)", false, false}, \
        {OPTION_TEXT, "name", "HOST",                                                              \
         "画面のホストの名前 (証明書のとおり、練習用でなければ必ず)", false, false},               \
        {OPTION_TEXT, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},        \
    {                                                                                              \
        .kind = OPTION_END                                                                         \
    }
MUST bool desk_place(const CommandLine *line, int port, int card_port, ServingPlace *place, Error *err);
enum { DESK_PROCESSES = 4 };  // one that dies takes the page it was making
// Reads it, records that the screens were opened, and serves them.
MUST bool desk_command(Act *act, const CommandLine *line, DeskSetup *setup, Arena *arena,
                       Error *err);
// Prints its address, and that of the door for cards, on standard output when it is ready; comes back after SIGINT or SIGTERM.
// In a worker of a service (office_workers.h). SIGINT and SIGTERM must be blocked before there are threads: office_server_hold.
MUST bool desk_serve(Act *act, const DeskSetup *setup, Arena *arena, Error *err);
