// SPDX-License-Identifier: Apache-2.0
#include "non_resident.h"

#include <assert.h>

#include "calendar.h"

const char *const identity_documents[] = {"個人番号カード",
                                          "運転免許証",
                                          "旅券",
                                          "在留カード・特別永住者証明書",
                                          "資格確認書と年金手帳など2点",
                                          "住民票の写し・戸籍の附票",
                                          "ほかの市区町村からの照会・回答",
                                          "施設・医療機関の証明",
                                          NULL};

const char *const number_documents[] = {"個人番号カード", "個人番号のある住民票の写し", "通知カード（記載がいまと同じもの）",
                                        "地方公共団体情報システム機構への確認", NULL};

static bool listed(const char *const *documents, Str words)
{
    for (ptrdiff_t i = 0; documents[i]; i++)
        if (str_equal(words, str_of(documents[i]))) return true;
    return false;
}

bool identity_document_known(Str words)
{
    return listed(identity_documents, words);
}

bool number_document_known(Str words)
{
    return listed(number_documents, words);
}

static RegisterStep refused(Error refusal)
{
    return (RegisterStep){.outcome = STEP_REFUSED, .refusal = refusal};
}

// What the register would say and an office cannot: nobody shares the household, the municipality may be abroad.
static PersonState completed(const PersonState *typed)
{
    PersonState state = *typed;
    state.household_no = S("000000000000000");
    if (!state.municipality_code.len) state.municipality_code = S("000000");
    return state;
}

static bool entry_possible(const NonResidentEntry *entry, Error *err)
{
    DaySpan birth;
    if (!birth_possible(&entry->state, entry->known_on))
        return FAIL(err, E_CONFLICT, .item = S("生年月日"),
                    .words = S("生年月日が業務日より後か、130年より前です。見せられた書類で確かめてください。"));
    if (entry->occurred_on > entry->known_on)
        return FAIL(err, E_CONFLICT, .item = S("異動年月日"), .words = S("業務日より後の日です。日付を確かめてください。"));
    if (partial_date_span(entry->state.birth, &birth) && entry->occurred_on < birth.first)
        return FAIL(err, E_CONFLICT, .item = S("異動年月日"), .words = S("生年月日より前の日です。日付を確かめてください。"));
    return true;
}

static RegisterStep made(int32_t version_no, EventReason reason, const NonResidentEntry *entry, const PersonState *state,
                         Arena *arena)
{
    RegisterStep step = {0};
    *register_versions_push(&step.versions, arena) = (RegisterVersion){.version_no = version_no,
                                                                       .event_reason = (int32_t)reason,
                                                                       .occurred_on = entry->occurred_on,
                                                                       .reported_on = entry->known_on,
                                                                       .state = *state};
    return step;
}

RegisterStep non_resident_added(const NonResidentEntry *entry, Arena *arena)
{
    Error err = {0};
    if (!entry_possible(entry, &err)) return refused(err);
    PersonState state = completed(&entry->state);
    state.status = STATUS_NON_RESIDENT;
    state.protection = PROTECTION_NONE;
    return made(1, EVENT_NON_RESIDENT_ADDED, entry, &state, arena);
}

static RegisterEffects effects_of(const PersonState *was, const PersonState *is)
{
    bool rejudges = !partial_date_equal(was->birth, is->birth) || was->sex != is->sex;
    bool died = is->status == STATUS_DEAD && was->status != STATUS_DEAD;
    return (rejudges ? (RegisterEffects)1 << EFFECT_REJUDGE : 0) | (died ? (RegisterEffects)1 << EFFECT_STOP_MAIL : 0);
}

RegisterStep non_resident_corrected(const RegisterVersionRows *history, const NonResidentEntry *entry, Arena *arena)
{
    Error err = {0};
    const RegisterVersion *now = register_current(history);
    if (!register_non_resident(history) || !now) {
        (void)FAIL(&err, E_CONFLICT, .item = S("宛名番号"),
                   .words = S("住登外者ではありません。住民のことは住民記録の担当に知らせてください。"));
        return refused(err);
    }
    if (history->count >= REGISTER_VERSIONS_MOST) {
        (void)FAIL(&err, E_LIMIT, .item = S("宛名番号"), .words = S("一人の版が多すぎます。管理者に知らせてください。"));
        return refused(err);
    }
    if (!entry_possible(entry, &err)) return refused(err);
    PersonState state = completed(&entry->state);
    state.protection = now->state.protection;
    if (person_state_same(&state, &now->state)) return (RegisterStep){.outcome = STEP_UNCHANGED};
    RegisterStep step =
        made(history->at[history->count - 1].version_no + 1, EVENT_NON_RESIDENT_CORRECTED, entry, &state, arena);
    step.effects = effects_of(&now->state, &state);
    return step;
}

bool confirmation_stale(Day confirmed_on, Day today, int months)
{
    assert(months > 0);
    return today > month_add(confirmed_on, months, MONTHS_CLIP);
}
