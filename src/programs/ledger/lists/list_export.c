// SPDX-License-Identifier: Apache-2.0
#include "list_export.h"

#include <assert.h>
#include <stdlib.h>

#include "list_permit_rows.h"

// "花子\nMR2|401064|60|"
static Bytes payload_of(Str asker, Str asked, Arena *arena)
{
    Str text = str_format(arena, "%.*s\n%.*s", STR(asker), STR(asked));
    return (Bytes){(const unsigned char *)text.at, text.len};
}

ListAsking list_export_asking(Bytes payload)
{
    Cut cut = str_cut((Str){(const char *)payload.at, payload.len}, '\n');
    return (ListAsking){cut.head, cut.tail};
}

static ListPermit permit_of(const ListExport *export, Str asker)
{
    return (ListPermit){
        .asker = asker, .asked = export->asked, .content = export->content, .day = export->act->business_day};
}

bool list_export_permit(const ListExport *export, Str asker, Error *err)
{
    const Act *act = export->act;
    const ListPermit permit = permit_of(export, asker);
    return list_permit_insert(act->store, act->office->keys, &permit, *act->arena, err);
}

bool list_export_state(const ListExport *export, ExportState *state, Error *err)
{
    int64_t waits, permit_no;
    Act *act = export->act;
    const ListPermit permit = permit_of(export, actor_name(act->actor));
    *state = EXPORT_UNASKED;
    if (!list_permit_find(act->store, act->office->keys, &permit, *act->arena, &permit_no, err)) return false;
    if (permit_no) *state = EXPORT_GRANTED;
    if (permit_no) return true;
    if (!approval_find(act, export->kind, payload_of(permit.asker, export->asked, act->arena), &waits, err)) return false;
    if (waits) *state = EXPORT_WAITS;
    return true;
}

bool list_export_ask(const ListExport *export, Str subject, Str reason, int64_t *approval_no, Error *err)
{
    assert(reason.len > 0);
    assert(subject.len > 0);
    Act *act = export->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked asked = {
        .kind = export->kind,
        .subject = str_format(act->arena, "%.*s　%lld人", STR(subject), (long long)export->people),
        .reason = reason,
        .payload = payload_of(actor_name(act->actor), export->asked, act->arena)};
    if (!act_begin(act, err) || !approval_ask(act, &asked, approval_no, err)) return false;
    leaf.rows = export->people;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool list_export_take(const ListExport *export, Error *err)
{
    Act *act = export->act;
    const ListPermit permit = permit_of(export, actor_name(act->actor));
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = S("承認された一覧");
    int64_t record_no;
    return act_begin(act, err) && audit_next_no(act->store, &record_no, err) &&
           list_permit_take(act->store, act->office->keys, &permit, act->now, record_no, *act->arena, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static int person_order(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

int64_t people_counted(int32_t *persons, ptrdiff_t count)
{
    assert(count >= 0);
    int64_t people = 0;
    if (count) qsort(persons, (size_t)count, sizeof *persons, person_order);
    for (ptrdiff_t i = 0; i < count; i++) people += i == 0 || persons[i] != persons[i - 1];
    return people;
}
