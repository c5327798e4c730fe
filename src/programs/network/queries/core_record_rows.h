// 情報提供等記録 of the core (provision_record.h): written beside the step that it records, never changed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "network_message.h"
#include "sha256.h"
#include "store.h"

// Inside the transaction of the step.
MUST bool core_record_add(Store *store, int64_t relay_no, const ProvisionRecord *record, Instant now, Error *err);
// The highest number up to which all are of before that moment.
MUST bool core_records_over(Store *store, Instant written_before, int64_t *record_no, Error *err);
// Removes all up to that number; `gone`: how many.
MUST bool core_records_forget(Store *store, int64_t record_no, int64_t *gone, Error *err);
// Of what an organisation asked for, and of what it was permitted to be asked for, behind `after`.
MUST bool core_records_after(Store *store, const OrganisationCode *whose, const RecordsAsk *ask, Arena *arena,
                             RecordsAnswer *answer, Error *err);

typedef struct RecordLine {
    int64_t no;
    OrganisationCode asker;
    Relay relay;  // as it is now
    Instant asked_at;
} RecordLine;
VEC(RecordLineRows, RecordLine, record_lines);

// The newest record of each inquiry that was asked for from `from` to before `to`, in their order.
MUST bool core_records_between(Store *store, Instant from, Instant to, Arena *arena, RecordLineRows *rows, Error *err);
// Those of the inquiries that were asked for last, the newest first.
MUST bool core_records_newest(Store *store, int most, Arena *arena, RecordLineRows *rows, Error *err);
// Of one person, newest first: what the citizen is shown. `person`: keyed, of the link.
MUST bool core_records_of_person(Store *store, const Sha256 *person, Arena *arena, RecordLineRows *rows, Error *err);
