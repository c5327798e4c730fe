// sesshu ledger show 宛名番号 [--known-on D] [--format json]
// SPDX-License-Identifier: Apache-2.0
#include "command_known.h"
#include "copy_state.h"
#include "ledger.h"
#include "list_leave.h"
#include "person_opened.h"
#include "show_json.h"

// The look is written down before anything is shown, also when nobody has the number.
static const Recorded *record_look(Act *act, const PersonRow *person, Error *err)
{
    AuditLeaf leaf = act_leaf(act, person->person_id ? AUDIT_DONE : AUDIT_FAILED);
    leaf.whose = &person->who;
    return act_record_now(act, &leaf, err);
}

// An empty ledger answers for nobody: then it is not the number that is wrong.
static bool unknown(const Ledger *ledger, Str number, Error *err)
{
    bool any;
    Str now = S("この宛名番号の人は台帳にいません。番号を確かめてください。"),
        then = S("この宛名番号の人は、その日には台帳にいませんでした。番号と日付を確かめてください。"),
        empty = S("台帳に住民が一人もいません。データの置き場所 (--data) を確かめるか、先に"
                  " sesshu addressee import と sesshu ledger sync を行ってください。");
    if (!persons_any(ledger->act->store, &any, err)) return false;
    return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = number,
                .words = !any ? empty : ledger->known.act ? then : now);
}

static bool show_to(const TextOut *out, Ledger *ledger, const CommandLine *line, Arena *arena,
                    Error *err)
{
    AddresseeNo who;
    PersonRow person;
    PersonShown shown;
    if (!addressee_no_parse(line->arguments.at[0], &who, NULL, err)) return false;
    if (!person_opened(ledger->act, &who, ledger->known, arena, &person, err)) return false;
    const Recorded *record = record_look(ledger->act, &person, err);
    if (!record) return false;
    if (!person.person_id)
        return unknown(ledger, line->arguments.at[0], err);
    if (!person_shown(ledger, &person, record, command_day_asked(line), arena, &shown, err))
        return false;
    shown.known_on = option_day(line, "known-on", DAY_NONE);
    shown.to = out->to;
    shown.filed = out->to != stdout;
    if (line->format == FORMAT_JSON) return show_json(&shown, *arena, err);
    show_text(&shown, *arena);
    return true;
}

static bool show(Ledger *ledger, const CommandLine *line, Arena *arena, Error *err)
{
    TextOut out;
    if (!text_out_begin(ledger->act, option_text(line, "out"), &out, err)) return false;
    if (show_to(&out, ledger, line, arena, err)) return text_out_commit(&out, err);
    text_out_abandon(&out);
    return false;
}

static bool show_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                         Error *err)
{
    Ledger ledger;
    Day known_on;
    (void)status;
    return command_known_on(line, &known_on, err) && copy_asked(act, COPY_HELPS, *arena, err) &&
           ledger_open_known(act, known_on, arena, &ledger, err) &&
           show(&ledger, line, arena, err);
}

static const Option options[] = {
    KNOWN_OPTION,
    {OPTION_PLACE, "out", "FILE", "書くファイル (既定 標準出力)。あるファイルには書きません", false, false},
    {.kind = OPTION_END},
};

const Door command_show = COMMAND_IN_WARDS("show", "immunization", DUTY_READ, AUDIT_LOOK, SHARED,
                                           show_command, .arguments = "宛名番号", .least = 1, .most = 1,
                                  .words = "一人の接種歴と次回の日程を示します",
                                  .options = options);
