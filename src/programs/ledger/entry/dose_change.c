// SPDX-License-Identifier: Apache-2.0
#include "dose_change.h"

#include <assert.h>
#include <string.h>

#include "claim_rows.h"
#include "counter_rows.h"
#include "dates.h"
#include "dose_payload.h"
#include "fold.h"
#include "judge_anew.h"
#include "masked.h"
#include "match_rows.h"
#include "partial_number.h"
#include "person_opened.h"
#include "rule_use_rows.h"

// ---- what was typed

static bool person_find(Ledger *ledger, Str typed, PersonRow *person, Error *err)
{
    AddresseeNo who;
    Arena *arena = ledger->act->arena;
    if (!addressee_no_parse(typed, &who, NULL, err)) return false;
    if (!person_opened(ledger->act, &who, KNOWN_NOW, arena, person, err)) return false;
    return (person->person_id && !person->withdrawn) ||
           FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = typed,
                .words = S("この宛名番号の人は台帳にいません。番号を確かめてください。"));
}

static bool dose_find(Store *store, int32_t person_id, int32_t dose_id, Arena *arena,
                      DoseRecord *dose, bool *found, Error *err)
{
    DoseRecords records;
    *found = false;
    if (!dose_records_of_person(store, person_id, KNOWN_NOW, arena, &records, err)) return false;
    VEC_EACH (DoseRecord, r, records) {
        if (r->dose.dose_id != dose_id) continue;
        *dose = *r;
        *found = true;
    }
    return true;
}

static bool old_read(Ledger *ledger, const PersonRow *person, Str typed, DoseRecord *old,
                     Error *err)
{
    int64_t number = 0;
    bool found = false;
    if (fold_int64(ledger->act->arena, typed, &number) && number > 0 && number < INT32_MAX &&
        !dose_find(ledger->act->store, person->person_id, (int32_t)number, ledger->act->arena, old,
                   &found, err))
        return false;
    return found || FAIL(err, E_NOT_FOUND, .item = S("記録番号"), .value = typed,
                         .words = S("この人の接種の記録にその番号はありません。"
                                    "ledger show に出る記録番号を確かめてください。"));
}

static bool day_refused(Str typed, Str words, Error *err)
{
    return FAIL(err, E_DATE_FORMAT, .item = S("接種日"), .value = typed, .words = words);
}

// The last day on which the person lived, as far as the register knows; DAY_NONE while he lives.
static bool death_day(const Act *act, int32_t person_id, Day *died, Error *err)
{
    Arena scratch = *act->arena;
    ResidenceSpanRows spans;
    *died = DAY_NONE;
    if (!match_residence(act->store, person_id, KNOWN_NOW, &scratch, &spans, err)) return false;
    VEC_EACH (ResidenceSpan, span, spans)
        if (span->end == RESIDENCE_DEAD) *died = span->last;
    return true;
}

// A dose before birth, after death or in the future is none (immunization.md 2.7); of a vague day the reading
// counts that could be true.
static bool day_possible(const Act *act, const PersonRow *person, PartialDate given_on, Str typed,
                         Error *err)
{
    DaySpan given, born;
    Day died;
    if (!partial_date_span(given_on, &given))
        return FAIL(err, E_DATE_PARTIAL, .item = S("接種日"), .value = typed,
                    .words = S("接種日は少なくとも年を書いてください。"));
    if (given.first > act->business_day)
        return day_refused(typed, S("接種日が先の日付です。日付を確かめてください。"), err);
    if (partial_date_span(person->birth, &born) && given.last < born.first)
        return day_refused(typed, S("接種日が生年月日より前です。日付を確かめてください。"), err);
    if (!death_day(act, person->person_id, &died, err)) return false;
    if (died != DAY_NONE && given.first > died)
        return day_refused(typed, S("接種日が死亡の日より後です。日付を確かめてください。"), err);
    return true;
}

// A day of an era that had ended is taken, and told.
static bool day_read_typed(const Act *act, const PersonRow *person, Str typed, DoseChange *change,
                           Error *err)
{
    DateNotes notes = {0};
    if (!typed.len) return true;
    if (!date_parse(typed, &change->given_on, &notes, err)) {
        error_set_item(err, S("接種日"));
        return false;
    }
    if (notes.era_converted)
        change->warning = date_era_warning(typed, change->given_on, act->arena);
    return day_possible(act, person, change->given_on, typed, err);
}

// The vaccine as it is called on that day; `given_on` is the new day, or the one that stands.
static bool vaccine_read(Ledger *ledger, Str typed, PartialDate birth, PartialDate given_on,
                         Str *product, Error *err)
{
    DaySpan born = {0}, given = {0};
    if (!typed.len) return true;
    (void)partial_date_span(birth, &born);
    (void)partial_date_span(given_on, &given);
    int found = product_find(ledger->schedule, typed, born.last, given.last, *ledger->act->arena);
    if (found == PRODUCT_NONE)
        return FAIL(err, E_NOT_FOUND, .item = S("ワクチン"), .value = typed,
                    .words = S("このワクチンは規則にありません。名前か記号を確かめてください。"));
    *product = product_id(ledger->schedule, found);
    return true;
}

static bool clinic_read(Str typed, Arena *arena, Str *clinic_code, Error *err)
{
    InstitutionCode code;
    if (!typed.len) return true;
    if (!institution_code_parse(typed, &code, NULL, err)) {
        error_set_item(err, S("医療機関"));
        return false;
    }
    *clinic_code = str_copy(arena, institution_text(&code));
    return true;
}

// Where an entry by hand may come from (immunization.md 5.4).
const char *const dose_sources[] = {"母子健康手帳", "医療機関", "依頼書", "申出", NULL};
static const Provenance source_provenance[] = {PROVENANCE_BOOKLET, PROVENANCE_CLINIC,
                                               PROVENANCE_WIDE_AREA, PROVENANCE_GUARDIAN};

static bool source_read(Str typed, Provenance *provenance, Error *err)
{
    if (str_equal(typed, DOSE_SOURCE_ANSWER)) {
        *provenance = PROVENANCE_OTHER_CITY;
        return true;
    }
    for (int i = 0; dose_sources[i]; i++) {
        if (!str_equal(typed, str_of(dose_sources[i]))) continue;
        *provenance = source_provenance[i];
        return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .item = S("根拠"), .value = typed,
                .words = S("根拠は 母子健康手帳、医療機関、依頼書、申出 のどれかです。"));
}

static bool missing(Error *err, Str item)
{
    return FAIL(err, E_MISSING, .item = item, .words = S("この項目を書いてください。"));
}

// A row that cannot be read is trouble; what was typed wrongly is a fault, and the next item is read.
static bool fault_or(bool good, const Error *why, DoseFaults *faults, Error *err)
{
    if (good) return true;
    if (why->code == E_STORE || why->code == E_STORE_FULL || why->code == E_BUSY)
        return error_pass(err, why);
    if (faults->count < DOSE_FAULTS_MOST) faults->at[faults->count++] = *why;
    return true;
}

static bool all_there(DoseChangeKind kind, const DoseChangeTyped *t, DoseFaults *faults, Error *err)
{
    Error why = {0};
    bool enters = kind == DOSE_ENTER;
    bool anything = t->day.len || t->vaccine.len || t->lot.len || t->clinic.len;
    return fault_or(!enters || t->vaccine.len || missing(&why, S("ワクチン")), &why, faults, err) &&
           fault_or(!enters || t->day.len || missing(&why, S("接種日")), &why, faults, err) &&
           fault_or(kind != DOSE_CORRECT || anything || missing(&why, S("訂正する項目")), &why,
                    faults, err) &&
           fault_or(t->reason.len || missing(&why, S("理由")), &why, faults, err);
}

// A dose of this product on this day stands already.
static bool not_there_yet(Ledger *ledger, const DoseChange *change, const PersonRow *person,
                          Error *err)
{
    DoseRecords records;
    char day[DAY_TEXT_SIZE];
    if (change->kind != DOSE_ENTER) return true;
    if (!dose_records_of_person(ledger->act->store, person->person_id, KNOWN_NOW, ledger->act->arena, &records,
                                err))
        return false;
    VEC_EACH (DoseRecord, r, records)
        if (partial_date_equal(r->dose.given_on, change->given_on) &&
            str_equal(ledger->products.code_of[r->dose.product_no], change->product))
            return FAIL(err, E_CONFLICT, .item = S("接種日"),
                        .value = str_of(partial_date_text(change->given_on, day)),
                        .words = S("同じワクチンの同じ日の接種がすでに記録されています。"));
    return true;
}

static bool items_read(Ledger *ledger, const DoseChangeTyped *typed, DoseChange *read,
                       const PersonRow *person, const DoseRecord *old, DoseFaults *faults,
                       Error *err)
{
    Error why = {0};
    Arena *arena = ledger->act->arena;
    bool enters = read->kind == DOSE_ENTER;
    if (!fault_or(day_read_typed(ledger->act, person, typed->day, read, &why), &why, faults, err))
        return false;
    PartialDate day = read->given_on.year ? read->given_on : old->dose.given_on;
    return fault_or(vaccine_read(ledger, typed->vaccine, person->birth, day, &read->product, &why),
                    &why, faults, err) &&
           fault_or(clinic_read(typed->clinic, arena, &read->clinic_code, &why), &why, faults,
                    err) &&
           fault_or(!enters || source_read(typed->source, &read->provenance, &why), &why, faults,
                    err);
}

bool dose_change_check(Ledger *ledger, DoseChangeKind kind, const DoseChangeTyped *typed,
                       DoseChange *change, PersonRow *person, DoseRecord *old, DoseFaults *faults,
                       Error *err)
{
    Error why = {0};
    DoseChange read = {.kind = kind, .reason = typed->reason, .lot = typed->lot};
    *faults = (DoseFaults){0};
    if (!all_there(kind, typed, faults, err) ||
        !fault_or(person_find(ledger, typed->who, person, &why), &why, faults, err))
        return false;
    if (why.code) return true;
    if (kind != DOSE_ENTER &&
        !fault_or(old_read(ledger, person, typed->dose, old, &why), &why, faults, err))
        return false;
    if (why.code) return true;
    read.who = person->who;
    read.dose_id = kind == DOSE_ENTER ? 0 : old->dose.dose_id;
    if (!items_read(ledger, typed, &read, person, old, faults, err))
        return false;
    if (!faults->count &&
        !fault_or(not_there_yet(ledger, &read, person, &why), &why, faults, err))
        return false;
    *change = read;
    return true;
}

bool dose_change_read(Ledger *ledger, DoseChangeKind kind, const DoseChangeTyped *typed,
                      DoseChange *change, PersonRow *person, DoseRecord *old, Error *err)
{
    DoseFaults *faults = NEW(ledger->act->arena, DoseFaults, 1);
    return dose_change_check(ledger, kind, typed, change, person, old, faults, err) &&
           (!faults->count || error_pass(err, &faults->at[0]));
}

// ---- asking

static Str dose_words(const Ledger *ledger, const DoseRecord *dose, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    return str_format(arena, "記録 %d (%s %.*s)", dose->dose.dose_id,
                      partial_date_text(dose->dose.given_on, day),
                      STR(ledger->products.code_of[dose->dose.product_no]));
}

Str dose_entry_words(const DoseChange *change, bool hide, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    Text text = {0};
    if (change->given_on.year)
        text_addf(&text, arena, " 接種日 %s", partial_date_text(change->given_on, day));
    if (change->product.len) text_addf(&text, arena, " ワクチン %.*s", STR(change->product));
    if (change->lot.len) text_addf(&text, arena, " ロット %.*s", STR(change->lot));
    Str clinic = masked(hide, change->clinic_code);
    if (clinic.len) text_addf(&text, arena, " 医療機関 %.*s", STR(clinic));
    return text_str(&text);
}

static Str subject_of(const Ledger *ledger, const DoseChange *change, const PersonRow *person,
                      const DoseRecord *old)
{
    Arena *arena = ledger->act->arena;
    Str name = masked(person->is_protected, person->name);
    Str number = addressee_text(&person->who),
        fresh = dose_entry_words(change, person->is_protected, arena);
    switch (change->kind) {
    case DOSE_ENTER:
        return str_format(arena, "%.*s (%.*s) に追加:%.*s", STR(name), STR(number), STR(fresh));
    case DOSE_CORRECT:
        return str_format(arena, "%.*s (%.*s) の%.*s を訂正:%.*s", STR(name), STR(number),
                          STR(dose_words(ledger, old, arena)), STR(fresh));
    case DOSE_CANCEL:
        return str_format(arena, "%.*s (%.*s) の%.*s を取消", STR(name), STR(number),
                          STR(dose_words(ledger, old, arena)));
    case DOSE_CHANGE_KINDS: break;
    }
    assert(!"a kind of change");
    return (Str){0};
}

static bool ask(Ledger *ledger, const DoseChange *change, const PersonRow *person, const DoseRecord *old,
                int64_t *approval_no, Error *err)
{
    Act *act = ledger->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked asked = {.kind = &dose_change_kinds[change->kind],
                                 .subject = subject_of(ledger, change, person, old),
                                 .reason = change->reason,
                                 .payload = dose_payload_write(change, act->arena)};
    leaf.whose = &person->who;
    if (!approval_ask_once(act, &asked, approval_no, err)) return false;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err);
}

bool dose_change_ask(Ledger *ledger, DoseChangeKind kind, const DoseChangeTyped *typed, DoseChange *change,
                     int64_t *approval_no, Error *err)
{
    PersonRow person;
    DoseRecord old = {0};
    Act *act = ledger->act;
    return act_begin(act, err) && dose_change_read(ledger, kind, typed, change, &person, &old, err) &&
           ask(ledger, change, &person, &old, approval_no, err) && store_commit(act->store, err);
}

// ---- what it would change

static void digest_dose(Text *text, const DoseRecord *r, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    text_addf(text, arena, "%d %d %s %d %.*s %.*s\n", r->dose.dose_id, r->dose.product_no,
              partial_date_text(r->dose.given_on, day), r->dose.from_act, STR(r->lot),
              STR(r->clinic_code));
}

// Of a correction or cancellation that dose as it stands, of an entry all doses of the person.
bool dose_change_content(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    DoseChange change;
    PersonRow person;
    DoseRecords records = {0};
    Text text = {0};
    if (!dose_payload_read(payload, arena, &change, err)) return false;
    if (!person_by_number(act->store, &change.who, KNOWN_NOW, arena, &person, err)) return false;
    if (person.person_id && !dose_records_of_person(act->store, person.person_id, KNOWN_NOW, arena, &records, err)) return false;
    text_addf(&text, arena, "%d %d\n", person.person_id, (int)person.withdrawn);
    VEC_EACH (DoseRecord, r, records)
        if (change.kind == DOSE_ENTER || r->dose.dose_id == change.dose_id)
            digest_dose(&text, r, arena);
    text_add(&text, arena, (Str){(const char *)payload.at, payload.len});
    Str all = text_str(&text);
    *content = keys_index(act->office->keys, S("dose_change"),
                          (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

// ---- carrying it out

static DoseRecord entered(const Ledger *ledger, const DoseChange *change, const PersonRow *person)
{
    int32_t product = ledger->products.number_of[product_by_id(ledger->schedule, change->product)];
    return (DoseRecord){.dose = {.person_id = person->person_id,
                                 .product_no = product,
                                 .given_on = change->given_on,
                                 .provenance = change->provenance},
                        .kind =
                            change->provenance == PROVENANCE_CLINIC ? GIVEN_HERE : GIVEN_ELSEWHERE,
                        .lot = change->lot,
                        .clinic_code = change->clinic_code,
                        .reason = change->reason};
}

static DoseRecord corrected(const Ledger *ledger, const DoseChange *change, const DoseRecord *old)
{
    DoseRecord next = *old;
    next.replaces = old->dose.dose_id;
    next.reason = change->reason;
    if (change->given_on.year) next.dose.given_on = change->given_on;
    if (change->lot.len) next.lot = change->lot;
    if (change->clinic_code.len) {
        next.clinic_code = change->clinic_code;
        next.clinic_name = (Str){0};
    }
    if (change->product.len) {
        int rule = product_by_id(ledger->schedule, change->product);
        next.dose.product_no = ledger->products.number_of[rule];
    }
    return next;
}

// The engine reads a history as the ledger does: oldest first, on one day as recorded.
static void record_placed(DoseRecords *records, const DoseRecord *record, Arena *arena)
{
    *dose_records_push(records, arena) = *record;
    for (ptrdiff_t i = records->count - 1; i > 0; i--) {
        DoseRecord *here = &records->at[i], *before = here - 1;
        if (partial_number(before->dose.given_on) <= partial_number(here->dose.given_on)) return;
        const DoseRecord later = *before;
        *before = *here;
        *here = later;
    }
}

DoseRecords dose_change_foreseen(const Ledger *ledger, const DoseChange *change,
                                 const PersonRow *person, const DoseRecords *now, Arena *arena)
{
    assert(person->person_id > 0);
    DoseRecords then = {0};
    VEC_EACH (const DoseRecord, r, *now) {
        const DoseRecord next = corrected(ledger, change, r);
        bool meant = r->dose.dose_id == change->dose_id;
        if (!meant) record_placed(&then, r, arena);
        if (meant && change->kind == DOSE_CORRECT) record_placed(&then, &next, arena);
    }
    if (change->kind == DOSE_ENTER) {
        const DoseRecord made = entered(ledger, change, person);
        record_placed(&then, &made, arena);
    }
    return then;
}

// A cancelled dose is paid by nobody; the claim of a corrected one asks for the new version.
static bool old_end(Act *act, const LedgerAct *begun, const DoseRow *old, const DoseRow *fresh,
                    Error *err)
{
    bool claims = fresh ? claims_follow(act->store, begun, old, fresh, NULL, *act->arena, err)
                        : claims_end(act->store, begun, &old->dose_id, 1, err);
    return claims && dose_end(act->store, old->dose_id, begun, err);
}

static bool doses_change(Ledger *ledger, const DoseChange *change, const PersonRow *person,
                         const DoseRecord *old, const LedgerAct *begun, Error *err)
{
    Act *act = ledger->act;
    if (change->kind == DOSE_CANCEL) return old_end(act, begun, &old->dose, NULL, err);
    DoseRecord next = change->kind == DOSE_ENTER ? entered(ledger, change, person)
                                                 : corrected(ledger, change, old);
    next.dose.from_act = begun->no;
    next.dose.to_act = ACT_OPEN;
    return number_next(act->store, NUMBER_DOSE, &next.dose.dose_id, err) &&
           (change->kind == DOSE_ENTER || old_end(act, begun, &old->dose, &next.dose, err)) &&
           dose_insert(act->store, &next, err);
}

// One dose more or less may turn the verdicts on the others.
static bool changes_make(Ledger *ledger, const DoseChanges *changes, const PersonRow *person, const DoseRecord *old, Str reason,
                         Error *err)
{
    LedgerAct begun;
    PersonRow one = *person;
    Act *act = ledger->act;
    if (!ledger_act_begin(act, ACT_ENTRY, reason, &begun, err) ||
        !rule_use_note(act->store, &begun, ledger->schedule, &ledger->rule_texts, *act->arena, err))
        return false;
    VEC_EACH (const DoseChange, change, *changes)
        if (!doses_change(ledger, change, person, old, &begun, err)) return false;
    return judge_anew(&ledger->judge, act->store, &begun, &(FoundPersons){.at = &one, .count = 1}, *act->arena, err);
}

bool dose_entries_make(Ledger *ledger, const DoseChanges *entries, const PersonRow *person, Str reason, Error *err)
{
    VEC_EACH (const DoseChange, entry, *entries) assert(entry->kind == DOSE_ENTER);
    return changes_make(ledger, entries, person, NULL, reason, err);
}

static bool still_there(const Act *act, const DoseChange *change, const PersonRow *person, DoseRecord *old, bool *found,
                        Error *err)
{
    *found = person->person_id > 0;
    return !*found || change->kind == DOSE_ENTER ||
           dose_find(act->store, person->person_id, change->dose_id, act->arena, old, found, err);
}

bool dose_change_asked(Ledger *ledger, Bytes payload, DoseChange *change, PersonRow *person,
                       DoseRecord *old, bool *found, Error *err)
{
    assert(payload.len > 0);
    Act *act = ledger->act;
    return dose_payload_read(payload, act->arena, change, err) &&
           person_subject(act, &change->who, act->arena, person, err) &&
           still_there(act, change, person, old, found, err);
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Ledger ledger;
    DoseChange change;
    PersonRow person;
    DoseRecord old = {0};
    bool found;
    (void)brought;
    if (!ledger_open(act, arena, &ledger, err) || !ledger_products_complete(&ledger, err) ||
        !dose_payload_read(payload, arena, &change, err) ||
        !person_opened(act, &change.who, KNOWN_NOW, arena, &person, err) ||
        !still_there(act, &change, &person, &old, &found, err))
        return false;
    assert(found);  // the digest of the content has said so in this transaction
    return changes_make(&ledger, &(DoseChanges){.at = &change, .count = 1}, &person, &old, change.reason, err);
}

// What was asked, in the words of today: of who came under protection since, neither name nor clinic.
static bool shown(Act *act, Bytes payload, Arena *arena, Str *subject, Error *err)
{
    Ledger ledger;
    DoseChange change;
    PersonRow person;
    DoseRecord old = {0};
    bool found;
    if (!ledger_open(act, arena, &ledger, err) ||
        !dose_change_asked(&ledger, payload, &change, &person, &old, &found, err))
        return false;
    // A dose that stands no longer: the request will lapse, and is told by its number.
    if (!found)
        *subject = str_format(arena, "記録 %d", change.dose_id);
    else
        *subject = subject_of(&ledger, &change, &person, &old);
    return true;
}

const ApprovalKind dose_change_kinds[DOSE_CHANGE_KINDS] = {
    [DOSE_ENTER] = {"dose_enter", "接種記録の追加", dose_change_content, run, shown},
    [DOSE_CORRECT] = {"dose_correct", "接種記録の訂正", dose_change_content, run, shown},
    [DOSE_CANCEL] = {"dose_cancel", "接種記録の取消", dose_change_content, run, shown},
};
