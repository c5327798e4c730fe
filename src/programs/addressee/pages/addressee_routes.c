// SPDX-License-Identifier: Apache-2.0
#include "addressee_routes.h"

ROUTES(ADDRESSEE_ROUTES, addressee_routes)
