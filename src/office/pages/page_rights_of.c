// One person's rights: what is held from when until when, a change that is asked of a second person, and the review.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "duty_request.h"
#include "form.h"
#include "outlet.h"
#include "rights_of_html.h"
#include "rights_review_html.h"
#include "roster.h"
#include "staff_shown.h"

static const char gives[] = "与える", takes[] = "なくす", keeps[] = "続けてよい", changes[] = "見直す";
static const char *const kinds[] = {gives, takes, NULL};
static const char *const findings[] = {keeps, changes, NULL};
#define X(name, text, words) words,
static const char *const duties[] = {DUTIES(X) NULL};
#undef X

static const FormField change_fields[] = {
    {"kind", "変更", FORM_CHOICE, 0, true, 0, NULL, kinds},
    {"duty", "職務", FORM_LIST, 0, true, 0, NULL, duties},
    {"department", "所属", FORM_LINE, DEPARTMENT_MOST, false, 30, "与えるときに入力します", NULL},
    {"begins", "開始日", FORM_LINE, 30, false, 16, "与えるとき。例: R8.4.1", NULL},
    {"ends", "終了日", FORM_LINE, 30, false, 16, "与えるとき。この日まで使えます", NULL},
    {"wards", "担当区", FORM_LINE, 120, false, 30, "区役所の職員に与えるとき。例: 小倉北区。空けておくと全市の人が見えます", NULL},
    {"why", "理由", FORM_LINES, 200, true, 0, "承認する人が読みます", NULL},
};
static const FormKind change_kind = {"rights", change_fields, (int)countof(change_fields), "変更を申請する", NULL};
static const FormField review_fields[] = {
    {"finding", "結果", FORM_CHOICE, 0, true, 0, NULL, findings},
    {"words", "所見", FORM_LINES, 200, true, 0, "確かめたこと、見直すときはどう変えるか", NULL},
};
static const FormKind review_kind = {"review", review_fields, (int)countof(review_fields), "点検を記録する", NULL};

Str staff_number(const Visit *visit, int64_t staff_no)
{
    return str_format(visit->arena, "%lld", (long long)staff_no);
}

bool visit_staff(const Visit *visit, StaffRow *staff, Error *err)
{
    int64_t number = 0;
    bool found = false;
    if (str_int64(visit->variables[0], &number) && number > 0 &&
        !staff_by_number(visit->act->store, number, visit->arena, staff, &found, err))
        return false;
    return found || FAIL(err, E_NOT_FOUND, .words = S("この職員は登録されていません。一覧から開き直してください。"));
}

Str term_until(const StaffTermRow *row, Arena *arena)
{
    return row->limited ? date_era_text(arena, row->ends_on) : S("期限なし");
}

static Str state_of(const StaffTermRow *row, Day today)
{
    return row->begins_on > today ? S("これから") : row->ends_on < today ? S("終わった") : S("いま");
}

static Str words_of_duty(const StaffTermRow *row)
{
    Duty duty = DUTY_NONE;
    return duty_named(row->duty, &duty) ? str_of(duty_words(duty)) : row->duty;
}

static bool rights_read(Visit *visit, const StaffRow *staff, RightsOfPage *page, Error *err)
{
    StaffTermRows terms;
    StaffReviewRows reviews;
    Arena *arena = visit->arena;
    if (!staff_terms_read(visit->act->store, arena, &terms, err) ||
        !staff_reviews_read(visit->act->store, staff->staff_no, arena, &reviews, err))
        return false;
    VEC_EACH (const StaffTermRow, row, terms)
        if (str_equal(row->name, staff->name)) {
            Day from = row->limited ? row->begins_on : instant_day_in_japan(row->granted_at);
            *right_line_rows_push(&page->rights, arena) =
                (RightLine){words_of_duty(row), state_of(row, instant_day_in_japan(visit->act->now)), row->department,
                            ward_scope_words(row->wards, arena), date_era_text(arena, from), term_until(row, arena),
                            row->granted_by};
        }
    VEC_EACH (const StaffReviewRow, row, reviews)
        *review_line_rows_push(&page->reviews, arena) =
            (ReviewLine){date_era_text(arena, instant_day_in_japan(row->reviewed_at)), row->reviewed_by,
                         str_of(row->keeps ? keeps : changes), row->words};
    return true;
}

static bool change_draw(Visit *visit, const StaffRow *staff, Form *form, Error *err)
{
    Str number = staff_number(visit, staff->staff_no);
    RightsOfPage page = {.name = staff->name, .review = visit_path(visit, &route_page_rights_review, &number, 1)};
    if (!form_draw(form, err) || !rights_read(visit, staff, &page, err)) return false;
    page.top = form->top;
    page.form = form->body;
    visit->title = str_join(visit->arena, staff->name, S("さんの権限"));
    visit->detail = staff->name;
    visit->prints = true;
    rights_of_page_write(visit->page, &page);
    return true;
}

bool page_rights_of(Visit *visit, Error *err)
{
    Form form;
    StaffRow staff;
    if (!visit_staff(visit, &staff, err)) return false;
    Str number = staff_number(visit, staff.staff_no);
    return form_open(visit, &change_kind, visit_path(visit, &route_send_rights_of, &number, 1), number, &form, err) &&
           change_draw(visit, &staff, &form, err);
}

static void day_of_form(Form *form, const char *name, Day *day)
{
    Error why = {0};
    DateNotes notes = {0};
    Str typed = form_value(form, name);
    if (!typed.len)
        form_fault(form, name, S("入力してください。"));
    else if (!date_parse_day(typed, day, &notes, &why))
        form_fault(form, name, S("日付として読めません。R8.4.1 のように入力してください。"));
    else
        form_reading(form, name, date_era_text(form->visit->arena, *day));
}

static void wards_of_form(Form *form, Duty duty, Str *wards)
{
    Error why = {0};
    Arena *arena = form->visit->arena;
    if (!duty_wards_read(duty, form_value(form, "wards"), arena, wards, &why))
        form_fault(form, "wards", outlet_error_message(OUTLET_PAGE, arena, &why));
    else
        form_reading(form, "wards", ward_scope_words(*wards, arena));
}

static DutyChange asked_of(Form *form, const StaffRow *staff)
{
    DutyChange asked = {.name = staff->name, .given = str_equal(form_value(form, "kind"), str_of(gives))};
    if (!duty_named(form_value(form, "duty"), &asked.duty) || !asked.given) return asked;
    asked.department = form_value(form, "department");
    if (!asked.department.len) form_fault(form, "department", S("入力してください。"));
    day_of_form(form, "begins", &asked.begins_on);
    day_of_form(form, "ends", &asked.ends_on);
    wards_of_form(form, asked.duty, &asked.wards);
    if (!form->faulty && (asked.ends_on < asked.begins_on || asked.ends_on - asked.begins_on > ROSTER_YEARS_MOST * 366))
        form_fault(form, "ends", S("開始日と同じ日か、それより後の、10年以内の日を入力してください。"));
    return asked;
}

bool send_rights_of(Visit *visit, Error *err)
{
    Form form;
    StaffRow staff;
    Error why = {0};
    int64_t approval_no;
    Act *act = visit->act;
    if (!visit_staff(visit, &staff, err)) return false;
    Str number = staff_number(visit, staff.staff_no);
    form_read(visit, &change_kind, visit_path(visit, &route_send_rights_of, &number, 1), number, &form);
    const DutyChange asked = asked_of(&form, &staff);
    if (form.faulty) return change_draw(visit, &staff, &form, err);
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    if (!act_begin(act, err)) return false;
    if (!duty_ask(act, &asked, form_value(&form, "why"), &approval_no, &why)) {
        store_rollback(act->store);
        act->once->taken = false;
        return form_takes(&form, &why) ? change_draw(visit, &staff, &form, err) : error_pass(err, &why);
    }
    leaf.detail = str_format(visit->arena, "duty %lld %.*s", (long long)approval_no, STR(staff.name));
    return act_record(act, &leaf, err) && store_commit(act->store, err) &&
           visit_go(visit, visit_path(visit, &route_page_rights_of, &number, 1),
                    str_format(visit->arena, "申請%lldとして出しました。ほかの人が承認すると変わります。",
                               (long long)approval_no),
                    err);
}

// ---- the review

static bool review_draw(Visit *visit, const StaffRow *staff, Form *form, Error *err)
{
    RightsOfPage held = {0};
    RightsReviewPage page = {.name = staff->name};
    if (!form_draw(form, err) || !rights_read(visit, staff, &held, err)) return false;
    VEC_EACH (const RightLine, line, held.rights)
        *held_line_rows_push(&page.held, visit->arena) =
            (HeldLine){str_format(visit->arena, "%.*s（%.*s、%.*sまで）", STR(line->duty), STR(line->state), STR(line->until))};
    page.top = form->top;
    page.form = form->body;
    visit->detail = staff->name;
    rights_review_page_write(visit->page, &page);
    return true;
}

bool page_rights_review(Visit *visit, Error *err)
{
    Form form;
    StaffRow staff;
    if (!visit_staff(visit, &staff, err)) return false;
    Str number = staff_number(visit, staff.staff_no);
    return form_open(visit, &review_kind, visit_path(visit, &route_send_rights_review, &number, 1), number, &form, err) &&
           review_draw(visit, &staff, &form, err);
}

bool send_rights_review(Visit *visit, Error *err)
{
    Form form;
    StaffRow staff;
    Act *act = visit->act;
    if (!visit_staff(visit, &staff, err)) return false;
    Str number = staff_number(visit, staff.staff_no);
    form_read(visit, &review_kind, visit_path(visit, &route_send_rights_review, &number, 1), number, &form);
    if (str_equal(staff.name, actor_name(act->actor)))
        form_trouble(&form, S("自分の権限は点検できません。ほかの管理者に頼んでください。"));
    if (form.faulty || form.trouble_count) return review_draw(visit, &staff, &form, err);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = staff.name;
    StaffReviewRow row = {.staff_no = staff.staff_no,
                          .keeps = str_equal(form_value(&form, "finding"), str_of(keeps)),
                          .words = form_value(&form, "words"),
                          .reviewed_at = act->now,
                          .reviewed_by = actor_name(act->actor)};
    return act_begin(act, err) && audit_next_no(act->store, &row.record_no, err) &&
           staff_review_add(act->store, &row, err) && act_record(act, &leaf, err) && store_commit(act->store, err) &&
           visit_go(visit,
                    row.keeps ? visit_path(visit, &route_page_rights, NULL, 0)
                              : visit_path(visit, &route_page_rights_of, &number, 1),
                    row.keeps ? S("点検を記録しました。") : S("点検を記録しました。続けて、変更を申請してください。"), err);
}
