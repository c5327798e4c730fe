// THE table: who may do what here. What has no row is refused.
// SPDX-License-Identifier: Apache-2.0
#include "rights.h"

#include "addressee_migrations.h"
#include "difference.h"

// clang-format off
static const Right rows[] = {
    // command or route, programme, duty, leaf, writer lock
    {"import",        "register", DUTY_IMPORT,  AUDIT_IMPORT, ALONE },
    {"approve",       "register", DUTY_APPROVE, AUDIT_IMPORT, ALONE },
    {"serve",         "register", DUTY_SERVE,   AUDIT_EXPORT, SHARED},
    {DIFFERENCE_PATH, "register", DUTY_SERVE,   AUDIT_EXPORT, SHARED},
    {"init",          "office",   DUTY_ADMIN,   AUDIT_CHANGE, ALONE },
    {"grant",         "office",   DUTY_ADMIN,   AUDIT_CHANGE, ALONE },
    {"revoke",        "office",   DUTY_ADMIN,   AUDIT_CHANGE, ALONE },
    {"audit",         "office",   DUTY_AUDIT,   AUDIT_LOOK,   SHARED},
};
// clang-format on

const OfficeProgram addressee_office = {
    .name = "addressee",
    .rights = {rows, (int)countof(rows)},
    .migrations = addressee_migrations,
    .migration_count = &addressee_migrations_count,
};
