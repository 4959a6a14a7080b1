-- a() exec
PRAGMA foreign_keys = OFF;

-- b() exec
DROP TABLE pupil;

-- c() exec
CREATE TABLE x (id BIGINT);
