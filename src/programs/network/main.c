// sesshu-network: the sandbox of 情報提供ネットワークシステム and J-LIS, between organisations.
// SPDX-License-Identifier: Apache-2.0
#include "network.h"
#include "office_main.h"

int main(int argc, char **argv)
{
    return office_main(&network_office, argc, argv);
}
