// A certificate that was issued, as it was handed over: its pages, the paper once more, and its cancellation.
// SPDX-License-Identifier: Apache-2.0
#include "beside.h"
#include "certificate_issue.h"
#include "certified_html.h"
#include "certified_path.h"
#include "form.h"
#include "paper_check_program.h"
#include "paper_picture.h"
#include "visit_person.h"

#include <sys/mman.h>
#include <unistd.h>

typedef struct Certified {
    VisitPerson person;
    CertificateRow row;
    CertificateKept kept;
} Certified;

Path certified_path(const Visit *visit, const Route *route, int64_t number)
{
    const Str variables[] = {visit->variables[0], str_format(visit->arena, "%lld", (long long)number)};
    return visit_path(visit, route, variables, 2);
}

static bool none(Error *err)
{
    return FAIL(err, E_NOT_FOUND, .words = S("この番号の証明書は、この人に交付していません。証明書の画面から開き直してください。"));
}

static bool row_found(Visit *visit, Certified *c, Error *err)
{
    int64_t number;
    CertificateRows rows;
    if (!visit_person(visit, &c->person, err) || !certificate_may(&c->person.shown, err)) return false;
    if (!str_int64(visit->variables[1], &number)) return none(err);
    if (!certificates_of_person(visit->act->store, c->person.shown.person->person_id, visit->arena, &rows, err)) return false;
    VEC_EACH (const CertificateRow, row, rows)
        if (row->number == number) c->row = *row;
    return c->row.number ? true : none(err);
}

static bool certified(Visit *visit, Certified *c, Error *err)
{
    *c = (Certified){0};
    return row_found(visit, c, err) && certificate_kept(visit->act->store, visit->act->office->keys, c->row.number, visit->arena, &c->kept, err);
}

bool page_certified(Visit *visit, Error *err)
{
    Certified c;
    if (!certified(visit, &c, err)) return false;
    Path go = visit_path(visit, &route_send_certified, visit->variables, 2),
         cancel = visit_path(visit, &route_send_certified_cancel, visit->variables, 2);
    const CertificateAsked *asked = &c.kept.asked;
    CertifiedPage page = {.number = str_format(visit->arena, "%lld", (long long)c.row.number),
                          .kind = certificate_kind_words(c.row.kind),
                          .day = c.row.issued_on,
                          .state = certificate_state_words(&c.row),
                          .stands = c.row.to_act == ACT_OPEN,
                          .changed = c.row.overtaken > 0 && c.row.to_act == ACT_OPEN,
                          .pages = c.row.pages,
                          .back = visit_path(visit, &route_page_certificate, visit->variables, 1),
                          .go = go,
                          .origin = visit_origin(visit, go),
                          .cancel = cancel,
                          .cancel_origin = visit_origin(visit, cancel),
                          .asker = asked->asker,
                          .relation = asked->relation,
                          .checked = asked->checked,
                          .purpose = asked->purpose};
    if (c.row.again_of) page.again = str_format(visit->arena, "第%lld号の再交付", (long long)c.row.again_of);
    for (int i = 1; i <= c.row.pages; i++) {
        const Str variables[] = {visit->variables[0], visit->variables[1], str_format(visit->arena, "%d", i)};
        *paper_side_rows_push(&page.sides, visit->arena) =
            (PaperSide){visit_path(visit, &route_page_certified_picture, variables, 3), i};
    }
    if (!form_number(visit, &page.once, err)) return false;
    certified_page_write(visit->page, &page);
    return true;
}

// ---- its paper

static bool in_memory(Str pdf, int *file, Error *err)
{
    *file = memfd_create("certificate", MFD_CLOEXEC);
    if (*file >= 0 && write(*file, pdf.at, (size_t)pdf.len) == (ssize_t)pdf.len) return true;
    if (*file >= 0) (void)close(*file);
    return FAIL(err, E_FILE_WRITE, .words = S("証明書を表示する場所がありません。空きメモリーを確かめてください。"));
}

bool page_certified_picture(Visit *visit, Error *err)
{
    int file;
    Str png;
    Certified c;
    int64_t nth;
    if (!certified(visit, &c, err)) return false;
    if (!str_int64(visit->variables[2], &nth) || nth < 1 || nth > c.row.pages) return none(err);
    if (!in_memory(c.kept.pdf, &file, err)) return false;
    bool drawn = paper_picture(program_beside(visit->arena, PAPER_CHECK_PROGRAM), file, (int)nth - 1, visit->arena, &png, err);
    (void)close(file);
    if (drawn) visit->file = (WebFile){png, "image/png", NULL};
    return drawn;
}

// Once more as it left, for a printer that jams; one that is over is handed out no more.
bool send_certified(Visit *visit, Error *err)
{
    Certified c;
    Arena *arena = visit->arena;
    if (!certified(visit, &c, err)) return false;
    if (c.row.to_act != ACT_OPEN)
        return FAIL(err, E_CONFLICT, .words = S("この証明書は、もう終わった番号です。証明書の画面から作り直してください。"));
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.whose = &c.person.shown.person->who;
    leaf.content = &c.row.hash;
    leaf.rows = 1;
    leaf.detail = str_format(arena, "証明書 第%lld号の紙", (long long)c.row.number);
    if (!visit_record(visit, &leaf, err)) return false;
    visit->file = (WebFile){c.kept.pdf, "application/pdf",
                            str_z(arena, str_format(arena, "certificate-%lld.pdf", (long long)c.row.number))};
    return true;
}

bool send_certified_cancel(Visit *visit, Error *err)
{
    Certified c = {0};
    Act *act = visit->act;
    Str reason = str_trim(web_value(visit->request->form, "reason"));
    if (!row_found(visit, &c, err) || !act_begin(act, err) ||
        !certificate_cancel(&c.person.ledger, &c.person.shown.person->who, c.row.number, reason, err) ||
        !store_commit(act->store, err))
        return false;
    return visit_go(visit, certified_path(visit, &route_page_certified, c.row.number),
                    S("取り消しました。渡した紙を受け取り、処分してください。"), err);
}
