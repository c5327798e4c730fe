// SPDX-License-Identifier: Apache-2.0
#include "inquiry_file.h"

#include "inquiry_file_row.h"
#include "payload.h"
#include "person_file.h"
#include "regular_file.h"

typedef struct FileRow {
    int64_t line;
    Str text;
    bool read;
    InquiryFileRow said;
    RowFaults faults;
} FileRow;
VEC(FileRows, FileRow, file_rows);

typedef struct Taking {
    Asking asking;
    const Procedure *procedure;
    FileRows rows;
    InquiryFileReport *report;
    Str index, reason;
    Arena *arena;
} Taking;

// ---- reading

static bool rows_read(Taking *t, CsvReader *csv, Error *err)
{
    CsvRow row;
    while (csv_next(csv, &row)) {
        FileRow *one = file_rows_push(&t->rows, t->arena);
        if (t->rows.count > INQUIRY_FILE_ROWS_MOST)
            return FAIL(err, E_LIMIT, .row = row.line, .words = S("一つのファイルは1万行までです。分けて取り込んでください。"));
        *one = (FileRow){.line = row.line, .text = csv_row_text(csv, t->arena)};
        if (row.bad)
            *row_faults_push(&one->faults, t->arena) = row.problem;
        else
            one->read = inquiry_file_row_read(t->procedure, t->asking.places, &row, t->arena, &one->said, &one->faults);
    }
    return true;
}

// csv_close says why reading ended, where it was not the end of the file.
static bool whole_read(Taking *t, CsvReader *csv, Error *err)
{
    Error closing = {0};
    bool good = rows_read(t, csv, err);
    bool closed = csv_close(csv, &closing);
    if (!good) return false;
    if (!closed) return error_pass(err, &closing);
    return t->rows.count > 0 || FAIL(err, E_MISSING, .item = S("ファイル"), .words = S("行が一つもありません。照会する人を入力してください。"));
}

// ---- one row

// What a row may be refused for; anything else ends the whole.
static bool of_the_row(const Error *why)
{
    return why->code == E_NOT_FOUND || why->code == E_CONFLICT || why->code == E_HELD || why->code == E_CODE_UNKNOWN;
}

static bool nobody_protected(const PersonRow *person, Error *err)
{
    return !person->is_protected ||
           FAIL(err, E_HELD, .item = S("宛名番号"), .value = addressee_text(&person->who),
                .words = S("支援措置の対象です。一括では照会できません。一人のページで、照会してよいことを確かめてから照会してください。"));
}

static bool row_asked(Taking *t, const InquiryFileRow *said, Error *err)
{
    PersonRow person;
    Asking *asking = &t->asking;
    const PersonNamed named = {said->who, said->birth, true};
    asking->to = said->city;
    asking->items = said->items;
    return person_by_number(asking->ledger.act->store, &said->who, KNOWN_NOW, t->arena, &person, err) &&
           person_named_is(&named, &person, err) && nobody_protected(&person, err) &&
           asking_person(asking, &said->who, t->arena, err);
}

static bool row_taken(Taking *t, FileRow *row, Error *err)
{
    Error why = {0};
    if (row->read && row_asked(t, &row->said, &why)) return true;
    t->report->file.refused++;
    if (row->read && !of_the_row(&why)) {
        *err = why;
        return false;
    }
    if (why.code) *row_faults_push(&row->faults, t->arena) = why;
    return true;
}

// ---- who else decides

static Bytes payload_of(int64_t file_no, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put_number(o, "file", file_no);
    return payload_end(o, arena);
}

static bool file_asked(Act *act, Bytes payload, Arena *arena, InquiryFile *file, Error *err)
{
    json_t *o = payload_open(payload);
    int64_t number = payload_number(o, "file");
    json_decref(o);
    return inquiry_file_find(act->store, number, arena, file, err) &&
           (file->file_no || FAIL(err, E_NOT_FOUND, .item = S("照会ファイル"), .words = S("このファイルはありません。申請を却下してください。")));
}

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    InquiryFile file;
    if (!file_asked(act, payload, arena, &file, err)) return false;
    Str all = str_format(arena, "%lld %lld %d", (long long)file.file_no, (long long)file.unsent, file.granted_at > 0);
    *content = keys_index(act->office->keys, S("inquiry_file"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    InquiryFile file;
    (void)brought;
    return file_asked(act, payload, arena, &file, err) &&
           inquiry_file_granted(act->store, file.file_no, actor_name(act->actor), act->now, err);
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    InquiryFile file;
    CitiesAsked cities;
    const MunicipalityTable *places;
    if (!file_asked(act, payload, arena, &file, err) || !municipality_load(arena, &places, err) ||
        !inquiry_file_cities(act->store, file.file_no, arena, &cities, err))
        return false;
    VEC_EACH (const CityAsked, asked, cities) {
        MunicipalityCode code = {{0}};
        if (!municipality_code_parse(asked->city, &code, NULL, err)) return false;
        const Municipality *place = municipality_find(places, &code);
        *approval_lines_push(lines, arena) =
            (ApprovalLine){str_format(arena, "%.*s (%.*s)", STR(place ? place->name : S("不明")), STR(asked->city)), (Str){0},
                           str_format(arena, "%lld人について照会する", (long long)asked->count)};
    }
    return true;
}

const ApprovalKind inquiry_file_kind = {
    .name = "inquiry_file", .words = "一括の情報照会", .content = content_of, .run = run, .lines = lines_of};

static bool second_asked(Taking *t, Error *err)
{
    InquiryFile *file = &t->report->file;
    Act *act = t->asking.ledger.act;
    ApprovalAsked asked = {.kind = &inquiry_file_kind,
                           .subject = str_format(t->arena, "照会ファイル %lld「%.*s」%lld件", (long long)file->file_no, STR(file->name),
                                                 (long long)file->unsent),
                           .reason = t->reason,
                           .payload = payload_of(file->file_no, t->arena)};
    return approval_find(act, asked.kind, asked.payload, &t->report->approval_no, err) &&
           (t->report->approval_no || approval_ask(act, &asked, &t->report->approval_no, err));
}

// ---- the whole

static bool recorded(Taking *t, AuditResult result, Error *err)
{
    AuditLeaf leaf = act_leaf(t->asking.ledger.act, result);
    const InquiryFile *file = &t->report->file;
    leaf.detail = str_format(t->arena, "%lld", (long long)file->file_no);
    leaf.rows = file->row_count;
    leaf.refused = file->refused;
    leaf.taken = file->row_count - file->refused;
    return act_record(t->asking.ledger.act, &leaf, err) != NULL;
}

static bool fresh_taken(Taking *t, Error *err)
{
    InquiryFile *file = &t->report->file;
    Store *store = t->asking.ledger.act->store;
    if (!inquiry_file_add(store, file, t->index, err)) return false;
    t->asking.file_no = file->file_no;
    VEC_EACH (FileRow, row, t->rows)
        if (!row_taken(t, row, err)) return false;
    file->row_count = t->rows.count;
    file->written = file->unsent = t->asking.written;
    bool alone = file->written <= INQUIRIES_ALONE;
    return inquiry_file_counted(store, file, err) &&
           (alone ? inquiry_file_granted(store, file->file_no, file->brought_by, file->brought_at, err) : second_asked(t, err));
}

static bool taken(Taking *t, Error *err)
{
    InquiryFile before;
    Act *act = t->asking.ledger.act;
    InquiryFileReport *report = t->report;
    if (!act_begin(act, err) || !inquiry_file_of_index(act->store, t->index, t->arena, &before, err)) return false;
    report->known = before.file_no != 0;
    if (report->known) report->file = before;
    bool waits = report->known && !before.granted_at && before.unsent;
    bool good = report->known ? !waits || second_asked(t, err) : fresh_taken(t, err);
    return good && recorded(t, report->approval_no ? AUDIT_HELD : AUDIT_DONE, err) && store_commit(act->store, err);
}

static bool read_and_taken(Taking *t, CsvReader *csv, Error *err)
{
    if (whole_read(t, csv, err) && taken(t, err)) {
        if (t->report->known) return file_told_commit(&t->report->told, err);
        VEC_EACH (const FileRow, row, t->rows)
            VEC_EACH (const Error, why, row->faults) file_told_refuse(&t->report->told, row->line, why, row->text);
        return file_told_commit(&t->report->told, err);
    }
    file_told_abandon(&t->report->told);
    return false;
}

bool inquiry_file_take(const Ledger *ledger, Str path, CsvEncoding encoding, Str reason, Arena *arena,
                       InquiryFileReport *report, Error *err)
{
    CsvReader *csv;
    char text[CSV_INDEX_TEXT_SIZE];
    Act *act = ledger->act;
    Taking t = {.report = report, .reason = reason, .arena = arena};
    *report = (InquiryFileReport){.file = {.name = file_name_of(path),
                                           .reason = reason,
                                           .brought_by = actor_name(act->actor),
                                           .brought_at = act->now}};
    if (!asking_open(ledger, arena, &t.asking, err) || !asking_procedure(arena, &t.procedure, err) ||
        !csv_open(str_z(arena, path), &inquiry_file_layout, encoding, arena, &csv, err))
        return false;
    const Sha256 index = csv_index(csv, act->office->keys);
    t.index = str_copy(arena, str_of(csv_index_text(&index, text)));
    report->told = file_told_begin(act, path, csv, arena);
    return read_and_taken(&t, csv, err);
}

bool inquiry_file_take_back(Act *act, int64_t file_no, Str reason, int64_t *count, Error *err)
{
    InquiryFile file;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = str_format(act->arena, "%lld", (long long)file_no);
    if (!act_begin(act, err) || !inquiry_file_find(act->store, file_no, act->arena, &file, err)) return false;
    if (!file.file_no)
        return FAIL(err, E_NOT_FOUND, .item = S("照会ファイル"), .value = leaf.detail,
                    .words = S("この番号の照会ファイルはありません。sesshu ledger inquiry-files で確かめてください。"));
    if (!inquiry_file_withdraw(act->store, file_no, actor_name(act->actor), reason, act->now, count, err)) return false;
    if (!*count)
        return FAIL(err, E_CONFLICT, .item = S("照会ファイル"), .value = leaf.detail,
                    .words = S("まだ送っていない照会が、このファイルにはもうありません。"));
    leaf.rows = leaf.taken = *count;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}
