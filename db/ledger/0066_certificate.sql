-- Certificates that were issued: what left is kept as it was, sealed, and under whose number it stands.
-- SPDX-License-Identifier: Apache-2.0

CREATE TABLE certificate (
    certificate_no bigint  PRIMARY KEY,  -- 交付番号, given once (given_number)
    person_id      integer NOT NULL,
    kind           integer NOT NULL,     -- CertificateKind (certificate.h)
    issued_on      integer NOT NULL,
    again_of       bigint  NOT NULL,     -- 再交付: in place of which one; 0: of none
    form           text    NOT NULL,     -- version of its form
    pages          integer NOT NULL,
    sha256         text    NOT NULL,     -- of the paper
    sealed         bytea   NOT NULL,     -- who asked, how that was proven, what for, and the paper itself
    from_act       integer NOT NULL,
    to_act         integer NOT NULL      -- cancelled, or another one was issued in its place
);
CREATE INDEX certificate_person ON certificate (person_id, certificate_no);

CREATE TABLE certificate_dose (
    certificate_no bigint  NOT NULL,
    dose_id        integer NOT NULL,
    overtaken      integer NOT NULL,     -- the act that corrected or cancelled the dose; 2147483647: none has
    PRIMARY KEY (certificate_no, dose_id)
);
CREATE INDEX certificate_dose_of ON certificate_dose (dose_id);
CREATE INDEX certificate_dose_overtaken ON certificate_dose (certificate_no) WHERE overtaken < 2147483647;

-- Whoever ends a dose says so to the certificates that speak of it: no statement can forget it.
--sqlite: CREATE TRIGGER certificate_overtaken AFTER UPDATE OF to_act ON dose BEGIN UPDATE certificate_dose SET overtaken = NEW.to_act WHERE dose_id = NEW.dose_id AND overtaken = 2147483647; END;
--postgresql: CREATE FUNCTION certificate_dose_ended() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE certificate_dose SET overtaken = NEW.to_act WHERE dose_id = NEW.dose_id AND overtaken = 2147483647; RETURN NULL; END';
--postgresql: CREATE TRIGGER certificate_overtaken AFTER UPDATE OF to_act ON dose FOR EACH ROW EXECUTE FUNCTION certificate_dose_ended();
