// SPDX-License-Identifier: Apache-2.0
#include "review_drawing.h"

#include <assert.h>
#include "review_undone.h"

#include "dates.h"
#include "dose_effect.h"
#include "form.h"
#include "graphemes.h"
#include "masked.h"
#include "review_question_rows.h"

#define BESIDE S("beside")

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

bool review_is_hard(const MatchSigns *s)
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
        bool fits = besides->at[i].now && !besides->at[i].other && !review_is_hard(s);
        int same = fits ? match_signs_count(s, SIGN_SAME) : -1;
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
                     .hard = review_is_hard(&b->signs),
                     .sought = b->other,
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

// Where a protected person goes says where he or she lives: a file's name bears the clinic's code.
static bool means_protected(const Reviewing *r)
{
    VEC_EACH (const ReviewBeside, b, r->shown.besides)
        if (b->who.is_protected) return true;
    return false;
}

// Of a protected person neither the name nor the file is named beside another.
static void asked_told(Reviewing *r)
{
    Arena *arena = r->visit->arena;
    bool hide = means_protected(r);
    VEC_EACH (const SentDose, d, r->shown.asked) hide = hide || d->is_protected;
    VEC_EACH (const SentDose, d, r->shown.asked) {
        int32_t product = r->ledger.products.rule_of[d->product_no];
        Str name = product == PRODUCT_NONE ? r->ledger.products.code_of[d->product_no]
                                           : product_label(r->ledger.schedule, product);
        *asked_rows_push(&r->page.asked, arena) =
            (Asked){.record = str_format(arena, "%d", d->dose_id),
                    .whose = blanks_plain(d->name, arena),
                    .covered = d->is_protected,
                    .ended = d->ended,
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
    bool hide = means_protected(r);
    const ReviewRow *row = &r->shown.row;
    const Submission *s = &r->shown.sheet;
    Arena *arena = r->visit->arena;
    r->page.file = masked(hide, row->file);
    r->page.label = row->label;
    r->page.evidence = row->evidence.len ? review_evidence_alone(row->evidence) : S("");
    r->page.codes = row->codes.len ? row->codes : S("要確認");
    r->page.message = row->message;
    r->page.day = era(s->row.given_on, arena);
    r->page.lot = s->row.lot;
    r->page.clinic = masked(hide, s->clinic_name);
    if (s->match.number_written) r->page.number = addressee_text(&s->match.addressee_no);
    r->page.asks_vaccine = s->product == PRODUCT_NONE;
    r->page.asks_record = s->row.corrects || s->row.corrects_unread;
    r->page.vaccine = s->product == PRODUCT_NONE
                          ? S("ワクチンが分かりません")
                          : product_label(r->ledger.schedule, s->product);
}

// ---- where it lies

bool review_number(Str text, int32_t *number)
{
    int64_t read = 0;
    bool good = str_int64(text, &read) && read >= 0 && read < INT32_MAX;
    *number = (int32_t)read;
    return good;
}

bool review_no_such_row(Error *err)
{
    return FAIL(err, E_NOT_FOUND,
                .words = S("この行はありません。取込・照合の画面から開き直してください。"));
}

bool review_row_meant(const Visit *visit, int32_t *file_no, int32_t *row_id, Error *err)
{
    bool numbers = review_number(visit->variables[0], file_no) && review_number(visit->variables[1], row_id);
    return (numbers && *row_id > 0) || review_no_such_row(err);
}

Path reviews_path(const Visit *visit, int32_t file_no)
{
    assert(file_no >= 0);
    Str file = str_format(visit->arena, "%d", (int)file_no);
    return visit_path(visit, &route_page_reviews, &file, 1);
}

Path review_path(const Visit *visit, const Route *route, int32_t file_no, int32_t row_id)
{
    assert(file_no >= 0 && row_id > 0);
    const Str variables[] = {str_format(visit->arena, "%d", (int)file_no),
                             str_format(visit->arena, "%d", (int)row_id)};
    return visit_path(visit, route, variables, 2);
}

bool review_with_path(const Visit *visit, const AddresseeNo *who, Path *path, Error *err)
{
    Str variables[] = {visit->variables[0], visit->variables[1], {0}};
    visit_shows(visit, who);
    if (!visit_seal(visit, BESIDE, addressee_text(who), &variables[2], err)) return false;
    *path = visit_path(visit, &route_page_review_with, variables, 3);
    return true;
}

// ---- who has it

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

static bool other_meant(Reviewing *r, Error *err)
{
    Str number;
    AddresseeNo *who = NEW(r->visit->arena, AddresseeNo, 1);
    if (!r->visit->variables[2].len) return true;
    r->other = who;
    return visit_unseal(r->visit, BESIDE, r->visit->variables[2], &number, err) &&
           addressee_no_parse(number, who, NULL, err);
}

bool reviewing(Visit *visit, Reviewing *r, Error *err)
{
    *r = (Reviewing){.visit = visit, .best = -1};
    return review_row_meant(visit, &r->file_no, &r->row_id, err) && other_meant(r, err) && visit_ledger(visit, &r->ledger, err) && claimed(r, err);
}

// ---- the whole of it

static Path here(const Reviewing *r)
{
    const Visit *visit = r->visit;
    return r->other ? visit_path(visit, &route_send_review_with, visit->variables, 3)
                    : review_path(visit, &route_send_review, r->file_no, r->row_id);
}

static bool question_told(Reviewing *r, Error *err)
{
    ReviewQuestion q;
    Arena *arena = r->visit->arena;
    if (!review_question_of(r->visit->act->store, r->row_id, arena, &q, err)) return false;
    if (!q.row_id) return true;
    Str day = date_era_text(arena, q.asked_on);
    r->page.asks_clinic = q.approval_no == 0;
    r->page.question = q.approval_no ? str_format(arena, "%.*sに%.*sさんが、候補にいない人の接種として申請しました（申請%lld）。別の人の承認を待っています。",
                                               STR(day), STR(q.asked_by), (long long)q.approval_no)
                                  : str_format(arena, "%.*sに%.*sさんが医療機関への問い合わせにしました: %.*s", STR(day),
                                               STR(q.asked_by), STR(q.question));
    return true;
}

bool review_drawn(Reviewing *r, Str refused, Error *err)
{
    Visit *visit = r->visit;
    int32_t left;
    if (!review_shown(&r->ledger, r->row_id, r->other, visit->arena, &r->shown, err) ||
        !review_waiting(visit->act->store, r->file_no, &left, err))
        return false;
    if (!question_told(r, err)) return false;
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
    r->page.go = here(r);
    r->page.search = review_path(visit, &route_send_review_search, r->file_no, r->row_id);
    r->page.search_origin = visit_origin(visit, r->page.search);
    r->page.origin = visit_origin(visit, r->page.go);
    r->page.later = path_with(reviews_path(visit, r->file_no), "after",
                              str_format(visit->arena, "%d", (int)r->row_id), visit->arena);
    if (!r->shown.kept)
        r->page.held = S("この行の内容は残っていません。返戻して、再提出を依頼してください。");
    UndoOffer undo;
    if (!form_number(visit, &r->page.once, err) || !undo_offered(visit, r->file_no, &undo, err)) return false;
    r->page.undo_said = undo.said;
    r->page.undo_go = undo.go;
    r->page.undo_origin = undo.origin;
    r->page.undo_once = undo.once;
    visit->band = NULL;  // the people stand side by side
    if (refused.len) visit->status = 422;
    review_page_write(visit->page, &r->page);
    return true;
}
