-- The house: installation, schools, people, groups, sign-in, audit, and the first subject.
--
-- One text for SQLite and PostgreSQL (src/db/migrate.h names the substitutions). Every table
-- that belongs to a school is keyed (school, id) and its foreign keys carry the school. Tables
-- without a `school` column are the installation's directory: they say where something is, and
-- hold nothing of a school itself; their pointers to a school are called at_school.
-- Columns named *_sealed hold ciphertext (src/vault/vault.h), *_on a day, *_at milliseconds UTC.

CREATE TABLE board (
    id BIGINT PRIMARY KEY,
    name_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL
) /*STRICT*/;

-- kind: 1 primary (PO), 2 secondary (VO), 3 special (S(B)O)
CREATE TABLE school (
    id BIGINT PRIMARY KEY,
    board BIGINT NOT NULL REFERENCES board (id),
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
    key_wrapped BYTEA NOT NULL,
    next_slot BIGINT NOT NULL,
    name_sealed BYTEA NOT NULL,
    brin_sealed BYTEA,
    retention_years INTEGER NOT NULL CHECK (retention_years BETWEEN 1 AND 10),
    made_at BIGINT NOT NULL
) /*STRICT*/;

CREATE TABLE location (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    source_index BYTEA,
    name_sealed BYTEA NOT NULL,
    PRIMARY KEY (school, id),
    UNIQUE (school, source_index)
) /*STRICT, WITHOUT ROWID*/;

-- starts_in: 2026 for 2026-2027
CREATE TABLE school_year (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    starts_in INTEGER NOT NULL CHECK (starts_in BETWEEN 1990 AND 2200),
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    PRIMARY KEY (school, id),
    UNIQUE (school, starts_in)
) /*STRICT, WITHOUT ROWID*/;

-- The key of one person's data. slot: the leaf in the school's key tree; key_wrapped is NULL once
-- erased. kind: 1 pupil, 2 staff, 3 guardian, 4 a group's own
CREATE TABLE dossier (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2, 3, 4)),
    slot BIGINT NOT NULL,
    key_wrapped BYTEA,
    made_at BIGINT NOT NULL,
    erased_at BIGINT,
    PRIMARY KEY (school, id),
    UNIQUE (school, slot)
) /*STRICT, WITHOUT ROWID*/;

-- Slots whose rows are gone and whose secret is still in the keyring: between the commit of an erasure and
-- the writing of the keyring. Struck out in the transaction that follows it (src/person/dossier.h).
CREATE TABLE erasure (
    at_school BIGINT NOT NULL REFERENCES school (id),
    slot BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (at_school, slot)
) /*STRICT*/;

-- One row, id 1: how often the keyring was changed when last it mattered. An older keyring beside this
-- database is an old copy, in which erased slots live again.
CREATE TABLE keyring_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
) /*STRICT*/;

-- Only filled inside a backup: what every table held when it was made (src/db/copy.h), so that damage shows.
CREATE TABLE backup_digest (
    of_table TEXT PRIMARY KEY,
    row_count BIGINT NOT NULL,
    hash BYTEA NOT NULL
) /*STRICT*/;

-- kind: 1 home group (stamgroep), 2 other group. years: bit n set when year group n is in it
-- (0-8 PO, 11-16 VO, 20 special). age_band: 1 4-6, 2 7-9, 3 8-12, 4 12-18
CREATE TABLE teaching_group (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    school_year BIGINT NOT NULL,
    location BIGINT,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    years INTEGER NOT NULL,
    age_band INTEGER NOT NULL CHECK (age_band IN (1, 2, 3, 4)),
    source_index BYTEA,
    name_sealed BYTEA NOT NULL,
    PRIMARY KEY (school, id),
    UNIQUE (school, school_year, source_index),
    FOREIGN KEY (school, school_year) REFERENCES school_year (school, id),
    FOREIGN KEY (school, location) REFERENCES location (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- profile: call name, given names, prefix, family name, birth date, number at school, as one sealed text.
-- year_group as in teaching_group.years, -1 unknown. symbol, colour: the pupil's own sign.
CREATE TABLE pupil (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    year_group INTEGER NOT NULL,
    location BIGINT,
    symbol INTEGER NOT NULL,
    colour INTEGER NOT NULL,
    source_index BYTEA,
    enrolled_on TEXT CHECK (enrolled_on IS NULL OR length(enrolled_on) = 10),
    left_on TEXT CHECK (left_on IS NULL OR length(left_on) = 10),
    profile_sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    UNIQUE (school, source_index),
    FOREIGN KEY (school, id) REFERENCES dossier (school, id),
    FOREIGN KEY (school, location) REFERENCES location (school, id)
) /*STRICT, WITHOUT ROWID*/;

CREATE TABLE pupil_group (
    school BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    teaching_group BIGINT NOT NULL,
    from_on TEXT NOT NULL CHECK (length(from_on) = 10),
    until_on TEXT CHECK (until_on IS NULL OR length(until_on) = 10),
    PRIMARY KEY (school, teaching_group, pupil, from_on),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX pupil_group_by_pupil ON pupil_group (school, pupil);

-- profile: name and e-mail, sealed like a pupil's. relation per pupil is in guardianship.
CREATE TABLE guardian (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    source_index BYTEA,
    profile_sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    UNIQUE (school, source_index),
    FOREIGN KEY (school, id) REFERENCES dossier (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- has_authority: gezag. information: 1 full, 2 on request, 3 none (reason recorded)
CREATE TABLE guardianship (
    school BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    guardian BIGINT NOT NULL,
    has_authority INTEGER NOT NULL CHECK (has_authority IN (0, 1)),
    information INTEGER NOT NULL CHECK (information IN (1, 2, 3)),
    reason_sealed BYTEA,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, pupil, guardian),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, guardian) REFERENCES guardian (school, id)
) /*STRICT, WITHOUT ROWID*/;

CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    login_index BYTEA NOT NULL UNIQUE,
    login_sealed BYTEA NOT NULL,
    password_hash TEXT,
    totp_sealed BYTEA,
    totp_step BIGINT NOT NULL,
    language INTEGER NOT NULL CHECK (language IN (0, 1)),
    made_at BIGINT NOT NULL,
    disabled_at BIGINT
) /*STRICT*/;

CREATE TABLE account_recovery (
    account BIGINT NOT NULL REFERENCES account (id),
    code_hash BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account, code_hash)
) /*STRICT, WITHOUT ROWID*/;

-- A link by which somebody sets a password for the first time or anew. purpose: 1 first, 2 reset
CREATE TABLE account_invitation (
    token_hash BYTEA PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES account (id),
    purpose INTEGER NOT NULL CHECK (purpose IN (1, 2)),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
) /*STRICT, WITHOUT ROWID*/;

CREATE TABLE staff (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    account BIGINT REFERENCES account (id),
    colour INTEGER NOT NULL,
    source_index BYTEA,
    left_on TEXT CHECK (left_on IS NULL OR length(left_on) = 10),
    profile_sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    UNIQUE (school, source_index),
    FOREIGN KEY (school, id) REFERENCES dossier (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- At which schools an account is somebody.
CREATE TABLE account_school (
    account BIGINT NOT NULL REFERENCES account (id),
    at_school BIGINT NOT NULL REFERENCES school (id),
    PRIMARY KEY (account, at_school)
) /*STRICT, WITHOUT ROWID*/;

-- role: 1 teacher, 2 coordinator, 3 principal, 4 administrator, 5 support. Teacher and support
-- are for one group; the others for the school (teaching_group NULL).
CREATE TABLE staff_function (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    role INTEGER NOT NULL CHECK (role IN (1, 2, 3, 4, 5)),
    school_year BIGINT NOT NULL,
    teaching_group BIGINT,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    CHECK ((role IN (1, 5)) = (teaching_group IS NOT NULL)),
    FOREIGN KEY (school, staff) REFERENCES staff (school, id),
    FOREIGN KEY (school, school_year) REFERENCES school_year (school, id),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX staff_function_by_staff ON staff_function (school, staff);
CREATE INDEX staff_function_by_group ON staff_function (school, teaching_group);

-- What a roster file said about a person's role: a suggestion for the administrator, never a right.
CREATE TABLE staff_suggestion (
    school BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    teaching_group BIGINT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (school, staff, teaching_group),
    FOREIGN KEY (school, staff) REFERENCES staff (school, id),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- kind: 1 staff, 2 pupil by badge, 3 pupil by picture code. step: 1 password given, second factor
-- still asked; 2 complete. person: the staff or pupil id at at_school, 0 while no school is chosen.
CREATE TABLE session (
    id BIGINT PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
    step INTEGER NOT NULL CHECK (step IN (1, 2)),
    account BIGINT REFERENCES account (id),
    at_school BIGINT REFERENCES school (id),
    person BIGINT NOT NULL,
    visit BIGINT,
    browser INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_person ON session (at_school, person);

-- A shared device in the classroom, opened by a teacher for one group until the end of the day.
CREATE TABLE class_device (
    id BIGINT PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    at_school BIGINT NOT NULL REFERENCES school (id),
    at_group BIGINT NOT NULL,
    opened_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
) /*STRICT*/;

-- The directory of badges: a random token's hash to the pupil it opens.
CREATE TABLE badge (
    token_hash BYTEA PRIMARY KEY,
    at_school BIGINT NOT NULL REFERENCES school (id),
    of_pupil BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    revoked_at BIGINT
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX badge_by_pupil ON badge (at_school, of_pupil);

-- salt: which nine pictures this pupil sees; code_index: keyed hash of the three; code_sealed: so
-- that the teacher can show them again. tries: wrong ones since the last right one.
CREATE TABLE picture_code (
    school BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    salt BYTEA NOT NULL,
    code_index BYTEA NOT NULL,
    code_sealed BYTEA NOT NULL,
    tries INTEGER NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, pupil),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- Every reading and change, chained by hash per school (src/access/audit.h). actor_kind: 1 staff,
-- 2 pupil, 3 guardian, 4 the program (command line), 5 nobody yet. pupil: whose dossier; 0
-- in these columns is nobody and nothing.
CREATE TABLE audit (
    school BIGINT NOT NULL REFERENCES school (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind INTEGER NOT NULL,
    actor BIGINT NOT NULL,
    action INTEGER NOT NULL,
    pupil BIGINT NOT NULL,
    subject BIGINT NOT NULL,
    request BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (school, seq)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX audit_by_pupil ON audit (school, pupil, seq);

-- Where the chain ends. mac: over seq and hash, so that rows cannot be cut off its end.
CREATE TABLE audit_head (
    school BIGINT PRIMARY KEY REFERENCES school (id),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    mac BYTEA NOT NULL
) /*STRICT*/;

-- kind: 1 strength, 2 worry
CREATE TABLE observation (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    author BIGINT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    seen_on TEXT NOT NULL CHECK (length(seen_on) = 10),
    version INTEGER NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, author) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;
-- In the order of the time line, so that a dossier page sorts nothing, and with all that counting asks.
CREATE INDEX observation_by_pupil ON observation (school, pupil, removed_at, seen_on, made_at, author);

-- Every text an observation has had, the present one included (principle 3: nothing typed is lost).
CREATE TABLE observation_version (
    school BIGINT NOT NULL,
    observation BIGINT NOT NULL,
    version INTEGER NOT NULL,
    author BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, observation, version),
    FOREIGN KEY (school, observation) REFERENCES observation (school, id)
) /*STRICT, WITHOUT ROWID*/;

-- One dossier opened outside the rules for a day (src/pupil/emergency.h): by whom, and why, as part of it.
CREATE TABLE emergency (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    reason_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id),
    FOREIGN KEY (school, staff) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX emergency_by_pupil ON emergency (school, pupil, staff, ends_at);

-- Private to the author; sealed with the author's own dossier key, gone on ends_on.
CREATE TABLE working_note (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    author BIGINT NOT NULL,
    pupil BIGINT,
    body_sealed BYTEA NOT NULL,
    ends_on TEXT NOT NULL CHECK (length(ends_on) = 10),
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, author) REFERENCES staff (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX working_note_by_author ON working_note (school, author, pupil);
CREATE INDEX working_note_by_end ON working_note (school, ends_on);

-- How a teacher's own questions were divided, kept when the teacher says so (src/mirror/practice.h).
-- Private to that teacher, sealed with the own dossier key; no words of anybody.
CREATE TABLE practice (
    school BIGINT NOT NULL,
    id BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    practised_on TEXT NOT NULL CHECK (length(practised_on) = 10),
    counts_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, staff) REFERENCES staff (school, id)
) /*STRICT, WITHOUT ROWID*/;
CREATE INDEX practice_by_staff ON practice (school, staff, practised_on);
CREATE INDEX practice_by_day ON practice (school, practised_on);

-- A roster file that somebody looks at before it is carried out; gone after an hour. settings: how to
-- read it. file_sealed: with the school's own key; empty once carried out. result: the counts then.
CREATE TABLE roster_import (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    settings TEXT NOT NULL,
    file_sealed BYTEA NOT NULL,
    applied_at BIGINT,
    result TEXT NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, made_by) REFERENCES staff (school, id)
) /*STRICT*/;
