// sesshu <program> audit read [宛名番号|証跡番号]: who did what, about whom, when. The look is itself recorded.
//
// By person (his number is known to whoever asks; the trail names nobody), by staff (in whose name, or who
// really), by day. Oldest first, on standard output. By the number that a list shows: this one record, proven.
// SPDX-License-Identifier: Apache-2.0
#include "office_audit.h"

#include "identity.h"
#include "list_leave.h"
#include "say.h"
#include "vec.h"

static const char *const names[] = {
    "証跡番号", "日時", "業務日", "職員", "証明", "端末", "種別", "事務",
    "操作",     "結果", "対象",   "件数", "取込", "返戻", "内容",
};

// clang-format off
static const ListCode acts[] = {
    {"look", "閲覧"}, {"change", "変更"}, {"print", "印刷"}, {"export", "出力"}, {"inquiry", "照会・提供"},
    {"import", "取込"}, {"refusal", "拒否"}, {"signin", "サインイン"}, {0}};
static const ListCode results_shown[] = {
    {"done", "完了"}, {"held", "保留"}, {"refused", "拒否"}, {"failed", "失敗"}, {0}};
static const ListColumn audit_columns[] = {{"種別", "種別", acts}, {"結果", "結果", results_shown}};
// clang-format on
static const ListWords audit_words = {audit_columns, (int)countof(audit_columns), NULL, NULL};

// What is asked for.
typedef struct Reading {
    bool about_person, about_record;
    AddresseeNo person;
    AuditFound record;
    Str staff;  // {0}: anybody
    Day first, last;
} Reading;

static bool reading_of(Act *act, const CommandLine *line, Reading *r, Error *err)
{
    bool about_record = false;
    Str asked = line->arguments.count > 1 ? line->arguments.at[1] : (Str){0};
    *r = (Reading){0};
    if (asked.len && !office_record(act, asked, act->arena, &about_record, &r->record, err)) return false;
    bool about_person = asked.len && !about_record;
    *r = (Reading){.about_person = about_person,
                   .about_record = about_record,
                   .record = r->record,
                   .staff = option_text(line, "staff"),
                   .first = option_day(line, "from", DAY_MIN),
                   .last = option_day(line, "to", DAY_MAX)};
    if (r->first > r->last)
        return FAIL(err, E_USAGE, .item = S("--to"),
                    .words = S("--to には --from と同じ日か、それより後の日を指定してください。"));
    if (about_record && !r->record.there)
        return FAIL(err, E_NOT_FOUND, .item = S("証跡番号"), .value = asked,
                    .words = S("この番号の証跡はありません。番号を確かめてください。"));
    return !about_person || addressee_no_parse(asked, &r->person, NULL, err);
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

static void put_number(List *out, int64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%lld", (long long)number);
    list_put(out, str_of(text));
}

static void put_row(List *out, const AuditRow *row, Arena scratch)
{
    static const char *const results[] = {"", "done", "held", "refused", "failed"};
    char day[DAY_TEXT_SIZE], at[INSTANT_TEXT_SIZE];
    put_number(out, row->leaf_no);
    list_put(out, str_of(instant_in_japan(row->at, at)));
    list_put(out, str_of(day_text(row->business_day, day)));
    list_put(out, row->operator_name);
    list_put(out, row->proven);
    list_put(out, row->terminal);
    list_put(out, str_of(audit_act_text(row->act)));
    list_put(out, row->purpose);
    list_put(out, row->command);
    list_put(out, str_of(results[row->result]));
    list_put(out, whose_sign(row->whose_index, &scratch));
    put_number(out, row->rows);
    put_number(out, row->taken);
    put_number(out, row->refused);
    list_put(out, row->detail);
    list_end_row(out);
}

VEC(Names, Str, names_met);

typedef struct Printing {
    const Reading *reading;
    List *out;
    Arena *arena;
    int64_t printed;
    Day first, last;  // of the whole trail
    Names met;        // who stands in it
} Printing;

static void meet(Printing *p, Str name)
{
    enum { MET_MOST = 200 };
    VEC_EACH (const Str, met, p->met)
        if (str_equal(*met, name)) return;
    if (p->met.count < MET_MOST) *names_met_push(&p->met, p->arena) = str_copy(p->arena, name);
}

static void print_row(void *context, const AuditRow *row, Arena scratch)
{
    Printing *p = context;
    Day on = instant_day_in_japan(row->at);
    if (on < p->first) p->first = on;
    if (on > p->last) p->last = on;
    meet(p, row->operator_name);
    if (!wanted(p->reading, row)) return;
    p->printed++;
    put_row(p->out, row, scratch);
}

// Nothing was found: of which days there is something, and whose.
static void tell_none(const Act *act, const Printing *p)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    Text met = {0};
    if (p->printed) return;
    VEC_EACH (const Str, name, p->met)
        text_addf(&met, p->arena, "%s%.*s", met.len ? "、" : "", STR(*name));
    if (p->first > p->last)
        say(stderr, "%s: この条件の証跡はありません。\n", act->office->program->name);
    else
        say(stderr, "%s: この条件の証跡はありません。証跡は %s から %s までで、職員は次のとおりです: %.*s\n",
            act->office->program->name, day_text(p->first, first), day_text(p->last, last),
            STR(text_str(&met)));
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

// Nothing but this record and the one before it is read.
static void one_told(const Reading *r, List *out, Arena scratch, ExitStatus *status)
{
    put_row(out, &r->record.row, scratch);
    if (r->record.stands)
        say(stderr, "この証跡は、書かれたときのままです。\n");
    else
        say(stderr, "この証跡は、書かれたときのものではありません。audit verify で全体を確かめてください。\n");
    if (!r->record.stands) *status = EXIT_ATTENTION;
}

bool office_audit_read(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List list;
    Reading reading;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false,
                             line->format == FORMAT_EXCEL, &audit_words};
    if (!reading_of(act, line, &reading, err) || !list_begin(act, &asked, &list, err)) return false;
    Printing printing = {&reading, &list, arena, .first = DAY_MAX, .last = DAY_MIN};
    list.detail = S("read");
    if (reading.about_person) list.whose = &reading.person;
    if (reading.about_record) {
        one_told(&reading, &list, *arena, status);
        return list_leave(&list, err);
    }
    if (!walk(act, &printing, err)) {
        csv_abandon(list.draft);
        return false;
    }
    tell_none(act, &printing);
    return list_leave(&list, err);
}
