-- 不開示, 自己情報提供不可, 自動応答不可 of a person (shield.h), and what of it the core knows. A row that hides nothing any more stays.
-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE shield (
    shield_no      bigint  PRIMARY KEY,
    unified_no     text    NOT NULL,
    procedure_code text    NOT NULL,  -- empty: of every one
    hides          integer NOT NULL,  -- bits of ShieldHides; 0: released
    protected      integer NOT NULL,  -- 1: the register says so today
    since          bigint  NOT NULL,
    reason         text    NOT NULL,
    told           integer NOT NULL,  -- 1: the core knows what stands here
    told_code      bytea,             -- by which code it was told; NULL: never
    merged_into    text               -- under which number the person goes on; NULL: this one
);
CREATE UNIQUE INDEX shield_whose ON shield (unified_no, procedure_code);
CREATE INDEX shield_merged ON shield (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX shield_untold ON shield (shield_no) WHERE told = 0;
