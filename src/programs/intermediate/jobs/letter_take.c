// SPDX-License-Identifier: Apache-2.0
#include "letter_take.h"

#include <assert.h>

#include "answering.h"
#include "asking.h"
#include "coding.h"
#include "self_view.h"

bool letter_take(const LinkageHome *home, const Letter *letter, Arena *arena, Error *err)
{
    assert(!store_is_idle(home->act->store));
    Str body = text_of_bytes(letter->body);
    switch (letter->kind) {
    case LETTER_CODE_ARRIVED: return coding_arrived(home, body, *arena, err);
    case LETTER_CODE_DENIED: return coding_denied(home, body, *arena, err);
    case LETTER_PERMIT_REPLY: return asking_permit_came(home, body, arena, err);
    case LETTER_INQUIRY: return answering_asked(home, body, arena, err);
    case LETTER_REPLY: return asking_reply_came(home, body, arena, err);
    case LETTER_SELF_ASK: return self_view_asked(home, body, arena, err);
    }
    return true;
}
