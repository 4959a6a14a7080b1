-- A small school, with one of everything that queryc looks at.
CREATE TABLE board (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL
) /*STRICT*/;

CREATE TABLE school (
    id BIGINT PRIMARY KEY,
    board BIGINT NOT NULL REFERENCES board (id),
    name TEXT NOT NULL,
    brin TEXT UNIQUE
) /*STRICT*/;

CREATE TABLE teaching_group (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 8),
    parent BIGINT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, parent) REFERENCES teaching_group (school, id)
) /*STRICT*/;

CREATE TABLE pupil (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    teaching_group BIGINT,
    name_sealed BYTEA NOT NULL,
    born_sealed BYTEA,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    left_on TEXT,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, teaching_group) REFERENCES teaching_group (school, id)
) /*STRICT*/;

CREATE TABLE guardian (
    school BIGINT NOT NULL REFERENCES school (id),
    id BIGINT NOT NULL,
    pupil BIGINT NOT NULL,
    name_sealed BYTEA NOT NULL,
    PRIMARY KEY (school, id),
    FOREIGN KEY (school, pupil) REFERENCES pupil (school, id)
) /*STRICT*/;
