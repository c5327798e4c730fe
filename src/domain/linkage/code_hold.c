// SPDX-License-Identifier: Apache-2.0
#include "code_hold.h"

#include <assert.h>
#include <string.h>

typedef struct Move {
    CodeState from;
    CodeEventKind event;
    CodeState to;
    CodeEffect effect;
} Move;

// All there is: what is not listed cannot happen. A life event is in every state and does nothing.
// clang-format off
static const Move moves[] = {
    {CODE_NONE,      CODE_ASK,       CODE_REQUESTED, CODE_SEND_REQUEST},
    {CODE_FAILED,    CODE_ASK,       CODE_REQUESTED, CODE_SEND_REQUEST},
    {CODE_EXPIRED,   CODE_ASK,       CODE_REQUESTED, CODE_SEND_REQUEST},
    {CODE_RELEASED,  CODE_ASK,       CODE_REQUESTED, CODE_SEND_REQUEST},
    {CODE_REQUESTED, CODE_ARRIVE,    CODE_HELD,      CODE_TELL_RESULT},
    {CODE_REQUESTED, CODE_DENY,      CODE_FAILED,    CODE_TELL_RESULT},
    {CODE_REQUESTED, CODE_WAKE,      CODE_EXPIRED,   CODE_TELL_RESULT},
    {CODE_REQUESTED, CODE_DOUBT,     CODE_REQUESTED, CODE_REVIEW_PERSON},  // the code may come: it answers nobody
    {CODE_REQUESTED, CODE_RECONCILE, CODE_REQUESTED, CODE_DO_NOTHING},
    {CODE_REQUESTED, CODE_RELEASE,   CODE_RELEASED,  CODE_REVIEW_PERSON},  // and is not wanted any more
    {CODE_HELD,      CODE_WAKE,      CODE_HELD,      CODE_DO_NOTHING},
    {CODE_HELD,      CODE_RECODE,    CODE_HELD,      CODE_DO_NOTHING},
    {CODE_HELD,      CODE_DOUBT,     CODE_HELD,      CODE_REVIEW_PERSON},
    {CODE_HELD,      CODE_RELEASE,   CODE_RELEASED,  CODE_REVIEW_PERSON},
    {CODE_HELD,      CODE_RECONCILE, CODE_HELD,      CODE_DO_NOTHING},
    {CODE_HELD,      CODE_MERGE,     CODE_MERGED,    CODE_REKEY_COPIES},
    {CODE_FAILED,    CODE_MERGE,     CODE_MERGED,    CODE_REKEY_COPIES},  // two numbers of one person: E105 says so
};

static const char *const no_words[] = {
    [CODE_YES]                 = "",
    [CODE_NOT_NOW]             = "この人の符号は、いまその操作ができる状態ではありません。符号の状態を確かめてください。",
    [CODE_PERSON_DIFFERS]      = "氏名カナ・生年月日・性別・住所が住民基本台帳の記録と合いません。記録を見比べて、正しいほうに直してから、もう一度依頼してください。",
    [CODE_ALREADY_ASKED]       = "この人の符号は取得の途中です。結果が届くまでお待ちください。",
    [CODE_ALREADY_HELD]        = "この人の符号はすでに取得しています。",
    [CODE_ACQUISITION_UNKNOWN] = "処理通番が、依頼したものと違うか、使われたか、期限が過ぎています。符号の取得をもう一度依頼してください。",
    [CODE_CLASHES]             = "同じ符号が、すでに別の人に付いています。個人番号のひも付け誤りのおそれがあるため、二人の記録を確かめるまで、情報連携を止めています。",
    [CODE_EPOCH_PAST]          = "届いた符号の世代が、いまの世代より新しくありません。",
};
// clang-format on
_Static_assert(sizeof no_words / sizeof *no_words == CODE_NO_COUNT, "words for each");

bool acquisition_same(const AcquisitionNo *a, const AcquisitionNo *b)
{
    return !memcmp(a->at, b->at, sizeof a->at);
}

Str code_no_words(CodeNo no)
{
    assert(no < CODE_NO_COUNT);
    return str_of(no_words[no]);
}

static const Move *move_for(CodeState from, CodeEventKind event)
{
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (moves[i].from == from && moves[i].event == event) return &moves[i];
    return NULL;
}

// Why an event that its state does not know did nothing: an answer twice is as good as one.
static CodeNo not_now(const CodeHold *now, const CodeEvent *event)
{
    if (event->kind == CODE_LIFE_EVENT || event->kind == CODE_WAKE) return CODE_YES;
    if (event->kind == CODE_ARRIVE || event->kind == CODE_DENY)
        return now->state == CODE_HELD &&
                       acquisition_same(&now->acquisition, &event->acquisition) &&
                       pairwise_same(&now->code, &event->code)
                   ? CODE_ALREADY_HELD
                   : CODE_ACQUISITION_UNKNOWN;
    if (event->kind != CODE_ASK) return CODE_NOT_NOW;
    if (now->state == CODE_REQUESTED) return CODE_ALREADY_ASKED;
    return now->state == CODE_HELD ? CODE_ALREADY_HELD : CODE_NOT_NOW;
}

static bool too_late(const CodeHold *now, Instant at)
{
    return at >= now->asked_at + ACQUISITION_LIFE;
}

static CodeNo objection(const CodeHold *now, const CodeEvent *event)
{
    if (event->kind == CODE_ASK && !event->person_agrees) return CODE_PERSON_DIFFERS;
    if (event->kind == CODE_RECODE && event->epoch <= now->epoch) return CODE_EPOCH_PAST;
    if (event->kind == CODE_ARRIVE || event->kind == CODE_DENY)
        if (!acquisition_same(&event->acquisition, &now->acquisition) || too_late(now, event->now))
            return CODE_ACQUISITION_UNKNOWN;
    if (event->kind == CODE_ARRIVE || event->kind == CODE_RECODE)
        if (event->held_by_another) return CODE_CLASHES;
    return CODE_YES;
}

// Nothing is linked, and whatever was kept answers nobody.
static CodeStep clashed(CodeStep step)
{
    step.no = CODE_CLASHES;
    step.effect = CODE_RAISE_ALARM;
    step.next.doubted = true;
    if (step.next.state == CODE_REQUESTED) {
        step.next.state = CODE_FAILED;
        step.next.failure = CODE_E105_CLASH;
    }
    return step;
}

static void recoded(CodeHold *next, const CodeEvent *event)
{
    next->former = next->code;
    next->former_until = event->now + FORMER_EPOCH_LIFE;
    next->code = event->code;
    next->epoch = event->epoch;
}

static void former_forgotten(CodeHold *next, Instant now)
{
    if (now >= next->former_until) next->former = (PairwiseCode){{0}};
}

static void filled(CodeHold *next, const CodeEvent *event)
{
    switch (event->kind) {
    case CODE_ASK:
        *next = (CodeHold){
            .doubted = next->doubted, .acquisition = event->acquisition, .asked_at = event->now};
        break;
    case CODE_ARRIVE:
        next->code = event->code;
        next->epoch = event->epoch;
        break;
    case CODE_DENY: next->failure = event->failure; break;
    case CODE_RECODE: recoded(next, event); break;
    case CODE_WAKE: former_forgotten(next, event->now); break;
    case CODE_DOUBT: next->doubted = true; break;
    case CODE_RECONCILE: next->doubted = false; break;
    case CODE_RELEASE: *next = (CodeHold){.doubted = true}; break;
    case CODE_MERGE: *next = (CodeHold){.doubted = next->doubted}; break;
    case CODE_LIFE_EVENT:
    case CODE_EVENT_COUNT: break;
    }
}

CodeStep code_step(const CodeHold *now, const CodeEvent *event)
{
    assert(now->state < CODE_STATE_COUNT);
    assert(event->kind < CODE_EVENT_COUNT);
    CodeStep step = {.next = *now};
    const Move *move = move_for(now->state, event->kind);
    if (!move) {
        step.no = not_now(now, event);
        return step;
    }
    if (now->state == CODE_REQUESTED && event->kind == CODE_WAKE && !too_late(now, event->now))
        return step;
    step.no = objection(now, event);
    if (step.no == CODE_CLASHES) return clashed(step);
    if (step.no == CODE_PERSON_DIFFERS) step.effect = CODE_REVIEW_PERSON;
    if (step.no != CODE_YES) return step;
    filled(&step.next, event);
    step.next.state = move->to;
    step.effect = move->effect;
    return step;
}

bool code_answers(const CodeHold *hold, const PairwiseCode *code, Instant now)
{
    if (hold->state != CODE_HELD || hold->doubted || !pairwise_present(code)) return false;
    return pairwise_same(&hold->code, code) ||
           (now < hold->former_until && pairwise_same(&hold->former, code));
}
