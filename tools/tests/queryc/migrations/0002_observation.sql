CREATE TABLE observation (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    title TEXT NOT NULL,
    remark TEXT,
    seen_on TEXT NOT NULL,
    body_sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    closed_at BIGINT,
    weight BIGINT NOT NULL DEFAULT 0,
    thumb BYTEA,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT*/;

-- Its key is the pupil's.
CREATE TABLE dossier_key (
    school BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, pupil),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT*/;

-- Keyed by that key, so its pupil is a pupil at two removes.
CREATE TABLE dossier_seal (
    school BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    PRIMARY KEY (school, pupil),
    FOREIGN KEY (school, pupil) REFERENCES dossier_key (school, pupil)
) /*STRICT*/;

-- Words that every school uses; of no school.
CREATE TABLE word (
    id BIGINT PRIMARY KEY,
    text TEXT NOT NULL,
    chair BIGINT REFERENCES furniture (id),
    based_on BIGINT,
    ratio REAL
);

CREATE TABLE furniture (
    id BIGINT PRIMARY KEY
) /*STRICT*/;
