// SPDX-License-Identifier: Apache-2.0
#include "coding.h"

#include <assert.h>

#include "code_hold_rows.h"
#include "copy_record_rows.h"
#include "incident_rows.h"
#include "network_message.h"
#include "shielding.h"

static bool incident(const LinkageHome *home, const UnifiedNo *person, Str kind, Str about, Error *err)
{
    const Incident found = {.kind = kind, .at = home->act->now, .person = *person, .about = about};
    return incident_add(home->act->store, &found, err);
}

static bool kept(const LinkageHome *home, const UnifiedNo *person, const CodeStep *step, Error *err)
{
    CodeRow row = {*person, step->next};
    return code_save(home->act->store, &row, home->act->now, err);
}

static bool took_effect(const CodeStep *step)
{
    return step->no == CODE_YES || step->no == CODE_CLASHES;
}

// ---- from unified

static bool asked(const LinkageHome *home, const CodeHold *hold, CodeEvent *event, Arena scratch, bool *without, Error *err)
{
    bool found;
    static const CodeState askable[] = {CODE_NONE, CODE_FAILED, CODE_EXPIRED, CODE_RELEASED};
    *without = false;
    for (size_t i = 0; i < sizeof askable / sizeof *askable; i++) {
        if (hold->state != askable[i] || !event->person_agrees) continue;
        if (!acquisition_take(home->act->store, home->act->now - ACQUISITION_KEPT, scratch, &event->acquisition, &found, err))
            return false;
        *without = !found;
    }
    return true;
}

bool coding_requested(const LinkageHome *home, const UnifiedNo *person, const CodeRequest *request, Arena scratch,
                      CodeAnswer *answer, Error *err)
{
    assert(!store_is_idle(home->act->store));
    static const CodeEventKind kinds[] = {[CODE_REQUEST_ASK] = CODE_ASK,
                                          [CODE_REQUEST_RELEASE] = CODE_RELEASE,
                                          [CODE_REQUEST_RECONCILE] = CODE_RECONCILE,
                                          [CODE_REQUEST_DOUBT] = CODE_DOUBT};
    CodeHold hold;
    bool without = false;
    CodeEvent event = {.kind = kinds[request->kind], .now = home->act->now, .person_agrees = request->person_agrees};
    if (!code_find(home->act->store, person, scratch, &hold, err)) return false;
    if (event.kind == CODE_ASK && !asked(home, &hold, &event, scratch, &without, err)) return false;
    if (without) {
        *answer = (CodeAnswer){CODE_NOT_NOW, hold.state, {{0}}};
        return true;
    }
    CodeStep step = code_step(&hold, &event);
    *answer = (CodeAnswer){.no = step.no, .state = step.next.state};
    if (step.effect == CODE_SEND_REQUEST) answer->acquisition = step.next.acquisition;
    if (step.no == CODE_ALREADY_ASKED) answer->acquisition = hold.acquisition;  // unified may not have heard of it
    if (step.effect == CODE_REVIEW_PERSON &&
        !incident(home, person, S("CODE"), S("符号を返したか、ひも付けに疑いがあります。個人番号と四情報の記録を見比べてください"), err))
        return false;
    if (!took_effect(&step)) return true;
    return kept(home, person, &step, err) && (event.kind != CODE_RELEASE || shields_again(home->act->store, person, err));
}

// ---- from the network

// E105: both are doubted, loudly.
static bool other_doubted(const LinkageHome *home, const CodeRow *other, Error *err)
{
    const CodeEvent event = {.kind = CODE_DOUBT, .now = home->act->now};
    CodeStep step = code_step(&other->hold, &event);
    return (!took_effect(&step) || kept(home, &other->person, &step, err)) &&
           incident(home, &other->person, S("E105"), code_no_words(CODE_CLASHES), err);
}

bool coding_arrived(const LinkageHome *home, Str letter, Arena scratch, Error *err)
{
    assert(!store_is_idle(home->act->store));
    CodeArrived arrived;
    CodeRow row, other;
    bool found, taken;
    Error unread;
    Store *store = home->act->store;
    if (!code_arrived_decode(letter, &arrived, &unread)) return true;
    if (!code_of_acquisition(store, &arrived.acquisition, scratch, &row, &found, err)) return false;
    if (!found) return true;
    if (!code_of(store, &arrived.code, home->act->now, scratch, &other, &taken, err)) return false;
    bool clashes = taken && !unified_same(&other.person, &row.person);
    const CodeEvent event = {.kind = CODE_ARRIVE,
                             .now = home->act->now,
                             .acquisition = arrived.acquisition,
                             .code = arrived.code,
                             .epoch = arrived.epoch,
                             .held_by_another = clashes};
    CodeStep step = code_step(&row.hold, &event);
    if (took_effect(&step) && (!kept(home, &row.person, &step, err) || !shields_again(store, &row.person, err))) return false;
    return step.effect != CODE_RAISE_ALARM ||
           (other_doubted(home, &other, err) &&
            incident(home, &row.person, S("E105"), code_no_words(CODE_CLASHES), err));
}

bool coding_denied(const LinkageHome *home, Str letter, Arena scratch, Error *err)
{
    assert(!store_is_idle(home->act->store));
    CodeDenied denied;
    CodeRow row;
    bool found;
    Error unread;
    if (!code_denied_decode(letter, &denied, &unread)) return true;
    if (!code_of_acquisition(home->act->store, &denied.acquisition, scratch, &row, &found, err)) return false;
    if (!found) return true;
    const CodeEvent event = {.kind = CODE_DENY,
                             .now = home->act->now,
                             .acquisition = denied.acquisition,
                             .failure = denied.failure};
    CodeStep step = code_step(&row.hold, &event);
    return !took_effect(&step) || kept(home, &row.person, &step, err);
}

bool coding_overdue(const LinkageHome *home, Arena *arena, int64_t *expired, Error *err)
{
    assert(!store_is_idle(home->act->store));
    enum { MOST = 500 };
    CodeRows rows;
    const CodeEvent event = {.kind = CODE_WAKE, .now = home->act->now};
    if (!codes_overdue(home->act->store, home->act->now - ACQUISITION_LIFE, MOST, arena, &rows, err)) return false;
    VEC_EACH (CodeRow, row, rows) {
        CodeStep step = code_step(&row->hold, &event);
        if (took_effect(&step) && !kept(home, &row->person, &step, err)) return false;
    }
    *expired = rows.count;
    return true;
}

bool coding_merged(const LinkageHome *home, const UnifiedNo *from, const UnifiedNo *to, Arena scratch, CodeNo *no,
                   Error *err)
{
    assert(!store_is_idle(home->act->store));
    CodeHold hold;
    const CodeEvent event = {.kind = CODE_MERGE, .now = home->act->now};
    if (!code_find(home->act->store, from, scratch, &hold, err)) return false;
    CodeStep step = code_step(&hold, &event);
    *no = step.no;
    if (step.effect != CODE_REKEY_COPIES) return true;
    return kept(home, from, &step, err) && copies_rekey(home->act->store, from, to, err) &&
           shielding_merged(home->act, from, to, scratch, err);
}
