// Nothing crashes, what is accepted survives being read again, and masked text holds no number.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "identity.h"
#include "individual_no.h"
#include "office_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(1 << 24);
    if (size > 4096) return 0;
    Arena arena = whole;
    Str text = {(const char *)data, (ptrdiff_t)size};
    Error err = {0};
    Str masked = individual_no_mask_text(&arena, text);
    assert(!individual_no_in_text(masked));

    AddresseeNo no, again;
    if (addressee_no_parse(text, &no, NULL, &err)) {
        bool ok = addressee_no_parse(addressee_text(&no), &again, NULL, &err);
        assert(ok && addressee_same(&no, &again));
    }
    INDIVIDUAL_NO_SECRET IndividualNo individual = {0};
    bool corrected;
    if (individual_no_parse_typed(text, &individual, &corrected, &err))
        assert(individual_no_in_text(str_of(individual.digits)));
    InstitutionCode institution;
    MunicipalityCode municipality;
    PostalCode postal;
    BarKind kind;
    Str digits;
    (void)!institution_code_parse(text, &institution, NULL, &err);
    (void)!municipality_code_parse(text, &municipality, NULL, &err);
    (void)!postal_code_parse(text, &postal, NULL, &err);
    if (bar_read(text, &kind, &digits, &err))
        assert(str_equal(bar_text(&arena, kind, digits), text));
    return 0;
}
