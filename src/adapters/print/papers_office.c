// SPDX-License-Identifier: Apache-2.0
#include "papers_office.h"

#include "outlet.h"
#include "output.h"
#include "papers_people.h"
#include "rules.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

int office_open(void **state)
{
    static Office one;  // stories run one after another
    Office *office = &one;
    one = (Office){0};
    (void)snprintf(office->folder, sizeof office->folder, "%s/papers-XXXXXX",
                   getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    if (!mkdtemp(office->folder)) return -1;
    office->arena = office->whole = arena_reserve(1 << 28);
    const Schedule *schedule;
    if (!rules_embedded(&office->arena, &schedule, &office->err)) return -1;
    office->batch = people_batch(str_of(office->folder), schedule);
    office->batch.form_parts = 1;
    office->batch.draft_mark = S("test");
    *state = office;
    return 0;
}

void office_clear(Office *office)
{
    static const char *const names[] = {"papers-N20261123-001.pdf",
                                        "dispatch-N20261123-001.pdf",
                                        "dispatch-N20261123-001.csv",
                                        "errors-N20261123-001.csv",
                                        "draft.pdf",
                                        "labels-N20261123-001.pdf"};
    for (int i = 0; i < countof(names); i++) {
        char path[256];
        (void)snprintf(path, sizeof path, "%s/%s", office->folder, names[i]);
        (void)unlink(path);
    }
}

int office_close(void **state)
{
    Office *office = *state;
    office_clear(office);
    int left = rmdir(office->folder);
    papers_close(office->papers);
    arena_release(office->whole);
    return left;  // something else in the folder: a draft stayed
}

void office_begin(Office *office)
{
    if (!papers_begin(&office->batch, &office->arena, &office->papers, &office->err))
        fail_msg("%.*s", STR(outlet_error(OUTLET_TERMINAL, &office->arena, &office->err)));
}

void office_release(Office *office)
{
    OutputFate fate = OUTPUT_NAMED;
    bool done = papers_release(office->papers, &office->report, &office->err) &&
                (!office->report.drawn || papers_post(office->papers, S("ledger-73"), &office->report, &office->err));
    for (int i = 0; i < PAPER_FILES && done; i++) {
        const PaperFile *f = &office->report.files[i];
        if (!f->there) continue;
        (void)unlink(f->path);  // of a batch that a story draws twice
        done = output_move(f->draft, f->path, &f->hash, &fate, &office->err);
        assert_int_equal(fate, OUTPUT_NAMED);
    }
    if (!done) fail_msg("%.*s", STR(outlet_error(OUTLET_TERMINAL, &office->arena, &office->err)));
}

Str office_file(const Office *office, PaperFileKind kind)
{
    const PaperFile *file = &office->report.files[kind];
    return file->there ? str_of(file->path) : (Str){0};
}

int office_draft(const Office *office)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/draft.pdf", office->folder);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    return file;
}
