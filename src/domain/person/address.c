// SPDX-License-Identifier: Apache-2.0
#include "address.h"

#include "address_number.h"
#include "fold.h"
#include "utf8.h"

// Leading blanks and the name, when it stands there.
static bool take_name(Str *text, Str name)
{
    Str trimmed = fold_trim(*text);
    if (name.len == 0 || !str_starts(trimmed, name)) return false;
    *text = str_from(trimmed, name.len);
    return true;
}

// 〒802-0077 in front of the address, with or without its sign.
static Str without_postal_code(Str text)
{
    ptrdiff_t at = str_starts(text, S("〒")) ? S("〒").len : 0, len;
    int digits = 0;
    for (; at < text.len; at += len) {
        int32_t code = address_code(str_from(text, at), &len);
        bool digit = code >= '0' && code <= '9';
        if (digit)
            digits++;
        else if (digits != 3 || !address_dash(code))
            break;
    }
    return digits == 7 ? str_from(text, at) : text;
}

// Prefecture, city and ward, each of which people leave out.
static Str take_places(Str text, const AddressPlaces *places, Address *address)
{
    if (!places) return text;
    bool prefecture = take_name(&text, places->prefecture);
    bool city = take_name(&text, places->city);
    address->names_city = prefecture || city;
    for (int i = 0; i < places->ward_count; i++)
        if (take_name(&text, places->wards[i])) {
            address->ward = places->wards[i];
            break;
        }
    return text;
}

// Bytes of the town: up to where the number part begins; without one, up to the first blank.
static ptrdiff_t town_end(Str text)
{
    ptrdiff_t len;
    for (int loosely = 0; loosely < 2; loosely++) {
        bool after_digit = false;
        for (ptrdiff_t at = 0; at < text.len; at += len) {
            Str here = str_from(text, at);
            if (!after_digit && address_number_starts(here, loosely)) return at;
            int32_t code = address_code(here, &len);
            after_digit = code >= '0' && code <= '9';
        }
    }
    for (ptrdiff_t at = 0; at < text.len; at += len)
        if (address_blank(address_code(str_from(text, at), &len))) return at;
    return text.len;
}

// Spellings of one place name: 霧ケ丘 霧ヶ丘 霧が丘, 井堀ノ内 井堀の内; 大字 and 字 come and go.
static Str town_key(Str town, Arena *arena)
{
    static const struct {
        int32_t from, to;
    } same[] = {{u'ヶ', u'ケ'}, {u'が', u'ケ'}, {u'ガ', u'ケ'}, {u'ヵ', u'ケ'},
                {u'の', u'ノ'}, {u'之', u'ノ'}, {u'ッ', u'ツ'}, {u'字', 0}};
    Str folded = fold_blanks_away(arena, fold_width(arena, town, NULL));
    Text key = {0};
    for (ptrdiff_t at = 0; at < folded.len;) {
        if (str_starts(str_from(folded, at), S("大字"))) {
            at += S("大字").len;
            continue;
        }
        int32_t code = utf8_next(folded, &at);
        for (int i = 0; i < (int)countof(same); i++)
            if (code == same[i].from) {
                code = same[i].to;
                break;
            }
        if (code) text_add_code(&key, arena, code);
    }
    return text_str(&key);
}

static Str without_section(Str town)
{
    if (str_starts(town, S("大字"))) return str_from(town, S("大字").len);
    return str_starts(town, S("字")) ? str_from(town, S("字").len) : town;
}

Address address_parse(Str text, Str building, const AddressPlaces *places, Arena *arena)
{
    Address address = {.building = building};
    if (fold_trim(text).len == 0) return address;
    address.status = ADDRESS_UNPARSED;
    if (!utf8_valid(text)) return address;

    Str rest = without_postal_code(fold_trim(text));
    rest = fold_trim(take_places(rest, places, &address));
    ptrdiff_t end = town_end(rest);
    address.town = without_section(fold_trim(str_first(rest, end)));
    rest = str_from(rest, end);
    if (address.town.len) address.status = ADDRESS_TOWN;
    AddressStatus town_found = address.status;
    if (address_number_starts(rest, true)) rest = address_number_take(rest, &address);
    if (town_found == ADDRESS_UNPARSED)
        address.status = ADDRESS_UNPARSED;
    else if (address.number_count && address.status != ADDRESS_NO_NUMBER)
        address.status = ADDRESS_WHOLE;
    address.town_key = town_key(address.town, arena);
    if (building.len == 0) address.building = fold_trim(rest);
    return address;
}

// 丁目 and numbers in one row: the block is the one behind the 丁目.
typedef struct Row {
    AddressNumber at[ADDRESS_NUMBERS_MAX + 1];
    int count;
} Row;

static Row row_of(const Address *address)
{
    Row row = {0};
    if (address->chome) row.at[row.count++].value = address->chome;
    for (int i = 0; i < address->number_count; i++) row.at[row.count++] = address->numbers[i];
    return row;
}

static bool number_same(const AddressNumber *a, const AddressNumber *b)
{
    return a->value == b->value && str_equal(a->mark, b->mark);
}

static AddressFit row_fit(const Row *registered, const Row *written, int block)
{
    int shared = registered->count < written->count ? registered->count : written->count;
    for (int i = 0; i < shared; i++)
        if (!number_same(&registered->at[i], &written->at[i]))
            return i <= block ? ADDRESS_DIFFERS : ADDRESS_SAME_BLOCK;
    return shared <= block ? ADDRESS_PART_FITS : ADDRESS_SAME;
}

static bool comparable(const Address *address)
{
    return address->status >= ADDRESS_TOWN;
}

AddressFit address_fit(const Address *registered, const Address *written)
{
    if (!comparable(registered) || !comparable(written)) return ADDRESS_FIT_UNKNOWN;
    bool wards = registered->ward.len && written->ward.len;
    if (wards && !str_equal(registered->ward, written->ward)) return ADDRESS_DIFFERS;
    if (!str_equal(registered->town_key, written->town_key)) return ADDRESS_DIFFERS;
    // A 丁目 in words where the register has none is another place; a bare 3-8-1 may still be 三丁目.
    if (written->chome && !registered->chome) return ADDRESS_DIFFERS;
    bool kinds = registered->kind && written->kind;
    if (kinds && (registered->kind == ADDRESS_HOUSE) != (written->kind == ADDRESS_HOUSE))
        return ADDRESS_DIFFERS;
    Row ours = row_of(registered), theirs = row_of(written);
    return row_fit(&ours, &theirs, registered->chome ? 1 : 0);
}

AddressFit address_fit_either(const Address *one, const Address *other)
{
    Address a = *one, b = *other;
    if (str_ends(a.town_key, b.town_key)) a.town_key = b.town_key;
    if (str_ends(b.town_key, a.town_key)) b.town_key = a.town_key;
    AddressFit fit = address_fit(&a, &b), turned = address_fit(&b, &a);
    return turned > fit ? turned : fit;
}

typedef struct Block {
    Str ward;
    Row row;
    int count;  // of the row: 丁目 and block
    bool house;
} Block;

static void add_block(AddressTexts *texts, const Address *address, const Block *block, Arena *arena)
{
    Text text = {0};
    text_addf(&text, arena, "%.*s\x1f%.*s", STR(block->ward), STR(address->town_key));
    for (int i = 0; i < block->count; i++)
        text_addf(&text, arena, "\x1f%.*s%d", STR(block->row.at[i].mark),
                  (int)block->row.at[i].value);
    if (block->house) text_add(&text, arena, S("番戸"));
    *address_texts_push(texts, arena) = text_str(&text);
}

// With the ward and without it: people leave it out.
AddressTexts address_filed_texts(const Address *registered, Arena *arena)
{
    AddressTexts texts = {0};
    Block block = {.row = row_of(registered),
                   .count = registered->chome ? 2 : 1,
                   .house = registered->kind == ADDRESS_HOUSE};
    if (!comparable(registered) || block.row.count < block.count) return texts;
    add_block(&texts, registered, &block, arena);
    block.ward = registered->ward;
    if (block.ward.len) add_block(&texts, registered, &block, arena);
    return texts;
}

// A bare 3-8-1 is lot 3 or 三丁目8番, or even a 番戸; a 丁目 in words is one.
AddressTexts address_asking_texts(const Address *written, Arena *arena)
{
    AddressTexts texts = {0};
    Block block = {.ward = written->ward, .row = row_of(written)};
    if (!comparable(written)) return texts;
    for (block.count = written->chome ? 2 : 1; block.count <= 2 && block.count <= block.row.count;
         block.count++) {
        block.house = written->kind == ADDRESS_HOUSE;
        add_block(&texts, written, &block, arena);
        block.house = !block.house;
        if (written->kind == ADDRESS_KIND_UNKNOWN) add_block(&texts, written, &block, arena);
    }
    return texts;
}

Str address_sort_key(const Address *address, Str ward_code, Str town_code, Arena *arena)
{
    Text key = {0};
    text_addf(&key, arena, "%.*s\x1f%.*s\x1f%06d", STR(ward_code), STR(town_code), address->chome);
    for (int i = 0; i < ADDRESS_NUMBERS_MAX; i++)
        text_addf(&key, arena, "\x1f%06d%.*s", address->numbers[i].value,
                  STR(address->numbers[i].mark));
    text_addf(&key, arena, "\x1f%.*s", STR(address->building));
    return text_str(&key);
}

Str address_number_text(const Address *address, Arena *arena)
{
    Row row = row_of(address);
    Text text = {0};
    for (int i = 0; i < row.count; i++) {
        if (i) text_add_byte(&text, arena, '-');
        text_add(&text, arena, row.at[i].mark);
        if (row.at[i].value || !row.at[i].mark.len) text_addf(&text, arena, "%d", row.at[i].value);
    }
    return row.count ? text_str(&text) : (Str){0};
}
