// SPDX-License-Identifier: Apache-2.0
#include "snapshot.h"

#include <openssl/evp.h>

#include <assert.h>

static PaperAddress copy_address(Arena *arena, const PaperAddress *a)
{
    return (PaperAddress){str_copy(arena, a->postal_code), str_copy(arena, a->address),
                          str_copy(arena, a->area), str_copy(arena, a->building)};
}

static const PaperProduct *copy_products(Arena *arena, const PaperProduct *from, int count)
{
    PaperProduct *products = NEW(arena, PaperProduct, count);
    for (int i = 0; i < count; i++) {
        products[i] = from[i];
        products[i].product = str_copy(arena, products[i].product);
    }
    return products;
}

static const PaperDose *copy_doses(Arena *arena, const PaperPerson *person)
{
    PaperDose *doses = NEW(arena, PaperDose, person->dose_count);
    for (int i = 0; i < person->dose_count; i++) {
        doses[i] = person->doses[i];
        Str *texts[] = {&doses[i].series, &doses[i].position, &doses[i].path,
                        &doses[i].course, &doses[i].previous, &doses[i].last_within,
                        &doses[i].warning};
        for (int k = 0; k < countof(texts); k++) *texts[k] = str_copy(arena, *texts[k]);
        doses[i].products = copy_products(arena, doses[i].products, doses[i].product_count);
        doses[i].right_ends = copy_products(arena, doses[i].right_ends, doses[i].right_end_count);
    }
    return doses;
}

PaperPerson snapshot_copy(Arena *arena, const PaperPerson *person)
{
    PaperPerson copy = *person;
    Str *texts[] = {&copy.name, &copy.name_kana, &copy.name_roman, &copy.alias, &copy.alias_kana};
    for (int i = 0; i < countof(texts); i++) *texts[i] = str_copy(arena, *texts[i]);
    copy.home = copy_address(arena, &person->home);
    copy.mailing = copy_address(arena, &person->mailing);
    copy.doses = copy_doses(arena, person);
    return copy;
}

static void hash_text(EVP_MD_CTX *hash, Str text)
{
    int64_t len = text.len;
    EVP_DigestUpdate(hash, &len, sizeof len);  // so that ab+c and a+bc differ
    if (text.len) EVP_DigestUpdate(hash, text.at, (size_t)text.len);
}

static void hash_numbers(EVP_MD_CTX *hash, const int64_t *numbers, size_t count)
{
    EVP_DigestUpdate(hash, numbers, count * sizeof *numbers);
}

static void hash_products(EVP_MD_CTX *hash, const PaperProduct *products, int count)
{
    for (int k = 0; k < count; k++) {
        const int64_t ends[] = {products[k].last, products[k].last_safe};
        hash_text(hash, products[k].product);
        hash_numbers(hash, ends, countof(ends));
    }
}

static void hash_person(EVP_MD_CTX *hash, const PaperPerson *p)
{
    const Str texts[] = {addressee_text(&p->who),
                         household_text(&p->household),
                         p->name,
                         p->name_kana,
                         p->name_roman,
                         p->alias,
                         p->alias_kana,
                         p->home.postal_code,
                         p->home.address,
                         p->home.area,
                         p->home.building,
                         p->mailing.postal_code,
                         p->mailing.address,
                         p->mailing.area,
                         p->mailing.building};
    for (int i = 0; i < countof(texts); i++) hash_text(hash, texts[i]);
    const int64_t numbers[] = {p->alias_first, p->sex,          p->birth.year,       p->birth.month,
                               p->birth.day,   p->is_protected, p->mailing_released, p->dose_count};
    hash_numbers(hash, numbers, countof(numbers));
    for (int i = 0; i < p->dose_count; i++) {
        const PaperDose *d = &p->doses[i];
        const Str words[] = {d->series,   d->position,    d->path,   d->course,
                             d->previous, d->last_within, d->warning};
        for (int k = 0; k < countof(words); k++) hash_text(hash, words[k]);
        const int64_t days[] = {d->earliest, d->standard_from, d->standard_to,
                                d->last,     d->last_safe,     d->copay_yen,
                                d->reopened, d->right.first,   d->right.last};
        hash_numbers(hash, days, countof(days));
        hash_products(hash, d->products, d->product_count);
        hash_products(hash, d->right_ends, d->right_end_count);
    }
}

void snapshot_hash(const PaperPerson *person, Day as_of, const Str *behind, int behind_count,
                   unsigned char hash[32])
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    assert(digest);
    EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
    const int64_t day = as_of;
    hash_numbers(digest, &day, 1);
    for (int i = 0; i < behind_count; i++) hash_text(digest, behind[i]);
    hash_person(digest, person);
    unsigned int size = 32;
    EVP_DigestFinal_ex(digest, hash, &size);
    EVP_MD_CTX_free(digest);
}

Str snapshot_address_rest(const PaperAddress *address, Arena *arena)
{
    Str street = str_from(address->address, address->area.len);
    return str_format(arena, "%.*s　%.*s", STR(street), STR(address->building));
}
