// SPDX-License-Identifier: Apache-2.0
#include "feed_watch.h"

#include <stdio.h>

#include "feed_row.h"

void feed_watch_row(FeedWatch *watch)
{
    watch->rows++;
}

void feed_watch_kinds(FeedWatch *watch, int64_t line, const AddresseeNo *who, FeedKinds kinds)
{
    Str number = addressee_text(who);
    for (FeedKind kind = FEED_KIND_NONE + 1; kind < FEED_KIND_COUNT; kind++) {
        if (!feed_kind_in(kinds, kind)) continue;
        int64_t nth = watch->people[kind]++;
        if (nth >= FEED_SAMPLES) continue;
        FeedSample *sample = &watch->samples[kind][nth];
        sample->line = line;
        (void)snprintf(sample->ending, sizeof sample->ending, "%.*s",
                       STR(str_from(number, number.len - 4)));
    }
}

bool feed_watch_nameless(FeedWatch *watch, Error *err)
{
    watch->nameless++;
    if (watch->nameless <= FEED_NAMELESS_MOST || watch->nameless * 2 <= watch->rows) return true;
    return FAIL(err, E_LIMIT,
                .words = S("だれの行か読めない行が半分を超えています。何も変えていません。"
                           "列の並びと文字コードを作成元に確かめ、作り直したファイルを"
                           "受け取ってください。"));
}

// By chance one number of twelve digits in eleven has the check digit, so a column of other numbers is told
// apart by most of its cells failing it.
static bool holds_numbers(const FeedWatch *watch, const CsvDigits *digits)
{
    enum { ROWS_IN = 100 };
    return digits->numbers && digits->numbers * ROWS_IN >= watch->rows &&
           digits->numbers * 2 > digits->twelve;
}

static Str column_name(const CsvReader *csv, int i)
{
    int column = csv_column(csv, i);
    return column < 0 ? S("知らない列") : str_of(feed_layout.columns[column].name);
}

bool feed_watch_numbers(const FeedWatch *watch, const CsvReader *csv, Error *err)
{
    int elsewhere = -1;
    for (int i = 0; i < csv_columns(csv); i++) {
        CsvDigits digits = csv_digits(csv, i);
        if (csv_column(csv, i) == feed_number_column) {
            if (digits.said) return true;
        } else if (elsewhere < 0 && holds_numbers(watch, &digits)) {
            elsewhere = i;
        }
    }
    if (elsewhere < 0) return true;
    return FAIL(err, E_FILE_LAYOUT, .item = column_name(csv, elsewhere),
                .words = S("個人番号の列が空で、ほかの列に個人番号とみられる番号があります。"
                           "何も変えていません。列の並びを作成元に確かめ、作り直した"
                           "ファイルを受け取ってください。"));
}

static void add_sample(const FeedSample *sample, Text *text, Arena *arena)
{
    text_addf(text, arena, "、例 %lld 行目 (宛名番号 ***********%s)", (long long)sample->line,
              sample->ending);
}

static void add_share(const FeedWatch *watch, FeedKind kind, Text *text, Arena *arena)
{
    int64_t people = watch->people[kind], residents = watch->residents;
    text_addf(text, arena, "%s%s人 %lld 人", text->len ? "\n" : "", feed_kind_words(kind), (long long)people);
    if (residents)
        text_addf(text, arena, " (住民 %lld 人の %lld.%lld %%、上限 %d.%d %%)", (long long)residents,
                  (long long)(people * 100 / residents), (long long)(people * 1000 / residents % 10),
                  feed_kind_permille(kind) / 10, feed_kind_permille(kind) % 10);
    if (kind == FEED_KIND_ROW_REFUSED) text_addf(text, arena, " (全 %lld 行)", (long long)watch->rows);
    for (int i = 0; i < FEED_SAMPLES; i++) add_sample(&watch->samples[kind][i], text, arena);
}

static bool kind_held(const FeedWatch *watch, FeedKind kind)
{
    int64_t people = watch->people[kind];
    return feed_share_held(kind, people, watch->residents) ||
           (kind == FEED_KIND_ROW_REFUSED && feed_refused_held(people, watch->rows));
}

Str feed_watch_held(const FeedWatch *watch, Arena *arena)
{
    Text text = {0};
    if (watch->no_picture)
        text_add(&text, arena,
                 S("まだ住民が一人もいないところに、異動だけのファイル (DIF) が来ました。このファイルにない人は、みな抜けたままになります"));
    for (FeedKind kind = FEED_KIND_NONE + 1; kind < FEED_KIND_COUNT; kind++)
        if (kind_held(watch, kind)) add_share(watch, kind, &text, arena);
    return text.len ? text_str(&text) : (Str){0};
}
