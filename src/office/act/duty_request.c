// SPDX-License-Identifier: Apache-2.0
#include "duty_request.h"

#include "dates.h"
#include "staff_term_rows.h"

#include <assert.h>

// ---- what is asked, as one text: name, duty, given, first and last day, department

static Str change_text(const DutyChange *c, Arena *arena)
{
    return str_format(arena, "%.*s\t%s\t%d\t%d\t%d\t%.*s", STR(c->name), duty_text(c->duty), c->given, c->begins_on,
                      c->ends_on, STR(c->department));
}

static bool change_read(Bytes payload, DutyChange *c, Error *err)
{
    int64_t given, begins, ends;
    Cut name = str_cut((Str){(const char *)payload.at, payload.len}, '\t'), duty = str_cut(name.tail, '\t');
    Cut gives = str_cut(duty.tail, '\t'), from = str_cut(gives.tail, '\t'), to = str_cut(from.tail, '\t');
    *c = (DutyChange){.name = name.head, .department = to.tail};
    if (duty_named(duty.head, &c->duty) && str_int64(gives.head, &given) && str_int64(from.head, &begins) &&
        str_int64(to.head, &ends)) {
        c->given = given != 0;
        c->begins_on = (Day)begins;
        c->ends_on = (Day)ends;
        return true;
    }
    return FAIL(err, E_CONFLICT, .words = S("申請の内容が読めません。取り下げて、もう一度申請してください。"));
}

// ---- what stands

static Str words_of(Str department, Day begins_on, Day ends_on, Arena *arena)
{
    return str_format(arena, "%.*s %.*s〜%.*s", STR(department), STR(date_era_text(arena, begins_on)),
                      STR(date_era_text(arena, ends_on)));
}

// Every term of this person's duty; {0}: it is not held.
static bool stands_words(Act *act, const DutyChange *c, Arena *arena, Str *words, Error *err)
{
    Text all = {0};
    StaffTermRows rows;
    if (!staff_terms_read(act->store, arena, &rows, err)) return false;
    VEC_EACH (const StaffTermRow, row, rows) {
        if (!str_equal(row->name, c->name) || !str_equal(row->duty, str_of(duty_text(c->duty)))) continue;
        Str one = row->limited ? words_of(row->department, row->begins_on, row->ends_on, arena) : S("期限なし");
        text_addf(&all, arena, "%s%.*s", text_str(&all).len ? "、" : "", STR(one));
    }
    *words = text_str(&all);
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
    if (!change_read(payload, &c, err) || !stands_words(act, &c, arena, &words, err)) return false;
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
    if (!change_read(payload, &c, err) || !stands_words(act, &c, arena, &words, err) ||
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
    if (!change_read(payload, &c, err) || !stands_words(act, &c, arena, &line.was, err)) return false;
    line.item = str_format(arena, "%.*s「%s」", STR(c.name), duty_words(c.duty));
    if (c.given) line.now = words_of(c.department, c.begins_on, c.ends_on, arena);
    *approval_lines_push(lines, arena) = line;
    return true;
}

const ApprovalKind duty_kind = {
    .name = "duty", .words = "職員の権限", .content = content_of, .run = run, .lines = lines_of};

// ---- asking

bool duty_ask(Act *act, const DutyChange *asked, Str reason, int64_t *approval_no, Error *err)
{
    Str was, text = change_text(asked, act->arena);
    assert(!asked->given || asked->department.len);
    if (!stands_words(act, asked, act->arena, &was, err) || !somebody_else_admin(act, asked, err)) return false;
    Str now = asked->given ? words_of(asked->department, asked->begins_on, asked->ends_on, act->arena) : (Str){0};
    if (str_equal(was, now))
        return FAIL(err, E_CONFLICT, .item = S("職務"), .value = str_of(duty_words(asked->duty)),
                    .words = S("いまの権限と同じです。変えるところを確かめてください。"));
    const ApprovalAsked request = {
        .kind = &duty_kind,
        .subject = str_format(act->arena, "%.*sさんの「%s」を%s", STR(asked->name), duty_words(asked->duty),
                              asked->given ? "与える" : "なくす"),
        .reason = reason,
        .payload = {(const unsigned char *)text.at, text.len}};
    return approval_ask(act, &request, approval_no, err);
}
