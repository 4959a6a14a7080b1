-- a(school school_id) many
SELECT id FROM pupil WHERE school = :school AND left_on = '2024;

-- b(school school_id) many
SELECT id FROM pupil;
