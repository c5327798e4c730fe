// SPDX-License-Identifier: Apache-2.0
#include "duty_request.h"

#include "payload.h"
#include "roster.h"

#include <assert.h>

// ---- what is asked

static Bytes change_payload(const DutyChange *c, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "name", c->name);
    payload_put(o, "duty", str_of(duty_text(c->duty)));
    payload_put_yes(o, "given", c->given);
    payload_put_number(o, "begins", c->begins_on);
    payload_put_number(o, "ends", c->ends_on);
    payload_put(o, "department", c->department);
    payload_put(o, "wards", c->wards);
    return payload_end(o, arena);
}

static bool change_read(Bytes payload, DutyChange *c, Arena *arena, Error *err)
{
    json_t *o = payload_open(payload);
    *c = (DutyChange){.name = payload_text(o, "name", arena),
                      .given = payload_yes(o, "given"),
                      .begins_on = (Day)payload_number(o, "begins"),
                      .ends_on = (Day)payload_number(o, "ends"),
                      .department = payload_text(o, "department", arena),
                      .wards = payload_text(o, "wards", arena)};
    bool read = c->name.len && duty_named(payload_text(o, "duty", arena), &c->duty);
    json_decref(o);
    return read || FAIL(err, E_CONFLICT, .words = S("申請の内容が読めません。取り下げて、もう一度申請してください。"));
}

// ---- what stands

// Every term of this person's duty; {0}: it is not held.
static bool duty_stands(Act *act, const DutyChange *c, Arena *arena, Str *words, Error *err)
{
    StaffTermRows rows;
    *words = (Str){0};
    if (!staff_terms_read(act->store, arena, &rows, err)) return false;
    VEC_EACH (const StaffTermRow, row, rows)
        if (str_equal(row->name, c->name) && str_equal(row->duty, str_of(duty_text(c->duty))))
            *words = stands_words(*words, row, arena);
    return true;
}

static bool somebody_else_admin(Act *act, const DutyChange *c, Error *err)
{
    StaffTermRows rows;
    Day today = instant_day_in_japan(act->now);
    if (c->duty != DUTY_ADMIN) return true;
    if (!staff_terms_read(act->store, act->arena, &rows, err)) return false;
    VEC_EACH (const StaffTermRow, row, rows)
        if (str_equal(row->duty, S("admin")) && !str_equal(row->name, c->name) && row->begins_on <= today &&
            today <= row->ends_on)
            return true;
    return FAIL(err, E_CONFLICT, .item = S("職務"), .value = c->name,
                .words = S("この人のほかに、今日「職員と権限の管理」を持つ人がいません。先にほかの人に与えてください。"));
}

// ---- the kind

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Str words;
    DutyChange c;
    if (!change_read(payload, &c, arena, err) || !duty_stands(act, &c, arena, &words, err)) return false;
    *content = keys_index(act->office->keys, S("duty"), (Bytes){(const unsigned char *)words.at, words.len});
    return true;
}

// What was held before ends: the new term stands in its place.
static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Str words;
    DutyChange c;
    DutyChanged changed;
    (void)brought;
    if (!change_read(payload, &c, arena, err) || !duty_stands(act, &c, arena, &words, err) ||
        !somebody_else_admin(act, &c, err))
        return false;
    c.by = actor_name(act->actor);
    c.now = act->now;
    DutyChange take = {.name = c.name, .duty = c.duty, .by = c.by, .now = c.now};
    return (!words.len || duty_change(act, &take, &changed, err)) &&
           (!c.given || duty_change(act, &c, &changed, err));
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    DutyChange c;
    ApprovalLine line = {0};
    if (!change_read(payload, &c, arena, err) || !duty_stands(act, &c, arena, &line.was, err)) return false;
    line.item = str_format(arena, "%.*s「%s」", STR(c.name), duty_words(c.duty));
    if (c.given) line.now = term_words(c.department, c.begins_on, c.ends_on, c.wards, arena);
    *approval_lines_push(lines, arena) = line;
    return true;
}

const ApprovalKind duty_kind = {
    .name = "duty", .words = "職員の権限", .content = content_of, .run = run, .lines = lines_of};

// ---- asking

bool duty_ask(Act *act, const DutyChange *asked, Str reason, int64_t *approval_no, Error *err)
{
    Str was;
    assert(!asked->given || asked->department.len);
    if (!duty_stands(act, asked, act->arena, &was, err) || !somebody_else_admin(act, asked, err)) return false;
    Str now = asked->given
                  ? term_words(asked->department, asked->begins_on, asked->ends_on, asked->wards, act->arena)
                  : (Str){0};
    if (str_equal(was, now))
        return FAIL(err, E_CONFLICT, .item = S("職務"), .value = str_of(duty_words(asked->duty)),
                    .words = S("いまの権限と同じです。変えるところを確かめてください。"));
    const ApprovalAsked request = {
        .kind = &duty_kind,
        .subject = str_format(act->arena, "%.*sさんの「%s」を%s", STR(asked->name), duty_words(asked->duty),
                              asked->given ? "与える" : "なくす"),
        .reason = reason,
        .payload = change_payload(asked, act->arena)};
    return approval_ask(act, &request, approval_no, err);
}
