// sesshu ledger certificate 宛名番号: what may be certified, what was issued; one that is issued, or cancelled.
// SPDX-License-Identifier: Apache-2.0
#include "certificate_issue.h"
#include "dates.h"
#include "list_leave.h"
#include "person_opened.h"
#include "say.h"

#include <errno.h>
#include <unistd.h>

typedef struct Asked {
    const CommandLine *line;
    AddresseeNo who;
    Ledger ledger;
    PersonShown shown;
    const Recorded *look;
} Asked;

// The look is written down before anything is read, also when nobody has the number.
static bool person_asked(Act *act, Asked *asked, Arena *arena, Error *err)
{
    PersonRow person;
    Str number = asked->line->arguments.at[0];
    if (!addressee_no_parse(number, &asked->who, NULL, err) || !ledger_open(act, arena, &asked->ledger, err) ||
        !person_opened(act, &asked->who, KNOWN_NOW, arena, &person, err))
        return false;
    AuditLeaf leaf = act_leaf(act, person.person_id ? AUDIT_DONE : AUDIT_FAILED);
    leaf.act = AUDIT_LOOK;
    leaf.whose = &asked->who;
    asked->look = act_record_now(act, &leaf, err);
    if (!asked->look) return false;
    if (!person.person_id)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = number,
                    .words = S("この宛名番号の人は台帳にいません。番号を確かめてください。"));
    return person_shown(&asked->ledger, &person, asked->look, act->business_day, arena, &asked->shown, err);
}

// ---- what there is

static bool told(Asked *asked, Arena *arena, Error *err)
{
    CertificateDesk desk;
    if (!certificate_may(&asked->shown, err) || !certificate_desk(&asked->ledger, &asked->shown, arena, &desk, err)) return false;
    say(stdout, "作れる証明書\n");
    VEC_EACH (const CertificateChoice, choice, desk.choices) say(stdout, "  %.*s\n", STR(choice->words));
    say(stdout, "証明できない接種\n");
    VEC_EACH (const CertifiableDose, d, desk.doses)
        if (d->no_record.len || d->uncounted)
            say(stdout, "  記録%d %.*s %.*s: %.*s\n", (int)d->record->dose.dose_id, STR(d->vaccine), STR(d->position),
                STR(d->no_record.len ? d->no_record : S("定期として数えない接種です（--whole で載せられます）")));
    say(stdout, "交付した証明書\n");
    VEC_EACH (const CertificateRow, row, desk.issued)
        say(stdout, "  第%lld号 %.*s %.*s %.*s\n", (long long)row->number, STR(certificate_kind_words(row->kind)),
            STR(date_era_text(arena, row->issued_on)), STR(certificate_state_words(row)));
    return true;
}

// ---- one that leaves

static CertificateWanted wanted_in(const CommandLine *line)
{
    if (option_given(line, "dose"))
        return (CertificateWanted){.scope = CERTIFY_DOSE, .subject = option_number(line, "dose", 0)};
    if (option_given(line, "again"))
        return (CertificateWanted){.scope = CERTIFY_AGAIN, .subject = option_number(line, "again", 0)};
    if (option_given(line, "vaccine"))
        return (CertificateWanted){.scope = CERTIFY_VACCINE, .vaccine = option_text(line, "vaccine")};
    return (CertificateWanted){.scope = option_given(line, "whole") ? CERTIFY_WHOLE : CERTIFY_VALID};
}

static bool written(const Output *output, Str pdf, Error *err)
{
    for (Str left = pdf; left.len;) {
        ssize_t wrote = write(output->file, left.at, (size_t)left.len);
        if (wrote <= 0) return output_failed(output->path, errno, err);
        left = str_from(left, wrote);
    }
    return true;
}

static bool issue(Act *act, Asked *asked, Arena *arena, CertificateIssued *issued, Error *err)
{
    const CertificateWanted wanted = wanted_in(asked->line);
    const CertificateAsked by = {option_text(asked->line, "asker"), option_text(asked->line, "relation"),
                                 option_text(asked->line, "checked"), option_text(asked->line, "purpose")};
    return act_begin(act, err) && certificate_issue(&asked->ledger, asked->look, &asked->who, &wanted, &by, arena, issued, err);
}

// Nothing is issued where it cannot be laid down: the draft is whole before the number stands.
static bool leave(Act *act, Asked *asked, Arena *arena, Error *err)
{
    Output output;
    CertificateIssued issued;
    Str out = option_text(asked->line, "out");
    const OutputPlace place = {str_z(arena, out), OUTPUT_FREE, act_home(act), {0}};
    if (!output_begin(&place, arena, &output, err)) return false;
    if (!issue(act, asked, arena, &issued, err) || !written(&output, issued.pdf, err) || !store_commit(act->store, err)) {
        output_abandon(&output);
        return false;
    }
    if (!output_commit(&output, NULL, err)) return false;
    say(stdout, "%.*s 第%lld号を交付しました（接種 %d件）。\n", STR(issued.paper), (long long)issued.number, issued.doses);
    return true;
}

static bool cancel(Act *act, Asked *asked, Error *err)
{
    int64_t number = option_number(asked->line, "cancel", 0);
    if (!act_begin(act, err) ||
        !certificate_cancel(&asked->ledger, &asked->who, number, option_text(asked->line, "reason"), err) ||
        !store_commit(act->store, err))
        return false;
    say(stdout, "第%lld号を取り消しました。紙を受け取り、処分してください。\n", (long long)number);
    return true;
}

static bool certificate(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Asked asked = {.line = line};
    (void)status;
    if (!person_asked(act, &asked, arena, err)) return false;
    if (option_given(line, "cancel")) return cancel(act, &asked, err);
    return option_given(line, "out") ? leave(act, &asked, arena, err) : told(&asked, arena, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_PLACE,  "out",      "FILE", "証明書を交付して書くファイル (PDF)。なければ、作れるものと交付したものを示します", false, false},
    {OPTION_NUMBER, "dose",     "N",    "この記録番号の接種の済証", false, false},
    {OPTION_TEXT,   "vaccine",  "V",    "このワクチンだけの記録の証明。例: 麻しん風しん", false, false},
    {OPTION_FLAG,   "whole",    NULL,   "定期として数えない接種も、その旨を書いて載せる", false, false},
    {OPTION_NUMBER, "again",    "N",    "この番号の証明書を、いまの記録で再交付する", false, false},
    {OPTION_TEXT,   "asker",    "WHO",  "請求した人: 本人、保護者、代理人", false, false},
    {OPTION_TEXT,   "relation", "TEXT", "本人でないときの間柄と、確かめたもの", false, false, true},
    {OPTION_TEXT,   "checked",  "TEXT", "本人確認: 個人番号カード、運転免許証、旅券、在留カード、障害者手帳 など", false, false},
    {OPTION_TEXT,   "purpose",  "TEXT", "使う目的", false, false, true},
    {OPTION_NUMBER, "cancel",   "N",    "この番号の証明書を取り消す (--reason と)", false, false},
    {OPTION_TEXT,   "reason",   "R",    "取り消す理由", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_certificate =
    COMMAND_IN_WARDS("certificate", "immunization", DUTY_PRINT, AUDIT_PRINT, SHARED, certificate, .arguments = "宛名番号", .least = 1,
            .most = 1, .words = "予防接種済証と接種の記録の証明を交付する", .options = options);
