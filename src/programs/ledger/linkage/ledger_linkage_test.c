// Who is offered, how an inquiry stands, what an answer is beside what the ledger knows, and what a dose is as a copy.
// SPDX-License-Identifier: Apache-2.0
#include "answer_approval.h"
#include "answer_entering.h"
#include "copy_code_table.h"
#include "copy_layout.h"
#include "dose_copy.h"
#include "given_number_rows.h"
#include "inquiring.h"
#include "inquiry_file_row.h"
#include "inquiry_file_rows.h"
#include "inquiry_rows.h"
#include "ledger_desk_test.h"
#include "offer.h"
#include "relay_payload.h"
#include "rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct Room {
    Desk *desk;
    Ledger ledger;
    CopyCodes codes;
} Room;

static Room room_of(void **state)
{
    Room room = {.desk = *state};
    Desk *d = room.desk;
    Act *act = NEW(&d->arena, Act, 1);
    *act = (Act){.store = d->store, .arena = &d->arena, .business_day = day_of(2026, 11, 30)};
    room.ledger.act = act;
    assert_true(rules_embedded(&d->arena, &room.ledger.schedule, &d->err));
    assert_true(foreign_codes_embedded(room.ledger.schedule, &d->arena, &room.ledger.foreign, &d->err));
    assert_true(product_numbers_read(d->store, room.ledger.schedule, &d->arena, &room.ledger.products, &d->err));
    product_numbers_assumed(room.ledger.schedule, &d->arena, &room.ledger.products);
    room.ledger.judge = judge_of(room.ledger.schedule, &room.ledger.products, &room.ledger.foreign, &d->arena);
    assert_true(copy_code_table(&d->arena, &room.codes, &d->err));
    return room;
}

// ---- who is offered

typedef struct MovesIn {
    int id, birth, reason, status, protected;
    const char *from;  // NULL: the register does not say
    int day;           // November
} MovesIn;

static void moves_in(Desk *d, MovesIn m)
{
    char sql[700], from[20];
    (void)snprintf(from, sizeof from, m.from ? "'%s'" : "NULL", m.from);
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act)"
                   " VALUES (%d, '4100000000000%02d', '花子', %d, 2, %d, %d, 0, 1);"
                   "INSERT INTO resident_version (version_id, person_id, version_no, event_reason, occurred_on, recorded_at,"
                   " from_act, to_act, kind, status, printed_name, sex, birth, municipality_code, from_municipality, protection)"
                   " VALUES (%d, %d, 1, %d, %d, 1, 1, 2147483647, 1, %d, 0, 2, %d, '401064', %s, %d)",
                   m.id, m.id, m.birth, m.status, m.protected, m.id, m.id, m.reason, (int)day_of(2026, 11, m.day), m.status,
                   m.birth, from, m.protected);
    assert_true(store_execute(d->store, sql, &d->err));
}

static const Offer *offer_to(const Offers *offers, int id)
{
    VEC_EACH (const Offer, offer, *offers)
        if (offer->row.person.person_id == id) return offer;
    return NULL;
}

// Proves P1 of linkage.md 4: the ward of a former city is folded to the city that answers.
static void who_moved_in_from_a_city_is_offered_and_nobody_else(void **state)
{
    Offers offers;
    Room room = room_of(state);
    Desk *d = room.desk;
    const MunicipalityTable *places;
    assert_true(municipality_load(&d->arena, &places, &d->err));
    moves_in(d, (MovesIn){1, 20250510, 11, 1, 0, "401315", 10});  // a child from 福岡市東区
    moves_in(d, (MovesIn){2, 20250510, 12, 1, 0, NULL, 11});      // from abroad: another event
    moves_in(d, (MovesIn){3, 20250510, 11, 1, 0, "999999", 12});  // nobody knows from where
    moves_in(d, (MovesIn){4, 20250510, 11, 1, 0, "401072", 13});  // from another ward of ours
    moves_in(d, (MovesIn){5, 20250510, 11, 1, 1, NULL, 14});      // protected
    moves_in(d, (MovesIn){6, 20250510, 11, 2, 0, "401315", 15});  // gone again
    moves_in(d, (MovesIn){7, 19900510, 11, 1, 0, "401315", 16});  // nothing is open at 36
    moves_in(d, (MovesIn){8, 20250510, 11, 1, 0, "352012", 1});   // before the days asked about
    assert_true(offers_since(&room.ledger, places, day_of(2026, 11, 5), &d->arena, &offers, &d->err));
    assert_int_equal(offers.count, 6);
    static const struct {
        int id;
        OfferNo no;
    } rows[] = {{1, OFFER_YES}, {3, OFFER_ABROAD}, {4, OFFER_OUR_OWN}, {5, OFFER_PROTECTED}, {6, OFFER_NOT_MOVED_IN},
                {7, OFFER_NOTHING_OPEN}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        const Offer *offer = offer_to(&offers, rows[i].id);
        assert_non_null(offer);
        assert_int_equal(offer->no, rows[i].no);
    }
    assert_string_equal(offer_to(&offers, 1)->answers.digits, "401307");

    // Once asked, not offered again; where nobody took the inquiry it is.
    InquiryRow asked = {.person_id = 1, .municipality = {"401307"}, .moved_on = day_of(2026, 11, 10), .asked_by = S("花子")};
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    assert_true(offers_since(&room.ledger, places, day_of(2026, 11, 5), &d->arena, &offers, &d->err));
    assert_int_equal(offer_to(&offers, 1)->no, OFFER_ASKED);
    assert_true(inquiry_sent(d->store, asked.inquiry_id, 1, S("E106"), &d->err));
    assert_true(offers_since(&room.ledger, places, day_of(2026, 11, 5), &d->arena, &offers, &d->err));
    assert_int_equal(offer_to(&offers, 1)->no, OFFER_YES);
}

// ---- how an inquiry stands

static InquiryRow stands(Desk *d, int64_t inquiry_id)
{
    InquiryRow row;
    assert_true(inquiry_row_find(d->store, inquiry_id, &d->arena, &row, &d->err));
    assert_int_equal(row.inquiry_id, inquiry_id);
    return row;
}

// Proves F-4-09: no data is kept with its city and its day; and what came stays when it is erased over there.
static void what_came_stays_and_no_data_is_evidence_with_its_day(void **state)
{
    Desk *d = *state;
    InquiryRows rows;
    static const unsigned char data[] = {1, 2, 3};
    moves_in(d, (MovesIn){1, 20250510, 11, 1, 0, "401315", 10});
    InquiryRow one = {.person_id = 1, .municipality = {"401307"}, .moved_on = DAY_NONE, .asked_by = S("花子")}, two = one;
    assert_true(inquiry_row_add(d->store, &one, &d->err));
    assert_true(inquiry_row_add(d->store, &two, &d->err));
    assert_int_equal(two.inquiry_id, one.inquiry_id + 1);
    assert_true(inquiries_unsent(d->store, 10, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 2);
    assert_true(inquiry_sent(d->store, one.inquiry_id, 5, (Str){0}, &d->err));
    assert_true(inquiries_unsent(d->store, 10, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 1);

    Day day = day_of(2026, 11, 29);
    InquiryNews given = {INQUIRY_ENDED, RESULT_GIVEN, day, {data, sizeof data}, 7};
    assert_true(inquiry_stands(d->store, one.inquiry_id, &given, &d->err));
    given.answer = (Bytes){0};  // erased by the intermediate server since
    assert_true(inquiry_stands(d->store, one.inquiry_id, &given, &d->err));
    InquiryRow row = stands(d, one.inquiry_id);
    assert_int_equal(row.answer.len, sizeof data);
    assert_int_equal(row.result, RESULT_GIVEN);

    const InquiryNews none = {INQUIRY_ENDED, RESULT_NO_DATA, day, {0}, 8};
    assert_true(inquiry_stands(d->store, two.inquiry_id, &none, &d->err));
    row = stands(d, two.inquiry_id);
    assert_int_equal(row.result, RESULT_NO_DATA);
    assert_int_equal(row.as_of, day);
    assert_string_equal(row.municipality.digits, "401307");
    assert_int_equal(row.answer.len, 0);

    assert_true(inquiry_settle(d->store, two.inquiry_id, S("花子"), S("照合済み"), 9, &d->err));
    assert_true(inquiries_list(d->store, true, 0, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 1);
    assert_true(inquiries_of_person(d->store, 1, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 2);

    // What came goes once somebody has looked through it and its days are over; that it came stays.
    int64_t gone;
    assert_true(inquiry_answers_forget(d->store, INT64_MAX, &gone, &d->err));
    assert_int_equal(gone, 0);
    assert_true(inquiry_settle(d->store, one.inquiry_id, S("花子"), S("照合済み"), 20, &d->err));
    for (Instant before = 20; before <= 21; before++) {
        assert_true(inquiry_answers_forget(d->store, before, &gone, &d->err));
        assert_int_equal(gone, before > 20);
    }
    row = stands(d, one.inquiry_id);
    assert_int_equal(row.answer.len, 0);
    assert_int_equal(row.result, RESULT_GIVEN);
}

static InquiryRow asked_by_file(Desk *d, const InquiryFile *file, int32_t person_id, const char *city)
{
    InquiryRow row = {.person_id = person_id, .moved_on = DAY_NONE, .asked_by = S("花子"), .file_no = file->file_no, .items = 9};
    assert_true(municipality_code_parse(str_of(city), &row.municipality, NULL, &d->err));
    assert_true(inquiry_row_add(d->store, &row, &d->err));
    return row;
}

// Proves F-4-02 (by file): nothing of a file leaves before it is granted, and what was taken back never does.
static void a_file_of_inquiries_leaves_when_it_is_granted(void **state)
{
    Desk *d = *state;
    bool under_way;
    int64_t count;
    InquiryRows rows;
    CitiesAsked cities;
    InquiryFiles files;
    InquiryFile file = {.name = S("a.csv"), .reason = S("一括"), .brought_by = S("花子"), .brought_at = 1}, found;
    for (int id = 1; id <= 3; id++) moves_in(d, (MovesIn){id, 20250510, 11, 1, 0, "401315", 10});
    assert_true(inquiry_file_of_index(d->store, S("k1"), &d->arena, &found, &d->err) && !found.file_no);
    assert_true(inquiry_file_add(d->store, &file, S("k1"), &d->err) && file.file_no > 0);
    InquiryRow first = asked_by_file(d, &file, 1, "401307");
    (void)asked_by_file(d, &file, 2, "401307");
    (void)asked_by_file(d, &file, 3, "431001");
    file.row_count = 5;
    file.refused = 2;
    assert_true(inquiry_file_counted(d->store, &file, &d->err));
    assert_true(inquiry_file_of_index(d->store, S("k1"), &d->arena, &found, &d->err));
    assert_int_equal(found.file_no, file.file_no);
    assert_int_equal(found.written, 3);
    assert_int_equal(found.unsent, 3);
    assert_int_equal(found.refused, 2);
    assert_true(inquiries_unsent(d->store, 10, &d->arena, &rows, &d->err) && !rows.count);
    assert_true(inquiry_file_cities(d->store, file.file_no, &d->arena, &cities, &d->err));
    assert_int_equal(cities.count, 2);
    assert_true(str_equal(cities.at[0].city, S("401307")) && cities.at[0].count == 2);

    assert_true(inquiry_file_granted(d->store, file.file_no, S("太郎"), 2, &d->err));
    assert_true(inquiries_unsent(d->store, 10, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 3);
    assert_true(rows.at[0].file_no == file.file_no && rows.at[0].items == 9);
    assert_true(inquiry_sent(d->store, first.inquiry_id, 5, (Str){0}, &d->err));
    assert_true(inquiry_under_way(d->store, 1, S("401307"), &under_way, &d->err) && under_way);
    assert_true(inquiry_under_way(d->store, 1, S("431001"), &under_way, &d->err) && !under_way);
    assert_true(inquiry_file_withdraw(d->store, file.file_no, S("花子"), S("取りやめ"), 6, &count, &d->err));
    assert_int_equal(count, 2);
    assert_true(inquiries_unsent(d->store, 10, &d->arena, &rows, &d->err) && !rows.count);
    assert_true(inquiry_under_way(d->store, 2, S("401307"), &under_way, &d->err) && !under_way);
    assert_true(inquiry_files_read(d->store, &d->arena, &files, &d->err));
    assert_int_equal(files.at[0].over, 2);
    assert_true(inquiries_list(d->store, false, file.file_no, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 3);
    assert_true(inquiries_list(d->store, false, file.file_no + 1, &d->arena, &rows, &d->err) && !rows.count);
    assert_true(inquiry_file_find(d->store, file.file_no, &d->arena, &found, &d->err) && found.granted_at == 2);
}

// What a row of such a file says, and each item that cannot be read, once.
static void a_row_of_a_file_says_whom_what_for_and_where(void **state)
{
    Desk *d = *state;
    Procedures procedures;
    const MunicipalityTable *places;
    assert_true(procedure_table(&d->arena, &procedures, &d->err) && municipality_load(&d->arena, &places, &d->err));
    const Procedure *p1 = procedure_named(&procedures, S("P1"));
    static const struct {
        const char *row;
        int faults;
        const char *city;
        int64_t items;  // 0: all
    } rows[] = {{"410000000000001,2025-05-10,P1,401315,接種日 接種区分", 0, "401307", 0x48},
                {"410000000000001,R7.5.10,転入した方の接種歴の照会,,", 0, "", 0},
                {"410000000000001,2025-05-10,P1,401307,  ", 0, "401307", 0},
                {"410000000000001,2025-05-10,P9,401307,", 1, "", 0},
                {"410000000000001,2025-05-10,,401307,", 1, "", 0},
                {"410000000000001,2025-05-10,P1,999999,", 1, "", 0},
                {"410000000000001,2025-05-10,P1,40130,", 1, "", 0},
                {"410000000000001,2025-05-10,P1,401307,血液型 接種日 身長", 1, "", 0},
                {",,,999999,血液型", 5, "", 0}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        CsvRow row;
        CsvReader *csv;
        InquiryFileRow read;
        RowFaults faults = {0};
        Str text = str_format(&d->arena, "宛名番号,生年月日,手続,照会先,項目\r\n%s\r\n", rows[i].row);
        assert_true(csv_open_text(text, &inquiry_file_layout, CSV_ENCODING_AUTO, &d->arena, &csv, &d->err) && csv_next(csv, &row));
        bool good = inquiry_file_row_read(p1, places, &row, &d->arena, &read, &faults);
        if (good != !rows[i].faults || faults.count != rows[i].faults) fail_msg("%s: %td faults", rows[i].row, faults.count);
        VEC_EACH (const Error, why, faults) assert_true(why->item.len > 0 && why->words.len > 0);
        if (good) assert_string_equal(read.city.digits, rows[i].city);
        if (good) assert_int_equal(read.items, rows[i].items ? rows[i].items : DOSE_ITEMS_ALL);
        assert_true(csv_close(csv, &d->err));
    }
}

// The person has a second 宛名番号, and the answer comes under it: it is the person's all the same. One that names somebody else
// is kept nowhere and waits, so that nothing of it is lost when the numbers are found to be one person's.
static void an_answer_is_taken_under_any_number_of_its_person_and_never_dropped(void **state)
{
    InquiryRows rows;
    Desk *d = *state;
    InquiriesReport report = {0};
    static const unsigned char data[] = {1, 2, 3};
    moves_in(d, (MovesIn){1, 20250510, 11, 1, 0, "401315", 10});
    InquiryRow asked = {.person_id = 1, .municipality = {"401307"}, .moved_on = DAY_NONE, .asked_by = S("花子")};
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    InquiryResult result = {.inquiry = {"1"}, .state = INQUIRY_ENDED, .result = RESULT_GIVEN, .at = 7,
                            .as_of = day_of(2026, 11, 29), .data = {data, sizeof data}};
    Str payload = inquiry_result_encode(&result, &d->arena);
    RelayFeedRow row = {.no = 4, .person = S("410000000000099"), .payload = {(const unsigned char *)payload.at, payload.len}};
    assert_true(inquiry_news_take(d->store, &row, 1, &d->arena, &report, &d->err));
    assert_int_equal(report.astray, 1);
    assert_int_equal(report.news, 0);
    assert_int_equal(stands(d, 1).answer.len, 0);
    assert_true(inquiries_astray(d->store, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.at[0].astray_no, 4);

    *relay_persons_push(&row.also, &d->arena) = S("410000000000001");
    assert_true(inquiry_news_take(d->store, &row, 1, &d->arena, &report, &d->err));
    assert_int_equal(report.answered, 1);
    assert_int_equal(stands(d, 1).answer.len, sizeof data);
    assert_true(inquiries_astray(d->store, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 0);

    // Somebody has decided what it was: it waits no longer.
    assert_true(inquiry_goes_astray(d->store, 1, 5, &d->err));
    assert_true(inquiry_settle(d->store, 1, S("花子"), S("別の方の回答"), 9, &d->err));
    assert_true(inquiries_astray(d->store, &d->arena, &rows, &d->err));
    assert_int_equal(rows.count, 0);
}

// One that cannot be read waits with its place, and holds up nobody; it is over when it can be read.
static void news_that_cannot_be_read_wait_by_their_place(void **state)
{
    Desk *d = *state;
    InquiriesReport report = {0};
    InquiryNewsUnreads unread;
    moves_in(d, (MovesIn){1, 20250510, 11, 1, 0, "401315", 10});
    InquiryRow asked = {.person_id = 1, .municipality = {"401307"}, .moved_on = DAY_NONE, .asked_by = S("花子")};
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    RelayFeedRow row = {.no = 4, .person = S("410000000000001"), .payload = {(const unsigned char *)"?", 1}};
    for (int i = 0; i < 2; i++) assert_true(inquiry_news_take(d->store, &row, 1, &d->arena, &report, &d->err));
    assert_int_equal(report.news, 0);
    assert_true(inquiry_news_unread(d->store, &d->arena, &unread, &d->err));
    assert_int_equal(unread.count, 1);
    assert_int_equal(unread.at[0].feed_no, 4);
    assert_true(str_starts(unread.at[0].about, S("知らせ 4 番、宛名番号 ")));
    const InquiryResult result = {.inquiry = {"1"}, .state = INQUIRY_ENDED, .result = RESULT_NO_DATA, .at = 7, .as_of = day_of(2026, 11, 29)};
    Str payload = inquiry_result_encode(&result, &d->arena);
    row.payload = (Bytes){(const unsigned char *)payload.at, payload.len};
    assert_true(inquiry_news_take(d->store, &row, 1, &d->arena, &report, &d->err));
    assert_int_equal(stands(d, 1).result, RESULT_NO_DATA);
    assert_true(inquiry_news_unread(d->store, &d->arena, &unread, &d->err));
    assert_int_equal(unread.count, 0);
}

// An answer that nobody can read is a person's to settle, and no end of the command.
static void an_answer_that_cannot_be_read_is_looked_at_and_settled(void **state)
{
    Room room = room_of(state);
    Desk *d = room.desk;
    Answered answered;
    moves_in(d, (MovesIn){1, 20250510, 11, 1, 0, "401315", 10});
    InquiryRow asked = {.person_id = 1, .municipality = {"401307"}, .moved_on = DAY_NONE, .asked_by = S("花子")};
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    const InquiryNews news = {INQUIRY_ENDED, RESULT_GIVEN, day_of(2026, 11, 29), {(const unsigned char *)"?", 1}, 7};
    assert_true(inquiry_stands(d->store, asked.inquiry_id, &news, &d->err));
    assert_true(answer_open(&room.ledger, S("1"), &d->arena, &answered, &d->err));
    assert_true(answered.unread.code != E_NONE);
    assert_int_equal(answered.doubtful, 1);
    assert_int_equal(answered.doses.count, 0);
}

// A number is given once, also when its row is gone; and in a ledger that was put back, above all that it gave before.
static void a_number_of_an_inquiry_is_given_once(void **state)
{
    Desk *d = *state;
    moves_in(d, (MovesIn){1, 20250510, 11, 1, 0, "401315", 10});
    InquiryRow asked = {.person_id = 1, .municipality = {"401307"}, .moved_on = DAY_NONE, .asked_by = S("花子")};
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    assert_int_equal(asked.inquiry_id, 1);
    assert_true(store_execute(d->store, "DELETE FROM inquiry", &d->err));
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    assert_int_equal(asked.inquiry_id, 2);
    const Instant back = instant_day_begins(day_of(2026, 12, 1));
    assert_true(given_numbers_leap(d->store, back, &d->err));
    assert_true(inquiry_row_add(d->store, &asked, &d->err));
    assert_true(asked.inquiry_id > 1000000000 && asked.inquiry_id < 10000000000);
    assert_int_equal(stands(d, asked.inquiry_id).person_id, 1);
}

// ---- beside what we know

static void item(Room *room, CopyItemRows *items, int no, const char *value)
{
    *copy_items_push(items, &room->desk->arena) = (CopyItem){.no = no, .value = str_of(value)};
}

static void given(Room *room, CopyAnswer *answer, const char *product, const char *day, const char *status, const char *lot)
{
    CopyItemRows items = {0};
    item(room, &items, DOSE_VACCINE, "9090");
    item(room, &items, DOSE_GIVEN_ON, day);
    item(room, &items, DOSE_STATUS, status);
    item(room, &items, DOSE_PRODUCT, product);
    item(room, &items, DOSE_LOT, lot);
    *copy_answers_push(&answer->records, &room->desk->arena) = items;
}

static void knows(Room *room, DoseRecords *known, int dose_id, const char *product, PartialDate day, Provenance provenance)
{
    int32_t number = product_number_of(&room->ledger.products, str_of(product));
    assert_true(number > 0);
    *dose_records_push(known, &room->desk->arena) = (DoseRecord){
        .dose = {.dose_id = dose_id, .product_no = number, .given_on = day, .provenance = provenance}, .lot = S("A1")};
}

// A differing day is a doubt, and never a second dose nor a silent correction.
static void a_dose_is_new_known_or_in_doubt(void **state)
{
    Room room = room_of(state);
    CopyAnswer answer = {0};
    DoseRecords known = {0};
    knows(&room, &known, 7, "MR", (PartialDate){2026, 6, 10}, PROVENANCE_CLINIC);
    knows(&room, &known, 8, "VAR", (PartialDate){2026, 7, 1}, PROVENANCE_BOOKLET);
    given(&room, &answer, "90000018", "20260610", "1", "A1");  // MR, the same day and lot
    given(&room, &answer, "90000021", "20260703", "1", "B2");  // VAR two days later, and ours is from the booklet
    given(&room, &answer, "90000017", "20251020", "1", "C3");  // BCG
    given(&room, &answer, "90000017", "20251020", "2", "");    // examined only
    given(&room, &answer, "99999999", "20251020", "1", "");    // a product that no table lists
    given(&room, &answer, "90000004", "", "1", "");            // without a day
    given(&room, &answer, "90000004", "20261201", "1", "");    // tomorrow
    given(&room, &answer, "90000004", "20250430", "1", "");    // before birth
    AnswerDoses doses = answer_beside(&room.ledger, &room.codes, &answer, (PartialDate){2025, 5, 0}, &known, &room.desk->arena);
    static const BesideKind kinds[] = {ANSWER_KNOWN,     ANSWER_DOUBT,   ANSWER_NEW,
                                       ANSWER_NOT_GIVEN, ANSWER_UNCLEAR, ANSWER_UNCLEAR,
                                       ANSWER_UNCLEAR,   ANSWER_UNCLEAR};
    assert_int_equal(doses.count, countof(kinds));
    for (ptrdiff_t i = 0; i < countof(kinds); i++)
        if (doses.at[i].kind != kinds[i]) fail_msg("dose %td is %d", i, (int)doses.at[i].kind);
    assert_int_equal(doses.at[0].dose_id, 7);
    assert_int_equal(doses.at[1].dose_id, 8);
    assert_int_equal(doses.at[1].doubt, DOUBT_NEAR_DAY);
    assert_true(partial_date_equal(doses.at[1].standing_on, (PartialDate){2026, 7, 1}));
    assert_true(str_equal(doses.at[2].product, S("BCG")));
}

// What stands twice in one answer enters once.
static void an_answer_that_says_a_dose_twice_brings_it_once(void **state)
{
    Room room = room_of(state);
    CopyAnswer answer = {0};
    DoseRecords known = {0};
    given(&room, &answer, "90000017", "20251020", "1", "C3");
    given(&room, &answer, "90000017", "20251020", "1", "C3");
    AnswerDoses doses = answer_beside(&room.ledger, &room.codes, &answer, (PartialDate){2025, 5, 0}, &known, &room.desk->arena);
    assert_int_equal(doses.at[0].kind, ANSWER_NEW);
    assert_int_equal(doses.at[1].kind, ANSWER_KNOWN);
}

// As it may stand in the store: what names no dose, or one of somebody else, is none; and each dose of it is bound.
static void a_request_for_an_answer_binds_each_of_its_doses(void **state)
{
#define DOSE(who, day) "{\\\"kind\\\":\\\"enter\\\",\\\"who\\\":\\\"" who "\\\",\\\"given_on\\\":\\\"" day "\\\"}"
#define ASKED(count, doses) "{\"inquiry\":1,\"who\":\"410000000000001\",\"doses\":" count doses "}"
    static const char *const none[] = {"", "{}", ASKED("0", ""), ASKED("1", ""), ASKED("1", ",\"dose0\":\"{}\""),
                                       ASKED("1", ",\"dose0\":\"" DOSE("410000000000002", "2026-06-08") "\""),
                                       ASKED("2", ",\"dose0\":\"" DOSE("410000000000001", "2026-06-08") "\"")};
    static const char *const two[] = {ASKED("1", ",\"dose0\":\"" DOSE("410000000000001", "2026-06-08") "\""),
                                      ASKED("1", ",\"dose0\":\"" DOSE("410000000000001", "2026-06-09") "\"")};
    Keys *keys;
    Desk *d = *state;
    Sha256 content[2];
    assert_true(keys_open(str_of(d->place.folder), S("ledger"), &d->arena, &keys, &d->err));
    const Office office = {.keys = keys};
    Act act = {.office = &office, .store = d->store, .arena = &d->arena};
    for (ptrdiff_t i = 0; i < countof(none); i++) {
        Bytes payload = {(const unsigned char *)none[i], (ptrdiff_t)strlen(none[i])};
        assert_false(answer_enter_kind.content(&act, payload, &d->arena, &content[0], &d->err));
        assert_int_equal(d->err.code, E_STORE);
    }
    for (int i = 0; i < 2; i++) {
        Bytes payload = {(const unsigned char *)two[i], (ptrdiff_t)strlen(two[i])};
        assert_true(answer_enter_kind.content(&act, payload, &d->arena, &content[i], &d->err));
    }
    assert_false(sha256_equal(&content[0], &content[1]));
    keys_close(keys);
}

// ---- as a copy

static CopyDose dose_given(Room *room, const char *product)
{
    int32_t number = product_number_of(&room->ledger.products, str_of(product));
    return (CopyDose){.dose_id = 4711,
                      .who = {"410000000000001"},
                      .birth = {2025, 5, 10},
                      .record = {.dose = {.product_no = number, .given_on = {2026, 6, 10}, .provenance = PROVENANCE_CLINIC},
                                 .clinic_code = S("4010198762"),
                                 .clinic_name = S("みほん小児科"),
                                 .lot = S("A123"),
                                 .volume_ml100 = 50,
                                 .judgement = {.legal_class = LEGAL_ROUTINE_A, .series = S("MR1"), .position = S("1")}},
                      .recorded_on = day_of(2026, 7, 10),
                      .version = 2};
}

static CopyRecord copied(Room *room, const CopyDose *dose)
{
    const CopyMaking making = {&room->codes, room->ledger.products.code_of, {"401005"}};
    return copy_of_dose(&making, dose, &room->desk->arena);
}

static ptrdiff_t objected(Room *room, const CopyRecord *record)
{
    DatasetCode dataset;
    CopyNeighbours nobody = {0};
    assert_true(dataset_code_read(DOSE_DATASET, &dataset));
    const CopySight sight = {.layout = copy_layout(&dataset),
                             .version = DOSE_LAYOUT,
                             .codes = &room->codes,
                             .today = day_of(2026, 11, 30),
                             .person_known = true,
                             .others = &nobody};
    return copy_record_checked(record, &sight, &room->desk->arena).count;
}

static bool has(const CopyRecord *record, int item_no, const char *value)
{
    return str_equal(copy_value(&record->items, item_no), str_of(value));
}

// Proves C-3.6-33: what leaves passes the very checks of the intermediate server, whatever the ledger does not know.
static void a_dose_becomes_a_record_that_passes_every_check(void **state)
{
    Room room = room_of(state);
    CopyDose dose = dose_given(&room, "MR");
    CopyRecord record = copied(&room, &dose);
    assert_int_equal(objected(&room, &record), 0);
    assert_string_equal(record.key.at, "D4711");
    assert_int_equal(copy_key_dose(&record.key), 4711);
    assert_int_equal(record.version, 3);
    assert_true(has(&record, DOSE_VACCINE, "9011") && has(&record, DOSE_LABEL, "001"));
    assert_true(has(&record, DOSE_GIVEN_ON, "20260610") && has(&record, DOSE_PRODUCT, "90000018"));
    assert_true(has(&record, DOSE_INSTITUTION, "4010198762") && has(&record, DOSE_RECORDED_BY, "401005"));
    assert_true(has(&record, DOSE_RECORDED_ON, "20260710") && has(&record, DOSE_SOURCE, "1"));

    CopyDose vague = dose;
    vague.record = (DoseRecord){.dose = {.product_no = dose.record.dose.product_no,
                                         .given_on = {2026, 6, 0},
                                         .provenance = PROVENANCE_BOOKLET},
                                .judgement.legal_class = LEGAL_UNKNOWN};
    record = copied(&room, &vague);
    assert_int_equal(objected(&room, &record), 0);
    assert_true(has(&record, DOSE_GIVEN_ON, "20260600") && has(&record, DOSE_DATE_UNKNOWN, "1"));
    assert_true(has(&record, DOSE_VACCINE, "9090") && has(&record, DOSE_LABEL, "099"));
    vague.record.dose.given_on = (PartialDate){2026, 0, 0};
    record = copied(&room, &vague);
    assert_int_equal(objected(&room, &record), 0);

    CopyDose wordy = dose;
    static char name[300];
    for (int i = 0; i < 80; i++) memcpy(name + 3 * i, "院", 3);
    wordy.record.clinic_name = str_of(name);
    wordy.record.lot = S("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    record = copied(&room, &wordy);
    assert_int_equal(objected(&room, &record), 0);
    assert_int_equal(copy_value(&record.items, DOSE_INSTITUTION_NAME).len, 3 * 60);
}

// Whoever asks another city must not learn from it where a protected child is taken.
static void a_protected_persons_record_says_no_place(void **state)
{
    Room room = room_of(state);
    CopyDose dose = dose_given(&room, "MR");
    dose.is_protected = true;
    CopyRecord record = copied(&room, &dose);
    assert_int_equal(objected(&room, &record), 0);
    static const int places[] = {DOSE_SITE_KIND, DOSE_INSTITUTION, DOSE_INSTITUTION_NAME};
    for (ptrdiff_t i = 0; i < countof(places); i++) assert_true(has(&record, places[i], ""));
}

static void a_key_of_another_house_is_none_of_ours(void **state)
{
    (void)state;
    static const char *const others[] = {"", "D", "D0", "D-1", "E4711", "D2147483648", "4711", "D47A"};
    for (ptrdiff_t i = 0; i < countof(others); i++) {
        CopyKey key = {{0}};
        (void)snprintf(key.at, sizeof key.at, "%s", others[i]);
        assert_int_equal(copy_key_dose(&key), 0);
    }
}

static void what_was_laid_is_known_until_it_is_otherwise(void **state)
{
    Desk *d = *state;
    DoseIds ids;
    CopyLaid read;
    int64_t sequence;
    CopyLaid laid = {.dose_id = 7, .version = 3, .hash = {{9}}, .judged_act = 5};
    assert_true(copy_laid(d->store, &laid, &d->err));
    assert_true(copy_laid_find(d->store, 7, d->arena, &read, &d->err));
    assert_int_equal(read.version, 3);
    assert_true(sha256_equal(&read.hash, &laid.hash));
    assert_true(copies_standing(d->store, &d->arena, &ids, &d->err));
    assert_int_equal(ids.count, 1);
    laid.deleted = true;
    assert_true(copy_laid(d->store, &laid, &d->err));
    assert_true(copies_standing(d->store, &d->arena, &ids, &d->err));
    assert_int_equal(ids.count, 0);
    assert_true(copy_sequence_read(d->store, &sequence, &d->err));
    assert_int_equal(sequence, 0);
    assert_true(copy_sequence_keep(d->store, 4, &d->err));
    assert_true(copy_sequence_keep(d->store, 5, &d->err));
    assert_true(copy_sequence_read(d->store, &sequence, &d->err));
    assert_int_equal(sequence, 5);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)
    const struct CMUnitTest stories[] = {
        STORY(who_moved_in_from_a_city_is_offered_and_nobody_else),
        STORY(what_came_stays_and_no_data_is_evidence_with_its_day),
        STORY(a_file_of_inquiries_leaves_when_it_is_granted),
        STORY(a_row_of_a_file_says_whom_what_for_and_where),
        STORY(an_answer_is_taken_under_any_number_of_its_person_and_never_dropped),
        STORY(news_that_cannot_be_read_wait_by_their_place),
        STORY(an_answer_that_cannot_be_read_is_looked_at_and_settled),
        STORY(a_number_of_an_inquiry_is_given_once),
        STORY(a_dose_is_new_known_or_in_doubt),
        STORY(an_answer_that_says_a_dose_twice_brings_it_once),
        STORY(a_request_for_an_answer_binds_each_of_its_doses),
        STORY(a_dose_becomes_a_record_that_passes_every_check),
        STORY(a_protected_persons_record_says_no_place),
        STORY(a_key_of_another_house_is_none_of_ours),
        STORY(what_was_laid_is_known_until_it_is_otherwise),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
