// SPDX-License-Identifier: Apache-2.0
#include "shielding.h"

#include "incident_rows.h"
#include "payload.h"

#include <assert.h>

Str shield_words(int hides)
{
    if (hides == SHIELD_ALL) return S("不開示、自己情報提供不可、自動応答不可");
    if (hides == SHIELD_CORES) return S("不開示、自己情報提供不可");
    if (hides == SHIELD_RECORDS) return S("不開示");
    if (hides == SHIELD_SELF_VIEW) return S("自己情報提供不可");
    return hides ? S("自動応答不可") : S("なし");
}

static bool kept(Act *act, ShieldRow *row, const ShieldStep *step, Str reason, Error *err)
{
    row->shield = step->next;
    row->since = act->now;
    row->reason = reason;
    return shield_save(act->store, row, err);
}

// ---- the register's word

static bool incident(const LinkageHome *home, const ShieldRow *row, Error *err)
{
    Str about = str_format(home->act->arena, "支援措置が終わりました。%.*s は続いています。示してよいと2人で確かめたら、sesshu intermediate shield release %lld で解除を申請してください",
                           STR(shield_words(row->shield.hides)), (long long)row->shield_no);
    const Incident found = {.kind = S("SHIELD"), .at = home->act->now, .person = row->person, .about = about};
    return incident_add(home->act->store, &found, err);
}

// The register's word about a number that was merged is one about the number under which the person goes on.
static bool merged_told(const LinkageHome *home, const ShieldRow *row, bool looked, Arena scratch, Error *err)
{
    ShieldRow on;
    const ShieldWish wish = {row->merged_into, row->procedure, SHIELD_ALL, row->reason};
    if (row->shield.is_protected) return shielding_set(home->act, &wish, scratch, err);
    if (!looked) return true;
    return shield_find(home->act->store, &row->merged_into, &row->procedure, &scratch, &on, err) && incident(home, &on, err);
}

bool shielding_told(const LinkageHome *home, const UnifiedNo *person, bool is_protected, Arena scratch, Error *err)
{
    assert(!store_is_idle(home->act->store));
    static const ProcedureCode every;
    ShieldRow row;
    if (!shield_find(home->act->store, person, &every, &scratch, &row, err)) return false;
    const ShieldEvent event = {.kind = is_protected ? SHIELD_PROTECTION_BEGINS : SHIELD_PROTECTION_ENDS};
    ShieldStep step = shield_step(&row.shield, &event);
    bool same = step.next.hides == row.shield.hides && step.next.is_protected == row.shield.is_protected;
    if (same) return true;
    if (!kept(home->act, &row, &step, is_protected ? S("支援措置") : S("支援措置の終わり"), err)) return false;
    if (unified_text(&row.merged_into).len) return merged_told(home, &row, step.looked, scratch, err);
    return !step.looked || incident(home, &row, err);
}

// ---- the office's

bool shielding_set(Act *act, const ShieldWish *wish, Arena scratch, Error *err)
{
    assert(!store_is_idle(act->store));
    assert(wish->hides > 0 && wish->hides <= SHIELD_ALL);
    ShieldRow row;
    if (!shield_find(act->store, &wish->person, &wish->procedure, &scratch, &row, err)) return false;
    const ShieldEvent event = {.kind = SHIELD_SET, .hides = wish->hides};
    ShieldStep step = shield_step(&row.shield, &event);
    return kept(act, &row, &step, wish->reason, err);
}

bool shielding_merged(Act *act, const UnifiedNo *from, const UnifiedNo *to, Arena scratch, Error *err)
{
    static const ProcedureCode every;
    ShieldRow first;
    ShieldRows rows;
    if (!shield_find(act->store, from, &every, &scratch, &first, err)) return false;
    first.since = first.shield_no ? first.since : act->now;
    // One row at least says where the person went: the register may protect the old number yet.
    if (!first.shield_no && !shield_save(act->store, &first, err)) return false;
    if (!shields_of(act->store, from, &scratch, &rows, err)) return false;
    VEC_EACH (const ShieldRow, row, rows) {
        const ShieldWish wish = {*to, row->procedure, row->shield.hides, row->reason};
        if (!shielding_set(act, &wish, scratch, err)) return false;
    }
    return shields_merge(act->store, from, to, err) && shields_again(act->store, to, err);
}

// ---- two people

static Bytes payload_of(int64_t shield_no, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put_number(o, "shield", shield_no);
    return payload_end(o, arena);
}

static bool row_of(Act *act, Bytes payload, Arena *arena, ShieldRow *row, Error *err)
{
    json_t *o = payload_open(payload);
    int64_t shield_no = payload_number(o, "shield");
    json_decref(o);
    return shield_of_no(act->store, shield_no, arena, row, err);
}

// A protection that begins meanwhile, or any other word about it, ends the request.
static bool content(Act *act, Bytes payload, Arena *arena, Sha256 *hash, Error *err)
{
    ShieldRow row;
    if (!row_of(act, payload, arena, &row, err)) return false;
    Str all = str_format(arena, "%lld %s %d %d %lld", (long long)row.shield_no, row.person.digits, row.shield.hides,
                         (int)row.shield.is_protected, (long long)row.since);
    *hash = keys_index(act->office->keys, S("shield_release"), bytes_of_text(all));
    return true;
}

static bool lasts(Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("支援措置"),
                .words = S("支援措置が続いている間は解除できません。宛名管理で、この番号にまとめた統一識別番号の分も、支援措置の終わりを確かめてください。"));
}

// Under this number, or under one that was merged into it.
static bool release_step(Act *act, const ShieldRow *row, ShieldStep *step, Error *err)
{
    bool merged;
    Shield now = row->shield;
    if (!shield_merged_protected(act->store, row, &merged, err)) return false;
    now.is_protected |= merged;
    *step = shield_step(&now, &(ShieldEvent){.kind = SHIELD_RELEASE});
    return !step->refused || lasts(err);
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    ShieldRow row;
    (void)brought;
    ShieldStep step;
    return row_of(act, payload, arena, &row, err) && release_step(act, &row, &step, err) &&
           kept(act, &row, &step, S("2人による解除"), err);
}

static bool lines(Act *act, Bytes payload, Arena *arena, ApprovalLines *out, Error *err)
{
    ShieldRow row;
    if (!row_of(act, payload, arena, &row, err)) return false;
    *approval_lines_push(out, arena) = (ApprovalLine){S("統一識別番号"), {0}, str_copy(arena, unified_text(&row.person))};
    *approval_lines_push(out, arena) = (ApprovalLine){S("本人に示さないもの"), shield_words(row.shield.hides), S("なし")};
    return true;
}

const ApprovalKind shield_release_kind = {
    .name = "shield_release", .words = "不開示などの解除", .content = content, .run = run, .lines = lines};

bool shielding_release_ask(Act *act, int64_t shield_no, Str reason, int64_t *approval_no, Error *err)
{
    assert(!store_is_idle(act->store));
    ShieldRow row;
    ShieldStep step;
    Arena *arena = act->arena;
    if (!shield_of_no(act->store, shield_no, arena, &row, err)) return false;
    if (!row.shield.hides)
        return FAIL(err, E_NOT_FOUND, .item = S("番号"), .value = str_format(arena, "%lld", (long long)shield_no),
                    .words = S("この番号の設定はありません。sesshu intermediate shield で確かめてください。"));
    if (!release_step(act, &row, &step, err)) return false;
    const ApprovalAsked asked = {
        .kind = &shield_release_kind,
        .subject = str_format(arena, "設定 %lld（%.*s）", (long long)shield_no, STR(shield_words(row.shield.hides))),
        .reason = reason,
        .payload = payload_of(shield_no, arena)};
    return approval_ask(act, &asked, approval_no, err);
}

// ---- to the core

static void part_add(BundleRows *parts, const ShieldTold *told, Arena *arena)
{
    *bundle_parts_push(parts, arena) = shield_told_encode(told, arena);
}

void shield_parts(const ShieldDebts *debts, BundleRows *parts, Arena *arena)
{
    VEC_EACH (const ShieldDebt, debt, *debts) {
        if (pairwise_present(&debt->former) && !pairwise_same(&debt->code, &debt->former))
            part_add(parts, &(ShieldTold){debt->former, debt->procedure, 0}, arena);
    }
    VEC_EACH (const ShieldDebt, debt, *debts)
        if (pairwise_present(&debt->code))
            part_add(parts, &(ShieldTold){debt->code, debt->procedure, debt->hides & SHIELD_CORES}, arena);
}
