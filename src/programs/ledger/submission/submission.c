// SPDX-License-Identifier: Apache-2.0
#include "submission.h"

#include "amounts.h"
#include "coded_word.h"
#include "expiry.h"
#include "fold.h"
#include "graphemes.h"
#include "individual_no.h"
#include "lost_character.h"
#include "outlet.h"
#include "regular_file.h"

typedef enum Item {
    ITEM_LABEL,
    ITEM_CLINIC,
    ITEM_CLINIC_NAME,
    ITEM_NUMBER,
    ITEM_NAME,
    ITEM_KANA,
    ITEM_BIRTH,
    ITEM_SEX,
    ITEM_ADDRESS,
    ITEM_VACCINE,
    ITEM_POSITION,
    ITEM_GIVEN_ON,
    ITEM_GIVEN_CLASS,
    ITEM_VOLUME,
    ITEM_MAKER,
    ITEM_LOT,
    ITEM_EXPIRES,
    ITEM_DOCTOR,
    ITEM_VENUE,
    ITEM_DUE_DATE,
    ITEM_AMOUNT,
    ITEM_COPAY,
    ITEM_CORRECTS,
    ITEM_COUNT
} Item;

// clang-format off
static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_LABEL] =       {"行番号", true, false},
    [ITEM_CLINIC] =      {"医療機関コード", true, false},
    [ITEM_CLINIC_NAME] = {"医療機関名", false, false},
    [ITEM_NUMBER] =      {"整理番号", false, false},
    [ITEM_NAME] =        {"氏名", false, false},
    [ITEM_KANA] =        {"氏名カナ", false, false},
    [ITEM_BIRTH] =       {"生年月日", true, false},
    [ITEM_SEX] =         {"性別", false, false},
    [ITEM_ADDRESS] =     {"住所", false, false},
    [ITEM_VACCINE] =     {"ワクチン", true, false},
    [ITEM_POSITION] =    {"期回数", true, false},
    [ITEM_GIVEN_ON] =    {"接種日", true, false},
    [ITEM_GIVEN_CLASS] = {"接種区分", true, false},
    [ITEM_VOLUME] =      {"接種量", false, false},
    [ITEM_MAKER] =       {"メーカー", false, false},
    [ITEM_LOT] =         {"ロット番号", false, false},
    [ITEM_EXPIRES] =     {"有効期限", false, false},
    [ITEM_DOCTOR] =      {"接種医師", false, false},
    [ITEM_VENUE] =       {"会場", false, false},
    [ITEM_DUE_DATE] =    {"分娩予定日", false, false},
    [ITEM_AMOUNT] =      {"請求額", false, false},
    [ITEM_COPAY] =       {"自己負担額", false, false},
    [ITEM_CORRECTS] =    {"訂正", false, false},
};

// Most characters, as people count them.
static const int16_t most[ITEM_COUNT] = {
    [ITEM_LABEL] = 20, [ITEM_CLINIC] = 20, [ITEM_CLINIC_NAME] = 100, [ITEM_NUMBER] = 30,
    [ITEM_NAME] = 100, [ITEM_KANA] = 100, [ITEM_BIRTH] = 30, [ITEM_SEX] = 10, [ITEM_ADDRESS] = 300,
    [ITEM_VACCINE] = 100, [ITEM_POSITION] = 30, [ITEM_GIVEN_ON] = 30, [ITEM_GIVEN_CLASS] = 10,
    [ITEM_VOLUME] = 10, [ITEM_MAKER] = 60, [ITEM_LOT] = 20, [ITEM_EXPIRES] = 30, [ITEM_DOCTOR] = 60,
    [ITEM_VENUE] = 100, [ITEM_DUE_DATE] = 30, [ITEM_AMOUNT] = 12, [ITEM_COPAY] = 12,
    [ITEM_CORRECTS] = 5,
};
// clang-format on

const CsvLayout submission_layout = {columns, ITEM_COUNT};
const int submission_address = ITEM_ADDRESS, submission_number = ITEM_NUMBER;

typedef struct Door {
    const CsvRow *row;
    SubmissionNotes *notes;
    Arena *arena;
    Submission *s;
} Door;

// The item as written, without blanks around it; {0} when there is nothing.
static Str item_text(const Door *door, Item item)
{
    Str text = fold_trim(door->row->fields[item]);
    return text.len ? text : (Str){0};
}

// What is kept as the clinic wrote it: an Individual Number that slipped into it stays outside.
static Str item_kept(const Door *door, Item item)
{
    return individual_no_mask_text(door->arena, item_text(door, item));
}

static Str item_folded(const Door *door, Item item)
{
    return fold_width(door->arena, item_text(door, item), &door->notes->wide_digits);
}

// ---- what is said of an item beside its value

enum { VALUE_SHOWN = 30 };  // characters of a value: enough to find it again

static void add_note(Door *door, Str *notes, Item item, Str more)
{
    *notes = str_format(door->arena, "%.*s%s%s「%.*s」%.*s", STR(*notes), notes->len ? "、" : "",
                        columns[item].name, STR(grapheme_first(item_kept(door, item), VALUE_SHOWN)),
                        STR(more));
}

// By its name alone: nothing stands there, or it says where somebody lives.
static void add_name(Door *door, Str *notes, Item item)
{
    *notes = str_format(door->arena, "%.*s%s%s", STR(*notes), notes->len ? "、" : "",
                        columns[item].name);
}

static void defect(Door *door, IntakeDefect what, Item item)
{
    Str *faulty = &door->s->row.faulty[defect_place(what)];
    door->s->row.defects |= (unsigned)what;
    if (!str_present(door->s->defect_item)) door->s->defect_item = str_of(columns[item].name);
    if (item == ITEM_ADDRESS || !str_present(item_text(door, item)))
        add_name(door, faulty, item);
    else
        add_note(door, faulty, item, (Str){0});
}

static void check_lengths(Door *door)
{
    for (Item i = 0; i < ITEM_COUNT; i++) {
        Str text = door->row->fields[i];
        if (text.len > most[i] && grapheme_count(text) > most[i]) defect(door, DEFECT_LENGTH, i);
    }
}

static void check_present(Door *door)
{
    for (Item i = 0; i < ITEM_COUNT; i++)
        if (columns[i].mandatory && !str_present(item_text(door, i)))
            defect(door, DEFECT_MISSING, i);
    if (!str_present(item_text(door, ITEM_NAME)) && !str_present(item_text(door, ITEM_KANA)))
        defect(door, DEFECT_MISSING, ITEM_NAME);
}

// Filled, and nobody can read it: the row is taken without it, and says so.
static void unread(Door *door, Item item)
{
    add_note(door, &door->s->row.unread, item, (Str){0});
}

// A day of an era that had ended before it.
static void reread(Door *door, Item item, PartialDate date)
{
    char text[DAY_TEXT_SIZE];
    Str more = str_format(door->arena, "は%s", partial_date_text(date, text));
    add_note(door, &door->s->row.reread, item, more);
}

// ---- items of one kind each

typedef bool ParseDate(Str text, PartialDate *date, DateNotes *notes);

static bool parse_date(Str text, PartialDate *date, DateNotes *notes)
{
    Error err;
    return date_parse(text, date, notes, &err);
}

// {0} where nothing is written or nothing can be read (`*whole` is false then).
static PartialDate date_of(Door *door, Item item, ParseDate *parse, bool *whole)
{
    PartialDate date = {0};
    DateNotes notes = {0};
    Str text = item_text(door, item);
    *whole = !str_present(text) || parse(text, &date, &notes);
    door->notes->dates.wide_digits += notes.wide_digits;
    if (*whole && notes.era_converted) reread(door, item, date);
    return date;
}

static PartialDate read_date(Door *door, Item item)
{
    bool whole;
    PartialDate date = date_of(door, item, parse_date, &whole);
    if (!whole) defect(door, DEFECT_DATE, item);
    return date;
}

// Items that may be left empty.
static PartialDate read_expiry(Door *door)
{
    bool whole;
    PartialDate date = date_of(door, ITEM_EXPIRES, expiry_parse, &whole);
    if (!whole) unread(door, ITEM_EXPIRES);
    return date;
}

static Day read_due_date(Door *door)
{
    bool whole;
    PartialDate due = date_of(door, ITEM_DUE_DATE, parse_date, &whole);
    if (whole && partial_date_whole(due)) return day_of(due.year, due.month, due.day);
    if (str_present(item_text(door, ITEM_DUE_DATE))) unread(door, ITEM_DUE_DATE);
    return DAY_NONE;
}

// 0 where nothing is written.
static int32_t read_coded(Door *door, Item item, CodedItem kind, const char *allowed)
{
    int32_t code = 0;
    Str text = item_folded(door, item);
    if (str_present(text) && !coded_read(kind, allowed, text, &code)) unread(door, item);
    return code;
}

// 接種区分 in words; a code may stand before its word ("2:予診のみ").
static const struct {
    const char *word;
    GivenClass means;
} given_words[] = {
    {"予診のみ", GIVEN_EXAMINED_ONLY},
    {"予診", GIVEN_EXAMINED_ONLY},
    {"他医療機関", GIVEN_ELSEWHERE},
    {"他機関", GIVEN_ELSEWHERE},
    {"他院", GIVEN_ELSEWHERE},
    {"他所", GIVEN_ELSEWHERE},
    {"途中中止", GIVEN_STOPPED},
    {"接種中止", GIVEN_STOPPED},
    {"中止", GIVEN_STOPPED},
    {"接種実施", GIVEN_HERE},
    {"接種済み", GIVEN_HERE},
    {"接種済", GIVEN_HERE},
    {"接種", GIVEN_HERE},
    {"実施", GIVEN_HERE},
    {"済", GIVEN_HERE},
};

static GivenClass given_class_of(Str text)
{
    int32_t code;
    if (coded_read(CODED_NONE, "1234", text, &code)) return (GivenClass)code;
    bool coded = text.len > 2 && text.at[0] >= '1' && text.at[0] <= '4' &&
                 (text.at[1] == ':' || text.at[1] == '.' || text.at[1] == ' ');
    Str word = coded ? fold_trim(str_from(text, 2)) : text;
    for (ptrdiff_t i = 0; i < countof(given_words); i++) {
        if (!str_equal(word, str_of(given_words[i].word))) continue;
        bool contradicts = coded && text.at[0] - '0' != (int)given_words[i].means;
        return contradicts ? (GivenClass)0 : given_words[i].means;
    }
    return (GivenClass)0;
}

static void read_corrects(Door *door)
{
    int32_t code = 0;
    IntakeRow *row = &door->s->row;
    Str text = item_folded(door, ITEM_CORRECTS);
    bool readable = !str_present(text) || coded_read(CODED_YES, "01", text, &code);
    row->corrects = code == 1 || str_equal(text, S("訂正"));
    row->corrects_unread = !readable && !row->corrects;
    if (row->corrects_unread) unread(door, ITEM_CORRECTS);
}

// 0: not filled; -1: filled, and nobody can read it.
static int32_t read_volume(Door *door)
{
    int32_t ml100 = 0;
    Str text = item_text(door, ITEM_VOLUME);
    if (!str_present(text) || volume_parse(text, &ml100, &door->notes->wide_digits)) return ml100;
    unread(door, ITEM_VOLUME);
    return -1;
}

// -1 where nothing is written or nothing can be read.
static int64_t read_yen(Door *door, Item item)
{
    int64_t yen = -1;
    Str text = item_text(door, item);
    if (str_present(text) && !yen_parse(text, &yen, &door->notes->wide_digits)) unread(door, item);
    return yen;
}

static Str upper_ascii(Arena *arena, Str text)
{
    if (!text.len) return (Str){0};
    char *at = NEW(arena, char, text.len);
    for (ptrdiff_t i = 0; i < text.len; i++)
        at[i] = text.at[i] >= 'a' && text.at[i] <= 'z' ? (char)(text.at[i] - 0x20) : text.at[i];
    return (Str){at, text.len};
}

static void read_person(Door *door)
{
    MatchRow *match = &door->s->match;
    Error err;
    Str number = item_text(door, ITEM_NUMBER);
    match->number_written = str_present(number);
    // A number that is none stays "nobody's": the other items must find the person.
    if (match->number_written &&
        !addressee_no_parse(number, &match->addressee_no, &door->notes->wide_digits, &err)) {
        match->addressee_no = (AddresseeNo){0};
        unread(door, ITEM_NUMBER);
    }
    match->name = item_text(door, ITEM_NAME);
    match->name_kana = item_text(door, ITEM_KANA);
    match->address = item_text(door, ITEM_ADDRESS);
    match->birth = door->s->row.birth = read_date(door, ITEM_BIRTH);
    match->sex = read_coded(door, ITEM_SEX, CODED_SEX, "129");
}

static void read_clinic(Door *door)
{
    Error err;
    Str code = item_text(door, ITEM_CLINIC);
    door->s->clinic_name = item_kept(door, ITEM_CLINIC_NAME);
    if (!str_present(code)) return;
    if (!institution_code_parse(code, &door->s->clinic, &door->notes->wide_digits, &err)) {
        door->s->clinic = (InstitutionCode){0};
        defect(door, DEFECT_INSTITUTION, ITEM_CLINIC);
    }
}

// Brands that two products share are told apart by age; where a date is not known any will do.
static Day some_day(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.first : DAY_MIN;
}

static void read_vaccine(Door *door, const Schedule *schedule)
{
    Submission *s = door->s;
    Str written = item_text(door, ITEM_VACCINE);
    s->product = PRODUCT_NONE;
    if (str_present(written))
        s->product = product_find(schedule, written, some_day(s->row.birth),
                                  some_day(s->row.given_on), *door->arena);
    if (s->product != PRODUCT_NONE || !str_present(written)) return;
    defect(door, DEFECT_VACCINE, ITEM_VACCINE);
    if (groups_by_name(schedule, written, *door->arena))
        s->row.faulty[defect_place(DEFECT_VACCINE)] =
            str_format(door->arena, "%.*s だけでは、この日の製品を一つに決められません",
                       STR(s->row.faulty[defect_place(DEFECT_VACCINE)]));
}

static void read_dose(Door *door, const Schedule *schedule)
{
    IntakeRow *row = &door->s->row;
    DaySpan given;
    bool read;
    row->given_on = date_of(door, ITEM_GIVEN_ON, parse_date, &read);
    if (read && partial_date_span(row->given_on, &given))
        door->s->match.given = given;
    else if (str_present(item_text(door, ITEM_GIVEN_ON)))
        defect(door, DEFECT_DATE, ITEM_GIVEN_ON);
    row->given_class = given_class_of(item_folded(door, ITEM_GIVEN_CLASS));
    if (!row->given_class && str_present(item_text(door, ITEM_GIVEN_CLASS)))
        defect(door, DEFECT_GIVEN_CLASS, ITEM_GIVEN_CLASS);
    read_corrects(door);
    door->s->claimed_position = item_kept(door, ITEM_POSITION);
    row->claimed_dose_known =
        claimed_dose_parse(door->s->claimed_position, &row->claimed_dose) &&
        (!row->claimed_dose.period || period_known(schedule, row->claimed_dose.period));
}

// Characters that were lost before the sheet was sent. Where somebody lives is not said again.
static void note_lost(Door *door)
{
    static const Item items[] = {ITEM_NAME, ITEM_KANA, ITEM_ADDRESS};
    for (ptrdiff_t i = 0; i < countof(items); i++) {
        Str *lost = &door->s->row.lost;
        if (!character_lost(item_text(door, items[i]))) continue;
        if (items[i] == ITEM_ADDRESS)
            add_name(door, lost, ITEM_ADDRESS);
        else
            add_note(door, lost, items[i], (Str){0});
    }
}

static void read_material(Door *door)
{
    Submission *s = door->s;
    IntakeRow *row = &s->row;
    row->volume_ml100 = read_volume(door);
    row->lot =
        upper_ascii(door->arena, individual_no_mask_text(door->arena, item_folded(door, ITEM_LOT)));
    row->expires_on = read_expiry(door);
    row->amount = read_yen(door, ITEM_AMOUNT);
    row->copay = read_yen(door, ITEM_COPAY);
    s->maker = item_kept(door, ITEM_MAKER);
    s->doctor = item_kept(door, ITEM_DOCTOR);
    s->venue = item_kept(door, ITEM_VENUE);
    s->due_date = read_due_date(door);
    row->dose_items = row->volume_ml100 || str_present(s->maker) || str_present(row->lot) ||
                      str_present(item_text(door, ITEM_EXPIRES));
}

static Str digits_only(Str text)
{
    ptrdiff_t n = 0;
    while (n < text.len && text.at[n] >= '0' && text.at[n] <= '9') n++;
    return str_first(text, n);
}

static Str without_zeros(Str digits)
{
    while (digits.len > 1 && digits.at[0] == '0') digits = str_from(digits, 1);
    return digits;
}

Str row_number(Str written, Arena *arena)
{
    Str text = fold_trim(fold_width(arena, written, NULL));
    Str whole = digits_only(text), rest = str_from(text, whole.len);
    Str zeros = str_starts(rest, S(".")) ? str_from(rest, 1) : (Str){0};
    bool is_whole = !rest.len || (zeros.len && without_zeros(zeros).len == 1 && zeros.at[zeros.len - 1] == '0');
    return whole.len && is_whole ? without_zeros(whole) : text;
}

Submission submission_read(const Schedule *schedule, const CsvRow *row, SubmissionNotes *notes,
                           Arena *arena)
{
    Submission s = {.line = row->line, .product = PRODUCT_NONE, .due_date = DAY_NONE};
    s.row.amount = s.row.copay = -1;
    Door door = {row, notes, arena, &s};
    s.label = row->bad ? (Str){0} : str_copy(arena, item_kept(&door, ITEM_LABEL));
    if (!s.label.len) s.label = str_format(arena, "L%lld", (long long)row->line);
    s.row_no = row_number(s.label, arena);
    if (row->bad) {
        s.row.defects = DEFECT_UNREADABLE;
        s.row.faulty[defect_place(DEFECT_UNREADABLE)] =
            str_copy(arena, outlet_error_message(OUTLET_SHEET, arena, &row->problem));
        return s;
    }
    check_lengths(&door);
    check_present(&door);
    read_clinic(&door);
    read_person(&door);
    read_dose(&door, schedule);
    read_vaccine(&door, schedule);
    read_material(&door);
    note_lost(&door);
    return s;
}

// ---- the file's name

bool submission_month(Str path, int32_t *month, Error *err)
{
    Str name = file_name_of(path);
    Cut prefix = str_cut(name, '_'), year_month = str_cut(prefix.tail, '_');
    Cut sender = str_cut(year_month.tail, '_');
    int number, serial;
    bool fits = str_equal(prefix.head, S("YOSHIN")) && str_digits(year_month.head, 6, 6, &number) &&
                number % 100 >= 1 && number % 100 <= 12 && sender.head.len > 0 && sender.found &&
                str_ends(sender.tail, S(".csv")) &&
                str_digits(str_first(sender.tail, sender.tail.len - 4), 3, 3, &serial);
    if (!fits)
        return FAIL(
            err, E_FILE_NAME, .item = S("ファイル名"), .value = name,
            .words =
                S("医療機関の提出ファイルの名前は YOSHIN_年月6桁_機関コード_連番3桁.csv です。"));
    *month = number;
    return true;
}
