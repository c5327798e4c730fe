// What is at work in the program's data just now, and what died at it.
// SPDX-License-Identifier: Apache-2.0
#include "job_note.h"
#include "office_main.h"
#include "say.h"

#include <stdio.h>

static Str amount(const JobWay *way, int64_t count, Arena *arena)
{
    if (way->of_bytes) return str_format(arena, "%.1fMB", (double)count / 1e6);
    return str_format(arena, "%lld件", (long long)count);
}

static void say_way(const JobWay *way, Arena scratch)
{
    char since[INSTANT_TEXT_SIZE], moved[INSTANT_TEXT_SIZE];
    say(stdout, "%.*s%s%.*s: %.*s %.*s", STR(way->command), way->what.len ? " " : "", STR(way->what),
        STR(way->words), STR(amount(way, way->done, &scratch)));
    if (way->total) say(stdout, " / %.*s", STR(amount(way, way->total, &scratch)));
    say(stdout, "、%.*s さんが %s から", STR(way->operator_name), instant_in_japan(way->since, since));
    if (way->died)
        say(stdout, "。%s に途中で止まりました。何も変えていません。同じコマンドをもう一度実行してください。\n",
            instant_in_japan(way->moved, moved));
    else
        say(stdout, "実行中 (%s 現在)\n", instant_in_japan(way->moved, moved));
}

static bool jobs(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    JobWays ways;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)line, (void)status;
    if (!job_notes_read(act, arena, &ways, err)) return false;
    leaf.rows = ways.count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (const JobWay, way, ways) say_way(way, *arena);
    if (!ways.count) (void)puts("いま実行中の処理はありません。");
    return true;
}

const Door office_jobs = COMMAND("jobs", "office", DUTY_READ, AUDIT_LOOK, SHARED, jobs, .arguments = "",
                                 .words = "実行中の処理がどこまで進んだか、途中で止まったものがあるかを見る");
