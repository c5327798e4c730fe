// sesshu <program> audit verify [FILE...]: is a list what left the office under the record that it names?
// SPDX-License-Identifier: Apache-2.0
#include "office_audit.h"

#include "csv_list.h"
#include "outlet.h"
#include "say.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

typedef enum ListVerdict {
    LIST_STANDS,
    LIST_OTHERS,   // it names another program's trail
    LIST_UNFOUND,  // it names no record, and none is of what it says
    LIST_CHANGED,  // it is not what was recorded
    LIST_UNKNOWN,  // no such record
} ListVerdict;

// "ledger-73" of this program: 73; else 0.
static int64_t number_here(const Act *act, Str record)
{
    int64_t number = 0;
    Str program = str_of(act->office->program->name);
    bool ours = str_starts(record, program) && record.len > program.len + 1 &&
                record.at[program.len] == '-';
    return ours && str_int64(str_from(record, program.len + 1), &number) && number > 0 ? number : 0;
}

bool office_record(Act *act, Str shown, Arena *arena, bool *ours, AuditFound *found, Error *err)
{
    int64_t number = number_here(act, shown);
    const Looks *looks = act->office->looks;
    int64_t before = number > LOOKS_SHOWN_AFTER ? LOOKS_SHOWN_AFTER : 0;
    *ours = number > 0;
    *found = (AuditFound){0};
    if (!*ours) return true;
    if (!audit_one(before ? looks->store : act->store, act->office->keys, number - before, arena, found, err))
        return false;
    found->row.leaf_no = found->there ? number : 0;
    return true;
}

static bool by_number(Act *act, const CsvListFacts *facts, const Sha256 *content, Arena *arena,
                      ListVerdict *verdict, AuditRow *row, Error *err)
{
    bool ours;
    AuditFound found;
    Sha256 kept;
    if (!office_record(act, str_of(facts->record), arena, &ours, &found, err)) return false;
    *row = found.row;
    bool same = found.stands && row->rows == facts->rows && sha256_from(row->content, &kept) &&
                sha256_equal(&kept, content);
    *verdict = same          ? LIST_STANDS
               : found.there ? LIST_CHANGED
               : ours        ? LIST_UNKNOWN
                             : LIST_OTHERS;
    return true;
}

static bool by_content(Act *act, const Sha256 *content, Arena *arena, ListVerdict *verdict,
                       AuditRow *row, Error *err)
{
    bool found;
    if (!audit_with_content(act->office->looks->store, content, arena, row, &found, err)) return false;
    if (found) row->leaf_no += LOOKS_SHOWN_AFTER;
    if (!found && !audit_with_content(act->store, content, arena, row, &found, err)) return false;
    *verdict = found ? LIST_STANDS : LIST_UNFOUND;
    return true;
}

static bool verdict_of(Act *act, const char *path, Arena *arena, ListVerdict *verdict,
                       AuditRow *row, Error *err)
{
    CsvListFacts facts;
    bool whole;
    *row = (AuditRow){0};
    if (!csv_list_read(path, &facts, &whole, err)) return false;
    Sha256 content = keys_index(act->office->keys, S("list"), sha256_bytes(&facts.content));
    if (!facts.record[0]) return by_content(act, &content, arena, verdict, row, err);
    if (!by_number(act, &facts, &content, arena, verdict, row, err)) return false;
    if (!whole && *verdict == LIST_STANDS) *verdict = LIST_CHANGED;
    return true;
}

static void tell(const Act *act, const char *path, ListVerdict verdict, const AuditRow *row)
{
    static const char *const words[] = {
        [LIST_STANDS] = "記録のとおりです",
        [LIST_OTHERS] = "ほかのプログラムの一覧です",
        [LIST_UNFOUND] = "この内容の一覧を出力した記録がありません",
        [LIST_CHANGED] = "記録と違います。出力された後に書き換えられています",
        [LIST_UNKNOWN] = "この証跡番号の記録がありません",
    };
    char at[DAY_TEXT_SIZE];
    if (row->leaf_no)
        say(stdout, "%s: %s: %s（証跡 %lld、%s、%.*s、%.*s）\n", act->office->program->name, path,
            words[verdict], (long long)row->leaf_no, day_text(instant_day_in_japan(row->at), at),
            STR(row->operator_name), STR(row->command));
    else
        say(stdout, "%s: %s: %s\n", act->office->program->name, path, words[verdict]);
}

static bool asked_one(Act *act, const char *path, Arena scratch, bool *all, Error *err)
{
    AuditRow row;
    ListVerdict verdict;
    if (!verdict_of(act, path, &scratch, &verdict, &row, err)) return false;
    tell(act, path, verdict, &row);
    *all = *all && (verdict == LIST_STANDS || verdict == LIST_OTHERS);
    return true;
}

// Those that lie in the data directory: what stands is not told, and what an older version wrote has no number.
static bool kept_one(Act *act, const char *path, Arena scratch, bool *all, Error *err)
{
    AuditRow row;
    ListVerdict verdict;
    if (!verdict_of(act, path, &scratch, &verdict, &row, err)) return false;
    bool wrong = verdict == LIST_CHANGED || verdict == LIST_UNKNOWN;
    if (wrong) tell(act, path, verdict, &row);
    *all = *all && !wrong;
    return true;
}

static bool all_kept(Act *act, bool *all, Error *err)
{
    const char *folder = office_path(act->office, "errors", act->arena);
    DIR *files = opendir(folder);
    bool compared = true;
    if (!files) return true;  // no run has refused a row yet
    for (const struct dirent *e; compared && (e = readdir(files));) {
        Arena scratch = *act->arena;
        if (!str_ends(str_of(e->d_name), S(".csv"))) continue;
        const char *path = str_z(&scratch, str_format(&scratch, "%s/%s", folder, e->d_name));
        compared = kept_one(act, path, scratch, all, err);
    }
    (void)closedir(files);
    return compared;
}

bool office_audit_lists(Act *act, const Str *files, ptrdiff_t count, bool *all, Error *err)
{
    *all = true;
    for (ptrdiff_t i = 0; i < count; i++) {
        Arena scratch = *act->arena;
        const char *path = str_z(&scratch, files[i]);
        if (!asked_one(act, path, scratch, all, err)) return false;
    }
    return all_kept(act, all, err);
}
