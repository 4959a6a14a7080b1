-- a(school school_id) many
SELECT id FROM pupil WHERE school = :school
UNION ALL
SELECT id FROM guardian WHERE school = :school;
