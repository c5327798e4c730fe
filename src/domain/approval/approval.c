// SPDX-License-Identifier: Apache-2.0
#include "approval.h"

#include <assert.h>
#include <string.h>

typedef enum By { ANYBODY, ANOTHER, THE_ASKER } By;

typedef struct Move {
    ApprovalState from;
    ApprovalEventKind event;
    By by;
    bool bound;  // today and to this content
    ApprovalState to;
} Move;

// All there is: what is not listed cannot happen.
// clang-format off
static const Move moves[] = {
    {APPROVAL_NEW,     APPROVAL_ASK,      ANYBODY,   false, APPROVAL_ASKED},
    {APPROVAL_ASKED,   APPROVAL_GRANT,    ANOTHER,   true,  APPROVAL_GRANTED},
    {APPROVAL_ASKED,   APPROVAL_REFUSE,   ANOTHER,   false, APPROVAL_REFUSED},
    {APPROVAL_ASKED,   APPROVAL_WITHDRAW, THE_ASKER, false, APPROVAL_WITHDRAWN},
    {APPROVAL_GRANTED, APPROVAL_WITHDRAW, THE_ASKER, false, APPROVAL_WITHDRAWN},
    {APPROVAL_GRANTED, APPROVAL_DO,       ANYBODY,   true,  APPROVAL_DONE},
};

static const char *const state_words[] = {
    [APPROVAL_NEW]       = "申請前",
    [APPROVAL_ASKED]     = "承認待ち",
    [APPROVAL_GRANTED]   = "承認済",
    [APPROVAL_DONE]      = "実行済",
    [APPROVAL_REFUSED]   = "却下",
    [APPROVAL_WITHDRAWN] = "取下げ",
    [APPROVAL_LAPSED]    = "失効",
};

static const char *const no_words[] = {
    [APPROVAL_YES]         = "",
    [APPROVAL_NOT_NOW]     = "この申請はすでに処理されています。承認の一覧で状態を確かめてください。",
    [APPROVAL_SAME_PERSON] = "申請した本人は、名前を変えても承認も却下もできません。ほかの職員が、自分のログインで承認してください。",
    [APPROVAL_NOT_ASKER]   = "申請を取り下げられるのは申請した本人だけです。",
    [APPROVAL_CHANGED]     = "申請のあとで内容が変わったため、この申請は失効しました。もう一度申請してください。",
    [APPROVAL_PAST]        = "申請の期限が過ぎたため、この申請は失効しました。もう一度申請してください。",
};
// clang-format on
_Static_assert(sizeof state_words / sizeof *state_words == APPROVAL_STATE_COUNT, "words for each");
_Static_assert(sizeof no_words / sizeof *no_words == APPROVAL_NO_COUNT, "words for each");

static bool holds_mark(Str proof, Str mark)
{
    while (proof.len) {
        Cut cut = str_cut(proof, ' ');
        if (str_equal(cut.head, mark)) return true;
        proof = cut.tail;
    }
    return false;
}

static bool share_a_mark(Str one, Str other)
{
    while (one.len) {
        Cut cut = str_cut(one, ' ');
        if (cut.head.len && holds_mark(other, cut.head)) return true;
        one = cut.tail;
    }
    return false;
}

bool approval_same_person(ApprovalPerson a, ApprovalPerson b)
{
    return str_equal(a.name, b.name) || share_a_mark(a.proof, b.proof);
}

bool approval_open(ApprovalState state)
{
    return state == APPROVAL_ASKED || state == APPROVAL_GRANTED;
}

Str approval_state_words(ApprovalState state)
{
    assert(state < APPROVAL_STATE_COUNT);
    return str_of(state_words[state]);
}

Str approval_no_words(ApprovalNo no)
{
    assert(no < APPROVAL_NO_COUNT);
    return str_of(no_words[no]);
}

static const Move *move_for(ApprovalState from, ApprovalEventKind event)
{
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].from == from && moves[i].event == event) return &moves[i];
    return NULL;
}

static ApprovalNo objection(const Move *move, const Approval *now, const ApprovalEvent *event)
{
    bool asker = approval_same_person(event->who, now->asker);
    if (move->by == ANOTHER && asker) return APPROVAL_SAME_PERSON;
    if (move->by == THE_ASKER && !asker) return APPROVAL_NOT_ASKER;
    if (!move->bound) return APPROVAL_YES;
    if (event->today > now->last_day) return APPROVAL_PAST;
    if (memcmp(&event->content, &now->content, sizeof now->content) != 0) return APPROVAL_CHANGED;
    return APPROVAL_YES;
}

static Approval asked(const ApprovalEvent *event)
{
    return (Approval){.state = APPROVAL_ASKED,
                      .asker = event->who,
                      .content = event->content,
                      .last_day = event->last_day};
}

ApprovalStep approval_step(const Approval *now, const ApprovalEvent *event)
{
    assert(now->state < APPROVAL_STATE_COUNT);
    assert(event->kind < APPROVAL_EVENT_COUNT);
    assert(event->who.name.len > 0);
    assert(event->who.proof.len > 0);
    ApprovalStep step = {.next = *now};
    const Move *move = move_for(now->state, event->kind);
    if (!move) {
        step.no = APPROVAL_NOT_NOW;
        return step;
    }
    step.no = objection(move, now, event);
    if (step.no == APPROVAL_CHANGED || step.no == APPROVAL_PAST) step.next.state = APPROVAL_LAPSED;
    if (step.no != APPROVAL_YES) return step;
    if (event->kind == APPROVAL_ASK) step.next = asked(event);
    if (event->kind == APPROVAL_GRANT || event->kind == APPROVAL_REFUSE)
        step.next.decider = event->who;
    step.next.state = move->to;
    return step;
}
