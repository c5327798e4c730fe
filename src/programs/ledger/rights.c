// Who may do what in the ledger. A command without a row is refused.
// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"
#include "ledger_migrations.h"

// clang-format off
static const Right rights[] = {
    // command, programme, duty, leaf, the data alone
    {"init",    "office",       DUTY_ADMIN,  AUDIT_CHANGE, ALONE },
    {"grant",   "office",       DUTY_ADMIN,  AUDIT_CHANGE, ALONE },
    {"revoke",  "office",       DUTY_ADMIN,  AUDIT_CHANGE, ALONE },
    {"audit",   "office",       DUTY_AUDIT,  AUDIT_LOOK,   SHARED},
    {"clinics", "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE },
    {"intake",  "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE },
    {"foreign", "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE },
    {"facts",   "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE },
    {"sync",    "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE },
    {"show",    "immunization", DUTY_READ,   AUDIT_LOOK,   SHARED},
    {"due",     "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED},
    {"changes", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED},
    {"rehearse", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED},
    {"work",    "immunization", DUTY_EXPORT,  AUDIT_EXPORT, SHARED},
    {"notices", "immunization", DUTY_PRINT,  AUDIT_PRINT,  ALONE },
};
// clang-format on

const OfficeProgram ledger_office = {
    .name = "ledger",
    .rights = {rights, (int)countof(rights)},
    .migrations = ledger_migrations,
    .migration_count = &ledger_migrations_count,
};
