// sesshu unified find --purpose P: who has an Individual Number, or had it before.
//
// The number is read from standard input, one line, so that it stands in no command line, no history and no record. Who
// looked, for which purpose, and whom he found is recorded before anything is shown.
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "individual_number_rows.h"
#include "number_typed.h"
#include "unified_person_rows.h"

#include "act.h"
#include "say.h"

#include <stdio.h>

typedef struct Found {
    NumberFound number;
    UnifiedPerson person;
    AddresseeNos addressees;
} Found;

static bool find_number(Act *act, const IndividualNo *number, Arena *arena, Found *found, Error *err)
{
    Sha256 index = individual_number_index(act->office->keys, number);
    *found = (Found){0};
    if (!individual_number_find(act->store, &index, &found->number, err)) return false;
    return !found->number.person_id ||
           (unified_of_id(act->store, act->office->keys, found->number.person_id, arena, &found->person, err) &&
            addressee_numbers_of(act->store, found->number.person_id, arena, &found->addressees, err));
}

static bool find_recorded(Act *act, Str purpose, const Found *found, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.purpose = str_format(act->arena, "%.*s %.*s", STR(act->purpose), STR(purpose));
    leaf.whose = found->addressees.count ? found->addressees.at : NULL;
    leaf.rows = found->person.person_id != 0;
    leaf.detail = found->number.standing == NUMBER_FORMER ? S("旧番号") : (Str){0};
    return act_record_now(act, &leaf, err);
}

static void show(const Found *found)
{
    const UnifiedPerson *person = &found->person;
    char birth[DAY_TEXT_SIZE];
    if (found->number.standing == NUMBER_FORMER)
        say(stdout, "旧番号: この番号は変更されています。新しい個人番号を確かめてください。\n");
    say(stdout, "統一識別番号: %s\n", person->no.digits);
    VEC_EACH (const AddresseeNo, who, found->addressees) say(stdout, "宛名番号: %s\n", who->digits);
    say(stdout, "氏名カナ: %.*s\n生年月日: %s\n", STR(person->facts.kana), partial_date_text(person->facts.birth, birth));
    if (person->hidden) say(stdout, "支援措置の対象です。住所は宛名管理で権限のある職員が確かめます。\n");
}

static bool find(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    INDIVIDUAL_NO_SECRET IndividualNo number = {{0}};
    Found found;
    if (!individual_no_type(&number, err) || !store_begin_read(act->store, err) ||
        !find_number(act, &number, arena, &found, err) || !store_commit(act->store, err) ||
        !find_recorded(act, option_text(line, "purpose"), &found, err))
        return false;
    if (found.person.person_id) {
        show(&found);
        return true;
    }
    say(stderr, "この個人番号の方は登録されていません。\n");
    *status = EXIT_ATTENTION;
    return true;
}

static const Option options[] = {
    {OPTION_TEXT, "purpose", "P", "何のためにさがすか", false, true},
    {.kind = OPTION_END},
};

const Door command_find = COMMAND("find", "numbers", DUTY_LINK, AUDIT_LOOK, SHARED, find, .arguments = "",
                                  .words = "個人番号から人をさがします (標準入力から1行読みます)", .options = options);
