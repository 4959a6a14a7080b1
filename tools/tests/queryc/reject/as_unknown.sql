-- a(school school_id) many as b
SELECT id FROM pupil WHERE school = :school;

-- b(school school_id) many
SELECT id FROM pupil WHERE school = :school;

-- c(school school_id) exec
UPDATE pupil SET is_active = 1 WHERE school = :school;

-- d(school school_id) one as c
SELECT id FROM pupil WHERE school = :school;
