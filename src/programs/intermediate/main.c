// sesshu-intermediate (中間サーバー): asks other organisations for this one, and answers them from its copies.
// SPDX-License-Identifier: Apache-2.0
#include "intermediate.h"
#include "office_main.h"

int main(int argc, char **argv)
{
    return office_main(&intermediate_office, argc, argv);
}
