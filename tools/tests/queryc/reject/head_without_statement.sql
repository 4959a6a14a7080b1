-- a(school school_id) many
-- b(school school_id) many
SELECT id FROM pupil WHERE school = :school;
-- c() exec
