// sesshu unified work, show N, decide N: what does not fit, both sides of it, and what a person says of it.
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "list_leave.h"
#include "say.h"
#include "unified_person_rows.h"
#include "unified_work_rows.h"
#include "work_decide.h"

// ---- the list

static const char *const names[] = {"番号", "kind", "統一識別番号", "相手", "宛名番号", "since", "することがら"};

// clang-format off
static const ListCode kinds[] = {
    {"NUMBER_CLASH", "個人番号の重複"}, {"NUMBER_REVIEW", "個人番号の確認"}, {"NUMBER_FORMER", "旧番号での届出"},
    {"FACTS_MISSING", "4情報の不足"}, {"PERSON_DIFFERS", "住基ネットとの相違"}, {"CODE_NOBODY", "符号なし (E102)"},
    {"CODE_DELETED", "住民票の消除 (E103)"}, {"CODE_CLASH", "符号の重複 (E105)"}, {"NEWS_UNREADABLE", "読めない符号の知らせ"},
    {"NUMBER_UNREAD", "宛名管理で開けない人"}, {0}};
// clang-format on
static const ListColumn columns[] = {{"kind", "種類", kinds}, {"since", "見つかった日", NULL}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static bool number_of(Act *act, int64_t person_id, Arena *arena, UnifiedNo *no, Error *err)
{
    UnifiedPerson person = {0};
    if (person_id && !unified_of_id(act->store, act->office->keys, person_id, arena, &person, err)) return false;
    *no = person.no;
    return true;
}

static bool work_put(Act *act, const UnifiedWork *work, Arena *arena, List *out, Error *err)
{
    UnifiedNo first, second;
    char day[DAY_TEXT_SIZE];
    if (!number_of(act, work->person_id, arena, &first, err) || !number_of(act, work->other_id, arena, &second, err))
        return false;
    list_put(out, str_format(arena, "%lld", (long long)work->work_no));
    list_put(out, str_of(work_name(work->kind)));
    list_put(out, unified_text(&first));
    list_put(out, unified_text(&second));
    list_put(out, addressee_text(&work->who));
    list_put(out, str_of(day_text(instant_day_in_japan(work->since), day)));
    list_put(out, work->about.len ? str_format(arena, "%s (%.*s)", work_words(work->kind), STR(work->about))
                                  : str_of(work_words(work->kind)));
    list_end_row(out);
    return true;
}

static bool work(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    UnifiedWorks open;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL,
                             &words};
    (void)status;
    if (!unified_works_open(act->store, arena, &open, err) || !list_begin(act, &asked, &left, err)) return false;
    VEC_EACH (const UnifiedWork, one, open) {
        if (work_put(act, one, arena, &left, err)) continue;
        csv_abandon(left.draft);
        return false;
    }
    return list_leave(&left, err);
}

static const Option list_options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_work = COMMAND("work", "numbers", DUTY_READ, AUDIT_EXPORT, SHARED, work, .arguments = "",
                                  .words = "合わない個人番号、届かない符号など、人が確かめることの一覧を出します",
                                  .options = list_options);

// ---- one of them

static bool work_named(Act *act, const CommandLine *line, Arena *arena, UnifiedWork *found, Error *err)
{
    int64_t work_no;
    Str typed = line->arguments.at[0];
    if (!str_int64(typed, &work_no))
        return FAIL(err, E_NUMBER_FORMAT, .item = S("番号"), .value = typed, .words = S("一覧の番号を指定してください。"));
    if (!unified_work_find(act->store, act->office->keys, work_no, arena, found, err)) return false;
    if (found->work_no) return true;
    return FAIL(err, E_NOT_FOUND, .item = S("番号"), .value = typed, .words = S("この番号の仕事は残っていません。"));
}

// The number itself is compared by its last digits; a hidden place is not shown.
static void facts_shown(const char *whose, const FourFacts *facts, bool hidden)
{
    char birth[DAY_TEXT_SIZE];
    say(stdout, "%s\n  氏名カナ %.*s\n  生年月日 %s\n  性別 %d\n", whose, STR(facts->kana),
        partial_date_text(facts->birth, birth), (int)facts->sex);
    if (hidden)
        say(stdout, "  住所 (支援措置の対象のため表示しません)\n");
    else
        say(stdout, "  住所 %.*s\n", STR(facts->address));
}

static bool person_shown(Act *act, const char *whose, int64_t person_id, Arena *arena, bool *hidden, Error *err)
{
    UnifiedPerson person;
    if (!person_id) return true;
    if (!unified_of_id(act->store, act->office->keys, person_id, arena, &person, err)) return false;
    *hidden |= person.hidden;
    facts_shown(whose, &person.facts, *hidden);
    return true;
}

static bool show_recorded(Act *act, const UnifiedWork *found, Error *err)
{
    AddresseeNo whose;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!work_whose(act->store, found, *act->arena, &whose, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)found->work_no);
    leaf.whose = addressee_text(&whose).len ? &whose : NULL;
    return act_record_now(act, &leaf, err);
}

static bool show(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    UnifiedWork found = {0};
    char mask[INDIVIDUAL_NO_MASK_SIZE];
    (void)status;
    if (!work_named(act, line, arena, &found, err)) return false;
    bool hidden = found.said.hidden;  // the register's last word, also while it waits here
    individual_no_mask(&found.said.number, mask);
    individual_no_wipe(&found.said.number);
    if (!show_recorded(act, &found, err)) return false;
    say(stdout, "%s: %s\n", work_label(found.kind), work_words(found.kind));
    if (found.about.len) say(stdout, "%.*s\n", STR(found.about));
    if (!person_shown(act, "登録", found.person_id, arena, &hidden, err) ||
        !person_shown(act, "相手の登録", found.other_id, arena, &hidden, err))
        return false;
    if (found.said.there) facts_shown("届いた内容", &found.said.facts, hidden);
    if (found.said.there) say(stdout, "  個人番号 %s\n", mask);
    return true;
}

const Door command_show = COMMAND("show", "numbers", DUTY_LINK, AUDIT_LOOK, SHARED, show, .arguments = "番号", .least = 1,
                                  .most = 1, .words = "確かめることの一つについて、両方の記録を見比べます");

static bool decision_read(Act *act, const CommandLine *line, WorkDecision *decision, Error *err)
{
    bool accepts = option_given(line, "accept"), dismisses = option_given(line, "dismiss");
    if (accepts == dismisses)
        return FAIL(err, E_USAGE, .words = S("--accept (同じ人と認める) か --dismiss (認めない) のどちらかを指定してください。"));
    *decision = (WorkDecision){.accepted = accepts,
                               .by = actor_name(act->actor),
                               .reason = option_text(line, "reason"),
                               .at = act->now};
    return true;
}

static bool decide(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    UnifiedWork found = {0};
    WorkDecision decision;
    (void)status;
    if (!decision_read(act, line, &decision, err) || !act_begin(act, err) || !work_named(act, line, arena, &found, err))
        return false;
    decision.work_no = found.work_no;
    AddresseeNo whose;
    bool decided = work_decide(act, &found, &decision, *arena, err) && work_whose(act->store, &found, *arena, &whose, err);
    individual_no_wipe(&found.said.number);
    if (!decided) return false;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = str_format(act->arena, "%lld %s", (long long)found.work_no, decision.accepted ? "accept" : "dismiss");
    leaf.whose = addressee_text(&whose).len ? &whose : NULL;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static const Option decide_options[] = {
    {OPTION_FLAG, "accept", NULL, "同じ人と認める、または確かめたのでもう一度求める", false, false},
    {OPTION_FLAG, "dismiss", NULL, "認めない、または住民記録で正したので終える", false, false},
    {OPTION_TEXT, "reason", "R", "どう確かめたか", false, true},
    {.kind = OPTION_END},
};

const Door command_decide = COMMAND("decide", "numbers", DUTY_APPROVE, AUDIT_CHANGE, SHARED, decide, .arguments = "番号",
                                    .least = 1, .most = 1, .words = "確かめた結果を記録し、止めていたものを進めます",
                                    .options = decide_options);
