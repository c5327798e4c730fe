// 情報提供等記録: what each of the three writes of one exchange, and whether they agree (linkage.md 3.3).
//
// Law     番号法 第23条: inquirer, provider and the network record who asked whom, when it was asked and provided, about what,
//         and whether disclosure would fall under a ground against it; seven years (retention.h). Refusals and answers
//         without data are recorded too: a request happened. F-4-05.
// Pure    made from the states of the exchange: a record never says what the state does not.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "inquiry.h"
#include "provision.h"
#include "relay.h"

typedef enum RecordRole { RECORD_INQUIRER, RECORD_PROVIDER, RECORD_CORE } RecordRole;

typedef struct ProvisionRecord {
    RecordRole role;
    Permit permit;         // id of zeros where none was issued: then without moments
    UnifiedNo person;      // of INQUIRER and PROVIDER alone
    Instant provided_at;   // 0: nothing was provided
    LinkageResult result;  // of CORE: GIVEN for whatever was answered, it cannot know more
} ProvisionRecord;

ProvisionRecord record_of_inquiry(const Inquiry *inquiry);
ProvisionRecord record_of_provision(const Provision *provision);
ProvisionRecord record_of_relay(const Relay *relay);

// As the core may hear of it: that there was an answer, and not which.
ProvisionRecord record_for_core(const ProvisionRecord *own);

typedef enum RecordsDiffer {
    RECORDS_AGREE,
    RECORDS_ORPHAN,       // one of them is missing that must be there
    RECORDS_OTHER_ASKED,  // not the same permit or question
    RECORDS_OTHER_TIME,   // provided for one and not for another, or at another moment
    RECORDS_OTHER_END,    // answered for one and refused for another, or another answer
} RecordsDiffer;

// One permit's records; NULL: there is none. To be asked when the inquiry has ended.
RecordsDiffer records_differ(const ProvisionRecord *inquirer, const ProvisionRecord *provider,
                             const ProvisionRecord *core);

// One's own record of a permit beside the core's, where the other side's is not to be had. NULL: there is none.
RecordsDiffer record_differs_from_core(const ProvisionRecord *own, const ProvisionRecord *core);

// What can be said to whoever reads all three of one access.
typedef enum RecordsStand {
    RECORDS_INCOMPLETE,  // one that must come has not come yet
    RECORDS_TOGETHER,
    RECORDS_APART,  // they do not agree, or the network knows nothing of it
} RecordsStand;

// NULL: it has not come. One of them is there.
RecordsStand records_stand(const ProvisionRecord *inquirer, const ProvisionRecord *provider,
                           const ProvisionRecord *core);
