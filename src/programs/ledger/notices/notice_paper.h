// The papers of a batch that has left, for whoever looks at them again: the file as it was checked, or none.
//
// Privacy a file that shows somebody who has come under protection since is not given out any more: what lies in the
//         folder was printed before, and is called back by hand.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_paper_rows.h"
#include "papers.h"

typedef struct NoticePaper {
    PaperFileKind kind;
    Str name;  // of the file: "papers-N20261001-001.pdf"
    const NoticeFile *file;
} NoticePaper;
VEC(NoticePapers, NoticePaper, notice_papers);

Str paper_kind_words(PaperFileKind kind);
// Those of a batch that lie where they were written, in the order of the kinds.
MUST bool notice_papers_of(Store *store, int32_t run_no, Arena *arena, NoticePapers *papers, Error *err);
const NoticePaper *notice_paper_named(const NoticePapers *papers, Str name);  // NULL: none
// Opens it for reading. E_NOT_FOUND: it is gone, or is not what it was.
MUST bool notice_paper_open(const NoticePaper *paper, int *file, Error *err);
