// Nothing crashes; a name that is read fits its own rules; a row that is read has what a row must have.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "difference.h"
#include "feed_name.h"
#include "feed_row.h"
#include "register_step.h"
#include "span_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

static void read_name(Str text)
{
    FeedName name;
    Error err = {0};
    if (!feed_name_read(text, &name, &err)) return;
    assert(name.sequence >= 1);
    assert(name.sequence <= FEED_SEQUENCE_LAST);
    assert(str_ends(text, name.name));
}

// Whatever the reader accepts and the register takes is told whole, and comes back as it was told.
static void accepted_is_told(const FeedLine *line, Arena arena)
{
    RegisterVersionRows nobody = {0};
    FeedRow row = line->row;
    row.known_on = row.business_day = day_of(2026, 11, 10);
    RegisterStep step = register_step(&nobody, &row, &arena);
    if (step.outcome != STEP_APPLIED) return;
    const RegisterVersion *version = &step.versions.at[0];
    PersonChange change = {.change_no = 1,
                           .addressee_no = addressee_text(&line->addressee_no),
                           .version_no = version->version_no,
                           .event_reason = version->event_reason,
                           .occurred_on = version->occurred_on,
                           .reported_on = version->reported_on,
                           .recorded_at = 1776000000000000,
                           .state = version->state,
                           .residence = register_residence(&step.versions, &arena)};
    ResidenceSpanRows kept;
    Error err = {0};
    assert(spans_read(spans_write(&change.residence, &arena), &arena, &kept, &err));
    assert(person_change_tellable(&change));
    DifferenceAnswer answer = {.epoch = S("0123456789abcdef0123456789abcdef"), .next_cursor = 1}, read;
    *person_changes_push(&answer.changes, &arena) = change;
    Str bytes = difference_answer_encode(&answer, &arena);
    bool decoded = difference_answer_decode(bytes, &arena, &read, &err);
    assert(decoded);
    assert(read.changes.at[0].hold == HOLD_NONE);
    assert(str_equal(bytes, difference_answer_encode(&read, &arena)));
}

static void read_rows(Str text, Arena arena)
{
    CsvReader *reader;
    CsvRow row;
    Error err = {0};
    if (!csv_open_text(text, &feed_layout, CSV_ENCODING_AUTO, &arena, &reader, &err)) return;
    while (csv_next(reader, &row)) {
        Arena scratch = arena;
        FEED_LINE line;
        bool good = feed_line_read(&row, &scratch, &line, &err);
        assert(good || err.code != E_NONE);
        assert(!good || addressee_text(&line.addressee_no).len == 15);
        assert(!good || line.row.state.name.len > 0);
        if (good) accepted_is_told(&line, scratch);
    }
    if (!csv_close(reader, &err)) return;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 30);
    Str text = {(const char *)data, (ptrdiff_t)size};
    read_name(text);
    read_rows(text, whole);
    return 0;
}
