-- a(school school_id, id pupil_id) many
SELECT id FROM pupil WHERE school = :school OR id = :id;

-- b(school school_id, id pupil_id) many
SELECT id FROM pupil WHERE school = :school AND is_active = 1 OR id = :id;

-- c(school school_id, id pupil_id) many
SELECT id FROM pupil WHERE (school = :school OR id = :id) AND is_active = 1;

-- d(school school_id) many
SELECT p.id FROM pupil p JOIN guardian w ON w.school = p.school OR w.pupil = p.id
 WHERE p.school = :school;
