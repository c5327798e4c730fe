// What every step of an exchange goes by: who we are to the network, whom we believe, our copy of the list.
//
// Admitted the network lays certificates and its core's public key into DIR/network (network_message.h). Which organisation
//          this server serves is said there alone: by the name of our certificate.
// Errors   E_KEY: what lies there is not what an admission leaves.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "allow_list.h"
#include "copy_record_rows.h"
#include "ed25519.h"
#include "signed_message.h"

// How old the list becomes while the line to the network is sound: it comes by the line of the letters.
#define EXCHANGE_LIST_INTERVAL (12 * 60 * INSTANT_MINUTE)

typedef struct LinkageHome {
    Act *act;
    bool admitted;
    OrganisationCode me;
    unsigned char core[ED25519_KEY_BYTES];
    AllowList list;  // version 0: none came yet
    bool list_wanted;
} LinkageHome;

// The list's rows live in `arena`.
MUST bool linkage_home(Act *act, Arena *arena, LinkageHome *home, Error *err);
// E_NOT_FOUND with what to do.
MUST bool linkage_admitted(const LinkageHome *home, Error *err);
// By what the line has brought, not by whether a process runs: nothing in twice the time in which something must have come.
// Never of a server to which no list has come yet.
bool linkage_line_is_dead(const LinkageHome *home);
// How many things a person is to look at: the list with its line as one, and each set of copies that is old, held or lacks records.
int64_t linkage_wrong(const LinkageHome *home, const CopySetRows *sets);
Str linkage_folder(const Act *act, Arena *arena);  // DIR/network
// Signed by the core for this use? `message` is what it holds.
bool linkage_signed(const LinkageHome *home, Str domain, Str text, Arena scratch, SignedMessage *message);
// Keeps the list where the core signed it and it is no older one than ours. `taken` false: it was not believed.
MUST bool linkage_list_take(LinkageHome *home, Str text, Arena *arena, bool *taken, Error *err);

static inline Bytes bytes_of_text(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}
static inline Str text_of_bytes(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}
