// sesshu <program> audit read [宛名番号]: who did what, about whom, when. The look is itself recorded.
//
// By person (his number is known to whoever asks; the trail names nobody), by staff (in whose name, or who
// really), by day. Oldest first, on standard output.
// SPDX-License-Identifier: Apache-2.0
#include "office_audit.h"

#include "identity.h"
#include "list_leave.h"

static const char *const names[] = {
    "証跡番号", "日時", "業務日", "職員", "証明", "端末", "種別", "事務",
    "操作",     "結果", "対象",   "件数", "取込", "返戻", "内容",
};

// What is asked for.
typedef struct Reading {
    bool about_person;
    AddresseeNo person;
    Str staff;  // {0}: anybody
    Day first, last;
} Reading;

static bool reading_of(const CommandLine *line, Reading *r, Error *err)
{
    bool about_person = line->arguments.count > 1;
    *r = (Reading){.about_person = about_person,
                   .staff = option_text(line, "staff"),
                   .first = option_day(line, "from", DAY_MIN),
                   .last = option_day(line, "to", DAY_MAX)};
    return !about_person || addressee_no_parse(line->arguments.at[1], &r->person, NULL, err);
}

static bool wanted(const Reading *r, const AuditRow *row)
{
    Day on = instant_day_in_japan(row->at);
    if (on < r->first || on > r->last) return false;
    return !r->staff.len || str_equal(row->operator_name, r->staff) ||
           str_ends(row->proven, r->staff);
}

// The same person has the same sign, which tells no number.
static Str whose_sign(Bytes index, Arena *arena)
{
    enum { SHOWN = 6 };
    Text text = {0};
    for (ptrdiff_t i = 0; i < index.len && i < SHOWN; i++)
        text_addf(&text, arena, "%02x", index.at[i]);
    return text_str(&text);
}

static void put_row(CsvWriter *out, const AuditRow *row, Arena scratch)
{
    static const char *const results[] = {"", "done", "held", "refused", "failed"};
    char day[DAY_TEXT_SIZE], at[INSTANT_TEXT_SIZE];
    csv_put_int64(out, row->leaf_no);
    csv_put(out, str_of(instant_in_japan(row->at, at)));
    csv_put(out, str_of(day_text(row->business_day, day)));
    csv_put(out, row->operator_name);
    csv_put(out, row->proven);
    csv_put(out, row->terminal);
    csv_put(out, str_of(audit_act_text(row->act)));
    csv_put(out, row->purpose);
    csv_put(out, row->command);
    csv_put(out, str_of(results[row->result]));
    csv_put(out, whose_sign(row->whose_index, &scratch));
    csv_put_int64(out, row->rows);
    csv_put_int64(out, row->taken);
    csv_put_int64(out, row->refused);
    csv_put(out, row->detail);
    csv_end_row(out);
}

typedef struct Printing {
    const Reading *reading;
    CsvWriter *out;
} Printing;

static void print_row(void *context, const AuditRow *row, Arena scratch)
{
    const Printing *p = context;
    if (wanted(p->reading, row)) put_row(p->out, row, scratch);
}

static bool walk(Act *act, Printing *p, Error *err)
{
    const AddresseeNo *whose = p->reading->about_person ? &p->reading->person : NULL;
    Looks *looks = act->office->looks;
    const OfficeRows both = {act->store, looks->store};
    const AuditSide sides[2] = {{act->store, &act->office->trail}, {looks->store, &looks->trail}};
    bool read = office_rows_begin_read(&both, err) &&
                audit_read(sides, whose, print_row, p, err) && office_rows_commit(&both, err);
    if (!read) office_rows_rollback(&both);
    return read;
}

bool office_audit_read(Act *act, const CommandLine *line, Arena *arena, Error *err)
{
    List list;
    Reading reading;
    (void)arena;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false};
    if (!reading_of(line, &reading, err) || !list_begin(act, &asked, &list, err)) return false;
    Printing printing = {&reading, list.draft};
    list.detail = S("read");
    if (reading.about_person) list.whose = &reading.person;
    if (walk(act, &printing, err)) return list_leave(&list, err);
    csv_abandon(list.draft);
    return false;
}
