// SPDX-License-Identifier: Apache-2.0
#include "span_text.h"

static void add_day(Text *text, Arena *arena, Day day)
{
    if (day == DAY_NONE)
        text_add(text, arena, S("- "));
    else
        text_addf(text, arena, "%d ", (int)day);
}

Str spans_write(const ResidenceSpanRows *spans, Arena *arena)
{
    Text text = {0};
    VEC_EACH (ResidenceSpan, span, *spans) {
        if (span != spans->at) text_add_byte(&text, arena, ';');
        add_day(&text, arena, span->first);
        add_day(&text, arena, span->last);
        text_addf(&text, arena, "%d", (int)span->end);
        if (span->vague_days) text_addf(&text, arena, " %d", span->vague_days);
    }
    return text_str(&text);
}

static bool read_day(Str text, Day *day)
{
    int64_t number = DAY_NONE;
    bool open = str_equal(text, S("-"));
    if (!open && (!str_int64(text, &number) || number < DAY_MIN || number > DAY_MAX)) return false;
    *day = (Day)number;
    return true;
}

static bool read_span(Str text, ResidenceSpan *span)
{
    int end;
    Cut first = str_cut(text, ' ');
    Cut last = str_cut(first.tail, ' ');
    if (!read_day(first.head, &span->first) || !read_day(last.head, &span->last)) return false;
    Cut ending = str_cut(last.tail, ' ');
    int vague = 0;
    if (!str_digits(ending.head, 1, 1, &end) || end > RESIDENCE_REMOVED) return false;
    if (ending.found && !str_digits(ending.tail, 1, 3, &vague)) return false;
    span->end = (ResidenceEnd)end;
    span->vague_days = vague;
    return true;
}

bool spans_read(Str text, Arena *arena, ResidenceSpanRows *spans, Error *err)
{
    ResidenceSpanRows read = {0};
    while (text.len) {
        Cut cut = str_cut(text, ';');
        if (!read_span(cut.head, residence_spans_push(&read, arena)))
            return FAIL(err, E_STORE,
                        .words =
                            S("保存されている居住期間が読めません。復旧の手順に従ってください。"));
        text = cut.tail;
    }
    *spans = read;
    return true;
}
