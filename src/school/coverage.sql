-- coverage_rows(school school_id, school_year school_year_id, since date) many
SELECT m.teaching_group, COUNT(DISTINCT m.pupil) AS pupils, COUNT(DISTINCT o.pupil) AS noted
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
  LEFT JOIN observation o ON o.school = m.school AND o.pupil = m.pupil AND o.seen_on >= :since
        AND o.removed_at IS NULL
 WHERE m.school = :school AND g.school_year = :school_year AND m.until_on IS NULL
 GROUP BY m.teaching_group;

-- Per pupil who was heard: conversations that were held and closed (state 5 closed, 6 evaluated), how many of
-- these were not informal, and how many were of a group (in which the pupil took part). Who moved counts where
-- they are now.
-- coverage_heard_rows(school school_id, school_year school_year_id, since date) many
SELECT m.teaching_group, m.pupil, COUNT(*) AS held,
       SUM(CASE WHEN h.is_informal = 0 THEN 1 ELSE 0 END) AS formal, SUM(h.in_group) AS in_group
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
  JOIN (SELECT c.school, c.pupil AS who, c.is_informal, 0 AS in_group
          FROM conversation c
         WHERE c.school = :school AND c.pupil IS NOT NULL AND c.state IN (5, 6) AND c.held_on >= :since
        UNION ALL
        SELECT c.school, p.person AS who, c.is_informal, 1 AS in_group
          FROM conversation c
          JOIN conversation_person p ON p.school = c.school AND p.conversation = c.id
         WHERE c.school = :school AND c.pupil IS NULL AND c.state IN (5, 6) AND c.held_on >= :since
           AND p.kind = 2 AND p.part = 2) h ON h.school = m.school AND h.who = m.pupil
 WHERE m.school = :school AND g.school_year = :school_year AND m.until_on IS NULL
 GROUP BY m.teaching_group, m.pupil;

-- coverage_target_row(school school_id) one
SELECT t.per_half_year FROM hearing_target t WHERE t.school = :school;

-- coverage_set_target(school school_id, per_half_year int, at time) exec
INSERT INTO hearing_target (school, per_half_year, changed_at) VALUES (:school, :per_half_year, :at)
ON CONFLICT (school) DO UPDATE SET per_half_year = EXCLUDED.per_half_year, changed_at = EXCLUDED.changed_at;
