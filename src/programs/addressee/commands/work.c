// sesshu addressee work [--done N]: what rows of the feed ask people to do, and who is held for a refused one.
// SPDX-License-Identifier: Apache-2.0
#include "hold_rows.h"
#include "list_leave.h"
#include "register_tasks.h"

#include <stdio.h>

static const char *const names[] = {"番号", "kind", "宛名番号", "file", "since", "することがら"};

// clang-format off
static const ListCode kinds[] = {
    {"STAYS_COVERED", "伏せたままの住所"}, {"REVIEW_UNMASK", "支援措置の終了"}, {"ASK_FOREIGN_RECORDS", "国外からの転入"},
    {"REVIEW_SINCE_LEFT", "さかのぼった消除"}, {"GUARDIAN", "保護者の確認"}, {"LINK_NUMBERS", "宛名番号の変更"},
    {"TWICE_RESIDENT", "二重登録の疑い"}, {"EARLIER_EVENT_MISSING", "前の異動がない"}, {"BACK_TO_LIFE", "死亡の取消"},
    {"REPLAY_DIFFERS", "取消のあとの違い"}, {"DAY_UNKNOWN", "異動の日が不明"}, {"ROW_REFUSED", "受け付けられない行"}, {0}};
// clang-format on
static const ListColumn columns[] = {{"kind", "種類", kinds}, {"file", "ファイル", NULL}, {"since", "見つかった日", NULL}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static void task_put(List *out, const RegisterTask *task)
{
    char day[DAY_TEXT_SIZE], number[24];
    (void)snprintf(number, sizeof number, "%lld", (long long)task->task_no);
    list_put(out, str_of(number));
    list_put(out, str_of(register_effect_name(task->effect)));
    list_put(out, addressee_text(&task->who));
    list_put(out, task->file);
    list_put(out, str_of(day_text(instant_day_in_japan(task->since), day)));
    list_put(out, str_of(register_effect_words(task->effect)));
    list_end_row(out);
}

static Str held_words(const PersonHold *hold, Arena *arena)
{
    const ResidentEvent *event = resident_event(hold->event.event_reason);
    return str_format(arena,
                      "%lld 行目 (異動事由 %s) を受け付けられなかった人。通知は止めてある。正しい行が届くか、住民記録に"
                      "確かめて sesshu addressee resolve 宛名番号 --reason で決める",
                      (long long)hold->line, event ? event->words : "不明");
}

// No number to tick off: a good row or `resolve` ends it.
static void held_put(List *out, const HeldPerson *held, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    list_put(out, (Str){0});
    list_put(out, S("ROW_REFUSED"));
    list_put(out, addressee_text(&held->who));
    list_put(out, held->file);
    list_put(out, str_of(day_text(instant_day_in_japan(held->since), day)));
    list_put(out, held_words(&held->hold, arena));
    list_end_row(out);
}

static bool list(Act *act, const CommandLine *line, Arena *arena, Error *err)
{
    RegisterTasks tasks;
    HeldPersons held;
    List left;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false,
                             line->format == FORMAT_EXCEL, &words};
    if (!register_tasks_open(act->store, arena, &tasks, err) ||
        !holds_open(act->store, arena, &held, err) || !list_begin(act, &asked, &left, err))
        return false;
    VEC_EACH (RegisterTask, task, tasks) task_put(&left, task);
    VEC_EACH (HeldPerson, one, held) held_put(&left, one, arena);
    return list_leave(&left, err);
}

static bool settle(Act *act, int64_t task_no, Error *err)
{
    bool done;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_CHANGE;
    leaf.detail = str_format(act->arena, "%lld", (long long)task_no);
    if (!act_begin(act, err) ||
        !register_task_done(act->store, task_no, actor_name(act->actor), act->now, &done, err))
        return false;
    if (!done)
        return FAIL(err, E_NOT_FOUND, .item = S("番号"), .value = leaf.detail,
                    .words = S("この番号の仕事は残っていません。支援措置の終了は release で"
                               "確かめてください。"));
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool work(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)status;
    if (option_given(line, "done")) return settle(act, option_number(line, "done", 0), err);
    return list(act, line, arena, err);
}

static const Option options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {OPTION_NUMBER, "done", "N", "番号 N の仕事が済んだことを記録する", false, false},
    {.kind = OPTION_END},
};

const Door command_work = COMMAND(
    "work", "register", DUTY_EXPORT, AUDIT_EXPORT, SHARED, work, .arguments = "",
    .words = "住民情報の取込で人の確認が要るとわかったことの一覧を出します", .options = options);
