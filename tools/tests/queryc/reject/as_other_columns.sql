-- a(school school_id) many
SELECT id, is_active FROM pupil WHERE school = :school;

-- b(school school_id) many as a
SELECT is_active, id FROM pupil WHERE school = :school;

-- c(school school_id) many as a
SELECT w.id, p.is_active FROM pupil p JOIN guardian w ON w.school = p.school AND w.pupil = p.id
 WHERE p.school = :school;

-- d(school school_id) many as a
SELECT id FROM pupil WHERE school = :school;
