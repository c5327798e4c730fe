// SPDX-License-Identifier: Apache-2.0
#include "notice_letters.h"

#include <assert.h>

#include "city_file.h"
#include "city_place_rows.h"
#include "notice_area.h"
#include "notice_dose.h"
#include "series_wanted.h"
#include "waiting_dose_rows.h"

// ---- the book

// A misspelt series would print "see the city's notice" for ever.
static bool copays_known(const NoticeBook *b, Arena *arena, Error *err)
{
    const Schedule *schedule = b->ledger->schedule;
    uint64_t class_b = series_of_class(schedule, S("B"));
    for (int i = 0; i < b->settings.copay_count; i++) {
        int group = group_find(schedule, b->settings.copays[i].series);
        if (group == GROUP_NONE || !(class_b >> group & 1))
            return FAIL(
                err, E_CODE_UNKNOWN, .item = S("copay"), .value = b->settings.copays[i].series,
                .words = str_format(arena,
                                    "city.json の自己負担額に、B類にない系列の記号があります。"
                                    "次の記号で書いてください: %.*s",
                                    STR(groups_text(schedule, class_b, arena))));
    }
    return true;
}

bool notice_book_open(NoticeBook *book, Arena *arena, Error *err)
{
    AddressPlaces places;
    const Act *act = book->ledger->act;
    if (!city_places(act->store, arena, &places, err)) return false;
    if (!city_file_of_letters(act, book->trial, places.city, arena, &book->settings, err)) return false;
    const char *postal = office_path(act->office, "city-postal.csv", arena);
    return copays_known(book, arena, err) && postal_load_own(postal, arena, &book->towns, err);
}

bool notice_book_again(NoticeBook *book, Arena *arena, Error *err)
{
    return waiting_doses_of_all(book->ledger->act->store, KNOWN_NOW, arena, &book->waiting, err);
}

// ---- one person

static PaperSex paper_sex(int32_t sex)
{
    return sex == 1 ? PAPER_SEX_MALE : sex == 2 ? PAPER_SEX_FEMALE : PAPER_SEX_UNKNOWN;
}

// On the day of sending. Empty: the registered address.
static PaperAddress mailing_of(const NoticeBook *b, const NoticeKnown *known)
{
    const MailingAddress *m = mailing_in_force(&known->mailings, MAILING_NOTICE, b->as_of);
    if (!m) return (PaperAddress){0};
    return (PaperAddress){.postal_code = m->postal_code,
                          .address = m->address,
                          .area = notice_area(b->towns, m->postal_code, m->address),
                          .building = m->building};
}

static PaperPerson paper_of(const NoticeBook *b, const DueRow *row, const NoticeKnown *known)
{
    const NoticeAddress *a = &known->address;
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
                 .area = notice_area(b->towns, a->postal_code, a->address),
                 .building = a->building},
        .is_protected = row->is_protected,
        .mailing = mailing_of(b, known),
        .register_held = known->register_held.len > 0,
    };
}

// Asks the rule about each row. True when a letter is due.
static bool rows_sorted(const NoticeBook *b, const DueRow *rows, ptrdiff_t count, const NoticeKnown *known,
                        PersonLetters *letters)
{
    const Schedule *schedule = b->ledger->schedule;
    bool any = false;
    for (ptrdiff_t i = 0; i < count; i++) {
        const DueRow *row = &rows[i];
        bool waits = dose_waits(&b->waiting, &b->ledger->judge, row->person_id, row->group);
        NoticeVerdict verdict = notice_verdict(row, group_id(schedule, row->group),
                                               schedule_text(schedule, row->position),
                                               &known->facts, &known->history, b->as_of);
        bool letter = verdict == NOTICE_SEND || verdict == NOTICE_REMIND;
        letters->in[i] = NOTICE_NONE;
        letters->verdict[i] = letter && waits ? NOTICE_WAITS : verdict;
        if (!letter || waits) continue;
        letters->in[i] = verdict == NOTICE_SEND ? LETTER_NOTICE : LETTER_REMINDER;
        if (b->reprint) letters->in[i] = (int8_t)b->letter;
        any = true;
    }
    return any;
}

// Of the doses to be reminded of, one.
static void keep_most_pressing(const NoticeBook *b, const DueRow *rows, ptrdiff_t count,
                               PersonLetters *letters)
{
    ptrdiff_t best = -1;
    for (ptrdiff_t i = 0; i < count; i++) {
        if (letters->in[i] != LETTER_REMINDER) continue;
        bool more = best < 0 || notice_presses_more(&rows[i], &rows[best], b->as_of);
        ptrdiff_t later = more ? best : i;
        if (later >= 0) letters->in[later] = NOTICE_NONE;
        if (later >= 0) letters->verdict[later] = NOTICE_LATER;
        if (more) best = i;
    }
}

// A類 is free of charge; of B類 the city says how much (予防接種法 第28条), and what it has not said is not made up.
static int64_t copay_of(const NoticeBook *b, int group)
{
    const Schedule *schedule = b->ledger->schedule;
    if (!str_equal(group_class(schedule, group), S("B"))) return 0;
    const Copay *copay = city_copay(&b->settings, group_id(schedule, group));
    return copay ? copay->yen : PAPER_COPAY_ASK;
}

static void add_dose(const NoticeBook *b, const Case *c, const DueRow *row, ptrdiff_t nth,
                     PersonLetters *letters, Arena *arena)
{
    PaperPerson *paper = &letters->paper[letters->in[nth]];
    PaperDose *doses = (PaperDose *)(uintptr_t)paper->doses;
    if (paper->dose_count == PAPER_DOSES_MAX) {
        letters->in[nth] = NOTICE_NONE;
        letters->verdict[nth] = NOTICE_LATER;
        return;
    }
    PaperDose dose = notice_dose(c, row, b->as_of, arena);
    dose.copay_yen = copay_of(b, row->group);
    doses[paper->dose_count++] = dose;
}

static void write_papers(const NoticeBook *b, const DueRow *rows, ptrdiff_t count, const NoticeKnown *known,
                         Arena *arena, PersonLetters *letters)
{
    const PersonRows all = {rows->birth,        known->address.sex, known->doses.at,
                            known->doses.count, known->facts.at,    known->facts.count};
    Case c = case_of(&b->ledger->judge, &all, b->as_of, arena);
    for (int k = 0; k < NOTICE_STACKS; k++) {
        letters->paper[k] = paper_of(b, rows, known);
        letters->paper[k].doses = NEW(arena, PaperDose, PAPER_DOSES_MAX);
    }
    for (ptrdiff_t i = 0; i < count; i++)
        if (letters->in[i] != NOTICE_NONE) add_dose(b, &c, &rows[i], i, letters, arena);
}

void letters_of_person(const NoticeBook *book, const DueRow *rows, ptrdiff_t count,
                       const NoticeKnown *known, Arena *arena, PersonLetters *letters)
{
    assert(count > 0 && count <= NOTICE_SERIES_MOST);
    *letters = (PersonLetters){0};
    if (!rows_sorted(book, rows, count, known, letters)) return;
    keep_most_pressing(book, rows, count, letters);
    write_papers(book, rows, count, known, arena, letters);
}

NoticeVerdict letters_why_none(const PersonLetters *letters, ptrdiff_t count)
{
    assert(count > 0 && count <= NOTICE_SERIES_MOST);
    static const NoticeVerdict first[] = {NOTICE_WAITS,   NOTICE_MAIL_RETURNED,
                                          NOTICE_REFUSED, NOTICE_CONTRAINDICATED,
                                          NOTICE_CAPPED,  NOTICE_WRITTEN};
    for (ptrdiff_t k = 0; k < countof(first); k++)
        for (ptrdiff_t i = 0; i < count; i++)
            if (letters->verdict[i] == first[k]) return first[k];
    return letters->verdict[0];
}
