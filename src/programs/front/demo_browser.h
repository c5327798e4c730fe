// A second person at the office's screens, for the demo: whoever approves proves who he is there, by a name and a password.
//
// Speaks plain HTTP with an office for practice on the loopback, knows its sign-in and its box of approvals, and nothing else.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct DemoBrowser {
    Arena *arena;
    int port;
    Str cookies;  // "desk=…; place=…"
} DemoBrowser;

// `address`: "http://127.0.0.1:40123/", as the screens say it. E_HTTP: they do not answer. E_RIGHT: not let in.
MUST bool browser_sign_in(DemoBrowser *browser, Str address, const char *name, Str password, Error *err);
// Approves what waits for this person, as it is shown, until nothing is left; how many were carried out.
MUST bool browser_approve(DemoBrowser *browser, int *approved, Error *err);
