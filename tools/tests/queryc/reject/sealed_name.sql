-- a(school school_id) many
SELECT id, name_sealed AS name FROM pupil WHERE school = :school;

-- b(school school_id) many
SELECT id, (SELECT w.name_sealed FROM guardian w WHERE w.school = p.school) AS name
  FROM pupil p WHERE p.school = :school;

-- c(school school_id) many
SELECT s.name FROM (SELECT name_sealed AS name FROM pupil WHERE school = :school) s;

-- d(school school_id) many
WITH s (name) AS (SELECT name_sealed FROM pupil WHERE school = :school) SELECT name FROM s;

-- e(school school_id) many
SELECT title AS name FROM observation WHERE school = :school
UNION ALL
SELECT name_sealed FROM pupil WHERE school = :school;

-- f(school school_id) many
SELECT title AS title_sealed FROM observation WHERE school = :school;
