// Every door of sesshu-intermediate. What is true of one stands in its own file.
// SPDX-License-Identifier: Apache-2.0
#include "copying.h"
#include "erasing.h"
#include "duty_request.h"
#include "held_approval.h"
#include "asking_rows.h"
#include "intermediate.h"
#include "intermediate_migrations.h"
#include "intermediate_tallies.h"
#include "office_main.h"
#include "office_roster.h"
#include "shielding.h"

#define DOORS(X)           \
    X(command_serve)       \
    X(command_exchange)    \
    X(command_status)      \
    X(command_work)        \
    X(command_held)        \
    X(command_copy)        \
    X(command_records)     \
    X(command_reconcile)   \
    X(command_look_first)  \
    X(command_shield)      \
    X(command_canary)      \
    X(command_merge)       \
    X(command_screens)     \
    X(message_inquiries)   \
    X(message_cancel)      \
    X(message_results)     \
    X(message_copies)      \
    X(message_compare)     \
    X(message_codes)       \
    X(message_code_states) \
    X(message_shields)     \
    OFFICE_DOORS(X)        \
    X(office_password)     \
    X(office_card)         \
    X(office_jobs)

#define X(door) extern const Door door;
DOORS(X)
#undef X

static const Door *const doors[] = {
#define X(door) &door,
    DOORS(X)
#undef X
};

static const SealedColumn *const sealed[] = {&copy_record_sealed, &inquiry_key_sealed, &inquiry_result_sealed,
                                             &approval_sealed};

static const ApprovalKind *const approvals[] = {&held_kind, &copies_sweep_kind, &shield_release_kind, &duty_kind, &roster_kind};

static const AuditOwed owed[] = {{0}};

const OfficeProgram intermediate_office = {
    .name = "intermediate",
    .typed = "sesshu intermediate",
    .words = "中間サーバー: ほかの団体に照会し、副本で答えます",
    .doors = {doors, (int)countof(doors)},
    .sealed = {sealed, (int)countof(sealed)},
    .approvals = {approvals, (int)countof(approvals)},
    .owed = owed,
    .tallies = &intermediate_tallies,
    .erasures = &linkage_erasures,
    .migrations = intermediate_migrations,
    .migration_count = &intermediate_migrations_count,
    .question_most = RELAY_BYTES_MOST + RELAY_PAYLOAD_MOST,
    .arena_bytes = (ptrdiff_t)1 << 30,
};
