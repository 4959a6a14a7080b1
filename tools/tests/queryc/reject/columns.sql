-- a(school school_id) many
SELECT p.id, w.id FROM pupil p JOIN guardian w ON w.school = p.school WHERE p.school = :school;

-- b(school school_id) many
SELECT id,
       COUNT(*)
  FROM pupil WHERE school = :school GROUP BY id;

-- c(school school_id) many
SELECT * FROM pupil WHERE school = :school;

-- d(school school_id) many
SELECT p.* FROM pupil p WHERE p.school = :school;

-- e(school school_id) many
SELECT grade AS default FROM teaching_group WHERE school = :school;

-- f(school school_id) many
SELECT COUNT(*) number FROM pupil WHERE school = :school;

-- g(school school_id) many
SELECT id name FROM pupil WHERE school = :school;
