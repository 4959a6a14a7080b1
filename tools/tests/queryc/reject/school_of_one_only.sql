-- a(school school_id) many
SELECT p.id, o.title
  FROM pupil p
  JOIN observation o ON o.pupil = p.id
 WHERE p.school = :school;
