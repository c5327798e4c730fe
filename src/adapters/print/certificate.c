// SPDX-License-Identifier: Apache-2.0
#include "certificate.h"

#include "lost_character.h"
#include "papers_run.h"

#include <assert.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct PrintedText {
    const char *item;
    Str text;
    double width, points, least;  // of its place; 0: our own words, which are condensed as far as it takes
} PrintedText;

static bool not_printable(const PrintedText *printed, Str what, Error *err)
{
    return FAIL(err, E_PAPER, .item = str_of(printed->item), .value = what,
                .words = S("この文字を印刷できる書体がないか、読めなかった文字です。証明書は作っていません。"
                           "記録と住民情報の書き方を確かめ、情報システム担当に連絡してください。"));
}

static bool not_fitting(const PrintedText *printed, Error *err)
{
    return FAIL(err, E_PAPER, .item = str_of(printed->item), .value = printed->text,
                .words = S("証明書の枠に収まりません。証明書は作っていません。"
                           "登録された書き方を確かめてください。"));
}

// What comes from registers and clinics: as it stands, or not at all.
static bool printed_right(Fonts *fonts, const PrintedText *printed, Error *err)
{
    Str what;
    FittedLine line;
    if (character_lost(printed->text)) return not_printable(printed, printed->text, err);
    if (fonts_lack(fonts, printed->text, &what)) return not_printable(printed, what, err);
    return line_fit(fonts, printed->text, printed->width, printed->points, printed->least, 0.75, &line) ||
           not_fitting(printed, err);
}

static bool address_right(Fonts *fonts, const Certificate *c, Error *err)
{
    Str what;
    FittedLines lines;
    const PrintedText parts[] = {{.item = "住所", .text = c->address}, {.item = "方書", .text = c->building}};
    for (int i = 0; i < countof(parts); i++) {
        if (character_lost(parts[i].text)) return not_printable(&parts[i], parts[i].text, err);
        if (fonts_lack(fonts, parts[i].text, &what)) return not_printable(&parts[i], what, err);
    }
    return lines_fit(fonts, c->address, c->building, CERTIFICATE_LINE_W, CERTIFICATE_ADDRESS_POINTS, 2, &lines) ||
           not_fitting(&parts[0], err);
}

static bool texts_right(Fonts *fonts, const Certificate *c, Error *err)
{
    const PrintedText name = {"氏名", c->name, CERTIFICATE_LINE_W, 14, 9};
    if (!printed_right(fonts, &name, err) || (c->address.len && !address_right(fonts, c, err))) return false;
    for (int i = 0; i < c->dose_count; i++) {
        double lot_w, place_w;
        certificate_widths(c->kind, &lot_w, &place_w);
        const PrintedText lot = {"製造番号", c->doses[i].lot, lot_w, 9, CERTIFICATE_LEAST_POINTS};
        const PrintedText place = {"接種場所", c->doses[i].place, place_w, 9, CERTIFICATE_LEAST_POINTS};
        if (!printed_right(fonts, &lot, err) || !printed_right(fonts, &place, err)) return false;
    }
    return true;
}

static bool in_force(const Papers *papers, Day day, Error *err)
{
    DaySpan span = papers->forms.certificates.in_force;
    return (span.first <= day && day <= span.last) ||
           FAIL(err, E_PAPER, .item = S("P109"), .value = papers->forms.certificates.version,
                .words = S("証明書の日付は、様式の有効期間の外です。この年度の様式が入った版のソフトウェアを導入するよう、"
                           "保守の担当者に連絡してください。"));
}

// The one person of the stack.
static void stack_of_one(Papers *papers, const Certificate *c)
{
    KeptPerson *kept = NEW(papers->arena, KeptPerson, 1);
    *kept = (KeptPerson){.snapshot = {.who = c->who,
                                      .name = c->name,
                                      .birth = c->birth,
                                      .home = {.address = c->address, .building = c->building}},
                         .name = c->name,
                         .sequence = 1,
                         .certificate = c};
    *kept_persons_push(&papers->kept, papers->arena) = kept;
    papers->order = NEW(papers->arena, KeptPerson *, 1);
    papers->order[papers->count++] = kept;
}

static bool no_room(Error *err)
{
    return FAIL(err, errno == ENOSPC ? E_STORE_FULL : E_FILE_WRITE,
                .words = S("証明書を組み立てる場所がありません。空きメモリーを確かめてください。"));
}

static bool bytes_read(int file, Arena *arena, Str *bytes, Error *err)
{
    off_t size = lseek(file, 0, SEEK_END);
    if (size <= 0) return no_room(err);
    char *room = NEW(arena, char, (ptrdiff_t)size);
    *bytes = (Str){room, (ptrdiff_t)size};
    return pread(file, room, (size_t)size, 0) == (ssize_t)size || no_room(err);
}

// In memory, and read back there: what is wrong never lay anywhere.
static bool drawn_and_read(Papers *papers, Arena *arena, Str *pdf, Error *err)
{
    int file = memfd_create("certificate", MFD_CLOEXEC);
    if (file < 0) return no_room(err);
    bool right = papers_draw(papers, file, err) && papers_check(papers, file, err) && bytes_read(file, arena, pdf, err);
    (void)close(file);
    return right;
}

bool certificate_begin(const PapersBatch *batch, const Certificate *c, Arena *arena, Papers **papers, Error *err)
{
    assert(c->dose_count >= 1);
    assert(c->dose_count <= (c->kind == CERTIFICATE_DOSE ? 1 : CERTIFICATE_DOSES_MOST));
    if (!papers_begin(batch, arena, papers, err)) return false;
    stack_of_one(*papers, c);
    if (in_force(*papers, c->day, err) && texts_right((*papers)->drawing.pen.fonts, c, err)) return true;
    papers_close(*papers);
    return false;
}

bool certificate_draw(const PapersBatch *batch, const Certificate *c, Arena *arena, CertificateDrawn *drawn, Error *err)
{
    Papers *papers;
    Str pdf = {0};
    if (!certificate_begin(batch, c, arena, &papers, err)) return false;
    bool right = drawn_and_read(papers, arena, &pdf, err);
    if (right) {
        const Sheet first = sheets_of(&papers->drawing, papers->order[0]).at[0];
        *drawn = (CertificateDrawn){.pdf = pdf,
                                    .hash = sha256_of_text(pdf),
                                    .pages = papers->report.pages,
                                    .paper = str_copy(arena, first.paper),
                                    .form_version = str_copy(arena, first.form_version)};
    }
    papers_close(papers);
    return right;
}
