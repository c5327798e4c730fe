// SPDX-License-Identifier: Apache-2.0
#include "core_erasing.h"

#include "act.h"
#include "acquisition_rows.h"
#include "core_record_rows.h"
#include "core_relay_rows.h"
#include "retention.h"
#include "self_view_rows.h"
#include "told_record_rows.h"

static bool acquisitions(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return acquisitions_forget(act->store, act->now - ACQUISITION_LIFE, &erased->count, err);
}

static bool records(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    int64_t over;
    (void)numbers;
    return core_records_over(act->store, retention_before(RETAIN_RECORD, act->now, 0), &over, err) &&
           counted_erased(act, "provision_record", over, core_records_forget, erased, err);
}

static bool permits(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    int64_t over;
    (void)numbers;
    return relays_over(act->store, retention_before(RETAIN_RECORD, act->now, 0), &over, err) &&
           counted_erased(act, "relay", over, relays_forget, erased, err);
}

static bool told(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return told_records_forget(act->store, retention_before(RETAIN_RECORD, act->now, 0), &erased->count, err);
}

static bool selves(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return self_views_forget(act->store, act->now - INSTANT_DAY, &erased->count, err);
}

static const Erasure erasures[] = {
    {"使わなかった処理通番", acquisitions},
    {"7年を過ぎた情報提供等記録", records},
    {"7年を過ぎた許可証", permits},
    {"7年を過ぎた、機関から届いた記録", told},
    {"1日を過ぎた、わたしの情報", selves},
};
const Erasures core_erasures = {erasures, (int)(sizeof erasures / sizeof *erasures)};
