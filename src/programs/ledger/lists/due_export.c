// SPDX-License-Identifier: Apache-2.0
#include "due_export.h"

#include <assert.h>

#include "list_print.h"
#include "standing_roll.h"

// ---- the list as it stands

static Sha256 content_digest(const Act *act, const DueExport *export, Arena scratch)
{
    Text text = {0};
    text_addf(&text, &scratch, "%.*s\n", STR(export->leaves.asked));
    VEC_EACH (const DueRow, r, export->rows)
        text_addf(&text, &scratch, "%.*s %d %d %d %d %.*s\n", STR(addressee_text(&r->who)), r->group,
                  r->position, r->status, r->last_safe, STR(r->held));
    Str all = text_str(&text);
    return keys_index(act->office->keys, S("due export"),
                      (Bytes){(const unsigned char *)all.at, all.len});
}

static int64_t people_listed(const DueRows *rows, Arena scratch)
{
    int32_t *persons = NEW(&scratch, int32_t, rows->count + 1);
    for (ptrdiff_t i = 0; i < rows->count; i++) persons[i] = rows->at[i].person_id;
    return people_counted(persons, rows->count);
}

bool due_export_read(const Ledger *ledger, const DueAsked *asked, Arena *arena, DueExport *export,
                     Error *err)
{
    DuePage page;
    bool there;
    DueAsked whole = *asked;
    whole.after = (AskedKey){.last_safe = DAY_NONE};
    const DuePageWanted wanted =
        due_asked_page(ledger, &whole, ledger->act->business_day, EXPORT_MOST);
    if (!due_page(ledger, &wanted, arena, &page, &there, err)) return false;
    if (!there) return FAIL(err, E_NOT_FOUND, .words = S(STANDING_MISSING));
    if (page.more)
        return FAIL(err, E_LIMIT,
                    .words = S("20万行を超えるため、ファイルに出せません。条件をしぼってください。"));
    *export = (DueExport){.ledger = ledger,
                          .rows = page.rows,
                          .leaves = {.act = ledger->act,
                                     .kind = &due_export_kind,
                                     .asked = due_asked_whole(asked, arena),
                                     .people = people_listed(&page.rows, *arena)}};
    export->leaves.content = content_digest(ledger->act, export, *arena);
    return true;
}

// ---- leaving

static void line_put(CsvWriter *draft, const Schedule *schedule, const DueRow *r, DoseWords *words,
                     Arena scratch)
{
    char birth[DAY_TEXT_SIZE];
    const Str cells[] = {
        addressee_text(&r->who),
        r->name,
        str_of(partial_date_text(r->birth, birth)),
        words(schedule, r->group, r->position, &scratch),
        status_label(schedule, (Status)r->status),
        list_day(r->earliest, &scratch),
        list_day(r->standard_from, &scratch),
        list_day(r->standard_to, &scratch),
        list_day(r->last, &scratch),
        list_day(r->last_safe, &scratch),
        r->contraindicated ? S("接種不適当") : r->held.len ? S("通知を止めています") : (Str){0},
    };
    for (int i = 0; i < countof(cells); i++) csv_put(draft, cells[i]);
    csv_end_row(draft);
}

bool due_export_leave(const DueExport *export, Str reason, DoseWords *words, FILE *to, Error *err)
{
    assert(reason.len > 0);
    static const char *const names[] = {
        "宛名番号",       "氏名",         "生年月日", "ワクチン・回", "状態",     "接種できる日",
        "標準の時期から", "標準の時期まで", "法の期限", "最終安全日",   "通知",
    };
    List list;
    const ListAsked asked = {
        .stream = to, .names = names, .count = (int)countof(names), .numbered = true};
    if (!list_begin(export->ledger->act, &asked, &list, err)) return false;
    list.detail = reason;
    VEC_EACH (const DueRow, r, export->rows)
        line_put(list.draft, export->ledger->schedule, r, words, *export->ledger->act->arena);
    return list_leave(&list, err);
}

// ---- two people

static bool request_read(Act *act, Bytes payload, Arena *arena, Ledger *ledger, DueExport *export, Error *err)
{
    DueAsked asked;
    return due_asked_read(list_export_asking(payload).asked, &asked, err) && ledger_open(act, arena, ledger, err) &&
           due_export_read(ledger, &asked, arena, export, err);
}

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Ledger ledger;
    DueExport export;
    if (!request_read(act, payload, arena, &ledger, &export, err)) return false;
    *content = export.leaves.content;
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Ledger ledger;
    DueExport export;
    (void)brought;
    return request_read(act, payload, arena, &ledger, &export, err) &&
           list_export_permit(&export.leaves, list_export_asking(payload).asker, err);
}

const ApprovalKind due_export_kind = {"due_export", "対象者一覧の書き出し", content_of, run, NULL};
