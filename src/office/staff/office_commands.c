// The commands that every office has.
// SPDX-License-Identifier: Apache-2.0
#include "office.h"

#include <stdio.h>

static bool grant(Office *office, Str name, Duty duty, bool *changed, Error *err)
{
    AuditLeaf leaf = office_leaf(office, AUDIT_DONE);
    leaf.detail = str_format(office->arena, "%.*s %s", STR(name), duty_text(duty));
    return store_begin(office->store, err) &&
           staff_grant(office->store, office->program->rights, name, duty, office->operator_name,
                       changed, err) &&
           office_audit(office, &leaf, err) && store_commit(office->store, err);
}

static bool duties_refused(Str value, Arena *arena, Error *err)
{
    Text words = {0};
    text_add(&words, arena, S("この権限はありません。次のどれかを指定してください:"));
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++)
        text_addf(&words, arena, " %s(%s)", duty_text(d), duty_words(d));
    return FAIL(err, E_NOT_FOUND, .item = S("権限"), .value = value, .words = text_str(&words));
}

bool office_grant(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                  ExitStatus *status, Error *err)
{
    Office office;
    Duty duty;
    bool changed = false;
    Str name = line->arguments.at[0];
    if (!duty_named(line->arguments.at[1], &duty))
        return duties_refused(line->arguments.at[1], arena, err);
    if (!office_open(line, program, arena, &office, err)) return false;
    bool granted = grant(&office, name, duty, &changed, err);
    office_close(&office);
    if (!granted) return false;
    (void)printf("%s: %.*s さんに「%s」(%s) の権限%s。\n", program->name, STR(name),
                 duty_words(duty), duty_text(duty),
                 changed ? "を付与しました" : "はすでにあります");
    *status = EXIT_DONE;
    return true;
}

bool office_init(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                 ExitStatus *status, Error *err)
{
    Office office;
    if (!office_open(line, program, arena, &office, err)) return false;
    AuditLeaf leaf = office_leaf(&office, AUDIT_DONE);
    bool written = office_audit_now(&office, &leaf, err);
    const char *engine = store_is_postgresql(office.store) ? "PostgreSQL" : "SQLite";
    int version = keys_version(office.keys);
    office_close(&office);
    if (!written) return false;
    (void)printf("%s: %.*s に用意ができています (%s、鍵の世代 %d、操作する職員 %.*s)。\n",
                 program->name, STR(line->data_dir), engine, version, STR(line->operator_name));
    *status = EXIT_DONE;
    return true;
}

bool office_audit_verify(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                         ExitStatus *status, Error *err)
{
    Office office;
    AuditVerdict verdict;
    if (!office_open(line, program, arena, &office, err)) return false;
    AuditLeaf leaf = office_leaf(&office, AUDIT_DONE);
    bool walked = audit_verify(office.store, office.keys, arena, &verdict, err);
    if (walked) {
        leaf.rows = verdict.leaves;
        leaf.detail = verdict.words;
        walked = office_audit_now(&office, &leaf, err);
    }
    office_close(&office);
    if (!walked) return false;
    (void)printf("%s: %.*s\n", program->name, STR(verdict.words));
    *status = verdict.first_broken ? EXIT_ATTENTION : EXIT_DONE;
    return true;
}
