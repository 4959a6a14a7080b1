-- a(school long) many
SELECT id FROM pupil WHERE school = :school;

-- b(school school_id?) many
SELECT id FROM pupil WHERE school = :school;
