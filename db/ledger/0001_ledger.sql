-- The immunization ledger: who lives here, what was given to whom, what came in, what was sent out.
-- SPDX-License-Identifier: Apache-2.0
--
-- Two time axes. Life: when it was true (given_on, valid_from). Knowledge: which act recorded it
-- (from_act) and which act replaced or withdrew it (to_act; 2147483647 = still so). An act knows the
-- day, the hour, the person and the audit leaf, so a row says "since when, by whom, why" in 8 bytes.
-- No row of resident_version, dose, not_given, person_fact, clinic or claim is ever changed, but for
-- to_act, once.
--
-- Days are civil day numbers (0 = 1970-01-01). Dates that paper may leave vague (birth, given_on) are
-- numbers as written: 20250510, 20250500 (day unknown), 20250000; 0 = nothing known.
-- Keys are small numbers given by the program: a city-wide pass compares integers only.

CREATE TABLE act (
    act_no       integer PRIMARY KEY,
    kind         text    NOT NULL,  -- sync, intake, clinics, notices
    business_day integer NOT NULL,  -- the office's day, --as-of: what "known on D" asks for
    done_at      bigint  NOT NULL,  -- microseconds, UTC
    done_by      text    NOT NULL,
    reason       text
);

-- The current picture of a person, as narrow as a city-wide pass likes it: one row per person,
-- rewritten by sync from the newest version. Everything else is in resident_version.
CREATE TABLE person (
    person_id    integer PRIMARY KEY,
    addressee_no text    NOT NULL,  -- 15 digits
    name         text    NOT NULL,  -- as lists print it (the alias where the register prefers it)
    birth        integer NOT NULL,
    sex          integer NOT NULL,  -- 1 male, 2 female, 9 unknown
    status       integer NOT NULL,  -- 1 resident, 2 moved out, 3 dead, 9 otherwise removed
    protected    integer NOT NULL,  -- 1 = 支援措置
    withdrawn    integer NOT NULL,  -- 1 = registered by mistake: never a candidate for anything
    from_act     integer NOT NULL   -- the act that first recorded the person
);
CREATE UNIQUE INDEX person_addressee_no ON person (addressee_no);

-- Birth and sex as the ledger knew them before they were corrected: few rows, asked by "known on".
CREATE TABLE person_before (
    before_id integer PRIMARY KEY,
    person_id integer NOT NULL,
    birth     integer NOT NULL,
    sex       integer NOT NULL,
    to_act    integer NOT NULL  -- the act that corrected them
);
CREATE INDEX person_before_person ON person_before (person_id, to_act, before_id);

-- When a person was our resident; both ends included. An open end is NULL.
CREATE TABLE residence (
    span_id   integer PRIMARY KEY,
    person_id integer NOT NULL,
    first_day integer,
    last_day  integer,
    ending    integer NOT NULL,  -- 0 open, 1 planned, 2 moved out, 3 dead, 4 removed
    from_act  integer NOT NULL,
    to_act    integer NOT NULL
);
CREATE INDEX residence_pass ON residence
    (person_id, span_id, first_day, last_day, ending, from_act, to_act);

-- Every state the register gave us, with life and knowledge. A version is true in life from
-- occurred_on until the next one that stands. Of a protected person nothing is kept that says where
-- he or she is: those columns are NULL.
CREATE TABLE resident_version (
    version_id        integer PRIMARY KEY,
    person_id         integer NOT NULL,
    version_no        integer NOT NULL,  -- the addressee program's
    event_reason      integer NOT NULL,  -- two-digit code
    occurred_on       integer NOT NULL,  -- 異動年月日
    reported_on       integer,           -- 届出年月日
    recorded_at       bigint  NOT NULL,  -- by the addressee program
    from_act          integer NOT NULL,
    to_act            integer NOT NULL,
    household_no      text,
    kind              integer NOT NULL,  -- 1 Japanese national, 2 foreign national
    status            integer NOT NULL,
    name              text,
    name_kana         text,
    name_roman        text,
    alias             text,
    alias_kana        text,
    printed_name      integer NOT NULL,  -- 1 name, 2 alias, 0 not said
    sex               integer NOT NULL,
    birth             integer NOT NULL,
    relationship      text,
    municipality_code text,
    postal_code       text,
    town              text,
    lot               text,
    branch            text,
    sub_branch        text,
    address           text,
    building          text,
    phone             text,
    resident_from     integer,
    resident_until    integer,
    from_address      text,
    from_building     text,
    from_municipality text,
    to_address        text,
    to_building       text,
    to_municipality   text,
    protection        integer NOT NULL,
    mail_recipient    text,              -- 送付先, where it is not the address above
    mail_postal_code  text,
    mail_address      text,
    mail_building     text
);
CREATE INDEX resident_version_person ON resident_version (person_id, version_no, version_id);

-- What intake compares a written row with: every version that stands, names folded. Made anew from
-- resident_version whenever a person changes. Of a protected person there is no address here either.
CREATE TABLE match_version (
    match_id     integer PRIMARY KEY,
    person_id    integer NOT NULL,
    valid_from   integer NOT NULL,
    valid_to     integer,           -- NULL = still
    birth        integer NOT NULL,
    sex          integer NOT NULL,
    name         text,
    name_kana    text,
    name_roman   text,
    alias        text,
    alias_kana   text,
    household_no text,
    address      text,
    building     text
);
CREATE INDEX match_version_birth ON match_version (birth, person_id);
CREATE INDEX match_version_person ON match_version (person_id, match_id);
CREATE INDEX match_version_household ON match_version (household_no, person_id);

CREATE TABLE match_name (
    name_key  text    NOT NULL,
    person_id integer NOT NULL,
    PRIMARY KEY (name_key, person_id)
)
--sqlite: WITHOUT ROWID
;
CREATE INDEX match_name_person ON match_name (person_id);

-- How far sync has come: the newest row is where the next one goes on.
CREATE TABLE sync_batch (
    batch_no integer PRIMARY KEY,
    epoch    text    NOT NULL,  -- the addressee program's unbroken sequence of changes
    next_no  bigint  NOT NULL,  -- cursor to ask with
    picture  text,              -- the last feed file in the picture
    changes  integer NOT NULL,
    act_no   integer NOT NULL
);

-- Products by number, in the order in which this ledger first met them; the code is the rule files'.
CREATE TABLE product (
    product_no integer PRIMARY KEY,
    code       text    NOT NULL UNIQUE
);

CREATE TABLE dose (
    dose_id          integer PRIMARY KEY,
    person_id        integer NOT NULL,
    product_no       integer NOT NULL,
    given_on         integer NOT NULL,
    funding          integer NOT NULL,  -- 0 as routine, 1 voluntary, 2 insurance
    override         integer NOT NULL,  -- 0 the engine decides; officer: 1 counts, 2 does not count
    provenance       integer NOT NULL,  -- 1-7 = P1-P7
    from_act         integer NOT NULL,
    to_act           integer NOT NULL,
    replaces         integer,           -- the version before this one
    reason           text,              -- why there is a new version
    row_id           integer,           -- the submission row it came with
    kind             integer NOT NULL,  -- 接種区分: 1 given, 3 given elsewhere reported
    legal_class      integer NOT NULL,  -- 1 routine A, 2 routine B, 3 special, 4 city's own, 5 voluntary,
                                        -- 6 insurance, 9 unknown
    claimed_position text,              -- 期回数 as the clinic wrote it
    clinic_code      text,
    clinic_name      text,
    volume_ml100     integer,
    maker            text,
    lot              text,
    expires_on       integer,           -- as written: 20270300 when only the month is printed
    doctor           text,
    venue            text
);
-- All that judging needs, in the order of judging: the city-wide pass reads this index alone.
CREATE INDEX dose_pass ON dose
    (person_id, given_on, dose_id, product_no, funding, override, provenance, from_act, to_act);

-- Examined only (2) and stopped halfway (4): seen by a doctor, no dose.
CREATE TABLE not_given (
    record_id   integer PRIMARY KEY,
    person_id   integer NOT NULL,
    kind        integer NOT NULL,
    product_no  integer NOT NULL,
    seen_on     integer NOT NULL,
    clinic_code text,
    clinic_name text,
    doctor      text,
    row_id      integer,
    from_act    integer NOT NULL,
    to_act      integer NOT NULL
);
CREATE INDEX not_given_person ON not_given (person_id, seen_on, record_id);

-- What is known of a person beside names and doses. Kinds and their values: queries/fact.c.
CREATE TABLE person_fact (
    fact_id   integer PRIMARY KEY,
    person_id integer NOT NULL,
    kind      text    NOT NULL,  -- edd, disability_60_64, refusal, contraindication, ...
    subject   text    NOT NULL,  -- series or product it speaks of; '' = all
    value     text    NOT NULL,
    since     integer NOT NULL,  -- the day from which it is true
    until     integer,           -- last day; NULL = open
    from_act  integer NOT NULL,
    to_act    integer NOT NULL,
    source    text    NOT NULL,  -- who says so: clinic, officer, paper
    row_id    integer
);
CREATE INDEX person_fact_person ON person_fact (person_id, kind, since, fact_id);

CREATE TABLE intake_file (
    file_no   integer PRIMARY KEY,
    sha256    text    NOT NULL UNIQUE,
    name      text    NOT NULL,
    month     integer NOT NULL,  -- 202610; 0 where the name does not say
    row_count integer NOT NULL,
    accepted  integer NOT NULL,
    warned    integer NOT NULL,
    review    integer NOT NULL,
    returned  integer NOT NULL,
    duplicate integer NOT NULL,
    act_no    integer NOT NULL
);

-- Every row of every file, with its one outcome as it stands in the outcome CSV: the same file again
-- writes the same bytes. as_read stays where a person or the clinic must still look at the row.
CREATE TABLE intake_row (
    row_id      integer PRIMARY KEY,  -- ascending in the order of the file
    file_no     integer NOT NULL,
    line        integer NOT NULL,
    label       text    NOT NULL,
    outcome     integer NOT NULL,  -- 1 accepted, 2 with warning, 3 review, 4 returned, 5 duplicate
    person_id   integer,           -- linked
    dose_id     integer,           -- stored with it, or of which it is a duplicate
    candidates  text,              -- review: numbers, best first
    score       integer,
    evidence    text,
    dose_status integer NOT NULL,  -- 0 not judged, 1 valid, 2 invalid, 3 counted
    reasons     text,
    codes       text,
    message     text,
    content     text,              -- hash of all items: the row said the same before
    as_read     text
);
CREATE INDEX intake_row_file ON intake_row (file_no, row_id);

-- Whom a row under review may mean, best first.
CREATE TABLE intake_candidate (
    row_id    integer NOT NULL,
    rank      integer NOT NULL,
    person_id integer NOT NULL,
    PRIMARY KEY (row_id, rank)
)
--sqlite: WITHOUT ROWID
;

CREATE TABLE clinic (
    clinic_id      integer PRIMARY KEY,
    clinic_code    text    NOT NULL,  -- 10 digits
    name           text    NOT NULL,
    address        text,
    contract_from  integer NOT NULL,
    contract_to    integer,           -- last day; NULL = open
    vaccine        text    NOT NULL,  -- product or series code; '' = every vaccine
    from_act       integer NOT NULL,
    to_act         integer NOT NULL
);
CREATE INDEX clinic_by_code ON clinic (clinic_code, clinic_id);

-- What a clinic asks to be paid for one row, and how far that is. A new state is a new row.
CREATE TABLE claim (
    claim_id    integer PRIMARY KEY,
    row_id      integer NOT NULL,
    person_id   integer NOT NULL,
    dose_id     integer,           -- NULL: examined only or stopped
    clinic_code text,
    amount      bigint,            -- yen; NULL = the clinic said nothing
    copay       bigint,
    state       integer NOT NULL,  -- 1 received, 2 held, 3 returned
    code        text,
    from_act    integer NOT NULL,
    to_act      integer NOT NULL
);
CREATE INDEX claim_row ON claim (row_id, claim_id);
CREATE INDEX claim_dose ON claim (dose_id, claim_id);

-- One printed list; its hash is the one in the audit leaf.
CREATE TABLE notice_run (
    run_no      integer PRIMARY KEY,
    act_no      integer NOT NULL,
    as_of       integer NOT NULL,
    list_sha256 text    NOT NULL,
    sent        integer NOT NULL,
    held        integer NOT NULL
);

CREATE TABLE notice (
    notice_id integer PRIMARY KEY,
    run_no    integer NOT NULL,
    person_id integer NOT NULL,
    series    text    NOT NULL,
    position  text    NOT NULL,
    kind      text    NOT NULL,  -- invitation, reminder
    mailed_on integer NOT NULL
);
CREATE INDEX notice_person ON notice (person_id, mailed_on, notice_id);
