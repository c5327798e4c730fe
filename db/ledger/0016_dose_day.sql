-- Whom else a clinic sent a product for on one day: a correction (訂正) that finds no original may mean it.
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX dose_day ON dose (given_on, product_no);
