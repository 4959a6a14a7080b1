-- a(school school_id) many
SELECT id FROM pupil WHERE NOT school = :school;

-- b(school school_id) many
SELECT id FROM pupil WHERE NOT (school = :school AND is_active = 1);

-- c(school school_id) many
SELECT id FROM pupil WHERE school <> :school;

-- d(school school_id) many
SELECT id FROM pupil WHERE school >= :school;

-- e(school school_id) many
SELECT id FROM pupil WHERE (school = :school) = 0;

-- f(school school_id) many
SELECT id FROM pupil WHERE school = :school + 1;

-- g(school school_id) many
SELECT id FROM pupil WHERE id BETWEEN 1 AND school = :school;

-- h(school school_id) many
SELECT id FROM pupil WHERE CASE WHEN is_active = 1 AND school = :school THEN 1 ELSE 1 END;

-- i(school school_id) many
SELECT id FROM pupil WHERE school = :school IS NULL;
