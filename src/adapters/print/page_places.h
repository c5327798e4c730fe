// Where on a page stands what the self-check reads back: the frame of every page, the head of a 予診票, and a certificate
// but for our own words on it. In millimetres from the upper left corner. Inside the print folder only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "envelope.h"

#define FOOT_NUMBER_BOX       ((Box){52, 288.4, 110, 4})
#define TAG_TEXT_BOX          ((Box){158, 277, 25, 7.2})
#define TAG_QR_BOX            ((Box){183, 274, 16.8, 16.8})
#define SCREENING_NAME_BOX    ((Box){32, 33, 81, 7.1})
#define SCREENING_ADDRESS_BOX ((Box){32, 44.8, 100, 7.1})
#define SCREENING_NUMBER_BOX  ((Box){32, 24.2, 70, 4.7})
#define SCREENING_CODE_BOX    ((Box){136, 22.6, 60, 13.4})

#define CERTIFICATE_NUMBER_BOX ((Box){110, 12.5, 80, 6})
#define CERTIFICATE_NAME_BOX   ((Box){54, 42, 135, 10})
#define CERTIFICATE_HOME_BOX   ((Box){54, 52, 135, 19})
#define CERTIFICATE_TABLE_BOX  ((Box){22, 84, 167, 145})
