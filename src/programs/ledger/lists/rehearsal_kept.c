// SPDX-License-Identifier: Apache-2.0
#include "rehearsal_kept.h"

#include <assert.h>
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "list_print.h"
#include "progress.h"

enum { PORTION_LINES = 2000 };

// ---- the sets

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static const char *set_folder(const Act *act, Str name, Arena *arena)
{
    return office_path(act->office, str_z(arena, str_format(arena, "rule-sets/%.*s", STR(name))), arena);
}

static int name_order(const void *left, const void *right)
{
    return str_order(*(const Str *)left, *(const Str *)right);
}

SetNames rule_sets_found(const Act *act, Arena *arena)
{
    SetNames names = {0};
    DIR *folder = opendir(office_path(act->office, "rule-sets", arena));
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        Str name = str_copy(arena, str_of(entry->d_name));
        if (!str_starts(name, S(".")) && !str_equal(name, S(RULE_SET_BUILT_IN)) && is_folder(set_folder(act, name, arena)))
            *set_names_push(&names, arena) = name;
    }
    if (folder) (void)closedir(folder);
    if (names.count) qsort(names.at, (size_t)names.count, sizeof *names.at, name_order);
    *set_names_push(&names, arena) = S(RULE_SET_BUILT_IN);
    return names;
}

// Only what stands in the list: no name leads elsewhere.
static bool set_chosen(const Ledger *ledger, Str name, Arena *arena, RuleSet *set, Error *err)
{
    SetNames names = rule_sets_found(ledger->act, arena);
    VEC_EACH (const Str, one, names)
        if (str_equal(*one, name)) {
            bool built_in = str_equal(name, S(RULE_SET_BUILT_IN));
            Str place = built_in ? name : str_of(set_folder(ledger->act, name, arena));
            return rule_set_open(ledger, place, arena, set, err);
        }
    return FAIL(err, E_NOT_FOUND, .item = S("規則"), .value = name,
                .words = S("この規則のフォルダーは、サーバーにもうありません。選び直してください。"));
}

// ---- making

static bool lines_kept(const Ledger *ledger, int32_t rehearsal_no, const Rehearsal *rehearsal,
                       const RuleSet *const sets[2], Arena *arena, Error *err)
{
    bool good = true;
    Act *act = ledger->act;
    ptrdiff_t total = rehearsal->rows.count;
    Progress progress = progress_begin((ProgressOf){.act = act->note ? act : NULL, .words = "保存", .total = total});
    for (ptrdiff_t at = 0; good && at < total; at += PORTION_LINES) {
        ptrdiff_t count = total - at < PORTION_LINES ? total - at : PORTION_LINES;
        good = act_begin(act, err) &&
               rehearsal_lines_put(act->store, rehearsal_no, rehearsal, sets, at, count, *arena, err) &&
               store_commit(act->store, err);
        if (good) progress_show(&progress, at + count);
    }
    progress_end(&progress, progress.done);
    return good;
}

static bool ended(Act *act, const RehearsalHead *head, int64_t lines, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = lines;
    leaf.detail = str_format(act->arena, "%.*s→%.*s", STR(head->from_version), STR(head->to_version));
    return act_begin(act, err) && rehearsal_end(act->store, head->rehearsal_no, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static int64_t unknown_doses(const Rehearsal *rehearsal, const RuleSet *set)
{
    int64_t doses = 0;
    for (int n = 0; n < set->products.count; n++) doses += rehearsal->unknown[1][n];
    return doses;
}

bool rehearsal_keep(const Ledger *ledger, Str name, Day day, Arena *arena, RehearsalHead *head, Error *err)
{
    assert(day != DAY_NONE);
    RuleSet both[2];
    const RuleSet *const sets[2] = {&both[0], &both[1]};
    Rehearsal found;
    Act *act = ledger->act;
    if (!rule_set_open(ledger, S(RULE_SET_OFFICE), arena, &both[0], err) ||
        !set_chosen(ledger, name, arena, &both[1], err) || !rehearsal_run(ledger, sets, day, arena, &found, err))
        return false;
    *head = (RehearsalHead){.rule_set = name,
                            .from_version = schedule_version(both[0].schedule),
                            .to_version = schedule_version(both[1].schedule),
                            .day = day,
                            .judged = found.judged,
                            .changed = found.changed,
                            .unknown = unknown_doses(&found, &both[1]),
                            .made_at = act->now};
    return act_begin(act, err) && rehearsal_begin(act->store, head, err) && store_commit(act->store, err) &&
           lines_kept(ledger, head->rehearsal_no, &found, sets, arena, err) &&
           ended(act, head, found.rows.count, err);
}

bool rehearsals_erase(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return rehearsals_forget(act->store, act->now - REHEARSAL_KEPT_DAYS * INSTANT_DAY, ERASURE_PORTION, &erased->count, err);
}

// ---- as a file

// Lines that are kept never change: the head says which they are.
static Sha256 content_digest(const Act *act, const RehearsalExport *export, Arena scratch)
{
    const RehearsalHead *head = &export->head;
    Str all = str_format(&scratch, "%.*s %lld %.*s %.*s %lld %lld", STR(export->leaves.asked), (long long)head->made_at,
                         STR(head->from_version), STR(head->to_version), (long long)head->judged, (long long)head->changed);
    return keys_index(act->office->keys, S("rehearsal export"), (Bytes){(const unsigned char *)all.at, all.len});
}

// Without its lines.
static bool export_open(Act *act, int32_t rehearsal_no, Arena *arena, RehearsalExport *export, Error *err)
{
    *export = (RehearsalExport){0};
    if (!rehearsal_find(act->store, rehearsal_no, arena, &export->head, err)) return false;
    if (!export->head.rehearsal_no)
        return FAIL(err, E_NOT_FOUND, .words = S("この予行の結果は、もうありません。もう一度行ってください。"));
    export->leaves = (ListExport){.act = act,
                                  .kind = &rehearsal_export_kind,
                                  .asked = str_format(arena, "rehearsal %d", (int)rehearsal_no),
                                  .people = export->head.changed};
    export->leaves.content = content_digest(act, export, *arena);
    return true;
}

bool rehearsal_export_read(Act *act, int32_t rehearsal_no, Arena *arena, RehearsalExport *export, Error *err)
{
    const RehearsalPage whole = {.series_place = -1, .most = REHEARSAL_EXPORT_MOST + 1};
    if (!export_open(act, rehearsal_no, arena, export, err) ||
        !rehearsal_lines_read(act->store, rehearsal_no, &whole, arena, &export->lines, err))
        return false;
    return export->lines.count <= REHEARSAL_EXPORT_MOST ||
           FAIL(err, E_LIMIT, .words = S("20万行を超えるため、ファイルに出せません。"));
}

static const char *const names[] = {
    "宛名番号", "氏名", "生年月日",
    "ワクチン", "違い", "前の状況",
    "後の状況", "前の回", "後の回",
    "前: 受けられる最初の日", "後: 受けられる最初の日", "前: 標準の期間の初日",
    "後: 標準の期間の初日", "前: 標準の期間の末日", "後: 標準の期間の末日",
    "前: 受けられる最後の日", "後: 受けられる最後の日", "接種の判定の違い",
};

static const char *const change_words[REHEARSAL_CHANGES] = {"状態", "次の回", "日付", "接種の判定"};

bool rehearsal_export_leave(const RehearsalExport *export, Str reason, FILE *to, Error *err)
{
    assert(reason.len > 0);
    List list;
    Act *act = export->leaves.act;
    const ListAsked asked = {.stream = to, .names = names, .count = (int)countof(names), .numbered = true};
    if (!list_begin(act, &asked, &list, err)) return false;
    list.detail = reason;
    VEC_EACH (const RehearsalLine, l, export->lines) {
        Arena one = *act->arena;
        char birth[DAY_TEXT_SIZE];
        const Str first[] = {addressee_text(&l->who),
                             l->name,
                             str_of(partial_date_text(l->birth, birth)),
                             l->vaccine,
                             str_of(change_words[l->change]),
                             l->status[0],
                             l->status[1],
                             l->position[0],
                             l->position[1]};
        const Day *const days[] = {l->earliest, l->standard_from, l->standard_to, l->last};
        for (int i = 0; i < countof(first); i++) csv_put(list.draft, first[i]);
        for (int i = 0; i < countof(days); i++)
            for (int side = 0; side < 2; side++) csv_put(list.draft, list_day(days[i][side], &one));
        csv_put(list.draft, l->doses);
        csv_end_row(list.draft);
    }
    return list_leave(&list, err);
}

static bool request_open(Act *act, Bytes payload, Arena *arena, RehearsalExport *export, Error *err)
{
    int64_t number;
    Str asked = list_export_asking(payload).asked;
    if (!str_starts(asked, S("rehearsal ")) || !str_int64(str_from(asked, S("rehearsal ").len), &number) || number < 1 ||
        number > INT32_MAX)
        return FAIL(err, E_NOT_FOUND, .words = S("この予行の結果は、もうありません。もう一度行ってください。"));
    return export_open(act, (int32_t)number, arena, export, err);
}

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    RehearsalExport export;
    if (!request_open(act, payload, arena, &export, err)) return false;
    *content = export.leaves.content;
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    RehearsalExport export;
    (void)brought;
    return request_open(act, payload, arena, &export, err) &&
           list_export_permit(&export.leaves, list_export_asking(payload).asker, err);
}

const ApprovalKind rehearsal_export_kind = {"rehearsal_export", "規則の予行の一覧の書き出し", content_of, run, NULL};
