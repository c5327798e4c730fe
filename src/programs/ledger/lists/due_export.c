// SPDX-License-Identifier: Apache-2.0
#include "due_export.h"

#include <assert.h>
#include <stdlib.h>

#include "approvals.h"
#include "list_permit_rows.h"
#include "list_print.h"
#include "standing_roll.h"

// ---- the list as it stands

static Sha256 content_digest(const Act *act, const DueExport *export, Arena scratch)
{
    Text text = {0};
    text_addf(&text, &scratch, "%.*s\n", STR(export->asked));
    VEC_EACH (const DueRow, r, export->rows)
        text_addf(&text, &scratch, "%.*s %d %d %d %d %.*s\n", STR(addressee_text(&r->who)), r->group,
                  r->position, r->status, r->last_safe, STR(r->held));
    Str all = text_str(&text);
    return keys_index(act->office->keys, S("due export"),
                      (Bytes){(const unsigned char *)all.at, all.len});
}

static int person_order(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

static int64_t people_of(const DueRows *rows, Arena scratch)
{
    int64_t people = 0;
    int32_t *persons = NEW(&scratch, int32_t, rows->count + 1);
    for (ptrdiff_t i = 0; i < rows->count; i++) persons[i] = rows->at[i].person_id;
    qsort(persons, (size_t)rows->count, sizeof *persons, person_order);
    for (ptrdiff_t i = 0; i < rows->count; i++) people += i == 0 || persons[i] != persons[i - 1];
    return people;
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
                          .asked = due_asked_whole(asked, arena),
                          .rows = page.rows,
                          .people = people_of(&page.rows, *arena)};
    export->content = content_digest(ledger->act, export, *arena);
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

// "花子\nMR2|401064|60|"
static Bytes payload_of(Str asker, Str asked, Arena *arena)
{
    Str text = str_format(arena, "%.*s\n%.*s", STR(asker), STR(asked));
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static bool payload_open(Act *act, Bytes payload, Arena *arena, Ledger *ledger, Str *asker,
                         DueExport *export, Error *err)
{
    DueAsked asked;
    Cut cut = str_cut((Str){(const char *)payload.at, payload.len}, '\n');
    *asker = cut.head;
    return due_asked_read(cut.tail, &asked, err) && ledger_open(act, arena, ledger, err) &&
           due_export_read(ledger, &asked, arena, export, err);
}

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Ledger ledger;
    DueExport export;
    Str asker;
    if (!payload_open(act, payload, arena, &ledger, &asker, &export, err)) return false;
    *content = export.content;
    return true;
}

static ListPermit permit_of(const DueExport *export, Str asker)
{
    return (ListPermit){.asker = asker,
                        .asked = export->asked,
                        .content = export->content,
                        .day = export->ledger->act->business_day};
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Ledger ledger;
    DueExport export;
    Str asker;
    (void)brought;
    if (!payload_open(act, payload, arena, &ledger, &asker, &export, err)) return false;
    const ListPermit permit = permit_of(&export, asker);
    return list_permit_insert(act->store, act->office->keys, &permit, *arena, err);
}

const ApprovalKind due_export_kind = {"due_export", "対象者一覧の書き出し", content_of, run, NULL};

bool due_export_state(const DueExport *export, ExportState *state, Error *err)
{
    int64_t waits, permit_no;
    Act *act = export->ledger->act;
    const ListPermit permit = permit_of(export, actor_name(act->actor));
    *state = EXPORT_UNASKED;
    if (!list_permit_find(act->store, act->office->keys, &permit, *act->arena, &permit_no, err)) return false;
    if (permit_no) *state = EXPORT_GRANTED;
    if (permit_no) return true;
    if (!approval_find(act, &due_export_kind, payload_of(permit.asker, export->asked, act->arena),
                       &waits, err))
        return false;
    if (waits) *state = EXPORT_WAITS;
    return true;
}

bool due_export_ask(const DueExport *export, Str subject, Str reason, int64_t *approval_no, Error *err)
{
    assert(reason.len > 0);
    assert(subject.len > 0);
    Act *act = export->ledger->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked asked = {
        .kind = &due_export_kind,
        .subject = str_format(act->arena, "%.*s　%lld人", STR(subject), (long long)export->people),
        .reason = reason,
        .payload = payload_of(actor_name(act->actor), export->asked, act->arena)};
    if (!act_begin(act, err) || !approval_ask(act, &asked, approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool due_export_take(const DueExport *export, Error *err)
{
    Act *act = export->ledger->act;
    const ListPermit permit = permit_of(export, actor_name(act->actor));
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = S("承認された一覧");
    int64_t record_no;
    return act_begin(act, err) && audit_next_no(act->store, &record_no, err) &&
           list_permit_take(act->store, act->office->keys, &permit, act->now, record_no, *act->arena, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}
