// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "feed_import.h"
#include "register_step.h"

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
    if (report->notes)
        (void)fprintf(stderr, "  %lld 項目を空欄または〓にして反映しました\n",
                      (long long)report->notes);
    if (report->wide_digits)
        (void)fprintf(stderr, "  全角の数字 %lld 字を半角に直しました\n",
                      (long long)report->wide_digits);
    if (report->unknown_columns.len)
        (void)fprintf(stderr, "  知らない列は読みませんでした: %.*s\n",
                      STR(report->unknown_columns));
    print_effects(report);
    if (report->error_path.len)
        (void)fprintf(stderr, "  エラー一覧: %.*s\n", STR(report->error_path));
}

void feed_report_print(Str path, const FeedReport *report)
{
    (void)fprintf(stderr, "%.*s\n", STR(path));
    switch (report->outcome) {
    case FEED_TAKEN: print_counts(report); break;
    case FEED_KNOWN_ALREADY:
        (void)fprintf(stderr, "  取込済みのファイルです。何も変えていません。\n");
        break;
    case FEED_WAITS:
        (void)fprintf(stderr,
                      "  住民の 5%% を超える %lld 人が全件にありません。何も変えていません。\n"
                      "  ほかの職員が sesshu addressee approve で承認すると反映します。\n",
                      (long long)report->vanished);
        break;
    }
}

ExitStatus feed_report_status(const FeedReport *report)
{
    bool look = report->refused || report->notes || report->outcome == FEED_WAITS;
    return look ? EXIT_ATTENTION : EXIT_DONE;
}
