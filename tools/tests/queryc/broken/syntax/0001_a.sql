CREATE TABLE a (id BIGINT PRIMARY KEY) /*STRICT*/;

-- The next one has a comma too many.
CREATE TABLE b (
    id BIGINT PRIMARY KEY,
) /*STRICT*/;
