// SPDX-License-Identifier: Apache-2.0
#include "held_approval.h"

#include "act.h"
#include "answer_lines.h"
#include "municipality.h"
#include "payload.h"

#include <assert.h>
#include <string.h>

typedef struct Held {
    int64_t provision_id;
    ProvisionChoice choice;
    ApprovalPerson asker;
    ProvisionRow row;
    bool found;
    Answerable answer;
} Held;

static Bytes payload_of(int64_t provision_id, ProvisionChoice choice, const ApprovalPerson *asker, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put_number(o, "provision", provision_id);
    payload_put_yes(o, "release", choice == CHOICE_RELEASE);
    payload_put(o, "asker", asker->name);
    payload_put(o, "proof", asker->proof);
    return payload_end(o, arena);
}

static bool held_read(Act *act, Bytes payload, Arena *arena, Held *held, Error *err)
{
    LinkageHome home;
    json_t *o = payload_open(payload);
    *held = (Held){.provision_id = payload_number(o, "provision"),
                   .choice = payload_yes(o, "release") ? CHOICE_RELEASE : CHOICE_REFUSE,
                   .asker = {payload_text(o, "asker", arena), payload_text(o, "proof", arena)}};
    json_decref(o);
    if (!linkage_home(act, arena, &home, err) ||
        !provision_of_id(act->store, held->provision_id, arena, &held->row, &held->found, err))
        return false;
    return !held->found || answering_facts(&home, &held->row.copy, arena, &held->answer, err);
}

static bool content(Act *act, Bytes payload, Arena *arena, Sha256 *hash, Error *err)
{
    Held held;
    if (!held_read(act, payload, arena, &held, err)) return false;
    Str head = str_format(arena, "%lld %d %d %s %td:", (long long)held.provision_id, (int)held.choice,
                          held.found ? (int)held.row.state.state : -1, held.answer.facts.person.digits,
                          held.answer.data.len);
    Str all = str_join(arena, head, held.answer.data);
    *hash = keys_index(act->office->keys, S("held_answer"), bytes_of_text(all));
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Held held;
    Sha256 hash;
    LinkageHome home;
    ApprovalNo refused;
    (void)brought;
    if (!held_read(act, payload, arena, &held, err) || !content(act, payload, arena, &hash, err) ||
        !linkage_home(act, arena, &home, err))
        return false;
    HeldDecision decision = {.choice = held.choice, .asker = held.asker, .today = instant_day_in_japan(act->now)};
    memcpy(decision.content.at, hash.at, sizeof decision.content.at);
    if (!held.found || !approval_person(act, &decision.decider, err) ||
        !answering_decided(&home, &held.row, &decision, arena, &refused, err))
        return false;
    return refused == APPROVAL_YES ||
           FAIL(err, E_CONFLICT, .item = S("提供"),
                .words = S("いまは提供を決められません。期限が過ぎたか、副本または照合リストが古くなっています。sesshu intermediate status で確かめてください。"));
}

Str held_summary(const Act *act, const Answerable *answer, Arena *arena)
{
    enum { GROUPS = 4, GROUP = 4 };
    char hex[SHA256_TEXT_SIZE], text[GROUPS * (GROUP + 1)];
    Sha256 hash = keys_index(act->office->keys, S("held_answer"), bytes_of_text(answer->data));
    const char *digits = sha256_text(&hash, hex);
    for (int i = 0; i < countof(text); i++) {
        char c = i % (GROUP + 1) == GROUP ? '-' : digits[i - i / (GROUP + 1)];
        text[i] = (char)(c >= 'a' ? c - 'a' + 'A' : c);
    }
    return str_copy(arena, (Str){text, countof(text) - 1});
}

static bool lines(Act *act, Bytes payload, Arena *arena, ApprovalLines *out, Error *err)
{
    Held held;
    if (!held_read(act, payload, arena, &held, err)) return false;
    if (held.choice == CHOICE_REFUSE) {
        *approval_lines_push(out, arena) = (ApprovalLine){S("提供"), {0}, S("拒否する。何も送らない")};
        return true;
    }
    *approval_lines_push(out, arena) =
        (ApprovalLine){S("要約値（申請した人の画面と同じであること）"), {0}, held_summary(act, &held.answer, arena)};
    return answer_lines(held.answer.data, arena, out, err);
}

const ApprovalKind held_kind = {
    .name = "held_answer", .words = "手動応答の提供", .content = content, .run = run, .lines = lines};

bool held_requested(Act *act, Arena *arena, HeldRequests *rows, Error *err)
{
    ApprovalRows open;
    *rows = (HeldRequests){0};
    if (!approval_rows_open(act->store, act->office->keys, arena, &open, err)) return false;
    VEC_EACH (const ApprovalRow, row, open) {
        if (row->unreadable || !str_equal(row->kind, str_of(held_kind.name))) continue;
        json_t *o = payload_open(row->payload);
        *held_requests_push(rows, arena) = (HeldRequest){payload_number(o, "provision"), row->approval_no, row->approval.asker.name};
        json_decref(o);
    }
    return true;
}

const HeldRequest *held_request_of(const HeldRequests *rows, int64_t provision_id)
{
    VEC_EACH (const HeldRequest, row, *rows)
        if (row->provision_id == provision_id) return row;
    return NULL;
}

bool held_ask(Act *act, int64_t provision_id, ProvisionChoice choice, Str reason, int64_t *approval_no, Error *err)
{
    assert(!store_is_idle(act->store));
    bool found;
    ProvisionRow row;
    ApprovalPerson asker;
    const MunicipalityTable *places;
    Arena *arena = act->arena;
    if (!provision_of_id(act->store, provision_id, arena, &row, &found, err)) return false;
    if (!found || row.state.state != PROVISION_HELD)
        return FAIL(err, E_NOT_FOUND, .item = S("番号"), .value = str_format(arena, "%lld", (long long)provision_id),
                    .words = S("この番号の応答待ちはありません。sesshu intermediate held で確かめてください。"));
    if (!approval_person(act, &asker, err) || !municipality_load(arena, &places, err)) return false;
    const ApprovalAsked asked = {
        .kind = &held_kind,
        .subject = str_format(arena, "%.*s からの照会 %s を%s", STR(organisation_words(places, &row.copy.permit.question.inquirer, arena)),
                              row.copy.permit.inquiry.digits, choice == CHOICE_RELEASE ? "提供する" : "拒否する"),
        .reason = reason,
        .payload = payload_of(provision_id, choice, &asker, arena)};
    return approval_ask(act, &asked, approval_no, err);
}
