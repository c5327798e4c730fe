// SPDX-License-Identifier: Apache-2.0
#include "paper_bytes.h"

#include <unistd.h>

enum { FILE_MOST = 64 << 20 };

static bool too_long(Error *err)
{
    return FAIL(err, E_LIMIT,
                .words = S("書類が大きいため、画面からは出せません。"
                           "情報システム担当に、書き出したフォルダーから渡してもらってください。"));
}

static bool bytes_read(int file, Arena *arena, Str *bytes, Error *err)
{
    char *room = NEW(arena, char, FILE_MOST);
    ptrdiff_t len = 0;
    for (ssize_t got; (got = read(file, room + len, (size_t)(FILE_MOST - len))) > 0;)
        if ((len += got) == FILE_MOST) return too_long(err);
    *bytes = (Str){room, len};
    return true;
}

bool paper_leaves(Visit *visit, int file, const PaperLeaving *leaving, Error *err)
{
    Str bytes = {0};
    char number[RECORDED_TEXT_SIZE];
    Arena *arena = visit->arena;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    if (!leaving->reason.len)
        return FAIL(err, E_MISSING, .words = S("持ち出す理由を書いてください。例: 印刷所に渡すため"));
    if (!bytes_read(file, arena, &bytes, err)) return false;
    leaf.rows = leaving->rows;
    leaf.content = leaving->hash;
    leaf.detail = str_format(arena, "%.*s　%.*s", STR(leaving->name), STR(leaving->reason));
    const Recorded *record = visit_record(visit, &leaf, err);
    if (!record) return false;
    bool list = str_ends(leaving->name, S(".csv"));
    Str name = str_format(arena, "%s-%.*s", recorded_text(record, number), STR(leaving->name));
    visit->file = (WebFile){bytes, list ? "text/csv; charset=utf-8" : "application/pdf", str_z(arena, name)};
    return true;
}
