// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "feed_import.h"
#include "register_step.h"
#include "say.h"

static void print_effects(const FeedReport *report)
{
    for (int effect = 0; effect < EFFECT_COUNT; effect++)
        if (report->effects[effect])
            (void)fprintf(stderr, "  %lld 件 %s\n", (long long)report->effects[effect],
                          register_effect_words((RegisterEffect)effect));
}

static void print_counts(const FeedReport *report)
{
    (void)fprintf(stderr, "  %lld 行: 反映 %lld、変更なし %lld、受け付けない行 %lld\n",
                  (long long)report->rows, (long long)report->applied, (long long)report->unchanged,
                  (long long)report->refused);
    if (report->vanished)
        (void)fprintf(stderr,
                      report->unidentified
                          ? "  全件にない住民 %lld 人 (読めない行があるため消除していません)\n"
                          : "  全件にない住民 %lld 人を消除しました\n",
                      (long long)report->vanished);
    if (report->same_as.len)
        say(stderr, "  %.*s と同じ内容です。新しい番号のファイルとして取り込みました\n",
            STR(report->same_as));
    if (report->held_people)
        (void)fprintf(stderr,
                      "  受け付けない行のあった住民 %lld 人は、決まるまで通知を止めます (sesshu addressee work)\n",
                      (long long)report->held_people);
    if (report->lost_names)
        (void)fprintf(stderr,
                      "  氏名に ? や 〓 のある行 %lld 件: その人の通知は作られません\n",
                      (long long)report->lost_names);
    if (report->lost_places)
        (void)fprintf(stderr,
                      "  住所か方書に ? や 〓 のある行 %lld 件: その人の通知は作られません\n",
                      (long long)report->lost_places);
    if (report->notes)
        (void)fprintf(stderr, "  %lld 項目に確かめることがあります (空欄または〓にしたもの、読み替えたもの)\n",
                      (long long)report->notes);
    if (report->wide_digits)
        (void)fprintf(stderr, "  全角の数字 %lld 字を半角に直しました\n",
                      (long long)report->wide_digits);
    if (report->unknown_columns.len)
        say(stderr, "  知らない列は読みませんでした: %.*s\n", STR(report->unknown_columns));
    print_effects(report);
    if (report->error_path.len) say(stderr, "  エラー一覧: %.*s\n", STR(report->error_path));
}

static void print_waiting(const FeedReport *report)
{
    if (report->vanished)
        (void)fprintf(stderr, "  全件にない住民: %lld 人 (住民の 5%% を超えると承認が要ります)\n",
                      (long long)report->vanished);
    for (Str rest = report->held_for; rest.len;) {
        Cut cut = str_cut(rest, '\n');
        say(stderr, "  %.*s\n", STR(cut.head));
        rest = cut.tail;
    }
    (void)fputs(report->no_picture
                    ? "  何も変えていません。先に全件 (JUKI_…_ALL_….csv) を取り込み、そのあとでこのファイルを取り込んでください。\n"
                      "  全件が手に入らず、このファイルだけで始めるときは、ほかの職員が sesshu addressee approve で承認すると反映します。\n"
                    : "  一度に変わる人が多すぎるため、何も変えていません。\n"
                      "  正しいファイルなら、ほかの職員が sesshu addressee approve で承認すると反映します。\n"
                      "  誤ったファイルなら承認せず、作り直した全件を受け取ってください。\n",
                stderr);
}

void feed_report_print(Str path, const FeedReport *report)
{
    say(stderr, "%.*s\n", STR(path));
    switch (report->outcome) {
    case FEED_TAKEN: print_counts(report); break;
    case FEED_KNOWN_ALREADY:
        (void)fprintf(stderr, "  取込済みのファイルです。何も変えていません。\n");
        if (report->error_path.len) say(stderr, "  エラー一覧を書き直しました: %.*s\n", STR(report->error_path));
        break;
    case FEED_WAITS: print_waiting(report); break;
    }
}

ExitStatus feed_report_status(const FeedReport *report)
{
    bool look = report->refused || report->notes || report->outcome == FEED_WAITS;
    return look ? EXIT_ATTENTION : EXIT_DONE;
}
