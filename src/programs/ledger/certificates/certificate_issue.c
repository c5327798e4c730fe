// SPDX-License-Identifier: Apache-2.0
#include "certificate_issue.h"

#include <assert.h>
#include <sys/random.h>

#include "beside.h"
#include "city_file.h"
#include "city_place_rows.h"
#include "dates.h"
#include "dose_told.h"
#include "given_number_rows.h"
#include "graphemes.h"
#include "key_set.h"
#include "notice_rows.h"
#include "paper_check_program.h"
#include "person_opened.h"
#include "person_state.h"

enum { TEXT_MOST = 60 };

// ---- at the counter

const char *const certificate_askers[] = {"本人", "保護者", "代理人", NULL};
// By the figure each is found in a folded list.
const char *const certificate_proofs[] = {"1 個人番号カード", "2 運転免許証", "3 旅券", "4 在留カード", "5 障害者手帳", "6 書類2点（資格確認書と母子健康手帳など）", NULL};

static bool one_of(Str value, const char *const *choices)
{
    for (; *choices; choices++)
        if (str_equal(value, str_of(*choices))) return true;
    return false;
}

// At a command the figure may be left away.
static bool proof_known(Str checked)
{
    for (const char *const *proof = certificate_proofs; *proof; proof++)
        if (str_equal(checked, str_of(*proof)) || str_equal(checked, str_of(*proof + 2))) return true;
    return false;
}

static bool is_missing(const char *item, const char *words, Error *err)
{
    return FAIL(err, E_MISSING, .item = str_of(item), .words = str_of(words));
}

bool certificate_asked_check(const CertificateAsked *asked, Error *err)
{
    const struct {
        const char *item;
        Str text;
    } texts[] = {{"間柄", asked->relation}, {"使う目的", asked->purpose}};
    bool self = str_equal(asked->asker, str_of(certificate_askers[0]));
    if (!one_of(asked->asker, certificate_askers))
        return FAIL(err, E_CODE_UNKNOWN, .item = S("請求した人"), .value = asked->asker,
                    .words = S("本人、保護者、代理人のどれかにしてください。"));
    if (!self && !asked->relation.len)
        return is_missing("間柄", "本人でないときは、間柄と、それを確かめたもの（委任状など）を書いてください。", err);
    if (!asked->checked.len) return is_missing("本人確認", "請求した人をどの書類で確かめたかを書いてください。", err);
    if (!proof_known(asked->checked))
        return FAIL(err, E_CODE_UNKNOWN, .item = S("本人確認"), .value = asked->checked,
                    .words = S("確かめた書類を、画面か --help に並んでいるものから選んでください。"));
    if (!asked->purpose.len) return is_missing("使う目的", "証明書を何に使うかを書いてください。例: 入園", err);
    for (int i = 0; i < countof(texts); i++)
        if (grapheme_count(texts[i].text) > TEXT_MOST)
            return FAIL(err, E_LENGTH, .item = str_of(texts[i].item), .value = texts[i].text,
                        .words = S("60字までで書いてください。"));
    return true;
}

bool certificate_desk(const Ledger *ledger, const PersonShown *shown, Arena *arena, CertificateDesk *desk, Error *err)
{
    Store *store = ledger->act->store;
    *desk = (CertificateDesk){.shown = *shown, .doses = certifiable_doses_of(shown, arena)};
    return certificates_of_person(store, shown->person->person_id, arena, &desk->issued, err) &&
           certificate_choices_of(store, &desk->doses, &desk->issued, arena, &desk->choices, err);
}

// ---- in words

Str certificate_state_words(const CertificateRow *row)
{
    if (row->to_act != ACT_OPEN) return S("終わった番号");
    return row->overtaken ? S("記録が変わりました") : S("交付中");
}

// ---- whose

bool certificate_may(const PersonShown *shown, Error *err)
{
    if (shown->person->is_protected)
        return FAIL(err, E_RIGHT,
                    .words = S("支援措置の対象の人の証明書は、ここでは作れません。支援措置の担当者に引き継いでください。"));
    if (shown->held.len)
        return FAIL(err, E_CONFLICT,
                    .words = S("住民情報の行が止まっていて、いまの氏名と住所が分かりません。"
                               "正しい行を取り込んでから、もう一度行ってください。"));
    return true;
}

static bool person_now(const Ledger *ledger, const Recorded *look, const AddresseeNo *who, Arena *arena, PersonShown *shown,
                       Error *err)
{
    PersonRow person;
    Act *act = ledger->act;
    if (!person_opened(act, who, KNOWN_NOW, arena, &person, err)) return false;
    if (!person.person_id)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .words = S("この人は台帳にいません。番号を確かめてください。"));
    return person_shown(ledger, &person, look, act->business_day, arena, shown, err);
}

// ---- the paper

static Str legal_words(const CertifiableDose *d)
{
    // clang-format off
    static const char *const words[] = {
        [LEGAL_ROUTINE_A] = "定期（A類）", [LEGAL_ROUTINE_B] = "定期（B類）", [LEGAL_SPECIAL] = "臨時",
        [LEGAL_CITY] = "市の事業", [LEGAL_VOLUNTARY] = "任意", [LEGAL_INSURANCE] = "保険", [LEGAL_UNKNOWN] = NULL};
    // clang-format on
    LegalClass of = d->record->judgement.legal_class;
    if (d->uncounted) return S("定期として数えない接種");
    const char *word = of > LEGAL_NOT_SAID && of < LEGAL_UNKNOWN ? words[of] : NULL;
    return word ? str_of(word) : (Str){0};
}

CertificateDose certificate_dose_printed(const Ledger *ledger, const CertifiableDose *d, Arena *arena)
{
    const DoseRecord *r = d->record;
    bool own = r->dose.provenance == PROVENANCE_CLINIC;
    return (CertificateDose){.vaccine = d->vaccine,
                             .position = d->position,
                             .given_on = date_partial_era_text(arena, r->dose.given_on),
                             .product = dose_product_words(ledger->schedule, &ledger->products, r),
                             .legal = legal_words(d),
                             .lot = r->lot,
                             .place = r->clinic_name.len ? r->clinic_name : r->venue,
                             .source = own ? (Str){0} : dose_source_words(r)};
}

static bool resident_printed(const Ledger *ledger, const PersonRow *person, Arena *arena, Certificate *c, Error *err)
{
    KeySet key = {0};
    NoticeAddresses rows;
    key_set_add_number(&key, arena, person->person_id);
    if (!notice_addresses(ledger->act->store, key_set_text(&key, arena), arena, &rows, err)) return false;
    c->name = person->name;
    if (!rows.count) return true;
    const NoticeAddress *now = &rows.at[0];
    bool resident = person->status == STATUS_RESIDENT && !person->withdrawn;
    c->name = now->name_roman.len ? now->name_roman : now->name;  // as registered, never 通称
    if (resident) c->address = now->address;
    if (resident) c->building = now->building;
    return true;
}

static bool paper_of(const Ledger *ledger, const PersonShown *shown, const CertificateChoice *choice, Arena *arena,
                     Certificate *c, Error *err)
{
    CertificateDose *doses = NEW(arena, CertificateDose, choice->doses.count);
    if (choice->doses.count > CERTIFICATE_DOSES_MOST)
        return FAIL(err, E_LIMIT, .words = S("一つの証明書に書ける接種は240件までです。ワクチンごとに作ってください。"));
    for (ptrdiff_t i = 0; i < choice->doses.count; i++) doses[i] = certificate_dose_printed(ledger, choice->doses.at[i], arena);
    *c = (Certificate){.kind = choice->kind,
                       .day = ledger->act->business_day,
                       .again = choice->scope == CERTIFY_AGAIN,
                       .who = shown->person->who,
                       .birth = shown->person->birth,
                       .doses = doses,
                       .dose_count = (int)choice->doses.count};
    return resident_printed(ledger, shown->person, arena, c, err);
}

static bool drawn_as(const Ledger *ledger, Certificate *c, Arena *arena, CertificateDrawn *drawn, Error *err)
{
    AddressPlaces places;
    CitySettings settings;
    const Act *act = ledger->act;
    if (!city_places(act->store, arena, &places, err) ||
        !city_file_of_letters(act, false, places.city, arena, &settings, err))
        return false;
    c->seal_left_out = settings.seal_left_out;
    PapersBatch batch = {.words = ledger->words,
                         .batch_no = str_format(arena, "SHO-%lld", (long long)c->number),
                         .mailed_on = c->day,
                         .printed_at = (Instant)c->day * INSTANT_DAY,
                         .envelope = settings.envelope,
                         .synthetic = settings.synthetic,
                         .sender = settings.sender,
                         .checker = program_beside(arena, PAPER_CHECK_PROGRAM)};
    if (getrandom(batch.tag_seed, sizeof batch.tag_seed, 0) != (ssize_t)sizeof batch.tag_seed)
        return FAIL(err, E_INTERNAL, .words = S("乱数を得られませんでした。もう一度実行してください。"));
    return certificate_draw(&batch, c, arena, drawn, err);
}

// ---- kept

static bool kept_as(const Ledger *ledger, const PersonShown *shown, const CertificateChoice *choice, const Certificate *c,
                    const CertificateDrawn *drawn, const CertificateAsked *asked, Arena *arena, Error *err)
{
    LedgerAct begun;
    Act *act = ledger->act;
    int32_t *ids = NEW(arena, int32_t, choice->doses.count);
    for (ptrdiff_t i = 0; i < choice->doses.count; i++) ids[i] = choice->doses.at[i]->record->dose.dose_id;
    if (!ledger_act_begin(act, ACT_CERTIFICATE, (Str){0}, &begun, err)) return false;
    const CertificateRow row = {.number = c->number,
                                .person_id = shown->person->person_id,
                                .kind = c->kind,
                                .issued_on = c->day,
                                .again_of = choice->scope == CERTIFY_AGAIN ? choice->subject : 0,
                                .form_version = drawn->form_version,
                                .pages = drawn->pages,
                                .hash = drawn->hash,
                                .from_act = begun.no};
    const CertificateKept kept = {*asked, drawn->pdf};
    return (!row.again_of || certificate_end(act->store, row.again_of, &begun, err)) &&
           certificate_insert(act->store, act->office->keys, &row, &kept, ids, choice->doses.count, *arena, err);
}

static bool recorded(const Ledger *ledger, const AddresseeNo *who, const Sha256 *hash, int64_t rows, Str detail, Error *err)
{
    AuditLeaf leaf = act_leaf(ledger->act, AUDIT_DONE);
    leaf.whose = who;
    leaf.content = hash;
    leaf.rows = rows;
    leaf.detail = detail;
    return act_record(ledger->act, &leaf, err) != NULL;
}

// Nothing leaves by it, at whatever door.
static bool cancel_recorded(const Ledger *ledger, const AddresseeNo *who, int64_t number, Error *err)
{
    AuditLeaf leaf = act_leaf(ledger->act, AUDIT_DONE);
    leaf.act = AUDIT_CHANGE;
    leaf.whose = who;
    leaf.rows = 1;
    leaf.detail = str_format(ledger->act->arena, "証明書 第%lld号 取消", (long long)number);
    return act_record(ledger->act, &leaf, err) != NULL;
}

bool certificate_issue(const Ledger *ledger, const Recorded *look, const AddresseeNo *who, const CertificateWanted *wanted,
                       const CertificateAsked *asked, Arena *arena, CertificateIssued *issued, Error *err)
{
    Certificate c;
    PersonShown shown;
    CertificateDesk desk;
    CertificateDrawn drawn;
    const CertificateChoice *choice;
    Store *store = ledger->act->store;
    if (!certificate_asked_check(asked, err) || !person_now(ledger, look, who, arena, &shown, err) ||
        !certificate_may(&shown, err) || !certificate_desk(ledger, &shown, arena, &desk, err) ||
        !certificate_chosen(&desk.choices, &desk.doses, wanted, arena, &choice, err) ||
        !paper_of(ledger, &shown, choice, arena, &c, err) ||
        !given_short_next(store, S("certificate"), &c.number, err) || !drawn_as(ledger, &c, arena, &drawn, err) ||
        !kept_as(ledger, &shown, choice, &c, &drawn, asked, arena, err))
        return false;
    *issued = (CertificateIssued){c.number, drawn.paper, drawn.pdf, c.dose_count};
    return recorded(ledger, who, &drawn.hash, c.dose_count,
                    str_format(arena, "%.*s 第%lld号 %s", STR(drawn.paper), (long long)c.number, c.again ? "再交付" : "交付"), err);
}

bool certificate_cancel(const Ledger *ledger, const AddresseeNo *who, int64_t number, Str reason, Error *err)
{
    LedgerAct begun;
    PersonRow person;
    CertificateRows rows = {0};
    Act *act = ledger->act;
    bool stands = false;
    if (!reason.len) return is_missing("理由", "取り消す理由を書いてください。", err);
    if (!person_opened(act, who, KNOWN_NOW, act->arena, &person, err)) return false;
    if (person.person_id && !certificates_of_person(act->store, person.person_id, act->arena, &rows, err)) return false;
    VEC_EACH (const CertificateRow, row, rows) stands |= row->number == number && row->to_act == ACT_OPEN;
    if (!stands)
        return FAIL(err, E_NOT_FOUND, .item = S("証明書"),
                    .words = S("この番号の証明書は、この人に交付していないか、もう終わっています。"));
    return ledger_act_begin(act, ACT_CERTIFICATE, reason, &begun, err) && certificate_end(act->store, number, &begun, err) &&
           cancel_recorded(ledger, who, number, err);
}
