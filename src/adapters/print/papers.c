// SPDX-License-Identifier: Apache-2.0
#include "papers.h"

#include "bars.h"
#include "calendar.h"
#include "dose_words.h"
#include "lost_character.h"
#include "papers_run.h"
#include "snapshot.h"
#include "utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MINOR_UNDER = 18, ELDER_FROM = 65 };

// Address space for the largest batch: about 6 KiB a person with everything that release adds.
#define PAPERS_BYTES ((ptrdiff_t)2 << 30)

typedef struct FaultTexts {
    const char *code, *words, *cure;
} FaultTexts;

static const FaultTexts fault_texts[PAPER_FAULT_COUNT] = {{"", "", ""},
#define X(name, words, cure) {#name, words "。", cure "。"},
                                                          PAPER_FAULTS(X)
#undef X
};

const char *paper_fault_text(PaperFaultCode code)
{
    return fault_texts[code].code;
}

static bool file_name_part(Str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool fine =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
        if (!fine) return false;
    }
    return text.len >= 1 && text.len <= 40;
}

static bool envelope_unknown(Papers *papers, Str name, Error *err)
{
    const PaperForms *forms = &papers->forms;
    Text names = {0};
    for (int i = 0; i < forms->envelope_count; i++)
        text_addf(&names, papers->arena, "%s%.*s", i ? "、" : "", STR(forms->envelopes[i].name));
    return FAIL(err, E_PAPER, .item = S("封筒"), .value = name,
                .words = str_format(papers->arena, "封筒の名前は次のどれかです: %.*s。",
                                    STR(text_str(&names))));
}

// Every printable thing that the window could ever show is the address block, or the batch is refused.
static bool choose_envelope(Papers *papers, Error *err)
{
    const PaperForms *forms = &papers->forms;
    Str name = papers->batch.envelope.len ? papers->batch.envelope : forms->default_envelope;
    papers->envelope = envelope_words(forms, name);
    if (!papers->envelope) return envelope_unknown(papers, name, err);

    const Envelope *shape = &papers->envelope->shape;
    const EnvelopeWords *windowed = envelope_words(forms, forms->default_envelope);
    if (shape->labelled && windowed) shape = &windowed->shape;
    Box region = envelope_address_block(shape);
    papers->block =
        (Box){forms->address_x, forms->address_y, region.x + region.w - forms->address_x,
              region.y + region.h - forms->address_y};
    papers->barcodes = envelope_takes_barcode(shape, CUSTOMER_BARCODE_W);
    const WindowLayout layout = {papers->block, forms->clear};
    if (envelope_verdict(shape, &layout) == WINDOW_FITS) return true;
    return FAIL(err, E_PAPER, .item = S("封筒"), .value = name,
                .words = S("この封筒の窓では、宛名が隠れるか宛名以外が見えるおそれがあるため、"
                           "印刷できません。封筒か様式の寸法を確認してください。"));
}

static bool in_force(DaySpan span, Day day)
{
    return span.first <= day && day <= span.last;
}

static bool check_batch(Papers *papers, Error *err)
{
    const PapersBatch *batch = &papers->batch;
    if (!file_name_part(batch->batch_no))
        return FAIL(err, E_PAPER, .item = S("バッチ番号"), .value = batch->batch_no,
                    .words = S("バッチ番号は半角の英数字とハイフン40文字までで指定してください。"));
    bool forms_valid =
        !batch->form_parts || in_force(papers->forms.screening.in_force, batch->mailed_on);
    if (!forms_valid || !in_force(papers->forms.letters.in_force, batch->mailed_on))
        return FAIL(
            err, E_PAPER, .item = S("P109"), .value = papers->forms.letters.version,
            .words = S(
                "発送日は様式の有効期間外です。この年度の様式が入った版のソフトウェアを導入するよう、"
                "保守の担当者に連絡してください。"));
    return choose_envelope(papers, err);
}

bool papers_begin(const PapersBatch *batch, Arena *arena, Papers **papers, Error *err)
{
    assert(batch->form_parts >= 0);
    assert(batch->form_parts <= 3);
    Arena whole = arena_reserve(PAPERS_BYTES), own = whole;
    Papers *made = NEW(&own, Papers, 1);
    *made = (Papers){.batch = *batch, .whole = whole, .own = own, .caller = arena};
    made->arena = &made->own;
    made->drawing = (Drawing){.batch = &made->batch, .forms = &made->forms, .arena = made->arena};
    if (!paper_forms_load(&batch->words, made->arena, &made->forms, err) ||
        !check_batch(made, err) || !fonts_open(made->arena, &made->drawing.pen.fonts, err)) {
        papers_close(made);
        return false;
    }
    *papers = made;
    return true;
}

void papers_close(Papers *papers)
{
    if (!papers) return;
    for (int i = 0; i < papers->drawing.layer_count; i++)
        cairo_surface_destroy(papers->drawing.layers[i]);
    fonts_close(papers->drawing.pen.fonts);
    arena_release(papers->whole);
}

static PaperFaultCode refuse(Papers *papers, const PaperPerson *person, PaperFaultCode code,
                             Str item, Str value)
{
    PaperFault *fault = paper_faults_push(&papers->report.faults, papers->arena);
    *fault = (PaperFault){.code = code,
                          .who = person->who,
                          .item = item,
                          .words = str_of(fault_texts[code].words),
                          .cure = str_of(fault_texts[code].cure)};
    // A protected address must not get onto a list that lies on a desk.
    bool address = str_starts(item, S("住所")) || str_starts(item, S("方書"));
    if (!(person->is_protected && address)) fault->value = str_copy(papers->arena, value);
    papers->report.refused++;
    return code;
}

// 氏名優先区分: 2 the alias; else the Roman name as in the passport, else the registered name.
static Str printed_name(const PaperPerson *p)
{
    if (p->alias_first && p->alias.len) return p->alias;
    return p->name_roman.len ? p->name_roman : p->name;
}

static void read_age(KeptPerson *kept, const PapersBatch *batch)
{
    DaySpan span;
    kept->large = batch->letter == LETTER_REMINDER;
    if (!partial_date_span(kept->snapshot.birth, &span)) return;
    kept->minor = age_completed(span.last, batch->mailed_on) < MINOR_UNDER;
    kept->large = kept->large || age_completed(span.first, batch->mailed_on) >= ELDER_FROM;
}

// Registers write a full-width blank where they know nothing.
static bool is_blank(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (code > ' ' && code != 0x3000 && code != 0xA0) return false;
    }
    return true;
}

static PaperFaultCode ask_register(Papers *papers, KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    if (!p->register_held) return PAPER_FINE;
    return refuse(papers, p, PAPER_P112, S("住民情報"), (Str){0});
}

// A name that lost a character names somebody else, on the letter and on the form that comes back.
static PaperFaultCode test_names(Papers *papers, KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    const struct {
        Str item, text;
    } names[] = {
        {S("氏名"), p->name},  {S("氏名カナ"), p->name_kana},  {S("氏名ローマ字"), p->name_roman},
        {S("通称"), p->alias}, {S("通称カナ"), p->alias_kana},
    };
    for (int i = 0; i < countof(names); i++)
        if (character_lost(names[i].text))
            return refuse(papers, p, PAPER_P111, names[i].item, names[i].text);
    return PAPER_FINE;
}

static PaperFaultCode choose_mailing(Papers *papers, KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    if (p->is_protected && !(p->mailing_released && !is_blank(p->mailing.address)))
        return refuse(papers, p, PAPER_P104, S("送付先"), (Str){0});
    kept->mailing = is_blank(p->mailing.address) ? p->home : p->mailing;
    if (is_blank(kept->mailing.address)) return refuse(papers, p, PAPER_P103, S("住所"), (Str){0});
    return PAPER_FINE;
}

// Where one did in the address, the letter goes astray.
static PaperFaultCode test_places(Papers *papers, KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    bool home = papers->batch.form_parts && !p->is_protected;
    const struct {
        Str item, text;
    } places[] = {
        {S("住所"), kept->mailing.address},
        {S("方書"), kept->mailing.building},
        {S("住所"), home ? p->home.address : (Str){0}},
        {S("方書"), home ? p->home.building : (Str){0}},
    };
    for (int i = 0; i < countof(places); i++)
        if (character_lost(places[i].text))
            return refuse(papers, p, PAPER_P111, places[i].item,
                          p->is_protected ? (Str){0} : places[i].text);
    return PAPER_FINE;
}

static PaperFaultCode test_glyphs(Papers *papers, const KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    bool home = papers->batch.form_parts && !p->is_protected;
    bool alias = p->alias_first && p->alias.len;
    const struct {
        Str item, text;
    } printed[] = {
        {S("氏名"), kept->name},
        {S("住所"), kept->mailing.address},
        {S("方書"), kept->mailing.building},
        {S("住所"), home ? p->home.address : (Str){0}},
        {S("方書"), home ? p->home.building : (Str){0}},
        {S("氏名カナ"),
         papers->batch.form_parts ? (alias ? p->alias_kana : p->name_kana) : (Str){0}},
        {S("氏名ローマ字"), papers->batch.form_parts && alias ? p->name_roman : (Str){0}},
    };
    for (int i = 0; i < countof(printed); i++) {
        Str what;
        if (fonts_lack(papers->drawing.pen.fonts, printed[i].text, &what))
            return refuse(papers, p, PAPER_P101, printed[i].item, what);
    }
    return PAPER_FINE;
}

static PaperFaultCode find_words(Papers *papers, KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    KeptDose *doses = NEW(papers->arena, KeptDose, p->dose_count);
    for (int i = 0; i < p->dose_count; i++) {
        const PaperDose *dose = &p->doses[i];
        if (dose_words_of(&papers->forms, dose, p->birth, papers->batch.mailed_on, &doses[i]))
            continue;
        return refuse(
            papers, p, PAPER_P109, S("種類・回・製品"),
            str_format(papers->arena, "%.*s %.*s", STR(dose->series), STR(dose->position)));
    }
    kept->doses = doses;
    return PAPER_FINE;
}

static PaperFaultCode test_periods(Papers *papers, KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    for (int i = 0; i < p->dose_count; i++)
        if (!dose_periods_run(&p->doses[i]))
            return refuse(papers, p, PAPER_P110, S("受けられる期間"),
                          str_format(papers->arena, "%.*s %.*s", STR(p->doses[i].series),
                                     STR(p->doses[i].position)));
    return PAPER_FINE;
}

static bool barcode_wanted(const Papers *papers, const PaperAddress *a, Arena scratch,
                           CustomerBarcode *code)
{
    if (!papers->barcodes || !a->area.len || !str_starts(a->address, a->area)) return false;
    return customer_barcode_of(a->postal_code, snapshot_address_rest(a, &scratch), code, scratch);
}

// Which of the two lines of an address is too long: the one without which the other fits.
static PaperFaultCode address_too_long(Papers *papers, const KeptPerson *kept,
                                       const PaperAddress *a, bool fits_alone, Str where)
{
    Str item = str_join(papers->arena, fits_alone ? S("方書") : S("住所"), where);
    return refuse(papers, &kept->snapshot, PAPER_P102, item, fits_alone ? a->building : a->address);
}

static PaperFaultCode fit_block(Papers *papers, KeptPerson *kept)
{
    Fonts *fonts = papers->drawing.pen.fonts;
    const Box *box = &papers->block;
    BlockText text = {
        .address = kept->mailing.address,
        .building = kept->mailing.building,
        .name = kept->name,
        .honorific = papers->forms.letters.honorific,
        .guardian = kept->minor ? papers->forms.letters.guardian : (Str){0},
    };
    Str item;
    if (block_fit(fonts, &text, box->w, box->h, kept->has_barcode, &kept->block, &item))
        return PAPER_FINE;
    if (str_equal(item, S("氏名")))
        return refuse(papers, &kept->snapshot, PAPER_P102, item, kept->name);
    AddressBlock unused;
    text.building = (Str){0};
    bool alone = kept->mailing.building.len &&
                 block_fit(fonts, &text, box->w, box->h, kept->has_barcode, &unused, &item);
    return address_too_long(papers, kept, &kept->mailing, alone, (Str){0});
}

static PaperFaultCode fit_form(Papers *papers, KeptPerson *kept)
{
    Fonts *fonts = papers->drawing.pen.fonts;
    const PaperPerson *p = &kept->snapshot;
    const PaperAddress *home = &p->home;
    const double width = SCREENING_ADDRESS_BOX.w - 1.5;
    bool two_names = p->alias_first && p->alias.len && p->name_roman.len;
    if (!line_fit(fonts, kept->name, SCREENING_NAME_BOX.w - 1.5, two_names ? 11 : 14, 9, 0.75,
                  &kept->form_name))
        return refuse(papers, p, PAPER_P102, S("氏名（予診票）"), kept->name);
    if (p->is_protected ||
        lines_fit(fonts, home->address, home->building, width, 9, 2, &kept->form_address))
        return PAPER_FINE;
    FittedLines unused;
    bool alone =
        home->building.len && lines_fit(fonts, home->address, (Str){0}, width, 9, 2, &unused);
    return address_too_long(papers, kept, home, alone, S("（予診票）"));
}

static PaperFaultCode fit(Papers *papers, KeptPerson *kept)
{
    PaperFaultCode code = fit_block(papers, kept);
    return code || !papers->batch.form_parts ? code : fit_form(papers, kept);
}

static const EnvelopeWords *envelope_for(const Papers *papers, const KeptPerson *kept)
{
    int leaves = sheets_of(&papers->drawing, kept).count / 2;
    if (leaves <= papers->envelope->sheets) return papers->envelope;
    for (int i = 0; i < papers->forms.envelope_count; i++)
        if (papers->forms.envelopes[i].shape.labelled) return &papers->forms.envelopes[i];
    return papers->envelope;
}

static MailingKey mailing_key(Papers *papers, const KeptPerson *kept)
{
    const PaperPerson *p = &kept->snapshot;
    char digits[7];
    bool coded = postal_code_read(kept->mailing.postal_code, digits);
    Str rest = snapshot_address_rest(&kept->mailing, papers->arena);
    return (MailingKey){
        .stream = p->is_protected ? STREAM_SEPARATE : STREAM_ORDINARY,
        .envelope = (int)(kept->envelope - papers->forms.envelopes),
        .postal_code = coded ? str_copy(papers->arena, (Str){digits, 7}) : (Str){0},
        .address_number = customer_address_number(rest, papers->arena),
        .building = kept->mailing.building,
        .household = p->household,
        .birth = p->birth,
        .who = p->who,
    };
}

PaperFaultCode papers_person(Papers *papers, const PaperPerson *person)
{
    assert(papers->report.given < PAPERS_PERSONS_MAX);
    assert(person->dose_count >= 1);
    assert(person->dose_count <= PAPER_DOSES_MAX);
    papers->report.given++;
    KeptPerson *kept = NEW(papers->arena, KeptPerson, 1);
    kept->snapshot = snapshot_copy(papers->arena, person);
    kept->name = printed_name(&kept->snapshot);
    read_age(kept, &papers->batch);

    PaperFaultCode (*const steps[])(Papers *, KeptPerson *) = {
        ask_register, choose_mailing, test_names, test_places, test_periods, find_words};
    for (int i = 0; i < countof(steps); i++) {
        PaperFaultCode code = steps[i](papers, kept);
        if (code) return code;
    }
    PaperFaultCode code = test_glyphs(papers, kept);
    if (code) return code;
    CustomerBarcode barcode;
    kept->has_barcode = barcode_wanted(papers, &kept->mailing, *papers->arena, &barcode);
    code = fit(papers, kept);
    if (code) return code;

    kept->envelope = envelope_for(papers, kept);
    kept->key = mailing_key(papers, kept);
    *kept_persons_push(&papers->kept, papers->arena) = kept;
    *map_place(&papers->by_number, papers->arena, addressee_text(&kept->snapshot.who), NULL) =
        papers->kept.count;
    papers->report.by_step[kept->block.step]++;
    if (!kept->has_barcode) papers->report.without_barcode++;
    if (kept->key.postal_code.len) return PAPER_FINE;
    papers->report.without_postal_code++;
    return PAPER_P106;
}

bool papers_still(const Papers *papers, const PaperPerson *now)
{
    const int64_t *place = map_find(&papers->by_number, addressee_text(&now->who));
    return place && snapshot_same(&papers->kept.at[*place - 1]->snapshot, now);
}

void papers_hold(Papers *papers, AddresseeNo who, PaperFaultCode code, Str words)
{
    const int64_t *place = map_find(&papers->by_number, addressee_text(&who));
    if (!place || papers->kept.at[*place - 1]->held) return;
    KeptPerson *kept = papers->kept.at[*place - 1];
    kept->held = true;
    papers->report.held++;
    *paper_faults_push(&papers->report.faults, papers->arena) =
        (PaperFault){.code = code,
                     .who = who,
                     .item = S("発送"),
                     .words = str_copy(papers->arena, words),
                     .cure = str_of(fault_texts[code].cure)};
}

void papers_leave_out(Papers *papers, AddresseeNo who, PaperFaultCode code, Str item)
{
    papers->report.left_out++;
    *paper_faults_push(&papers->report.faults, papers->arena) =
        (PaperFault){.code = code,
                     .who = who,
                     .item = str_copy(papers->arena, item),
                     .words = str_of(fault_texts[code].words),
                     .cure = str_of(fault_texts[code].cure)};
}

static int stack_order(const void *a, const void *b)
{
    return mailing_order(&(*(KeptPerson *const *)a)->key, &(*(KeptPerson *const *)b)->key);
}

void papers_sort(Papers *papers)
{
    papers->order = NEW(papers->arena, KeptPerson *, papers->kept.count);
    papers->count = 0;
    for (ptrdiff_t i = 0; i < papers->kept.count; i++)
        if (!papers->kept.at[i]->held) papers->order[papers->count++] = papers->kept.at[i];
    qsort(papers->order, (size_t)papers->count, sizeof *papers->order, stack_order);

    papers->barcode_column = NEW(papers->arena, CustomerBarcode, papers->count);
    papers->number_column = NEW(papers->arena, Nw7, papers->count);
    for (int i = 0; i < papers->count; i++) {
        KeptPerson *kept = papers->order[i];
        kept->sequence = i + 1;
        papers->number_column[i] = nw7_of(BAR_PERSON, addressee_text(&kept->snapshot.who));
        if (kept->has_barcode)
            (void)barcode_wanted(papers, &kept->mailing, *papers->arena,
                                 &papers->barcode_column[i]);
    }
    papers->drawing.barcodes = papers->barcode_column;
    papers->drawing.numbers = papers->number_column;
}
