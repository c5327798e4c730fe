// A page of a batch beside the person whom it is for, as it was drawn and checked; and the files of a batch, which leave
// with a reason. Whoever has come under protection since is shown on no picture, and no file with him or her leaves.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "batch_asked.h"
#include "beside.h"
#include "notice_paper.h"
#include "paper_bytes.h"
#include "paper_check_program.h"
#include "paper_html.h"
#include "paper_picture.h"
#include "paper_release.h"

typedef struct ShownPaper {
    BatchRow batch;
    PaperRow paper;
    PaperCount count;
    int64_t nth;
} ShownPaper;

static bool no_page(Error *err)
{
    return FAIL(err, E_NOT_FOUND, .words = S("この頁はありません。束の画面から開き直してください。"));
}

// Which page, and the record of the look at whoever stands on it.
static bool page_looked_at(Visit *visit, ShownPaper *shown, Error *err)
{
    bool found;
    VisitPerson *person = NEW(visit->arena, VisitPerson, 1);
    if (!str_int64(visit->variables[1], &shown->nth) || shown->nth < 1 || shown->nth > INT32_MAX) return no_page(err);
    if (!batch_of(visit, &shown->batch, err) ||
        !paper_count(visit->act->store, shown->batch.run_no, &shown->count, err) ||
        !paper_nth(visit->act->store, shown->batch.run_no, shown->nth, visit->arena, &shown->paper, &found, err))
        return false;
    if (!found) return no_page(err);
    return visit_person_of(visit, &shown->paper.who, person, err);
}

bool page_paper(Visit *visit, Error *err)
{
    ShownPaper shown;
    bool pulls;
    if (!page_looked_at(visit, &shown, err) || !visit_may(visit, &route_page_pull, &pulls, err)) return false;
    Str number = shown.batch.number;
    PaperSheetPage page = {.number = number,
                      .paper = shown.paper.paper,
                      .nth = shown.nth,
                      .all = shown.count.pages,
                      .page = shown.paper.page,
                      .pages = shown.paper.pages,
                      .sequence = shown.paper.sequence,
                      .hidden = shown.paper.is_protected,
                      .back = visit_path(visit, &route_page_batch, &number, 1)};
    if (!page.hidden) page.picture = visit_path(visit, &route_page_paper_picture, visit->variables, 2);
    if (shown.nth > 1) page.before = paper_path(visit, number, shown.nth - 1);
    if (shown.nth < shown.count.pages) page.next = paper_path(visit, number, shown.nth + 1);
    if (pulls && !letter_path(visit, &route_page_pull, number, &shown.paper.who, &page.pull, err)) return false;
    paper_sheet_page_write(visit->page, &page);
    return true;
}

static const NoticePaper *of_kind(const NoticePapers *papers, PaperFileKind kind)
{
    VEC_EACH (const NoticePaper, paper, *papers)
        if (paper->kind == kind) return paper;
    return NULL;
}

static bool gone(Error *err)
{
    return FAIL(err, E_NOT_FOUND,
                .words = S("書類のファイルがありません。発送の担当者に確かめてもらってください。"));
}

static bool picture_of(Visit *visit, const ShownPaper *shown, Str *png, Error *err)
{
    int file;
    NoticePapers papers;
    if (!notice_papers_of(visit->act->store, shown->batch.run_no, visit->arena, &papers, err)) return false;
    const NoticePaper *paper = of_kind(&papers, PAPER_FILE_PAPERS);
    if (!paper) return gone(err);
    if (!notice_paper_open(paper, &file, err)) return false;
    bool drawn = paper_picture(program_beside(visit->arena, PAPER_CHECK_PROGRAM), file, (int)shown->nth - 1,
                               visit->arena, png, err);
    (void)close(file);
    return drawn;
}

bool page_paper_picture(Visit *visit, Error *err)
{
    Str png;
    ShownPaper shown;
    if (!page_looked_at(visit, &shown, err)) return false;
    if (shown.paper.is_protected)
        return FAIL(err, E_RIGHT, .words = S("支援措置の対象の人の紙は表示しません。"));
    if (!picture_of(visit, &shown, &png, err)) return false;
    visit->file = (WebFile){png, "image/png", NULL};
    return true;
}

// ---- a file

static bool file_wanted(Visit *visit, const BatchRow *batch, NoticePaper *wanted, Error *err)
{
    PaperCount count;
    NoticePapers papers;
    Store *store = visit->act->store;
    if (!paper_count(store, batch->run_no, &count, err) ||
        !notice_papers_of(store, batch->run_no, visit->arena, &papers, err))
        return false;
    if (count.hidden)
        return FAIL(err, E_CONFLICT,
                    .words = S("作ったあとに支援措置になった人がいるため、この束の紙は出せません。"
                               "その人の封筒を引き抜いて処分し、ほかの人には再発行してください。"));
    const NoticePaper *named = notice_paper_named(&papers, web_value(visit->request->form, "which"));
    if (!named) return gone(err);
    *wanted = *named;
    return true;
}

// A batch of many that nobody else has released: the reason goes into the request.
static bool release_asked(Visit *visit, const BatchRow *batch, PaperRelease state, Str reason, Error *err)
{
    int64_t number;
    Path back = visit_path(visit, &route_page_batch, &batch->number, 1);
    if (state == RELEASE_WAITS)
        return FAIL(err, E_CONFLICT, .words = S("この束は、ほかの職員の承認を待っています。承認されると出せます。"));
    if (!reason.len) return FAIL(err, E_MISSING, .words = S("持ち出す理由を書いてください。例: 印刷所に渡すため"));
    if (!paper_release_ask(visit->act, batch, reason, &number, err)) return false;
    visit->recorded = true;
    return visit_go(visit, back, str_format(visit->arena, "申請%lldとして出しました。ほかの職員が承認すると、今日のうちは書類を出せます。",
                                            (long long)number), err);
}

bool send_paper_file(Visit *visit, Error *err)
{
    int file;
    BatchRow batch;
    NoticePaper paper;
    PaperRelease state;
    PaperLeaving leaving = {.reason = str_trim(web_value(visit->request->form, "reason"))};
    if (!batch_of(visit, &batch, err) || !file_wanted(visit, &batch, &paper, err) ||
        !paper_release_state(visit->act, &batch, &state, err))
        return false;
    if (state == RELEASE_UNASKED || state == RELEASE_WAITS) return release_asked(visit, &batch, state, leaving.reason, err);
    if (!notice_paper_open(&paper, &file, err)) return false;
    leaving.name = paper.name;
    leaving.hash = &paper.file->hash;
    leaving.rows = batch.sent;
    bool left = paper_leaves(visit, file, &leaving, err);
    (void)close(file);
    return left;
}
