// sesshu network list BODIES.csv ROWS.csv: 照会許可用照合リスト, from the files of the list's keeper to its next version.
//
// Law     番号法 第19条第8号; C-3.6-08. A list with one row that is wrong is none: everything is told and nothing is taken.
// SPDX-License-Identifier: Apache-2.0
#include "allow_list_message.h"
#include "allow_list_rows.h"
#include "dates.h"
#include "fold.h"
#include "network_file.h"
#include "say.h"

#include <string.h>

enum { BODY_CODE, BODY_NAME, BODY_CLASS, BODY_ITEMS };
static const CsvColumn body_columns[BODY_ITEMS] = {
    [BODY_CODE] = {"機関コード", true, true}, [BODY_NAME] = {"機関名", true, false}, [BODY_CLASS] = {"区分", true, false}};
static const CsvLayout body_layout = {body_columns, BODY_ITEMS};

enum { ROW_ITEM, ROW_AFFAIR, ROW_PROCEDURE, ROW_INQUIRERS, ROW_PROVIDERS, ROW_DATASET, ROW_BITS, ROW_FIRST, ROW_LAST, ROW_ITEMS };
// The codes of the tables are as long as somebody's number: they are no secrets, and must not be masked.
static const CsvColumn row_columns[ROW_ITEMS] = {
    [ROW_ITEM] = {"項", true, false},
    [ROW_AFFAIR] = {"事務コード", true, true},
    [ROW_PROCEDURE] = {"事務手続コード", true, true},
    [ROW_INQUIRERS] = {"照会者の区分", true, false},
    [ROW_PROVIDERS] = {"提供者の区分", true, false},
    [ROW_DATASET] = {"特定個人情報名コード", true, true},
    [ROW_BITS] = {"項目", true, false},
    [ROW_FIRST] = {"開始日", true, false},
    [ROW_LAST] = {"終了日", false, false},
};
static const CsvLayout row_layout = {row_columns, ROW_ITEMS};

// ---- cells of several words: 市町村・都道府県

static bool word_next(Str *rest, Str *word)
{
    const Str point = S("・");
    ptrdiff_t at = str_find(*rest, point);
    *word = fold_trim(at < 0 ? *rest : str_first(*rest, at));
    *rest = at < 0 ? (Str){0} : str_from(*rest, at + point.len);
    return word->len > 0;
}

static int class_of(Str word)
{
    static const struct {
        const char *word;
        BodyClass class;
    } classes[] = {{"市町村", BODY_CITY},
                   {"都道府県", BODY_PREFECTURE},
                   {"大臣", BODY_MINISTER},
                   {"医療保険者", BODY_INSURER},
                   {"年金", BODY_PENSION}};
    for (ptrdiff_t i = 0; i < countof(classes); i++)
        if (str_equal(word, str_of(classes[i].word))) return classes[i].class;
    return 0;
}

static bool classes_read(const NetworkFile *file, int column, int *classes, Error *why)
{
    Str rest, word;
    *classes = 0;
    if (!network_file_value(file, column, &rest, why)) return false;
    while (word_next(&rest, &word)) {
        int one = class_of(word);
        if (!one)
            return FAIL(why, E_CODE_UNKNOWN, .item = file->row.headings[column], .value = word,
                        .words = S("区分は 市町村、都道府県、大臣、医療保険者、年金 で、いくつかあれば・でつないでください。"));
        *classes |= one;
    }
    return *classes != 0 || FAIL(why, E_MISSING, .item = file->row.headings[column], .words = S("区分を入力してください。"));
}

enum { BITS = 63 };

// "1-15・20"
static bool bits_read(const NetworkFile *file, int64_t *bits, Error *why)
{
    Str rest, word;
    *bits = 0;
    if (!network_file_value(file, ROW_BITS, &rest, why)) return false;
    while (word_next(&rest, &word)) {
        int first = 0, last = 0;
        Cut span = str_cut(word, '-');
        bool good = str_digits(span.head, 1, 2, &first) && str_digits(span.found ? span.tail : span.head, 1, 2, &last) &&
                    first >= 1 && first <= last && last <= BITS;
        if (!good)
            return FAIL(why, E_NUMBER_FORMAT, .item = file->row.headings[ROW_BITS], .value = word,
                        .words = S("項目は1から63までの番号を 1-15・20 のように入力してください。"));
        for (int i = first; i <= last; i++) *bits |= (int64_t)1 << (i - 1);
    }
    return *bits != 0 || FAIL(why, E_MISSING, .item = file->row.headings[ROW_BITS], .words = S("項目を入力してください。"));
}

// ---- organisations

static bool listed_before(const AllowBodyRows *bodies, const OrganisationCode *code)
{
    VEC_EACH (AllowBody, body, *bodies)
        if (organisation_same(&body->organisation, code)) return true;
    return false;
}

static bool body_read(const NetworkFile *file, NamedList *list, Arena *arena, Error *why)
{
    Str code, name;
    AllowBody body = {0};
    if (!network_file_value(file, BODY_CODE, &code, why)) return false;
    if (!organisation_code_parse(code, &body.organisation, why)) return network_file_blame(file, BODY_CODE, why);
    if (listed_before(&list->list.bodies, &body.organisation))
        return FAIL(why, E_CONFLICT, .item = file->row.headings[BODY_CODE],
                    .value = organisation_shown(&body.organisation, arena),
                    .words = S("この機関は上の行にもあります。どちらかを消してください。"));
    if (!network_file_value(file, BODY_NAME, &name, why) || !classes_read(file, BODY_CLASS, &body.classes, why)) return false;
    *allow_bodies_push(&list->list.bodies, arena) = body;
    *body_names_push(&list->names, arena) = str_copy(arena, name);
    return true;
}

// By code, each with its name.
static void bodies_sorted(NamedList *list)
{
    for (ptrdiff_t i = 1; i < list->list.bodies.count; i++)
        for (ptrdiff_t j = i; j > 0; j--) {
            AllowBody *at = &list->list.bodies.at[j];
            if (strcmp(at[-1].organisation.digits, at[0].organisation.digits) < 0) break;
            AllowBody body = at[0];
            Str name = list->names.at[j];
            at[0] = at[-1];
            at[-1] = body;
            list->names.at[j] = list->names.at[j - 1];
            list->names.at[j - 1] = name;
        }
}

// ---- what they may ask each other

static bool code_wrong(const NetworkFile *file, int column, const char *letters, Arena *arena, Error *why)
{
    return FAIL(why, E_CODE_UNKNOWN, .item = file->row.headings[column], .value = file->row.fields[column],
                .words = str_format(arena, "%s で始まる16文字 (半角の数字と大文字) で入力してください。", letters));
}

static bool codes_read(const NetworkFile *file, AllowRow *row, Arena *arena, Error *why)
{
    const Str *fields = file->row.fields;
    if (!affair_code_read(fields[ROW_AFFAIR], &row->affair)) return code_wrong(file, ROW_AFFAIR, "JM", arena, why);
    if (!procedure_code_read(fields[ROW_PROCEDURE], &row->procedure)) return code_wrong(file, ROW_PROCEDURE, "JT", arena, why);
    if (!dataset_code_read(fields[ROW_DATASET], &row->dataset)) return code_wrong(file, ROW_DATASET, "TM", arena, why);
    return true;
}

static bool days_read(const NetworkFile *file, DaySpan *days, Error *why)
{
    Str first;
    days->last = DAY_MAX;
    if (!network_file_value(file, ROW_FIRST, &first, why)) return false;
    if (!date_parse_day(first, &days->first, NULL, why)) return network_file_blame(file, ROW_FIRST, why);
    Str last = file->row.fields[ROW_LAST];
    if (last.len && !date_parse_day(last, &days->last, NULL, why)) return network_file_blame(file, ROW_LAST, why);
    return days->first <= days->last || FAIL(why, E_CONFLICT, .item = file->row.headings[ROW_LAST], .value = last,
                                             .words = S("終了日が開始日より前です。"));
}

static bool row_read(const NetworkFile *file, NamedList *list, Arena *arena, Error *why)
{
    Str item;
    AllowRow row = {0};
    if (!network_file_value(file, ROW_ITEM, &item, why)) return false;
    if (!str_digits(item, 1, 3, &row.item) || row.item < 1)
        return FAIL(why, E_NUMBER_FORMAT, .item = file->row.headings[ROW_ITEM], .value = item,
                    .words = S("命令第2条の項を1から999までの数で入力してください。"));
    if (!codes_read(file, &row, arena, why) || !classes_read(file, ROW_INQUIRERS, &row.inquirers, why) ||
        !classes_read(file, ROW_PROVIDERS, &row.providers, why) || !bits_read(file, &row.items, why) ||
        !days_read(file, &row.in_force, why))
        return false;
    *allow_rows_push(&list->list.rows, arena) = row;
    return true;
}

// ---- both files

typedef bool RowRead(const NetworkFile *file, NamedList *list, Arena *arena, Error *why);

static bool file_read(NetworkFile *file, const CsvLayout *layout, RowRead *read, int most, NamedList *list, Arena *arena,
                      Error *err)
{
    if (!network_file_open(file->act, file->path, layout, arena, file, err)) return false;
    while (network_file_next(file)) {
        Error why = {0};
        if (file->rows > most) continue;
        if (!read(file, list, arena, &why)) network_file_refuse(file, &why);
    }
    if (!network_file_close(file, err) || !network_file_told(file, err)) return false;
    if (file->rows > 0 && file->rows <= most && !file->refused) return true;
    return FAIL(err, file->refused ? E_USAGE : E_LIMIT, .value = file->path,
                .words = str_format(arena, "このファイルは%lld行で、%lld行が受け付けられません (1行から%d行まで)。リストは前のままです。",
                                    (long long)file->rows, (long long)file->refused, most));
}

static bool same_list(const NamedList *a, const NamedList *b, Arena scratch)
{
    AllowList one = a->list, other = b->list;
    one.version = other.version = 1;
    one.as_of = other.as_of = 0;
    if (!str_equal(allow_list_encode(&one, &scratch), allow_list_encode(&other, &scratch))) return false;
    for (ptrdiff_t i = 0; i < a->names.count; i++)
        if (!str_equal(a->names.at[i], b->names.at[i])) return false;
    return true;
}

static bool version_taken(Act *act, NamedList *list, bool *taken, Arena *arena, Error *err)
{
    NamedList before;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!act_begin(act, err) || !allow_list_read(act->store, act->now, arena, &before, err)) return false;
    *taken = !before.list.version || !same_list(list, &before, *arena);
    list->list.version = before.list.version + *taken;
    leaf.rows = leaf.taken = list->list.bodies.count + list->list.rows.count;
    leaf.detail = str_format(act->arena, "version %lld", (long long)list->list.version);
    if (*taken && !allow_list_add(act->store, list, actor_name(act->actor), act->now, err)) return false;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool list(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    bool taken;
    NamedList read = {0};
    NetworkFile bodies = {.act = act, .path = line->arguments.at[0]}, rows = {.act = act, .path = line->arguments.at[1]};
    (void)status;
    if (!file_read(&bodies, &body_layout, body_read, ALLOW_BODIES_MOST, &read, arena, err) ||
        !file_read(&rows, &row_layout, row_read, ALLOW_ROWS_MOST, &read, arena, err))
        return false;
    bodies_sorted(&read);
    if (!version_taken(act, &read, &taken, arena, err)) return false;
    say(stdout, "照合リスト 第%lld版: 機関 %td、照合 %td%s\n", (long long)read.list.version, read.list.bodies.count,
        read.list.rows.count, taken ? "" : " (変わりません)");
    return true;
}

const Door command_list =
    COMMAND("list", "linkage", DUTY_ADMIN, AUDIT_CHANGE, ALONE, list, .arguments = "機関.csv 照合.csv", .least = 2, .most = 2,
            .words = "照会許可用照合リストの次の版を取り込みます");
