-- a(school school_id) many
SELECT LENGTH(name_sealed) AS len FROM pupil WHERE school = :school;

-- b(school school_id) many
SELECT 'x' || name_sealed AS name_text FROM pupil WHERE school = :school;

-- c(school school_id, name sealed) many
SELECT id FROM pupil WHERE school = :school
   AND name_sealed = :name;

-- d(school school_id) many
SELECT id FROM pupil WHERE school = :school
 ORDER BY name_sealed;

-- e(school school_id) many
SELECT id, name_sealed FROM pupil WHERE school = :school ORDER BY 2;

-- f(school school_id) many
SELECT DISTINCT name_sealed FROM pupil WHERE school = :school;

-- g(school school_id) many
SELECT COALESCE(born_sealed, name_sealed) AS any_sealed FROM pupil WHERE school = :school;

-- h(school school_id) many
SELECT name_sealed FROM pupil WHERE school = :school
UNION
SELECT name_sealed FROM guardian WHERE school = :school;

-- i(school school_id) many
SELECT id FROM pupil WHERE school = :school
   AND 'x' < (SELECT name_sealed FROM guardian WHERE school = :school LIMIT 1);

-- j(school school_id) many
SELECT COUNT(*) AS times FROM pupil WHERE school = :school GROUP BY name_sealed;
