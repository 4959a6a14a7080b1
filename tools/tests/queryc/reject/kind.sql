-- a(school school_id) exec
SELECT id FROM pupil WHERE school = :school;

-- b(school school_id) many
UPDATE pupil SET is_active = 0 WHERE school = :school;

-- c(school school_id) exec
DELETE FROM guardian WHERE school = :school RETURNING id;
