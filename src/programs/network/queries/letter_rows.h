// The boxes: letters of the network to organisations, until they are fetched (network_message.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "network_message.h"

// Lays a letter into the box of an organisation; where the very same one lies there already, nothing is done. Inside a
// writing transaction. `body` has SEAL_MOST bytes at most (asserted).
MUST bool letter_add(Act *act, const OrganisationCode *to, LetterKind kind, Str body, Arena scratch, Error *err);
// Takes away what lies up to and with `after`.
MUST bool letters_forget(Store *store, const OrganisationCode *whose, int64_t after, Error *err);
typedef struct LetterBox {
    OrganisationCode whose;
    bool suspended;  // inquiries and replies are not given: whoever asks asks again when that is over
} LetterBox;

// Those behind `after`, as many as one answer holds.
MUST bool letters_after(Store *store, Keys *keys, const LetterBox *box, const MailAsk *ask, Arena *arena, MailAnswer *answer,
                        Error *err);

extern const SealedColumn letter_sealed;
