// SPDX-License-Identifier: Apache-2.0
#include "office_roster.h"

#include "duty_change.h"
#include "outlet.h"
#include "roster.h"
#include "say.h"

#include <stdio.h>

// What of the roster differs from what stands.
static bool differences(Act *act, const RosterTerms *fresh, Arena *arena, RosterChanges *changes, Error *err)
{
    StaffTermRows stands;
    if (!staff_terms_read(act->store, arena, &stands, err)) return false;
    roster_compare(&stands, fresh, arena, changes);
    return true;
}

static bool admin_stays(const Act *act, const RosterTerms *terms, Error *err)
{
    if (roster_keeps_admin(terms, instant_day_in_japan(act->now))) return true;
    return FAIL(err, E_CONFLICT, .item = S("職務"),
                .words = S("この名簿では、今日「職員と権限の管理」を持つ人が一人もいなくなります。取り込みません。"));
}

// ---- the request

static bool payload_read(Bytes payload, Arena *arena, RosterTerms *terms, Error *err)
{
    if (roster_of_text((Str){(const char *)payload.at, payload.len}, arena, terms)) return true;
    return FAIL(err, E_CONFLICT, .words = S("申請された名簿が読めません。取り下げて、もう一度申請してください。"));
}

static Str change_words(const RosterChange *change, Arena *arena)
{
    return str_format(arena, "%.*s「%s」", STR(change->name), duty_words(change->duty));
}

// What stands: a grant in between makes the request lapse.
static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Text all = {0};
    StaffTermRows stands;
    (void)payload;
    if (!staff_terms_read(act->store, arena, &stands, err)) return false;
    VEC_EACH (const StaffTermRow, row, stands)
        text_addf(&all, arena, "%.*s\t%.*s\t%.*s\t%d\t%d\t%.*s\n", STR(row->name), STR(row->duty), STR(row->department),
                  row->begins_on, row->ends_on, STR(row->wards));
    Str text = text_str(&all);
    *content = keys_index(act->office->keys, S("roster"), (Bytes){(const unsigned char *)text.at, text.len});
    return true;
}

static bool given(Act *act, const RosterChange *change, Error *err)
{
    for (int i = 0; i < change->count; i++) {
        DutyChanged changed;
        const RosterTerm *term = &change->terms[i];
        DutyChange give = {.name = change->name,
                           .duty = change->duty,
                           .given = true,
                           .by = actor_name(act->actor),
                           .now = act->now,
                           .department = term->department,
                           .begins_on = term->begins_on,
                           .ends_on = term->ends_on,
                           .wards = term->wards};
        if (!duty_change(act, &give, &changed, err)) return false;
    }
    return true;
}

// All terms of this duty anew: what a record says of a duty, it says of every grant before it.
static bool changed_one(Act *act, const RosterChange *change, Error *err)
{
    DutyChanged changed;
    DutyChange take = {.name = change->name, .duty = change->duty, .by = actor_name(act->actor), .now = act->now};
    return (!change->was.len || duty_change(act, &take, &changed, err)) && given(act, change, err);
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    RosterTerms terms;
    RosterChanges changes;
    (void)brought;
    if (!payload_read(payload, arena, &terms, err) || !admin_stays(act, &terms, err) ||
        !differences(act, &terms, arena, &changes, err))
        return false;
    VEC_EACH (const RosterChange, change, changes)
        if (!changed_one(act, change, err)) return false;
    return true;
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    RosterTerms terms;
    RosterChanges changes;
    if (!payload_read(payload, arena, &terms, err) || !differences(act, &terms, arena, &changes, err)) return false;
    VEC_EACH (const RosterChange, change, changes)
        *approval_lines_push(lines, arena) = (ApprovalLine){change_words(change, arena), change->was, change->now};
    return true;
}

const ApprovalKind roster_kind = {
    .name = "roster", .words = "職員の名簿", .content = content_of, .run = run, .lines = lines_of};

// ---- asking

static bool faults_told(const Act *act, const RosterFaults *faults, Error *err)
{
    if (!faults->count) return true;
    VEC_EACH (const Error, fault, *faults) {
        Arena scratch = *act->arena;
        say(stderr, "%.*s\n", STR(outlet_error(OUTLET_TERMINAL, &scratch, fault)));
    }
    return FAIL(err, E_FILE_LAYOUT,
                .words = str_format(act->arena, "名簿に直すところが%lldあります。何も変えていません。"
                                                "直した名簿をもう一度取り込んでください。",
                                    (long long)faults->count));
}

static bool asked(Act *act, const RosterTerms *terms, const RosterChanges *changes, Str reason, const Sha256 *file,
                  int64_t *approval_no, Error *err)
{
    Str text = roster_text(terms, act->arena);
    int64_t added = 0, ended = 0;
    VEC_EACH (const RosterChange, change, *changes) {
        added += !change->was.len;
        ended += !change->now.len;
    }
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    leaf.act = AUDIT_CHANGE;
    leaf.content = file;
    leaf.rows = terms->count;
    const ApprovalAsked request = {
        .kind = &roster_kind,
        .subject = str_format(act->arena, "%td行　加わる %lld　変わる %lld　終わる %lld", terms->count,
                              (long long)added, (long long)(changes->count - added - ended), (long long)ended),
        .reason = reason,
        .payload = {(const unsigned char *)text.at, text.len}};
    if (!act_begin(act, err) || !approval_ask(act, &request, approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "roster %lld", (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool roster_ask(Act *act, Str path, Str reason, int64_t *approval_no, int64_t *changed, Error *err)
{
    CsvReader *csv;
    RosterTerms terms;
    RosterFaults faults;
    RosterChanges changes;
    Arena *arena = act->arena;
    if (!csv_open(str_z(arena, path), &roster_layout, CSV_ENCODING_AUTO, arena, &csv, err)) return false;
    const Sha256 file = csv_index(csv, act->office->keys);
    if (!roster_read(csv, arena, &terms, &faults, err) || !faults_told(act, &faults, err) ||
        !admin_stays(act, &terms, err) || !differences(act, &terms, arena, &changes, err))
        return false;
    *changed = changes.count;
    VEC_EACH (const RosterChange, change, changes)
        say(stdout, "%.*s: %.*s → %.*s\n", STR(change_words(change, arena)),
            STR(change->was.len ? change->was : S("なし")), STR(change->now.len ? change->now : S("なし")));
    return !changes.count || asked(act, &terms, &changes, reason, &file, approval_no, err);
}
