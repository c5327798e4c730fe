// Every door of sesshu-unified. What is true of one stands in its own file.
// SPDX-License-Identifier: Apache-2.0
#include "duty_request.h"
#include "individual_number_rows.h"
#include "office_main.h"
#include "office_roster.h"
#include "relay_message.h"
#include "unified.h"
#include "unified_migrations.h"
#include "unified_person_rows.h"
#include "unified_tallies.h"
#include "unified_work_rows.h"

#define DOORS(X)         \
    X(command_sync)      \
    X(command_codes)     \
    X(command_find)      \
    X(command_work)      \
    X(command_show)      \
    X(command_decide)    \
    X(command_serve)     \
    X(command_desk)      \
    X(message_inquiries) \
    X(message_cancel)    \
    X(message_results)   \
    X(message_copies)    \
    X(message_compare)   \
    OFFICE_DOORS(X)      \
    X(office_password)   \
    X(office_card)       \
    X(office_jobs)

#define X(door) extern const Door door;
DOORS(X)
#undef X

static const Door *const doors[] = {
#define X(door) &door,
    DOORS(X)
#undef X
};

static const SealedColumn *const sealed[] = {&unified_person_facts, &individual_number_sealed, &unified_work_said,
                                             &approval_sealed};

static const ApprovalKind *const approvals[] = {&duty_kind, &roster_kind};

const OfficeProgram unified_office = {
    .name = "unified",
    .typed = "sesshu unified",
    .words = "団体内統合宛名: 個人番号で人をひとりに結び、情報照会をつなぎます",
    .doors = {doors, (int)countof(doors)},
    .sealed = {sealed, (int)countof(sealed)},
    .approvals = {approvals, (int)countof(approvals)},
    .tallies = &unified_tallies,
    .migrations = unified_migrations,
    .migration_count = &unified_migrations_count,
    .arena_bytes = (ptrdiff_t)1 << 30,
    .question_most = RELAY_BYTES_MOST + (1 << 16),
};
