// sesshu network people FILE: residents as J-LIS knows them, each row the state of one.
// SPDX-License-Identifier: Apache-2.0
#include "coded_word.h"
#include "dates.h"
#include "fold.h"
#include "jlis.h"
#include "network_file.h"
#include "say.h"

enum { ITEM_NUMBER, ITEM_RECORD, ITEM_KANA, ITEM_BIRTH, ITEM_SEX, ITEM_ADDRESS, ITEM_DELETED, ITEM_BEFORE, ITEM_COUNT };

static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_NUMBER] = {"個人番号", true, true},   [ITEM_RECORD] = {"住民票コード", true, true},
    [ITEM_KANA] = {"氏名カナ", true, false},    [ITEM_BIRTH] = {"生年月日", true, false},
    [ITEM_SEX] = {"性別", true, false},         [ITEM_ADDRESS] = {"住所", true, false},
    [ITEM_DELETED] = {"消除", false, false},    [ITEM_BEFORE] = {"前の住民票コード", false, true},
};
static const CsvLayout layout = {columns, ITEM_COUNT};

// ---- one row

static bool code_of(const NetworkFile *file, int column, ResidentRecordCode *code, Error *why)
{
    Str written;
    return network_file_value(file, column, &written, why) &&
           (resident_record_code_parse(written, code, why) || network_file_blame(file, column, why));
}

static bool codes_of(const NetworkFile *file, ResidentTold *told, Error *why)
{
    Str written;
    if (!network_file_value(file, ITEM_NUMBER, &written, why)) return false;
    if (!individual_no_parse(written, &told->number, NULL, why)) return network_file_blame(file, ITEM_NUMBER, why);
    if (!code_of(file, ITEM_RECORD, &told->record, why)) return false;
    return !file->row.fields[ITEM_BEFORE].len || code_of(file, ITEM_BEFORE, &told->before, why);
}

static bool sex_of(const NetworkFile *file, int *sex, Error *why)
{
    Str written;
    int32_t code;
    if (!network_file_value(file, ITEM_SEX, &written, why)) return false;
    if (!coded_read(CODED_SEX, "129", written, &code))
        return FAIL(why, E_CODE_UNKNOWN, .item = file->row.headings[ITEM_SEX], .value = written,
                    .words = S("性別は1 (男)、2 (女)、9 (不明) で入力してください。"));
    *sex = code;
    return true;
}

static bool deleted_of(const NetworkFile *file, bool *deleted, Error *why)
{
    int32_t code = 0;
    Str written = file->row.fields[ITEM_DELETED];
    if (written.len && !coded_read(CODED_YES, "01", written, &code))
        return FAIL(why, E_CODE_UNKNOWN, .item = file->row.headings[ITEM_DELETED], .value = written,
                    .words = S("消除された人は1、そうでない人は0か空欄にしてください。"));
    *deleted = code == 1;
    return true;
}

static bool resident_read(const NetworkFile *file, ResidentTold *told, Error *why)
{
    Str birth;
    if (!codes_of(file, told, why) || !network_file_value(file, ITEM_KANA, &told->facts.kana, why) ||
        !network_file_value(file, ITEM_BIRTH, &birth, why))
        return false;
    if (!date_parse(birth, &told->facts.birth, NULL, why)) return network_file_blame(file, ITEM_BIRTH, why);
    return sex_of(file, &told->facts.sex, why) && network_file_value(file, ITEM_ADDRESS, &told->facts.address, why) &&
           deleted_of(file, &told->deleted, why);
}

// ---- the file

typedef struct PeopleReport {
    int64_t taken[RESIDENT_SAME + 1];
} PeopleReport;

// What is wrong with one row stops no other; what is wrong with the office stops all.
static bool row_taken(NetworkFile *file, const CoreKeys *keys, Arena scratch, PeopleReport *report, Error *err)
{
    ResidentTaken taken;
    ResidentTold told = {0};
    Error why = {0};
    bool good = resident_read(file, &told, &why) && resident_taken(file->act, keys, &told, scratch, &taken, &why);
    resident_told_wipe(&told);
    if (good) report->taken[taken]++;
    if (!good && why.code == E_STORE) return error_pass(err, &why);
    if (!good) network_file_refuse(file, &why);
    return true;
}

static bool rows_taken(NetworkFile *file, Arena scratch, PeopleReport *report, Error *err)
{
    CORE_KEYS(keys);
    Act *act = file->act;
    if (!act_begin(act, err) || !core_keys_open(act, &keys, err)) return false;
    while (network_file_next(file))
        if (!row_taken(file, &keys, scratch, report, err)) return false;
    return true;
}

static bool told(NetworkFile *file, const PeopleReport *report, ExitStatus *status, Error *err)
{
    say(stdout, "住民 %lld行: 追加 %lld、変更 %lld、変わらない %lld、受け付けない %lld\n", (long long)file->rows,
        (long long)report->taken[RESIDENT_ADDED], (long long)report->taken[RESIDENT_CHANGED],
        (long long)report->taken[RESIDENT_SAME], (long long)file->refused);
    if (file->refused) *status = EXIT_ATTENTION;
    return network_file_told(file, err);
}

static bool kept(NetworkFile *file, Error *err)
{
    AuditLeaf leaf = act_leaf(file->act, AUDIT_DONE);
    leaf.rows = file->rows;
    leaf.refused = file->refused;
    leaf.taken = leaf.rows - leaf.refused;
    return act_record(file->act, &leaf, err) && store_commit(file->act->store, err);
}

static bool people(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    NetworkFile file;
    PeopleReport report = {{0}};
    Error later = {0};
    if (!network_file_open(act, line->arguments.at[0], &layout, arena, &file, err)) return false;
    bool taken = rows_taken(&file, *arena, &report, err);
    bool whole = network_file_close(&file, taken ? err : &later);
    return taken && whole && kept(&file, err) && told(&file, &report, status, err);
}

const Door command_people =
    COMMAND("people", "linkage", DUTY_IMPORT, AUDIT_IMPORT, ALONE, people, .arguments = "ファイル", .least = 1, .most = 1,
            .words = "J-LISの役として、住民 (個人番号、住民票コード、4情報) を受け取ります");
