// SPDX-License-Identifier: Apache-2.0
#include "witness.h"

#include "machine_log.h"
#include "regular_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 1024, AUTHPRIV_NOTICE = 10 << 3 | 5 };

#define LOG_MARK "sesshu-trail: "

// ---- telling

void witness_tell(const Trail *trail, Str line)
{
    char text[LINE_MOST];
    int len = snprintf(text, sizeof text, LOG_MARK "%.*s %.*s", STR(trail->epochs.program),
                       STR(str_trim(line)));
    if (len > 0 && len < LINE_MOST) machine_log(AUTHPRIV_NOTICE, text);
}

// ---- asking

static int by_number(const void *a, const void *b)
{
    const AuditSaid *x = a, *y = b;
    return (x->head.leaf_no > y->head.leaf_no) - (x->head.leaf_no < y->head.leaf_no);
}

// What stands behind the mark and the program's name; a line of a file of heads has neither.
static Str line_of(const Trail *trail, Str text)
{
    ptrdiff_t mark = str_find(text, S(LOG_MARK));
    text = str_trim(text);
    if (mark < 0) return text;
    text = str_from(text, mark + S(LOG_MARK).len);
    Cut program = str_cut(text, ' ');
    return str_equal(program.head, trail->epochs.program) ? str_trim(program.tail) : (Str){0};
}

bool witness_read(const Trail *trail, const char *path, Arena *arena, AuditSaids *said, Error *err)
{
    char text[LINE_MOST];
    TrailHead head;
    FILE *file = regular_file_read(path);
    if (!file)
        return FAIL(err, errno == EINVAL ? E_FILE_READ : E_FILE_OPEN, .value = str_of(path),
                    .words = S("ファイルを開けません。名前と権限を確かめてください。"));
    while (fgets(text, sizeof text, file))
        if (trail_line_read(trail, line_of(trail, str_of(text)), *arena, &head))
            audit_saids_push(said, arena)->head = head.head;
    bool whole = !ferror(file);
    (void)fclose(file);
    if (said->count) qsort(said->at, (size_t)said->count, sizeof *said->at, by_number);
    return whole || FAIL(err, E_FILE_READ, .value = str_of(path),
                         .words = S("ファイルを最後まで読めません。媒体を確かめてください。"));
}
