// The commands that every office has.
// SPDX-License-Identifier: Apache-2.0
#include "office.h"

#include <stdio.h>

// A duty given to somebody, or taken away again.
typedef struct DutyChange {
    Str name;
    Duty duty;
    bool given;
} DutyChange;

static bool change_write(Office *office, const DutyChange *c, bool *changed, Error *err)
{
    return c->given ? staff_grant(office->store, office->program->rights, c->name, c->duty,
                                  office->operator_name, changed, err)
                    : staff_revoke(office->store, c->name, c->duty, office->operator_name, changed,
                                   err);
}

static bool change_make(Office *office, const DutyChange *c, bool *changed, Error *err)
{
    AuditLeaf leaf = office_leaf(office, AUDIT_DONE);
    leaf.detail = str_format(office->arena, "%.*s %s", STR(c->name), duty_text(c->duty));
    return store_begin(office->store, err) && change_write(office, c, changed, err) &&
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

// `told`: what to say when it was changed, and when it was so already.
static bool change_duty(const CommandLine *line, const OfficeProgram *program, bool given,
                        const char *const told[2], Arena *arena, Error *err)
{
    Office office;
    DutyChange change = {.name = line->arguments.at[0], .given = given};
    bool changed = false;
    if (!duty_named(line->arguments.at[1], &change.duty))
        return duties_refused(line->arguments.at[1], arena, err);
    if (!office_open(line, program, arena, &office, err)) return false;
    bool made = change_make(&office, &change, &changed, err);
    office_close(&office);
    if (!made) return false;
    (void)printf("%s: %.*s さんに「%s」(%s) の権限%s。\n", program->name, STR(change.name),
                 duty_words(change.duty), duty_text(change.duty), told[changed ? 0 : 1]);
    return true;
}

bool office_grant(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                  ExitStatus *status, Error *err)
{
    static const char *const told[] = {"を付与しました", "はすでにあります"};
    *status = EXIT_DONE;
    return change_duty(line, program, true, told, arena, err);
}

bool office_revoke(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                   ExitStatus *status, Error *err)
{
    static const char *const told[] = {"はなくなりました", "はありません"};
    Duty duty;
    bool own = str_equal(line->arguments.at[0], line->operator_name) &&
               duty_named(line->arguments.at[1], &duty) && duty == DUTY_ADMIN;
    if (own)  // the last one who can give rights would lock the office
        return FAIL(err, E_CONFLICT, .item = S("職員"), .value = line->operator_name,
                    .words = S("自分の管理の権限はなくせません。ほかの管理者に頼んでください。"));
    *status = EXIT_DONE;
    return change_duty(line, program, false, told, arena, err);
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
