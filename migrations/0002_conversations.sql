-- What was said in conversations.

-- What stands now to one question, in one voice. person: whose, where several speak in one voice; 0.
-- author_kind: enum actor_kind; author: staff, pupil or account.
CREATE TABLE answer (
    school BIGINT NOT NULL REFERENCES school (id),
    conversation BIGINT NOT NULL,
    question TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 60),
    voice INTEGER NOT NULL CHECK (voice BETWEEN 1 AND 5),
    person BIGINT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    dossier BIGINT NOT NULL,
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (school, conversation, question, voice, person),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id)
) /*STRICT, WITHOUT ROWID*/;

CREATE INDEX answer_by_dossier ON answer (school, dossier);

-- Every text an answer had. stood: 0 for the losing side of a conflict.
CREATE TABLE answer_version (
    school BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    question TEXT NOT NULL,
    voice INTEGER NOT NULL,
    person BIGINT NOT NULL,
    version INTEGER NOT NULL,
    stood INTEGER NOT NULL CHECK (stood IN (0, 1)),
    author_kind INTEGER NOT NULL,
    author BIGINT NOT NULL,
    body_sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (school, conversation, question, voice, person, version),
    FOREIGN KEY (school, conversation, question, voice, person)
        REFERENCES answer (school, conversation, question, voice, person)
) /*STRICT, WITHOUT ROWID*/;

-- A photo or file that belongs to an answer. kind: 1 image, 2 other. The bytes are gone once removed.
CREATE TABLE attachment (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    dossier BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    body_sealed BYTEA NOT NULL,
    made_by_kind INTEGER NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    removed_at BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, dossier) REFERENCES dossier (school, id)
) /*STRICT, WITHOUT ROWID*/;

CREATE INDEX attachment_by_conversation ON attachment (school, conversation);
CREATE INDEX attachment_by_dossier ON attachment (school, dossier);
