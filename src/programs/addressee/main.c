// sesshu-addressee (宛名管理): who is on the resident register.
// SPDX-License-Identifier: Apache-2.0
#include "addressee.h"
#include "office_main.h"

int main(int argc, char **argv)
{
    return office_main(&addressee_office, argc, argv);
}
