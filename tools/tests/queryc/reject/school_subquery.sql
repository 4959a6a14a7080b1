-- a(school school_id) many
SELECT p.id FROM pupil p
 WHERE p.school = :school
   AND EXISTS (SELECT 1
                 FROM observation o
                WHERE o.pupil = p.id);

-- b(school school_id) many
SELECT p.id,
       (SELECT COUNT(*) FROM observation o WHERE o.pupil = p.id) AS seen
  FROM pupil p WHERE p.school = :school;

-- c(school school_id) many
SELECT p.id FROM pupil p WHERE p.school = :school AND p.id IN (SELECT pupil FROM guardian);

-- d(school school_id) many
SELECT id FROM teaching_group
 WHERE school = :school
 ORDER BY (SELECT COUNT(*) FROM pupil p WHERE p.teaching_group = teaching_group.id);

-- e(school school_id) many
SELECT p.id FROM pupil p
 WHERE EXISTS (SELECT 1 FROM guardian w WHERE w.school = :school AND w.school = p.school);

-- f(school school_id) many
SELECT p.id FROM pupil p JOIN guardian w ON w.school = p.school
                                        AND EXISTS (SELECT 1 FROM observation o)
 WHERE p.school = :school LIMIT (SELECT COUNT(*) FROM dossier_key);
