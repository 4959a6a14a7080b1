-- a(school school_id) many
SELECT s.times FROM (SELECT school, COUNT(*) AS times FROM observation GROUP BY school) s
 WHERE s.school = :school;

-- b(school school_id) many
SELECT p.id
  FROM (SELECT o.id AS school FROM observation o WHERE o.school = :school) s
  JOIN pupil p ON p.school = s.school;

-- c(school school_id) many
SELECT p.id
  FROM (SELECT o.school FROM observation o WHERE o.school = :school
        UNION ALL SELECT id FROM school) s
  JOIN pupil p ON p.school = s.school;

-- d(school school_id) many
SELECT s.school, (SELECT COUNT(*) FROM pupil p WHERE p.school = s.school) AS pupils
  FROM (SELECT id AS school FROM school WHERE id <> :school) s;
