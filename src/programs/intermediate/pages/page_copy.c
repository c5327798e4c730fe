// One person's copies as an inquirer would see them.
// SPDX-License-Identifier: Apache-2.0
#include "answer_lines.h"
#include "answering.h"
#include "code_hold_rows.h"
#include "copy_find_html.h"
#include "copy_html.h"
#include "copy_layout.h"
#include "copy_record_rows.h"
#include "form.h"
#include "intermediate_routes.h"
#include "shielding.h"

static const FormField fields[] = {{"text", "統一識別番号", FORM_LINE, 20, true, 18, "15桁の番号。個人番号や宛名番号ではさがせません", NULL}};
static const FormKind kind = {"copy", fields, countof(fields), "副本を見る", NULL};

static bool draw(Visit *visit, Form *form, Error *err)
{
    if (!form_draw(form, err)) return false;
    copy_find_page_write(visit->page, &(CopyFindPage){.top = form->top, .form = form->body});
    return true;
}

bool page_copy_find(Visit *visit, Error *err)
{
    Form form;
    return form_open(visit, &kind, visit_path(visit, &route_send_copy_find, NULL, 0), S(""), &form, err) &&
           draw(visit, &form, err);
}

bool send_copy_find(Visit *visit, Error *err)
{
    Form form;
    UnifiedNo person;
    Error unread = {0};
    form_read(visit, &kind, visit_path(visit, &route_send_copy_find, NULL, 0), S(""), &form);
    if (!form.faulty && !unified_no_parse(str_trim(web_value(visit->request->form, "text")), &person, &unread)) {
        form_set(&form, "text", S(""));
        form_fault(&form, "text", S("統一識別番号は15桁の数字です。団体内統合宛名の画面で確かめてください。"));
    }
    if (form.faulty) return draw(visit, &form, err);
    return copy_path(visit, &person, &visit->go, err);
}

// ---- one person

static Str code_words(const CodeHold *hold)
{
    static const Str words[CODE_STATE_COUNT] = {[CODE_NONE] = S("まだ求めていません"), [CODE_REQUESTED] = S("依頼中"),
                                                [CODE_HELD] = S("取得済"), [CODE_FAILED] = S("失敗"), [CODE_EXPIRED] = S("期限切れ"), [CODE_RELEASED] = S("ひも付けを解除"),
                                                [CODE_MERGED] = S("別の統一識別番号にまとめました")};
    return words[hold->state];
}

// What is hidden for every procedure, and for some of them.
static bool hidden(Visit *visit, const UnifiedNo *person, CopyPage *page, Error *err)
{
    ShieldRows rows;
    int hides = 0;
    if (!shields_of(visit->act->store, person, visit->arena, &rows, err)) return false;
    VEC_EACH (const ShieldRow, row, rows) hides |= row->shield.hides;
    page->looks_first |= (hides & SHIELD_ANSWERS) != 0;
    if (hides & SHIELD_CORES) page->hidden = shield_words(hides & SHIELD_CORES);
    return true;
}

static bool told(Visit *visit, const UnifiedNo *person, CopyPage *page, Error *err)
{
    Str data;
    CopySetRow set;
    CodeHold hold;
    LinkageHome home;
    DatasetCode dataset;
    ApprovalLines lines = {0};
    Arena *arena = visit->arena;
    Store *store = visit->act->store;
    if (!dataset_code_read(DOSE_DATASET, &dataset) || !linkage_home(visit->act, arena, &home, err) ||
        !answer_data(&home, person, &dataset, INT64_MAX, arena, &data, err) || !answer_lines(data, arena, &lines, err) ||
        !copy_set_find(store, &dataset, arena, &set, err) || !code_find(store, person, *arena, &hold, err) ||
        !look_first_is(store, person, &dataset, &page->looks_first, err) || !hidden(visit, person, page, err))
        return false;
    VEC_EACH (const ApprovalLine, line, lines) *copy_line_rows_push(&page->lines, arena) = (CopyLine){line->item, line->now};
    page->code = code_words(&hold);
    page->doubted = hold.doubted;
    page->as_of = set.as_of ? moment_words(set.as_of, arena) : S("まだありません");
    return true;
}

bool page_copy(Visit *visit, Error *err)
{
    Str number;
    UnifiedNo person;
    AddresseeNo whose;
    CopyPage page = {0};
    if (!visit_unseal(visit, S("person"), visit->variables[0], &number, err) || !unified_no_parse(number, &person, err) ||
        !addressee_no_parse(number, &whose, NULL, err))
        return false;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.whose = &whose;
    if (!visit_record(visit, &leaf, err) || !told(visit, &person, &page, err)) return false;
    page.number = unified_text(&person);
    copy_page_write(visit->page, &page);
    return true;
}
