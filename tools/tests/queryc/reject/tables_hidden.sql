-- a(school school_id) many
SELECT p.id FROM main.pupil p WHERE p.school = :school;

-- b(school school_id) many
SELECT p.id FROM pupil p WHERE p.school = :school AND p.id IN guardian;

-- c() many
SELECT name AS name_text FROM sqlite_schema;

-- d(school school_id) many
SELECT j.value AS value_text FROM json_each('[]') j;

-- e(school school_id) many
WITH pupil AS (SELECT id, school FROM guardian WHERE school = :school)
SELECT id FROM pupil WHERE school = :school;

-- f(school school_id) many
SELECT x.id FROM (SELECT id FROM pupil WHERE school = :school);
