// SPDX-License-Identifier: Apache-2.0
#include "from_picture.h"

#include <assert.h>

#include "touched_rows.h"

enum {
    ROUNDS_MOST = 3,  // the last of them in the turn
    TURN_WAITS = 60,  // for another's turn, each as long as a writer waits
};

typedef enum Round { ROUND_FAILED, ROUND_AGAIN, ROUND_PUBLISHED } Round;

// Whoever works in the data's turn just now is waited for: all that is left to do takes seconds.
static bool turn_taken(Act *act, Error *err)
{
    for (int waits = 0; !act_begin(act, err); waits++)
        if (err->code != E_BUSY || waits == TURN_WAITS) return false;
    return true;
}

static bool staged(Act *act, const PictureWork *kind, void *work, PictureTaken *picture, Error *err)
{
    return act_last(act->store, &picture->act_no, err) && kind->stage(work, picture, err);
}

static bool staged_before(Act *act, const PictureWork *kind, void *work, PictureTaken *picture, Error *err)
{
    return store_begin_read(act->store, err) && staged(act, kind, work, picture, err) &&
           store_commit(act->store, err) && (!kind->before_turn || kind->before_turn(work, err)) &&
           turn_taken(act, err);
}

static Round round_in_turn(Act *act, const PictureWork *kind, void *work, const PictureTaken *picture, Error *err)
{
    bool again = false;
    if (!kind->settle(work, picture, &again, err)) return ROUND_FAILED;
    if (again && !picture->in_turn) return ROUND_AGAIN;
    bool published = kind->publish(work, err) && store_commit(act->store, err);
    return published ? ROUND_PUBLISHED : ROUND_FAILED;
}

static Round round_of(Act *act, const PictureWork *kind, void *work, bool in_turn, Error *err)
{
    PictureTaken picture = {.in_turn = in_turn};
    bool ready = in_turn ? turn_taken(act, err) && staged(act, kind, work, &picture, err)
                         : staged_before(act, kind, work, &picture, err);
    Round round = ready ? round_in_turn(act, kind, work, &picture, err) : ROUND_FAILED;
    if (kind->round_over) kind->round_over(work);
    store_rollback(act->store);
    return round;
}

bool picture_publish(Act *act, const PictureWork *kind, void *work, bool in_turn, Error *err)
{
    Round round = ROUND_AGAIN;
    assert(store_is_idle(act->store));
    for (int nth = 1; round == ROUND_AGAIN; nth++)
        round = round_of(act, kind, work, in_turn || nth == ROUNDS_MOST, err);
    return round == ROUND_PUBLISHED;
}
