// SPDX-License-Identifier: Apache-2.0
#include "exchange.h"

#include <assert.h>

const char *result_status(LinkageResult result)
{
    static const char *const statuses[] = {
        [RESULT_NONE] = "",        [RESULT_GIVEN] = "01",   [RESULT_NO_DATA] = "02",
        [RESULT_NOBODY] = "03",    [RESULT_REFUSED] = "04", [RESULT_NOT_ALLOWED] = "11",
        [RESULT_EXPIRED] = "12",   [RESULT_SILENT] = "13",  [RESULT_UNREADABLE] = "14",
        [RESULT_CANCELLED] = "99",
    };
    _Static_assert(sizeof statuses / sizeof *statuses == RESULT_COUNT, "a status for each");
    assert(result < RESULT_COUNT);
    return statuses[result];
}

bool result_answered(LinkageResult result)
{
    return result == RESULT_GIVEN || result == RESULT_NO_DATA || result == RESULT_NOBODY;
}

bool result_refused(LinkageResult result)
{
    return result == RESULT_REFUSED || result == RESULT_NOT_ALLOWED || result == RESULT_EXPIRED;
}

bool reply_same(const Reply *a, const Reply *b)
{
    return permit_id_same(&a->permit, &b->permit) && a->kind == b->kind &&
           a->refusal == b->refusal && a->at == b->at;
}
