// Who did what, and who looked at whom: days that stand out, each closed with a finding, and a search in the trail.
// Law  controls C-3.3-11, C-3.3-12. Looking here is itself a record.
// SPDX-License-Identifier: Apache-2.0
#include "audit_finding_rows.h"
#include "audit_html.h"
#include "dates.h"
#include "form.h"
#include "trail_shown.h"

#include <stdlib.h>

enum { MARKED_DAYS = 14 };

static const char *const act_words[] = {"すべて", "見た",     "変えた",             "印刷した", "出力した", "照会した",
                                        "取り込んだ", "開こうとして断られた", "サインインなど", NULL};
static const char *const result_words[] = {"すべて", "できた", "申請した", "断った", "できなかった", NULL};
static const char *const findings[] = {"仕事どおり", "説明を求める", "仕事と合わない（事故として扱う）", NULL};

static const FormField search_fields[] = {
    {"staff", "職員", FORM_LINE, 60, false, 20, "だれが。空ならすべて", NULL},
    {"person", "宛名番号", FORM_LINE, 15, false, 18, "だれのことを。空ならすべて", NULL},
    {"from", "いつから", FORM_LINE, 30, false, 16, "空なら今日", NULL},
    {"to", "いつまで", FORM_LINE, 30, false, 16, "空なら今日。62日まで", NULL},
    {"act", "何を", FORM_LIST, 0, false, 0, NULL, act_words},
    {"result", "結果", FORM_LIST, 0, false, 0, NULL, result_words},
};
static const FormKind search_kind = {"audit", search_fields, (int)countof(search_fields), "さがす", NULL};
static const FormField finding_fields[] = {
    {"result", "結果", FORM_CHOICE, 0, true, 0, NULL, findings},
    {"words", "書くこと", FORM_LINES, 200, true, 0, "だれに何を確かめたか", NULL},
};
static const FormKind finding_kind = {"finding", finding_fields, (int)countof(finding_fields), "所見を付けて閉じる", NULL};

// ---- days that stand out

// "花子\n20785": one person's one day, for a link of this session.
static bool day_path(const Visit *visit, const Route *route, Str who, Day day, Path *path, Error *err)
{
    Str sealed, text = str_format(visit->arena, "%.*s\n%d", STR(who), day);
    if (!visit_seal(visit, S("audit day"), text, &sealed, err)) return false;
    *path = visit_path(visit, route, &sealed, 1);
    return true;
}

static const AuditFindingRow *finding_of(const AuditFindingRows *rows, const StaffDay *day)
{
    const AuditFindingRow *last = NULL;
    VEC_EACH (const AuditFindingRow, row, *rows)
        if (row->day == day->day && str_equal(row->operator_name, day->operator_name)) last = row;
    return last;
}

static bool marked_add(Visit *visit, const MarkLimits *limits, const StaffDay *day, const AuditFindingRows *found,
                       AuditPage *page, Error *err)
{
    MarkedDay line = {.day = date_era_text(visit->arena, day->day),
                      .who = day->operator_name,
                      .people = day->people,
                      .outside = day->outside,
                      .refused = day->refused};
    for (DayMark mark = 0; mark < MARK_COUNT; mark++)
        if (staff_day_marked(day, limits, mark))
            *mark_rows_push(&line.marks, visit->arena) = (Mark){str_of(day_mark_words(mark)), str_of(day_mark_why(mark))};
    if (!line.marks.count) return true;
    const AuditFindingRow *finding = finding_of(found, day);
    if (finding) line.finding = finding->result;
    if (finding) line.by = finding->found_by;
    page->open_count += !finding;
    if (!day_path(visit, &route_page_audit_day, day->operator_name, day->day, &line.open, err)) return false;
    *marked_day_rows_push(&page->marked, visit->arena) = line;
    return true;
}

// Open ones first, then the newest.
static int open_first(const void *left, const void *right)
{
    const MarkedDay *a = left, *b = right;
    if ((a->finding.len > 0) != (b->finding.len > 0)) return a->finding.len ? 1 : -1;
    return str_order(b->day, a->day);
}

static void proof_told(const Visit *visit, const TrailProof *proof, AuditPage *page)
{
    char at[INSTANT_TEXT_SIZE];
    page->whole = proof->at && proof->whole;
    page->broken = proof->at && !proof->whole;
    page->records = proof->records;
    if (proof->at) page->proven = str_copy(visit->arena, str_of(instant_in_japan(proof->at, at)));
}

static bool audit_draw(Visit *visit, Form *form, Error *err)
{
    MarkLimits limits;
    StaffDays days;
    TrailProof proof;
    AuditFindingRows found;
    AuditPage page = {.days = MARKED_DAYS};
    Day today = instant_day_in_japan(visit->act->now);
    if (!form_draw(form, err) || !trail_limits(visit, &limits, err) ||
        !trail_days(visit, &limits, today - MARKED_DAYS, today, &days, &proof, err) ||
        !audit_findings_read(visit->act->store, today - MARKED_DAYS, today, visit->arena, &found, err))
        return false;
    VEC_EACH (const StaffDay, day, days)
        if (!marked_add(visit, &limits, day, &found, &page, err)) return false;
    if (page.marked.count) qsort(page.marked.at, (size_t)page.marked.count, sizeof *page.marked.at, open_first);
    proof_told(visit, &proof, &page);
    page.top = form->top;
    page.form = form->body;
    visit->rows = page.marked.count;
    visit->prints = true;
    audit_page_write(visit->page, &page);
    return true;
}

bool page_audit(Visit *visit, Error *err)
{
    Form form;
    return form_open(visit, &search_kind, visit_path(visit, &route_send_audit, NULL, 0), S("search"), &form, err) &&
           audit_draw(visit, &form, err);
}

// ---- a search

static int chosen(const char *const *words, Str value)
{
    for (int i = 1; words[i]; i++)
        if (str_equal(value, str_of(words[i]))) return i;
    return 0;
}

static void day_of_form(Form *form, const char *name, Day *day)
{
    Error why = {0};
    DateNotes notes = {0};
    Str typed = form_value(form, name);
    *day = instant_day_in_japan(form->visit->act->now);
    if (typed.len && !date_parse_day(typed, day, &notes, &why))
        form_fault(form, name, S("日付として読めません。R8.11.24 のように入力してください。"));
}

// A 宛名番号 has its place here: a form would mask what may be somebody's number.
static Str number_typed(const Visit *visit)
{
    return str_trim(web_value(visit->request->form, "person"));
}

static Str asked_text(const Form *form, Day first, Day last)
{
    return str_format(form->visit->arena, "%.*s\n%.*s\n%d\n%d\n%d\n%d", STR(form_value(form, "staff")),
                      STR(number_typed(form->visit)), first, last, chosen(act_words, form_value(form, "act")),
                      chosen(result_words, form_value(form, "result")));
}

bool send_audit(Visit *visit, Error *err)
{
    Form form;
    Str sealed;
    Day first, last;
    Error why = {0};
    AddresseeNo person;
    form_read(visit, &search_kind, visit_path(visit, &route_send_audit, NULL, 0), S("search"), &form);
    Str number = number_typed(visit);
    if (number.len && !addressee_no_parse(number, &person, NULL, &why))
        form_fault(&form, "person", S("15桁までの数字で入力してください。"));
    day_of_form(&form, "from", &first);
    day_of_form(&form, "to", &last);
    if (!form.faulty && (last < first || last - first >= TRAIL_DAYS_MOST))
        form_fault(&form, "to", S("始めの日から62日までの間で入力してください。"));
    if (form.faulty) return audit_draw(visit, &form, err);
    if (!visit_seal(visit, S("audit"), asked_text(&form, first, last), &sealed, err)) return false;
    return visit_go(visit, visit_path(visit, &route_page_audit_found, &sealed, 1), (Str){0}, err);
}

static bool asked_read(const Visit *visit, TrailAsked *asked, Error *err)
{
    Str text;
    Error why = {0};
    int64_t numbers[4] = {0};
    if (!visit_unseal(visit, S("audit"), visit->variables[0], &text, err)) return false;
    Cut staff = str_cut(text, '\n'), person = str_cut(staff.tail, '\n'), rest = str_cut(person.tail, '\n');
    for (int i = 0; i < 4; i++, rest = str_cut(rest.tail, '\n'))
        if (!str_int64(rest.head, &numbers[i])) return FAIL(err, E_NOT_FOUND, .words = S("もう一度さがしてください。"));
    *asked = (TrailAsked){.staff = staff.head,
                          .about_person = person.head.len > 0,
                          .first = (Day)numbers[0],
                          .last = (Day)numbers[1],
                          .act = (int)numbers[2],
                          .result = (int)numbers[3]};
    return !asked->about_person || addressee_no_parse(person.head, &asked->person, NULL, &why) || error_pass(err, &why);
}

static Str days_words(const TrailAsked *asked, Arena *arena)
{
    Str first = date_era_text(arena, asked->first);
    return asked->first == asked->last ? first
                                       : str_format(arena, "%.*s〜%.*s", STR(first), STR(date_era_text(arena, asked->last)));
}

// The look is one at whom was asked about, as `audit read` records it.
static bool looked(Visit *visit, const TrailAsked *asked, int64_t found, Error *err)
{
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.rows = found;
    leaf.detail = asked->staff;
    if (asked->about_person) leaf.whose = &asked->person;
    return visit_record(visit, &leaf, err);
}

static bool found_draw(Visit *visit, const TrailAsked *asked, AuditFoundPage *page, Error *err)
{
    page->asked = days_words(asked, visit->arena);
    if (!trail_searched(visit, asked, &page->lines, &page->found, err) || !looked(visit, asked, page->found, err))
        return false;
    page->shown = page->lines.count;
    visit->prints = true;
    audit_found_page_write(visit->page, page);
    return true;
}

bool page_audit_found(Visit *visit, Error *err)
{
    TrailAsked asked;
    AuditFoundPage page = {.heading = S("さがした記録")};
    return asked_read(visit, &asked, err) && found_draw(visit, &asked, &page, err);
}

// ---- one marked day

static bool day_asked(const Visit *visit, TrailAsked *asked, Error *err)
{
    Str text;
    int64_t day;
    if (!visit_unseal(visit, S("audit day"), visit->variables[0], &text, err)) return false;
    Cut cut = str_cut(text, '\n');
    if (!str_int64(cut.tail, &day)) return FAIL(err, E_NOT_FOUND, .words = S("一覧から開き直してください。"));
    *asked = (TrailAsked){.staff = cut.head, .first = (Day)day, .last = (Day)day};
    return true;
}

static Path day_form_path(const Visit *visit)
{
    return visit_path(visit, &route_send_audit_day, visit->variables, 1);
}

static bool day_draw(Visit *visit, const TrailAsked *asked, Form *form, Error *err)
{
    AuditFindingRows rows;
    AuditFoundPage page = {.day = true};
    if (!form_draw(form, err) ||
        !audit_findings_read(visit->act->store, asked->first, asked->last, visit->arena, &rows, err))
        return false;
    VEC_EACH (const AuditFindingRow, row, rows) {
        char at[INSTANT_TEXT_SIZE];
        if (str_equal(row->operator_name, asked->staff))
            *finding_rows_push(&page.findings, visit->arena) =
                (Finding){row->result, row->found_by, str_copy(visit->arena, str_of(instant_in_japan(row->found_at, at))),
                          row->words};
    }
    page.heading = str_join(visit->arena, asked->staff, S("さんの一日"));
    page.top = form->top;
    page.form = form->body;
    return found_draw(visit, asked, &page, err);
}

static Str about_of(const Visit *visit, const TrailAsked *asked)
{
    return str_format(visit->arena, "%.*s %d", STR(asked->staff), asked->first);
}

bool page_audit_day(Visit *visit, Error *err)
{
    Form form;
    TrailAsked asked;
    return day_asked(visit, &asked, err) &&
           form_open(visit, &finding_kind, day_form_path(visit), about_of(visit, &asked), &form, err) &&
           day_draw(visit, &asked, &form, err);
}

bool send_audit_day(Visit *visit, Error *err)
{
    Form form;
    TrailAsked asked;
    Act *act = visit->act;
    if (!day_asked(visit, &asked, err)) return false;
    form_read(visit, &finding_kind, day_form_path(visit), about_of(visit, &asked), &form);
    bool own = str_equal(asked.staff, actor_name(act->actor));
    if (own) form_trouble(&form, S("自分の記録に所見は付けられません。ほかの人に頼んでください。"));
    if (form.faulty || own) return day_draw(visit, &asked, &form, err);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    AuditFindingRow row = {.operator_name = asked.staff,
                           .day = asked.first,
                           .result = form_value(&form, "result"),
                           .words = form_value(&form, "words"),
                           .found_at = act->now,
                           .found_by = actor_name(act->actor)};
    leaf.detail = about_of(visit, &asked);
    return act_begin(act, err) && audit_next_no(act->store, &row.record_no, err) &&
           audit_finding_add(act->store, &row, err) && act_record(act, &leaf, err) && store_commit(act->store, err) &&
           visit_go(visit, visit_path(visit, &route_page_audit, NULL, 0), S("所見を付けて閉じました。"), err);
}
