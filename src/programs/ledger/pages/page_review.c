// What was taken in, and the rows under review: each beside the residents whom it may mean, decided by one person.
// SPDX-License-Identifier: Apache-2.0
#include "individual_no.h"
#include "intake_rows.h"
#include "intakes_html.h"
#include "job_note.h"
#include "outlet.h"
#include "review_drawing.h"
#include "review_other.h"
#include "review_question_rows.h"
#include "review_undone.h"
#include "reviews_done_html.h"

enum { FILES_MOST = 50, WHY_MOST = 600 };

// ---- what was taken in

static Path taken_path(const Visit *visit, int32_t file_no)
{
    Str file = str_format(visit->arena, "%d", (int)file_no);
    return visit_path(visit, &route_page_taken, &file, 1);
}

// Files that somebody is taking in just now, here or at a command line.
static bool running_told(Visit *visit, IntakesPage *page, Error *err)
{
    JobWays ways;
    Arena *arena = visit->arena;
    if (!job_notes_read(visit->act, arena, &ways, err)) return false;
    VEC_EACH (const JobWay, way, ways) {
        bool intake = !way->died && way->what.len && str_ends(way->what, S(".csv"));
        int64_t part = way->total ? way->done * 100 / way->total : 0;
        if (intake)
            *running_rows_push(&page->running, arena) = (Running){
                str_format(arena, "%.*sを処理しています（%.*s %lld%%、%.*sさん）。終わると、この一覧に出ます。", STR(way->what),
                           STR(way->words), (long long)part, STR(way->operator_name))};
    }
    return true;
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
                   .result = taken_path(visit, t->file.file_no),
                   .open = t->waiting ? reviews_path(visit, t->file.file_no) : NULL};
    if (t->file.month)
        taken.month = str_format(arena, "%d年%d月", (int)t->file.month / 100,
                                 (int)t->file.month % 100);
    *taken_rows_push(&page->files, arena) = taken;
}

bool page_intakes(Visit *visit, Error *err)
{
    int32_t waiting;
    ReviewQuestions asked;
    IntakesPage page = {.questions = visit_path(visit, &route_page_questions, NULL, 0)};
    IntakeTakenRows taken;
    if (!review_requests_settle(visit->act, err) ||
        !review_questions_open(visit->act->store, (Str){0}, visit->arena, &asked, err) ||
        !intake_files_taken(visit->act->store, FILES_MOST, visit->arena, &taken, err) ||
        !review_waiting(visit->act->store, 0, &waiting, err))
        return false;
    VEC_EACH (const IntakeTaken, t, taken) taken_add(visit, t, &page);
    bool uploads;
    if (!running_told(visit, &page, err) || !visit_may(visit, &route_page_upload, &uploads, err)) return false;
    if (uploads) page.upload = visit_path(visit, &route_page_upload, NULL, 0);
    page.waiting = waiting;
    page.asked = asked.count;
    if (waiting) page.begin = reviews_path(visit, 0);
    intakes_page_write(visit->page, &page);
    return true;
}

// ---- the next row

bool page_reviews(Visit *visit, Error *err)
{
    int32_t file_no, after = 0, row_id, waiting;
    Str skipped = web_value(visit->request->query, "after");
    Str who = actor_name(visit->act->actor);
    if (!review_number(visit->variables[0], &file_no) || (skipped.len && !review_number(skipped, &after)))
        return review_no_such_row(err);
    Store *store = visit->act->store;
    if (!review_requests_settle(visit->act, err) ||
        !review_next(store, file_no, after, who, visit->act->now, &row_id, err) ||
        (!row_id && after && !review_next(store, file_no, 0, who, visit->act->now, &row_id, err)) ||
        !review_waiting(store, file_no, &waiting, err))
        return false;
    if (row_id)
        return visit_go(visit, review_path(visit, &route_page_review, file_no, row_id), visit->said,
                        err);
    UndoOffer undo;
    if (!undo_offered(visit, file_no, &undo, err)) return false;
    const ReviewsDonePage page = {.back = visit_path(visit, &route_page_intakes, NULL, 0),
                                  .others = waiting > 0,
                                  .undo_said = undo.said,
                                  .undo_go = undo.go,
                                  .undo_origin = undo.origin,
                                  .undo_once = undo.once,
                                  .file = file_no ? taken_path(visit, file_no) : NULL};
    reviews_done_page_write(visit->page, &page);
    return true;
}

bool page_review(Visit *visit, Error *err)
{
    Reviewing *r = NEW(visit->arena, Reviewing, 1);
    bool good = reviewing(visit, r, err) && review_drawn(r, (Str){0}, err);
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
    if (why.len || review_is_hard(s)) return why;
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
        if (d->ended || !str_equal(about, str_format(r->visit->arena, "%d", d->dose_id))) continue;
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
    *typed = (ResolveTyped){.row = {.row_id = r->row_id}, .at_screen = true};
    if (reason.len > WHY_MOST)
        return FAIL(why, E_LENGTH, .words = S("理由は200字までで入力してください。"));
    if (web_value(visit->request->form, "_return").len) {
        typed->code = typed_in(visit, "code");
        typed->reason = reason.len ? reason : S("画面での照合");
        return typed->code.len ||
               FAIL(why, E_MISSING, .words = S("返戻の理由を1つ選んでください。"));
    }
    if (!review_number(web_value(visit->request->form, "_accept"), &chosen) || chosen < 1 ||
        chosen > r->shown.besides.count)
        return FAIL(why, E_MISSING, .words = S("どの人の接種かを選んでください。"));
    const ReviewBeside *b = &r->shown.besides.at[chosen - 1];
    typed->person = addressee_text(&b->who.who);
    typed->vaccine = typed_in(visit, "vaccine");
    typed->record = typed_in(visit, "record");
    if (!about_typed(r, b, typed, why)) return false;
    typed->beyond = b->other;
    if (b->other && !reason.len)
        return FAIL(why, E_MISSING, .words = S("候補にいない人です。その人に決める理由を入力してください。"));
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

// Somebody who is no candidate is asked for, and another person decides.
static bool decide(Reviewing *r, Str *said, Error *why)
{
    int64_t number;
    ResolveTyped typed;
    ReviewDecision decision;
    if (!resolve_typed(r, &typed, why)) return false;
    if (!typed.beyond) {
        if (!resolve_row(&r->ledger, &typed, &decision, why)) return false;
        *said = decided_words(r, &decision);
        return true;
    }
    if (!review_other_ask(&r->ledger, &typed, &number, why)) return false;
    *said = str_format(r->visit->arena, "申請%lldとして受け付けました。ほかの職員が承認すると、この行を登録します。",
                       (long long)number);
    return true;
}

// The clinic is asked, or no longer: the row waits with a date, and goes to nobody as the next one.
static bool question(Reviewing *r, bool asks, Str *said, Error *why)
{
    Act *act = r->visit->act;
    Str typed = typed_in(r->visit, "why");
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (typed.len > WHY_MOST) return FAIL(why, E_LENGTH, .words = S("質問は200字までで入力してください。"));
    const ReviewQuestion question = {.row_id = r->row_id,
                                     .asked_on = act->business_day,
                                     .asked_by = actor_name(act->actor),
                                     .question = typed.len ? typed : S("この行の内容をお確かめください。")};
    leaf.rows = 1;
    leaf.detail = str_format(act->arena, asks ? "row %d asked" : "row %d asked no more", (int)r->row_id);
    bool kept = act_begin(act, why) && (asks ? review_question_keep(act->store, &question, why)
                                             : review_question_forget(act->store, r->row_id, why)) &&
                act_record(act, &leaf, why) && store_commit(act->store, why);
    *said = str_format(act->arena, asks ? "行%.*sを医療機関への問い合わせにしました。" : "行%.*sの問い合わせを取り下げました。",
                       STR(r->shown.row.label));
    return kept;
}

static bool sent(Reviewing *r, Str *said, Error *why)
{
    const WebPairs form = r->visit->request->form;
    bool asks = web_value(form, "_ask").len, back = web_value(form, "_back").len;
    return asks || back ? question(r, asks, said, why) : decide(r, said, why);
}

static bool decided(Reviewing *r, Error *err)
{
    Str said;
    Error why = {0};
    Visit *visit = r->visit;
    if (!review_shown(&r->ledger, r->row_id, r->other, visit->arena, &r->shown, err)) return false;
    if (sent(r, &said, &why)) return visit_go(visit, reviews_path(visit, r->file_no), said, err);
    bool theirs = why.code == E_CONFLICT || why.code == E_MISSING || why.code == E_NOT_FOUND ||
                  why.code == E_CODE_UNKNOWN || why.code == E_LENGTH;
    if (!theirs) return error_pass(err, &why);
    store_rollback(visit->act->store);
    match_reader_close(r->shown.matches);
    r->shown.matches = NULL;
    r->page.why = typed_in(visit, "why");
    return review_drawn(r, outlet_error_message(OUTLET_PAGE, visit->arena, &why), err);
}

bool page_review_with(Visit *visit, Error *err)
{
    return page_review(visit, err);
}

bool send_review_with(Visit *visit, Error *err)
{
    return send_review(visit, err);
}

bool send_review(Visit *visit, Error *err)
{
    Reviewing *r = NEW(visit->arena, Reviewing, 1);
    bool good = reviewing(visit, r, err) && decided(r, err);
    match_reader_close(r->shown.matches);
    return good;
}
