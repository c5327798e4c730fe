// What the demo's story came to, in words for people who know none of its systems; read back from what its commands wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "demo_world.h"

MUST bool story_summary(const World *world, Error *err);
