// Several 宛名番号.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "vec.h"

VEC(AddresseeNos, AddresseeNo, addressee_nos);
