// sesshu ledger show 宛名番号 [--known-on D] [--format json]
// SPDX-License-Identifier: Apache-2.0
#include "command_known.h"
#include "copy_state.h"
#include "ledger.h"
#include "list_leave.h"
#include "person_state.h"
#include "resident_hold_rows.h"
#include "show_json.h"

// The look is written down before anything is shown, also when nobody has the number.
static const Recorded *record_look(Act *act, const PersonRow *person, Error *err)
{
    AuditLeaf leaf = act_leaf(act, person->person_id ? AUDIT_DONE : AUDIT_FAILED);
    leaf.whose = &person->who;
    return act_record_now(act, &leaf, err);
}

// Who has died or moved is asked for no further dose, whatever day the register gives.
static void stop_forecasts(Assessment *assessed, Arena *arena)
{
    GroupAssessment *groups = NEW(arena, GroupAssessment, assessed->group_count);
    for (int g = 0; g < assessed->group_count; g++) {
        groups[g] = assessed->groups[g];
        bool open = groups[g].status != STATUS_COMPLETE && groups[g].status != STATUS_IMMUNE;
        if (open) groups[g].status = STATUS_NOT_TARGET;
        groups[g].has_next = groups[g].date_partial = false;
    }
    assessed->groups = groups;
    assessed->merged_count = 0;
}

static bool unknown(const Ledger *ledger, Str number, Error *err)
{
    Str now = S("この宛名番号の人は台帳にいません。番号を確かめてください。"),
        then = S("この宛名番号の人は、その日には台帳にいませんでした。番号と日付を確かめてください。");
    return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = number,
                .words = ledger->known.act ? then : now);
}

static bool show_to(const TextOut *out, Ledger *ledger, const CommandLine *line, Arena *arena,
                    Error *err)
{
    AddresseeNo who;
    PersonRow person;
    DoseRecords records;
    OriginRows origins;
    FactRows facts;
    Str held = {0};
    Store *store = ledger->act->store;
    KnownAt known = ledger->known;
    Day asked = command_day_asked(line);
    if (!addressee_no_parse(line->arguments.at[0], &who, NULL, err)) return false;
    if (!person_by_number(store, &who, known, arena, &person, err)) return false;
    const Recorded *record = record_look(ledger->act, &person, err);
    if (!record) return false;
    if (!person.person_id)
        return unknown(ledger, line->arguments.at[0], err);
    if (!dose_records_of_person(store, person.person_id, known, arena, &records, err))
        return false;
    if (!origins_of_person(store, person.person_id, known, arena, &origins, err)) return false;
    if (!facts_of_person(store, person.person_id, known, arena, &facts, err)) return false;
    if (!resident_held(store, person.person_id, known, &held, err)) return false;

    DoseRow *doses = NEW(arena, DoseRow, records.count);
    for (ptrdiff_t i = 0; i < records.count; i++) doses[i] = records.at[i].dose;
    PersonRows rows = {person.birth, person.sex, doses, records.count, facts.at, facts.count};
    Case c = case_of(&ledger->judge, &rows, asked, arena);
    Assessment assessed = case_assess(&c, asked, arena);
    if (person.status != STATUS_RESIDENT) stop_forecasts(&assessed, arena);
    PersonShown shown = {.schedule = ledger->schedule,
                         .products = &ledger->products,
                         .person = &person,
                         .records = &records,
                         .foreign = &ledger->foreign,
                         .origins = &origins,
                         .facts = &facts,
                         .c = &c,
                         .assessed = &assessed,
                         .as_of = asked,
                         .known_on = option_day(line, "known-on", DAY_NONE),
                         .held = held,
                         .record = record,
                         .to = out->to,
                         .filed = out->to != stdout};
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

const Door command_show = COMMAND("show", "immunization", DUTY_READ, AUDIT_LOOK, SHARED,
                                  show_command, .arguments = "宛名番号", .least = 1, .most = 1,
                                  .words = "一人の接種歴と次回の日程を示します",
                                  .options = options);
