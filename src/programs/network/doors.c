// Every door of sesshu-network. What is true of one stands in its own file.
// SPDX-License-Identifier: Apache-2.0
#include "core_erasing.h"
#include "core_key_rows.h"
#include "core_keys.h"
#include "duty_request.h"
#include "jlis_rows.h"
#include "letter_rows.h"
#include "network.h"
#include "network_migrations.h"
#include "network_tallies.h"
#include "office_main.h"
#include "office_roster.h"
#include "core_relay_rows.h"
#include "self_view_rows.h"

#define DOORS(X)            \
    X(command_people)       \
    X(command_list)         \
    X(command_admit)        \
    X(command_suspend)      \
    X(command_records)      \
    X(command_history)      \
    X(command_own)          \
    X(command_serve)        \
    X(command_screens)      \
    X(message_mail)         \
    X(message_acquisitions) \
    X(message_permits)      \
    X(message_inquiries)    \
    X(message_replies)      \
    X(message_list)         \
    X(message_records)      \
    X(message_records_told) \
    X(message_selves)       \
    X(message_shields)      \
    X(message_codes)        \
    OFFICE_DOORS(X)         \
    X(office_password)

#define X(door) extern const Door door;
DOORS(X)
#undef X

static const Door *const doors[] = {
#define X(door) &door,
    DOORS(X)
#undef X
};

static const SealedColumn *const sealed[] = {&core_key_sealed,   &jlis_record_sealed, &link_alias_sealed,
                                             &relay_code_sealed, &letter_sealed,      &self_view_key_sealed,
                                             &approval_sealed};

static const ApprovalKind *const approvals[] = {&duty_kind, &roster_kind};

const OfficeProgram network_office = {
    .name = "network",
    .typed = "sesshu network",
    .words = "情報提供ネットワークシステムとJ-LISの役: 許可証、符号、機関の間の文",
    .doors = {doors, (int)countof(doors)},
    .sealed = {sealed, (int)countof(sealed)},
    .approvals = {approvals, (int)countof(approvals)},
    .erasures = &core_erasures,
    .tallies = &network_tallies,
    .founded = core_keys_found,
    .migrations = network_migrations,
    .migration_count = &network_migrations_count,
    .arena_bytes = (ptrdiff_t)1 << 30,
    .question_most = NETWORK_QUESTION_MOST,
};
