// sesshu-unified (団体内統合宛名): whose Individual Number is which.
// SPDX-License-Identifier: Apache-2.0
#include "office_main.h"
#include "unified.h"

int main(int argc, char **argv)
{
    return office_main(&unified_office, argc, argv);
}
