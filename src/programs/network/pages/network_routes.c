// SPDX-License-Identifier: Apache-2.0
#include "network_routes.h"

ROUTES(NETWORK_ROUTES, network_routes)
