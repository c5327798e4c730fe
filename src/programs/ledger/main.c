// The immunization ledger (予防接種台帳): doses, what is due, notices.
// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"
#include "office_main.h"

int main(int argc, char **argv)
{
    return office_main(&ledger_office, argc, argv);
}
