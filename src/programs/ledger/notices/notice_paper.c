// SPDX-License-Identifier: Apache-2.0
#include "notice_paper.h"

#include "output.h"
#include "regular_file.h"

// clang-format off
static const struct {
    const char *begins, *ends, *words;
} kinds[PAPER_FILES] = {
    [PAPER_FILE_PAPERS] = {"papers-",   ".pdf", "通知と予診票"},
    [PAPER_FILE_LIST]   = {"dispatch-", ".csv", "発送の一覧"},
    [PAPER_FILE_SLIPS]  = {"dispatch-", ".pdf", "差出票・封入確認票"},
    [PAPER_FILE_LABELS] = {"labels-",   ".pdf", "宛名ラベル"},
    [PAPER_FILE_ERRORS] = {"errors-",   ".csv", "紙を作れなかった人の一覧"},
};
// clang-format on

Str paper_kind_words(PaperFileKind kind)
{
    return str_of(kinds[kind].words);
}

bool notice_papers_of(Store *store, int32_t run_no, Arena *arena, NoticePapers *papers, Error *err)
{
    NoticeFiles files;
    *papers = (NoticePapers){0};
    if (!paper_files_there(store, run_no, arena, &files, err)) return false;
    for (int k = 0; k < PAPER_FILES; k++)
        VEC_EACH (const NoticeFile, file, files) {
            Str name = file_name_of(str_of(file->path));
            if (str_starts(name, str_of(kinds[k].begins)) && str_ends(name, str_of(kinds[k].ends)))
                *notice_papers_push(papers, arena) = (NoticePaper){(PaperFileKind)k, name, file};
        }
    return true;
}

const NoticePaper *notice_paper_named(const NoticePapers *papers, Str name)
{
    VEC_EACH (const NoticePaper, paper, *papers)
        if (str_equal(paper->name, name)) return paper;
    return NULL;
}

bool notice_paper_open(const NoticePaper *paper, int *file, Error *err)
{
    *file = output_reopen(paper->file->path, &paper->file->hash);
    if (*file >= 0) return true;
    return FAIL(err, E_NOT_FOUND, .value = paper->name,
                .words = S("書類のファイルが、作った場所にないか、作ったときと違います。"
                           "発送に使わず、再発行してください。"));
}
