-- a(school) many
SELECT id FROM pupil WHERE school = :school;

-- b(school school_id many
SELECT id FROM pupil WHERE school = :school;

-- c(school school_id) some
SELECT id FROM pupil WHERE school = :school;

-- d(school school_id) many please
SELECT id FROM pupil WHERE school = :school;

-- E(school school_id) many
SELECT id FROM pupil WHERE school = :school;

-- f(school school_id) exec as a
UPDATE pupil SET is_active = 0 WHERE school = :school;
