-- a(school school_id) many
SELECT p.id, o.title
  FROM pupil p
  LEFT JOIN observation o ON o.school = :school AND p.school = :school AND o.pupil = p.id;

-- b(school school_id) many
SELECT p.id, o.title
  FROM pupil p LEFT JOIN observation o ON o.school = p.school AND o.school = :school;

-- c(school school_id) many
SELECT p.id, o.title
  FROM pupil p RIGHT JOIN observation o ON p.school = :school AND o.school = p.school;

-- d(school school_id) many
SELECT p.id, o.title
  FROM pupil p FULL JOIN observation o ON p.school = :school AND o.school = :school;

-- e(school school_id) many
SELECT p.id, o.title
  FROM pupil p LEFT JOIN observation o ON o.pupil = p.id WHERE p.school = :school;
