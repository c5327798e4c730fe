// SPDX-License-Identifier: Apache-2.0
#include "notice_batch.h"

#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "city.h"
#include "city_settings.h"
#include "notice_rule.h"
#include "number.h"
#include "persons.h"
#include "progress.h"

enum { PERSON_BYTES = 16 << 20 };

// Everybody who gets a letter, with the doses it speaks of.
typedef struct Batch {
    Ledger *ledger;
    const NoticesAsked *asked;
    Arena *arena;  // the papers keep their snapshots here
    Arena person;  // notes about the person in hand
    Papers *papers;
    DueRows due;       // by person
    bool *sent;        // by row of `due`: on the papers
    int32_t last_act;  // when the list was made
    NoticeRun run;
    NoticesReport *report;
} Batch;

static int by_person(const void *left, const void *right)
{
    const DueRow *a = left, *b = right;
    int order = addressee_order(&a->who, &b->who);
    return order ? order : a->group - b->group;
}

// ---- one person

static PaperDose dose_of(const Batch *b, const DueRow *row)
{
    const Schedule *schedule = b->ledger->schedule;
    return (PaperDose){
        .series = group_id(schedule, row->group),
        .position = schedule_text(schedule, row->position),
        .earliest = row->earliest,
        .standard_from = row->standard_from,
        .standard_to = row->standard_to,
        .last = row->last,
        .last_safe = row->last_safe,
        .warning = row->last_safe != DAY_NONE && row->last_safe < b->asked->as_of
                       ? S("すべての回数を定期接種として終えることはできません。")
                       : (Str){0},
    };
}

static PaperSex paper_sex(int32_t sex)
{
    return sex == 1 ? PAPER_SEX_MALE : sex == 2 ? PAPER_SEX_FEMALE : PAPER_SEX_UNKNOWN;
}

static PaperPerson paper_of(const DueRow *row, const NoticeAddress *a, const PaperDose *doses,
                            int count)
{
    HouseholdNo household = {0};
    Error unread;
    if (!household_no_parse(a->household_no, &household, NULL, &unread)) household.digits[0] = 0;
    return (PaperPerson){
        .who = row->who,
        .household = household,
        .name = a->name,
        .name_kana = a->name_kana,
        .name_roman = a->name_roman,
        .alias = a->alias,
        .alias_kana = a->alias_kana,
        .alias_first = a->printed_name == PRINT_ALIAS,
        .sex = paper_sex(a->sex),
        .birth = row->birth,
        .home = {.postal_code = a->postal_code,
                 .address = a->address,
                 .area = postal_area(a->address, a->town),
                 .building = a->building},
        .is_protected = row->is_protected,
        .mailing = {.postal_code = a->mail_postal_code,
                    .address = a->mail_address,
                    .building = a->mail_building},
        .doses = doses,
        .dose_count = count,
    };
}

// Rows `first` to `end` are of one person.
static bool take_person(Batch *b, ptrdiff_t first, ptrdiff_t end, Error *err)
{
    Store *store = b->ledger->office.store;
    const DueRow *row = &b->due.at[first];
    Arena scratch = b->person;
    FactRows facts;
    NoticeRows history;
    NoticeAddress address;
    Day since = b->asked->as_of - NOTICE_REPEAT_DAYS;
    if (!facts_of_person(store, row->person_id, &scratch, &facts, err)) return false;
    if (!notices_since(store, row->person_id, since, &scratch, &history, err)) return false;
    if (!notice_address(store, row->person_id, &scratch, &address, err)) return false;

    PaperDose *doses = NEW(&scratch, PaperDose, PAPER_DOSES_MAX);
    int count = 0;
    for (ptrdiff_t i = first; i < end && count < PAPER_DOSES_MAX; i++) {
        PaperDose dose = dose_of(b, &b->due.at[i]);
        NoticeVerdict verdict = notice_verdict(&b->due.at[i], dose.series, dose.position, &facts,
                                               &history, b->asked->as_of);
        b->sent[i] = verdict == NOTICE_SEND;
        if (b->sent[i]) doses[count++] = dose;
    }
    if (!count) {
        b->report->held_back++;
        return true;
    }
    b->report->persons++;
    PaperPerson person = paper_of(row, &address, doses, count);
    PaperFaultCode fault = papers_person(b->papers, &person);
    bool drawn = fault == PAPER_FINE || fault == PAPER_P106;
    for (ptrdiff_t i = first; i < end; i++) b->sent[i] = b->sent[i] && drawn;
    return true;
}

static ptrdiff_t end_of_person(const DueRows *due, ptrdiff_t first)
{
    ptrdiff_t end = first + 1;
    while (end < due->count && due->at[end].person_id == due->at[first].person_id) end++;
    return end;
}

static bool take_everybody(Batch *b, Error *err)
{
    Progress progress = progress_begin("通知の作成", b->due.count);
    for (ptrdiff_t i = 0, end; i < b->due.count; i = end) {
        end = end_of_person(&b->due, i);
        if (b->report->persons == PAPERS_PERSONS_MAX)
            return FAIL(err, E_LIMIT,
                        .words =
                            S("一度に作れる通知は20万人分までです。--vaccine で分けてください。"));
        if (!take_person(b, i, end, err)) return false;
        progress_show(&progress, end);
    }
    progress_end(&progress, b->due.count);
    return true;
}

// ---- the second look

// Rows of the ledger that changed since the list was made decide; nobody else is read again.
static bool changed_since(Batch *b, bool *changed, Error *err)
{
    int32_t next;
    if (!number_next(b->ledger->office.store, NUMBER_ACT, &next, err)) return false;
    *changed = next - 1 != b->last_act;
    return true;
}

static bool still_due(const DueRows *now, const DueRow *row)
{
    const DueRow *found = bsearch(row, now->at, (size_t)now->count, sizeof *now->at, by_person);
    return found && found->position == row->position && found->is_protected == row->is_protected;
}

static bool look_again(Batch *b, Error *err)
{
    DueRows now;
    bool changed;
    if (!changed_since(b, &changed, err)) return false;
    if (!changed) return true;
    DueWanted wanted = {b->asked->as_of, b->asked->groups, -1, "発送前の確認"};
    if (!due_list(b->ledger, &wanted, &now, err)) return false;
    if (now.count) qsort(now.at, (size_t)now.count, sizeof *now.at, by_person);
    for (ptrdiff_t i = 0; i < b->due.count; i++) {
        if (!b->sent[i] || (now.count && still_due(&now, &b->due.at[i]))) continue;
        papers_hold(b->papers, b->due.at[i].who, PAPER_P105,
                    S("抽出後に異動または接種の登録がありました。次の抽出で確かめてください。"));
    }
    return true;
}

// ---- release and history

static bool held(const PapersReport *papers, const AddresseeNo *who)
{
    VEC_EACH (const PaperFault, f, papers->faults)
        if (f->code != PAPER_P106 && addressee_same(&f->who, who)) return true;
    return false;
}

static bool keep_history(Batch *b, const Act *act, Error *err)
{
    Store *store = b->ledger->office.store;
    int32_t next;
    b->run.sent = b->report->papers.drawn;
    b->run.held = b->report->papers.refused + b->report->papers.held;
    if (!notice_run_insert(store, act, &b->run, err)) return false;
    if (!number_next(store, NUMBER_NOTICE, &next, err)) return false;
    for (ptrdiff_t i = 0; i < b->due.count; i++) {
        const DueRow *row = &b->due.at[i];
        if (!b->sent[i] || held(&b->report->papers, &row->who)) continue;
        NoticeRow notice = {
            .person_id = row->person_id,
            .series = group_id(b->ledger->schedule, row->group),
            .position = schedule_text(b->ledger->schedule, row->position),
            .kind = row->status == STATUS_LATE ? S("reminder") : S("invitation"),
            .mailed_on = b->asked->as_of,
        };
        if (!notice_insert(store, next++, b->run.run_no, &notice, err)) return false;
    }
    return true;
}

static void remove_files(const PapersReport *r, Arena scratch)
{
    const Str paths[] = {r->pdf_path, r->dispatch_path, r->dispatch_pdf_path, r->errors_path};
    for (ptrdiff_t i = 0; i < countof(paths); i++)
        if (paths[i].len) (void)unlink(str_z(&scratch, paths[i]));
}

static bool audit(Batch *b, Error *err)
{
    Office *office = &b->ledger->office;
    AuditLeaf leaf = office_leaf(office, AUDIT_DONE);
    leaf.content = &b->run.list;
    leaf.rows = b->report->papers.given;
    leaf.taken = b->report->papers.drawn;
    leaf.refused = b->report->papers.refused + b->report->papers.held;
    leaf.detail = b->report->papers.pdf_path;
    return office_audit(office, &leaf, err);
}

static bool release(Batch *b, const Act *act, Error *err)
{
    PapersReport *papers = &b->report->papers;
    if (!papers_release(b->papers, papers, err)) return false;
    b->run.list = (Sha256){{0}};
    (void)!sha256_from((Bytes){papers->pdf_hash, sizeof papers->pdf_hash}, &b->run.list);
    if (keep_history(b, act, err) && audit(b, err) && store_commit(b->ledger->office.store, err))
        return true;
    remove_files(papers, *b->arena);
    return false;
}

static bool begin_papers(Batch *b, const CitySettings *settings, Error *err)
{
    Arena *arena = b->arena;
    CivilDate d = civil_of(b->asked->as_of);
    PapersBatch batch = {
        .batch_no = str_format(arena, "N%04d%02d%02d-%03d", d.year, d.month, d.day, b->run.run_no),
        .as_of = b->asked->as_of,
        .mailed_on = b->asked->as_of,
        .printed_at = (Instant)b->asked->as_of * 86400 * 1000000,
        .letter = LETTER_NOTICE,
        .form_parts = settings->form_parts,
        .envelope = settings->envelope,
        .rule_hash = schedule_version(b->ledger->schedule),
        .synthetic = settings->synthetic,
        .sender = settings->sender,
        .folder = b->asked->folder,
    };
    if (getrandom(batch.tag_seed, sizeof batch.tag_seed, 0) != (ssize_t)sizeof batch.tag_seed)
        return FAIL(err, E_INTERNAL,
                    .words = S("乱数を得られませんでした。もう一度実行してください。"));
    return papers_begin(&batch, arena, &b->papers, err);
}

static bool make(Batch *b, Error *err)
{
    Office *office = &b->ledger->office;
    AddressPlaces places;
    CitySettings settings;
    Act act;
    DueWanted wanted = {b->asked->as_of, b->asked->groups, -1, "対象者の抽出"};
    if (!number_next(office->store, NUMBER_ACT, &b->last_act, err)) return false;
    b->last_act--;
    if (!due_list(b->ledger, &wanted, &b->due, err)) return false;
    if (b->due.count) qsort(b->due.at, (size_t)b->due.count, sizeof *b->due.at, by_person);
    b->sent = NEW(b->arena, bool, b->due.count);
    if (!number_next(office->store, NUMBER_NOTICE_RUN, &b->run.run_no, err)) return false;
    if (!city_places(office->store, b->arena, &places, err)) return false;
    const char *settings_path = data_path(office->line, b->arena, S("city.json"));
    if (!city_settings_of(settings_path, places.city, b->arena, &settings, err)) return false;
    if (!begin_papers(b, &settings, err) || !take_everybody(b, err)) return false;
    if (!look_again(b, err)) return false;
    if (!store_begin(office->store, err)) return false;
    if (!act_begin(office->store, ACT_NOTICES, office->business_day, office->operator_name,
                   b->asked->folder, &act, err))
        return false;
    return release(b, &act, err);
}

bool notices_make(Ledger *ledger, const NoticesAsked *asked, Arena *arena, NoticesReport *report,
                  Error *err)
{
    Batch b = {.ledger = ledger,
               .asked = asked,
               .arena = arena,
               .person = arena_reserve(PERSON_BYTES),
               .report = report};
    *report = (NoticesReport){0};
    b.run.as_of = asked->as_of;
    bool ok = make(&b, err);
    if (!ok) store_rollback(ledger->office.store);
    papers_close(b.papers);
    arena_release(b.person);
    return ok;
}
