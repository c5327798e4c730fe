// One person: which numbers are his or hers, and how the code stands. Individual Numbers are never opened here.
// SPDX-License-Identifier: Apache-2.0
#include "code_rows.h"
#include "dates.h"
#include "individual_number_rows.h"
#include "person_state.h"
#include "unified_html.h"
#include "unified_routes.h"
#include "unified_words.h"
#include "unified_work_rows.h"

static bool generations(Visit *visit, int64_t person_id, UnifiedPage *page, Error *err)
{
    NumberSpans spans;
    Arena *arena = visit->arena;
    if (!individual_number_spans(visit->act->store, person_id, arena, &spans, err)) return false;
    VEC_EACH (const NumberSpan, span, spans) {
        Generation line = {.no = span->generation, .from = date_era_text(arena, instant_day_in_japan(span->from_at))};
        if (span->to_at) line.to = date_era_text(arena, instant_day_in_japan(span->to_at));
        *generation_rows_push(&page->generations, arena) = line;
    }
    return true;
}

static bool works(Visit *visit, int64_t person_id, UnifiedPage *page, Error *err)
{
    UnifiedWorks open;
    Arena *arena = visit->arena;
    if (!unified_works_open(visit->act->store, arena, &open, err)) return false;
    VEC_EACH (const UnifiedWork, work, open) {
        if (work->person_id != person_id && work->other_id != person_id) continue;
        Str number = str_format(arena, "%lld", (long long)work->work_no);
        *person_work_rows_push(&page->works, arena) =
            (PersonWork){visit_path(visit, &route_page_doubt, &number, 1), str_of(work_label(work->kind)),
                         date_era_text(arena, instant_day_in_japan(work->since))};
    }
    return true;
}

static bool code(Visit *visit, int64_t person_id, UnifiedPage *page, Error *err)
{
    CodeNews news;
    if (!code_of_person(visit->act->store, person_id, &news, err)) return false;
    page->code = unified_code_words(news.state);
    page->code_more = unified_failure_words(news.failure);
    page->clash = news.failure == CODE_E105_CLASH;
    page->doubted = news.doubted;
    return true;
}

// The look stands in the trail before the person is read.
static bool person_of(Visit *visit, UnifiedPerson *person, AddresseeNos *numbers, Error *err)
{
    Str text;
    int64_t person_id;
    Act *act = visit->act;
    if (!visit_unseal(visit, S("unified"), visit->variables[0], &text, err)) return false;
    if (!str_int64(text, &person_id)) person_id = 0;
    if (!addressee_numbers_of(act->store, person_id, visit->arena, numbers, err)) return false;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = numbers->count ? numbers->at : NULL;
    if (!visit_record(visit, &leaf, err) || !unified_of_id(act->store, act->office->keys, person_id, visit->arena, person, err))
        return false;
    return person->person_id || FAIL(err, E_NOT_FOUND, .words = S("この人は登録されていません。もう一度さがしてください。"));
}

bool page_unified(Visit *visit, Error *err)
{
    AddresseeNos numbers;
    UnifiedPerson person;
    Arena *arena = visit->arena;
    if (!person_of(visit, &person, &numbers, err)) return false;
    UnifiedPage page = {.number = unified_text(&person.no),
                        .kana = person.facts.kana.len ? person.facts.kana : S("（カナなし）"),
                        .birth = date_partial_era_text(arena, person.facts.birth),
                        .sex = sex_words(person.facts.sex),
                        .address = unified_place(person.hidden, person.facts.address),
                        .state = status_words(person.status),
                        .resident = person.status == STATUS_RESIDENT && !person.withdrawn,
                        .protected = person.hidden,
                        .withdrawn = person.withdrawn};
    VEC_EACH (const AddresseeNo, who, numbers) *own_number_rows_push(&page.numbers, arena) = (OwnNumber){addressee_text(who)};
    if (!generations(visit, person.person_id, &page, err) || !works(visit, person.person_id, &page, err) ||
        !code(visit, person.person_id, &page, err))
        return false;
    unified_page_write(visit->page, &page);
    return true;
}
