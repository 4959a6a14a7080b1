-- a(school school_id) many
SELECT p.id FROM pupil p JOIN guardian w ON w.school = p.school WHERE p.id = :school;
