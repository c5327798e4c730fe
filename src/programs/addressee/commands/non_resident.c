// sesshu addressee non-resident add|correct|confirm < 「項目: 値」, non-residents
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "list_leave.h"
#include "non_resident_change.h"
#include "non_resident_rows.h"
#include "numbers.h"
#include "person_words.h"
#include "say.h"
#include "typed_items.h"

#include <stdio.h>

static const Option options[] = {
    {OPTION_TEXT, "since", "D", "いつからか (既定 今日)", false, false},
    {OPTION_TEXT, "document", "W", "見せられた書類", false, false},
    {OPTION_TEXT, "checked-on", "D", "本人を確認した日", false, false},
    {OPTION_ADDRESSEE, "number", "N", "add: 前のシステムでつけた番号をそのまま使うとき", false, false},
    {OPTION_TEXT, "reason", "R", "理由", false, false},
    {OPTION_FLAG, "others", NULL, "add: 似た人がみな別の人と確かめた", false, false},
    {.kind = OPTION_END},
};

static bool item_take(Str item, Str value, void *into)
{
    NonResidentTyped *typed = into;
    for (ptrdiff_t i = 0; non_resident_items[i]; i++) {
        const PersonField *field = person_field_named(non_resident_items[i]);
        if (!str_equal(item, str_of(field->item))) continue;
        typed->items[field - person_fields] = value;
        return true;
    }
    return false;
}

static bool typed_read(const CommandLine *line, Arena *arena, NonResidentTyped *typed, Error *err)
{
    *typed = (NonResidentTyped){.occurred_on = option_text(line, "since"),
                                .document = option_text(line, "document"),
                                .checked_on = option_text(line, "checked-on"),
                                .number = option_text(line, "number"),
                                .reason = option_text(line, "reason"),
                                .others = option_given(line, "others")};
    return typed_items_read(item_take, typed, S("氏名、生年月日など画面と同じ"), arena, err);
}

// Whom it may be is told where the person decides: a look at each of them, recorded before it is told.
static bool alike_told(Act *act, const NonResidentRead *read, Arena *arena, Error *err)
{
    if (!read->alike.count) return true;
    AddresseeNo *whom = NEW(arena, AddresseeNo, read->alike.count);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    leaf.shown = whom;
    VEC_EACH (const AlikePerson, one, read->alike) whom[leaf.shown_count++] = one->person.who;
    leaf.rows = leaf.shown_count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (const AlikePerson, one, read->alike) {
        const PersonLikeness *l = &one->likeness;
        const PersonState shown = state_shown(&register_current(&one->person.history)->state, one->person.row.protection);
        (void)fprintf(stderr, "似た人 %s ", one->person.who.digits);
        say(stderr, "%.*s (氏名 %.*s、生年月日 %.*s、性別 %.*s、住所 %.*s)\n", STR(resident_name(&shown)), STR(likeness_words(l->name)), STR(likeness_words(l->birth)),
            STR(likeness_words(l->sex)), STR(likeness_words(l->place)));
    }
    return true;
}

static bool ask(Act *act, NonResidentChangeKind kind, const CommandLine *line, Arena *arena, Error *err)
{
    int64_t number;
    TypedFaults faults;
    NonResidentRead read;
    NonResidentTyped typed;
    if (!typed_read(line, arena, &typed, err)) return false;
    if (kind == NON_RESIDENT_CORRECT) typed.who = line->arguments.at[1];
    if (!non_resident_read(act, kind, &typed, &read, &faults, err) || !alike_told(act, &read, arena, err) ||
        !non_resident_ask(act, kind, &typed, &number, err))
        return false;
    say(stderr, "申請 %lld を出しました。ほかの職員が sesshu addressee approvals approve %lld で承認してください。\n",
        (long long)number, (long long)number);
    return true;
}

static bool confirm(Act *act, const CommandLine *line, Error *err)
{
    AddresseeNo who;
    const NonResidentConfirmed typed = {option_text(line, "document"), option_text(line, "checked-on")};
    if (!addressee_no_parse(line->arguments.at[1], &who, NULL, err) || !non_resident_confirm(act, &who, &typed, err))
        return false;
    say(stderr, "本人確認を記録しました。\n");
    return true;
}

static bool non_resident(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str what = line->arguments.at[0];
    bool named = line->arguments.count == 2;
    (void)status;
    if (str_equal(what, S("add")) && !named) return ask(act, NON_RESIDENT_ADD, line, arena, err);
    if (str_equal(what, S("correct")) && named) return ask(act, NON_RESIDENT_CORRECT, line, arena, err);
    if (str_equal(what, S("confirm")) && named) return confirm(act, line, err);
    return FAIL(err, E_USAGE, .value = what,
                .words = S("add、correct 宛名番号、confirm 宛名番号 のどれかを指定してください。"));
}

const Door command_non_resident =
    COMMAND("non-resident", "register", DUTY_ENTER, AUDIT_CHANGE, SHARED, non_resident,
            .arguments = "add|correct|confirm [宛名番号]", .least = 1, .most = 2,
            .words = "住登外者の登録と訂正を申請し (氏名などは標準入力に「項目: 値」)、本人確認を記録します", .options = options);

// ---- the list: everybody, or those whose identity must be confirmed again

static const char *const names[] = {"宛名番号", "氏名", "生年月日", "checked_on", "document", "checked_by", "stale"};
static const ListCode stale_codes[] = {{"1", "本人確認が古い"}, {0}};
static const ListColumn columns[] = {{"checked_on", "最後に確認した日", NULL},
                                     {"document", "書類", NULL},
                                     {"checked_by", "確認した職員", NULL},
                                     {"stale", "状態", stale_codes}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static void row_put(List *out, const NonResidentRow *row, Day before)
{
    char day[DAY_TEXT_SIZE];
    const PersonState shown = state_shown(&row->state, row->person.protection);
    list_put(out, addressee_text(&row->who));
    list_put(out, resident_name(&shown));
    list_put(out, str_of(partial_date_text(shown.birth, day)));
    list_put(out, str_of(day_text(row->checked_on, day)));
    list_put(out, row->document);
    list_put(out, row->checked_by);
    list_put(out, row->checked_on < before ? S("1") : S(""));
    list_end_row(out);
}

static bool non_residents(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    int64_t count;
    NonResidentRows rows;
    OfficeNumbers numbers;
    const NonResidentsAsked asked = {DAY_NONE, INT32_MAX};
    (void)status;
    const ListAsked out = {option_text(line, "out"), names, (int)countof(names), false,
                           line->format == FORMAT_EXCEL, &words};
    if (!office_numbers(act->store, *arena, &numbers, err) ||
        !non_residents_listed(act->store, &asked, arena, &rows, &count, err) || !list_begin(act, &out, &left, err))
        return false;
    Day before = month_add(act->business_day, -(int)numbers.at[NUMBER_STALE_MONTHS], MONTHS_CLIP);
    VEC_EACH (const NonResidentRow, row, rows) row_put(&left, row, before);
    return list_leave(&left, err);
}

static const Option list_options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_non_residents =
    COMMAND("non-residents", "register", DUTY_EXPORT, AUDIT_EXPORT, SHARED, non_residents, .arguments = "",
            .words = "住登外者と、最後に本人を確認した日の一覧を出します", .options = list_options);
