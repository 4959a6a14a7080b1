-- a(school school_id) many
SELECT pupil.id FROM pupil JOIN pupil ON 1 = 1 WHERE pupil.school = :school;
