-- a(school school_id) many
SELECT id FROM pupil WHERE school = :school;

-- a(school school_id) many
SELECT id FROM guardian WHERE school = :school;
