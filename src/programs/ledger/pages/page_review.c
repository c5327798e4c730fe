// What was taken in, and the rows under review: each beside the residents whom it may mean, decided by one person.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "dose_effect.h"
#include "form.h"
#include "graphemes.h"
#include "individual_no.h"
#include "intake_rows.h"
#include "intakes_html.h"
#include "outlet.h"
#include "resolve.h"
#include "review_html.h"
#include "review_shown.h"
#include "reviews_done_html.h"
#include "visit_person.h"

enum { FILES_MOST = 50, WHY_MOST = 600 };

// ---- what was taken in

static Path reviews_path(const Visit *visit, int32_t file_no)
{
    Str file = str_format(visit->arena, "%d", (int)file_no);
    return visit_path(visit, &route_page_reviews, &file, 1);
}

static void taken_add(const Visit *visit, const IntakeTaken *t, IntakesPage *page)
{
    char at[INSTANT_TEXT_SIZE];
    Arena *arena = visit->arena;
    const int32_t *of = t->file.counts.of_outcome;
    Taken taken = {.name = t->file.name,
                   .rows = t->file.counts.rows,
                   .accepted = of[INTAKE_ACCEPTED],
                   .warned = of[INTAKE_ACCEPTED_WITH_WARNING],
                   .review = of[INTAKE_REVIEW],
                   .returned = of[INTAKE_RETURNED],
                   .duplicate = of[INTAKE_DUPLICATE],
                   .when = str_copy(arena, str_of(instant_in_japan(t->taken_at, at))),
                   .who = t->taken_by,
                   .waiting = t->waiting,
                   .open = t->waiting ? reviews_path(visit, t->file.file_no) : NULL};
    if (t->file.month)
        taken.month = str_format(arena, "%d年%d月", (int)t->file.month / 100,
                                 (int)t->file.month % 100);
    *taken_rows_push(&page->files, arena) = taken;
}

bool page_intakes(Visit *visit, Error *err)
{
    int32_t waiting;
    IntakesPage page = {0};
    IntakeTakenRows taken;
    if (!intake_files_taken(visit->act->store, FILES_MOST, visit->arena, &taken, err) ||
        !review_waiting(visit->act->store, 0, &waiting, err))
        return false;
    VEC_EACH (const IntakeTaken, t, taken) taken_add(visit, t, &page);
    page.waiting = waiting;
    if (waiting) page.begin = reviews_path(visit, 0);
    intakes_page_write(visit->page, &page);
    return true;
}

// ---- the next row

static bool number_in(Str text, int32_t *number)
{
    int64_t read = 0;
    bool good = str_int64(text, &read) && read >= 0 && read < INT32_MAX;
    *number = (int32_t)read;
    return good;
}

static bool no_such_row(Error *err)
{
    return FAIL(err, E_NOT_FOUND,
                .words = S("この行はありません。取込・照合の画面から開き直してください。"));
}

static Path row_path(const Visit *visit, const Route *route, int32_t file_no, int32_t row_id)
{
    const Str variables[] = {str_format(visit->arena, "%d", (int)file_no),
                             str_format(visit->arena, "%d", (int)row_id)};
    return visit_path(visit, route, variables, 2);
}

bool page_reviews(Visit *visit, Error *err)
{
    int32_t file_no, after = 0, row_id, waiting;
    Str skipped = web_value(visit->request->query, "after");
    Str who = actor_name(visit->act->actor);
    if (!number_in(visit->variables[0], &file_no) || (skipped.len && !number_in(skipped, &after)))
        return no_such_row(err);
    Store *store = visit->act->store;
    if (!review_next(store, file_no, after, who, visit->act->now, &row_id, err) ||
        (!row_id && after && !review_next(store, file_no, 0, who, visit->act->now, &row_id, err)) ||
        !review_waiting(store, file_no, &waiting, err))
        return false;
    if (row_id)
        return visit_go(visit, row_path(visit, &route_page_review, file_no, row_id), visit->said,
                        err);
    const ReviewsDonePage page = {visit_path(visit, &route_page_intakes, NULL, 0), waiting > 0};
    reviews_done_page_write(visit->page, &page);
    return true;
}

// ---- side by side

typedef struct Reviewing {
    Visit *visit;
    int32_t file_no, row_id;
    Ledger ledger;
    ReviewShown shown;
    ReviewPage page;
    VisitPerson **people;  // one for each candidate, looked at
    int best;              // of the candidates, from 0; -1: none stands out
} Reviewing;

// A wide blank between family and given name is a blank.
static Str blanks_plain(Str name, Arena *arena)
{
    Text out = {0};
    for (Str rest = name; rest.len;) {
        ptrdiff_t at = str_find(rest, S("　"));
        text_add(&out, arena, str_first(rest, at < 0 ? rest.len : at));
        if (at < 0) break;
        text_add_byte(&out, arena, ' ');
        rest = str_from(rest, at + S("　").len);
    }
    return text_str(&out);
}

// What of `b` stands otherwise in `a`: between what both begin and what both end with, in whole characters.
static void differing(Str a, Str b, Cell *cell)
{
    Str whole = b;
    ptrdiff_t first = 0, last = 0;
    for (ptrdiff_t n = 1;; n++) {
        Str x = grapheme_first(a, n), y = grapheme_first(b, n);
        if (!str_equal(x, y) || x.len == a.len || y.len == b.len || x.len == first) break;
        first = x.len;
    }
    a = str_from(a, first);
    b = str_from(b, first);
    for (ptrdiff_t n = grapheme_count(b) - 1; n >= 0; n--) {
        Str tail = str_from(b, grapheme_first(b, n).len);
        if (tail.len >= a.len || !str_ends(a, tail)) break;
        last = tail.len;
    }
    cell->before = str_first(whole, first);
    cell->differs = str_first(b, b.len - last);
    cell->after = str_from(b, b.len - last);
    // Where nothing is the same the sign says it alone.
    if (!cell->before.len && !cell->after.len) *cell = (Cell){.near = cell->near, .other = cell->other, .before = whole};
}

static Cell cell_of(MatchSign sign, Str written, Str registered, bool covered)
{
    Cell cell = {.same = sign == SIGN_SAME,
                 .near = sign == SIGN_NEAR,
                 .other = sign == SIGN_OTHER,
                 .covered = covered};
    if (covered) return cell;
    if (written.len && registered.len && (cell.near || cell.other))
        differing(written, registered, &cell);
    else
        cell.before = registered;
    return cell;
}

static Str era(PartialDate date, Arena *arena)
{
    return date.year ? date_partial_era_text(arena, date) : (Str){0};
}

static Str sex_text(int32_t sex)
{
    return sex == SEX_MALE || sex == SEX_FEMALE ? sex_words(sex) : (Str){0};
}

typedef enum ItemKind { ITEM_NAME, ITEM_KANA, ITEM_BIRTH, ITEM_SEX, ITEM_ADDRESS, ITEM_KINDS } ItemKind;

static Str written_of(const Reviewing *r, ItemKind kind)
{
    const MatchRow *row = &r->shown.sheet.match;
    switch (kind) {
    case ITEM_NAME: return blanks_plain(row->name, r->visit->arena);
    case ITEM_KANA: return blanks_plain(row->name_kana, r->visit->arena);
    case ITEM_BIRTH: return era(row->birth, r->visit->arena);
    case ITEM_SEX: return sex_text(row->sex);
    case ITEM_ADDRESS: return row->address;
    case ITEM_KINDS: break;
    }
    return (Str){0};
}

// As it is registered, covered where the person is protected.
static Str registered_of(const Reviewing *r, const VisitPerson *who, ItemKind kind)
{
    const PersonFace *face = &who->face;
    switch (kind) {
    case ITEM_NAME: return blanks_plain(face->person.name, r->visit->arena);
    case ITEM_KANA: return blanks_plain(face->kana, r->visit->arena);
    case ITEM_BIRTH: return era(face->person.birth, r->visit->arena);
    case ITEM_SEX: return sex_text(face->person.sex);
    case ITEM_ADDRESS: return face->place;
    case ITEM_KINDS: break;
    }
    return (Str){0};
}

static MatchSign sign_of(const MatchSigns *s, ItemKind kind)
{
    const MatchSign signs[] = {s->name, s->kana, s->birth, s->sex, s->address};
    return kind < ITEM_KINDS ? signs[kind] : SIGN_SILENT;
}

static void items_told(Reviewing *r)
{
    static const char *const names[] = {"氏名", "カナ", "生年月日", "性別", "住所"};
    Arena *arena = r->visit->arena;
    for (ItemKind kind = 0; kind < ITEM_KINDS; kind++) {
        Item item = {.name = str_of(names[kind]),
                     .written = written_of(r, kind),
                     .free = kind != ITEM_BIRTH && kind != ITEM_SEX};
        for (ptrdiff_t i = 0; i < r->shown.besides.count; i++) {
            const ReviewBeside *b = &r->shown.besides.at[i];
            bool covered = b->who.is_protected && item.free;
            if (r->people[i])
                *cell_rows_push(&item.cells, arena) =
                    cell_of(sign_of(&b->signs, kind), item.written,
                            registered_of(r, r->people[i], kind), covered);
        }
        *item_rows_push(&r->page.items, arena) = item;
    }
}

static bool is_hard(const MatchSigns *s)
{
    return s->birth == SIGN_OTHER || s->sex == SIGN_OTHER;
}

static Str said_of(const MatchSigns *s)
{
    if (s->birth == SIGN_OTHER) return S("生年月日が違う");
    if (s->sex == SIGN_OTHER) return S("性別が違う");
    if (s->name == SIGN_OTHER) return S("氏名が違う");
    if (s->address == SIGN_OTHER) return S("住所が違う");
    if (s->birth == SIGN_NEAR) return S("生年月日が近い");
    if (s->number == SIGN_OTHER) return S("違いは番号だけ");
    return S("合う点が多い");
}

// One candidate stands out: without a contradiction, and with fewer differences than every other.
static int best_of(const ReviewBesides *besides)
{
    int best = -1, most = -1;
    for (ptrdiff_t i = 0; i < besides->count; i++) {
        const MatchSigns *s = &besides->at[i].signs;
        int same = besides->at[i].now && !is_hard(s) ? match_signs_count(s, SIGN_SAME) : -1;
        if (same == most) best = -1;
        if (same > most) best = (int)i;
        if (same > most) most = same;
    }
    return best;
}

// What the dose would be for this person, if it were his or hers.
static void verdict_told(const Reviewing *r, const VisitPerson *who, Candidate *person)
{
    Arena *arena = r->visit->arena;
    const Submission *s = &r->shown.sheet;
    DoseChange change = {.kind = DOSE_ENTER, .given_on = s->row.given_on, .lot = s->row.lot};
    person->verdict = S("判定できません");
    if (s->product == PRODUCT_NONE || !s->row.given_on.year || !row_gives(&s->row)) return;
    change.product = product_id(r->ledger.schedule, s->product);
    change.provenance = PROVENANCE_CLINIC;
    DoseEffect effect = dose_effect(&who->ledger, &who->shown, &change, arena);
    person->verdict = effect.verdict.len ? effect.verdict : person->verdict;
    person->good = effect.good;
    person->bad = effect.bad;
    if (effect.reasons.count) person->reasons = effect.reasons.at[0].words;
}

// Each candidate is looked at: a record of its own.
static bool person_told(Reviewing *r, const ReviewBeside *b, int no, Error *err)
{
    Visit *visit = r->visit;
    VisitPerson *who = NEW(visit->arena, VisitPerson, 1);
    if (!b->now) return true;
    Candidate person = {.no = no + 1,
                     .said = said_of(&b->signs),
                     .same = match_signs_count(&b->signs, SIGN_SAME),
                     .near = match_signs_count(&b->signs, SIGN_NEAR),
                     .other = match_signs_count(&b->signs, SIGN_OTHER),
                     .best = no == r->best,
                     .hard = is_hard(&b->signs),
                     .number = addressee_text(&b->who.who),
                     .number_same = b->signs.number == SIGN_SAME,
                     .number_other = b->signs.number == SIGN_OTHER};
    if (!visit_person_of(visit, &b->who.who, who, err) ||
        !person_path(visit, &b->who.who, &person.open, err))
        return false;
    r->people[no] = who;
    verdict_told(r, who, &person);
    *candidate_rows_push(&r->page.people, visit->arena) = person;
    return true;
}

// Of a protected person neither the name nor the file is named beside another.
static void asked_told(Reviewing *r)
{
    Arena *arena = r->visit->arena;
    bool hide = false;
    VEC_EACH (const ReviewBeside, b, r->shown.besides) hide = hide || b->who.is_protected;
    VEC_EACH (const SentDose, d, r->shown.asked) hide = hide || d->is_protected;
    VEC_EACH (const SentDose, d, r->shown.asked) {
        int32_t product = r->ledger.products.rule_of[d->product_no];
        Str name = product == PRODUCT_NONE ? r->ledger.products.code_of[d->product_no]
                                           : product_label(r->ledger.schedule, product);
        *asked_rows_push(&r->page.asked, arena) =
            (Asked){.record = str_format(arena, "%d", d->dose_id),
                    .whose = blanks_plain(d->name, arena),
                    .covered = d->is_protected,
                    .dose = str_format(arena, "%.*s %.*s", STR(era(d->given_on, arena)), STR(name)),
                    .file = hide ? (Str){0} : d->file,
                    .label = d->label};
    }
    r->page.asks_which = r->shown.asked.count > 0;
}

static void returns_told(Reviewing *r)
{
    for (IntakeCode c = INTAKE_CODE_NONE + 1; c < INTAKE_CODE_COUNT; c++) {
        Str code = intake_code_text(c);
        if (code.at[0] == 'R' || code.at[0] == 'V')
            *return_code_rows_push(&r->page.returns, r->visit->arena) =
                (ReturnCode){code, intake_code_words(c)};
    }
}

static void row_told(Reviewing *r)
{
    const ReviewRow *row = &r->shown.row;
    const Submission *s = &r->shown.sheet;
    Arena *arena = r->visit->arena;
    r->page.file = row->file;
    r->page.label = row->label;
    r->page.evidence = row->evidence.len ? row->evidence : S("");
    r->page.codes = row->codes.len ? row->codes : S("要確認");
    r->page.message = row->message;
    r->page.day = era(s->row.given_on, arena);
    r->page.lot = s->row.lot;
    r->page.clinic = s->clinic_name;
    if (s->match.number_written) r->page.number = addressee_text(&s->match.addressee_no);
    r->page.asks_vaccine = s->product == PRODUCT_NONE;
    r->page.asks_record = s->row.corrects || s->row.corrects_unread;
    r->page.vaccine = s->product == PRODUCT_NONE
                          ? S("ワクチンが分かりません")
                          : product_label(r->ledger.schedule, s->product);
}

static bool claimed(Reviewing *r, Error *err)
{
    ReviewClaim claim;
    char until[INSTANT_TEXT_SIZE];
    Str me = actor_name(r->visit->act->actor);
    if (!review_claim(r->visit->act->store, r->row_id, me, r->visit->act->now, r->visit->arena,
                      &claim, err))
        return false;
    return str_equal(claim.by, me) ||
           FAIL(err, E_CONFLICT,
                .words = str_format(r->visit->arena,
                                    "この行は%.*sさんが照合しています（%sまで）。ほかの行を"
                                    "照合してください。",
                                    STR(claim.by), instant_in_japan(claim.until, until)));
}

static bool review_drawn(Reviewing *r, Str refused, Error *err)
{
    Visit *visit = r->visit;
    int32_t left;
    if (!review_shown(&r->ledger, r->row_id, visit->arena, &r->shown, err) ||
        !review_waiting(visit->act->store, r->file_no, &left, err))
        return false;
    r->best = best_of(&r->shown.besides);
    row_told(r);
    asked_told(r);
    returns_told(r);
    r->people = NEW(visit->arena, VisitPerson *, r->shown.besides.count);
    for (ptrdiff_t i = 0; i < r->shown.besides.count; i++)
        if (!person_told(r, &r->shown.besides.at[i], (int)i, err)) return false;
    items_told(r);
    r->page.left = left;
    r->page.refused = refused;
    r->page.go = row_path(visit, &route_send_review, r->file_no, r->row_id);
    r->page.origin = visit_origin(visit, r->page.go);
    r->page.later = path_with(reviews_path(visit, r->file_no), "after",
                              str_format(visit->arena, "%d", (int)r->row_id), visit->arena);
    if (!r->shown.kept)
        r->page.held = S("この行の内容は残っていません。返戻して、再提出を依頼してください。");
    if (!form_number(visit, &r->page.once, err)) return false;
    visit->band = NULL;  // the people stand side by side
    if (refused.len) visit->status = 422;
    review_page_write(visit->page, &r->page);
    return true;
}

static bool reviewing(Visit *visit, Reviewing *r, Error *err)
{
    *r = (Reviewing){.visit = visit, .best = -1};
    if (!number_in(visit->variables[0], &r->file_no) ||
        !number_in(visit->variables[1], &r->row_id))
        return no_such_row(err);
    return visit_ledger(visit, &r->ledger, err);
}

bool page_review(Visit *visit, Error *err)
{
    Reviewing *r = NEW(visit->arena, Reviewing, 1);
    bool good = reviewing(visit, r, err) && claimed(r, err) && review_drawn(r, (Str){0}, err);
    match_reader_close(r->shown.matches);
    return good;
}

// ---- deciding

static Str typed_in(const Visit *visit, const char *name)
{
    Str typed = str_trim(web_value(visit->request->form, name));
    return typed.len ? individual_no_mask_text(visit->arena, typed) : (Str){0};
}

// Whoever takes a candidate that contradicts the row says why; for the others what was seen is the reason.
static Str accept_reason(const Reviewing *r, const ReviewBeside *b, Str why)
{
    const MatchSigns *s = &b->signs;
    if (why.len || is_hard(s)) return why;
    return str_format(r->visit->arena, "画面で並べて照合: 同じ%d 近い%d 違う%d",
                      match_signs_count(s, SIGN_SAME), match_signs_count(s, SIGN_NEAR),
                      match_signs_count(s, SIGN_OTHER));
}

// Which of the records in question: of the person who is decided on, or of somebody else.
static bool about_typed(const Reviewing *r, const ReviewBeside *b, ResolveTyped *typed, Error *why)
{
    Str about = typed_in(r->visit, "about");
    typed->apart = str_equal(about, S("apart"));
    VEC_EACH (const SentDose, d, r->shown.asked) {
        if (!str_equal(about, str_format(r->visit->arena, "%d", d->dose_id))) continue;
        if (d->person_id == b->who.person_id)
            typed->record = about;
        else
            typed->moves = about;
    }
    bool chosen = typed->apart || typed->record.len || typed->moves.len;
    return !r->shown.asked.count || chosen ||
           FAIL(why, E_MISSING,
                .words = S("この行が関わる記録を選んでください。どれでもなければ「どの記録とも別の接種」を選びます。"));
}

static bool resolve_typed(Reviewing *r, ResolveTyped *typed, Error *why)
{
    int32_t chosen = 0;
    Visit *visit = r->visit;
    Str reason = typed_in(visit, "why");
    *typed = (ResolveTyped){.row = {.row_id = r->row_id}};
    if (reason.len > WHY_MOST)
        return FAIL(why, E_LENGTH, .words = S("理由は200字までで入力してください。"));
    if (web_value(visit->request->form, "_return").len) {
        typed->code = typed_in(visit, "code");
        typed->reason = reason.len ? reason : S("画面での照合");
        return typed->code.len ||
               FAIL(why, E_MISSING, .words = S("返戻の理由を1つ選んでください。"));
    }
    if (!number_in(web_value(visit->request->form, "_accept"), &chosen) || chosen < 1 ||
        chosen > r->shown.besides.count)
        return FAIL(why, E_MISSING, .words = S("どの人の接種かを選んでください。"));
    const ReviewBeside *b = &r->shown.besides.at[chosen - 1];
    typed->person = addressee_text(&b->who.who);
    typed->vaccine = typed_in(visit, "vaccine");
    typed->record = typed_in(visit, "record");
    if (!about_typed(r, b, typed, why)) return false;
    typed->reason = accept_reason(r, b, reason);
    return typed->reason.len ||
           FAIL(why, E_MISSING,
                .words = S("生年月日か性別が違う人です。その人に決める理由を入力してください。"));
}

static Str decided_words(const Reviewing *r, const ReviewDecision *d)
{
    Arena *arena = r->visit->arena;
    return str_format(arena, "行%.*sを「%.*s」にしました。", STR(r->shown.row.label),
                      STR(intake_outcome_words(d->outcome)));
}

static bool decided(Reviewing *r, Error *err)
{
    Error why = {0};
    ResolveTyped typed;
    ReviewDecision decision;
    Visit *visit = r->visit;
    if (!review_shown(&r->ledger, r->row_id, visit->arena, &r->shown, err)) return false;
    bool done = resolve_typed(r, &typed, &why) &&
                resolve_row(&r->ledger, &typed, &decision, &why);
    if (done) return visit_go(visit, reviews_path(visit, r->file_no), decided_words(r, &decision), err);
    bool theirs = why.code == E_CONFLICT || why.code == E_MISSING || why.code == E_NOT_FOUND ||
                  why.code == E_CODE_UNKNOWN || why.code == E_LENGTH;
    if (!theirs) return error_pass(err, &why);
    store_rollback(visit->act->store);
    match_reader_close(r->shown.matches);
    r->shown.matches = NULL;
    r->page.why = typed_in(visit, "why");
    return review_drawn(r, outlet_error_message(OUTLET_PAGE, visit->arena, &why), err);
}

bool send_review(Visit *visit, Error *err)
{
    Reviewing *r = NEW(visit->arena, Reviewing, 1);
    bool good = reviewing(visit, r, err) && claimed(r, err) && decided(r, err);
    match_reader_close(r->shown.matches);
    return good;
}
