-- coverage_rows(school school_id, school_year school_year_id, since date) many
SELECT m.teaching_group, COUNT(DISTINCT m.pupil) AS pupils, COUNT(DISTINCT o.pupil) AS noted
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
  LEFT JOIN observation o ON o.school = m.school AND o.pupil = m.pupil AND o.seen_on >= :since
        AND o.removed_at IS NULL
 WHERE m.school = :school AND g.school_year = :school_year AND m.until_on IS NULL
 GROUP BY m.teaching_group;
