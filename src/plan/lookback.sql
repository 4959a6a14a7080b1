-- What the actor promised: to pupils of a group they teach now, or to such a group itself.
-- lookback_promise_rows(school school_id, staff staff_id, who long, everywhere bool, most int) many
SELECT a.id, a.pupil, a.conversation, a.due_on, a.look_on, a.version, a.body_sealed, u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM agreement a
  JOIN dossier d ON d.school = a.school AND d.id = a.dossier
  LEFT JOIN pupil u ON u.school = a.school AND u.id = a.pupil
  LEFT JOIN group_dossier t ON t.school = a.school AND t.dossier = a.dossier
 WHERE a.school = :school AND a.who = :who AND a.who_kind = 1 AND a.state = 1
   AND (:everywhere = 1 OR EXISTS (
        SELECT 1 FROM staff_function f
          JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
          LEFT JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL AND m.pupil = a.pupil
         WHERE f.school = :school AND f.staff = :staff AND f.role = 1
           AND (m.pupil IS NOT NULL OR f.teaching_group = t.teaching_group)))
 ORDER BY COALESCE(a.due_on, a.look_on, '9999-12-31'), a.made_at, a.id LIMIT :most;

-- What comes back, of the pupils of the groups that somebody teaches now.
-- lookback_due_rows(school school_id, staff staff_id, until date, most int) many
SELECT 1 AS kind, CAST(g.id AS BIGINT) AS thing, g.pupil, g.conversation AS conversation_id, g.look_on AS day_on, g.version, g.body_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN goal g ON g.school = m.school AND g.pupil = m.pupil
  JOIN pupil u ON u.school = g.school AND u.id = g.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND g.state = 1 AND g.look_on <= :until
UNION ALL
SELECT 2 AS kind, CAST(a.id AS BIGINT) AS thing, a.pupil, a.conversation AS conversation_id, a.look_on AS day_on, a.version, a.body_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN agreement a ON a.school = m.school AND a.pupil = m.pupil
  JOIN pupil u ON u.school = a.school AND u.id = a.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND a.state = 1 AND a.look_on <= :until
UNION ALL
SELECT 3 AS kind, CAST(p.id AS BIGINT) AS thing, p.pupil, p.conversation AS conversation_id, p.look_on AS day_on, p.version, p.body_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN child_plan p ON p.school = m.school AND p.pupil = m.pupil
  JOIN pupil u ON u.school = p.school AND u.id = p.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND p.state = 1 AND p.look_on <= :until
UNION ALL
SELECT 4 AS kind, CAST(c.id AS BIGINT) AS thing, c.pupil, c.id AS conversation_id, c.look_on AS day_on, c.version, c.details_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN conversation c ON c.school = m.school AND c.pupil = m.pupil
  JOIN pupil u ON u.school = c.school AND u.id = c.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND c.state = 5 AND c.look_on <= :until
UNION ALL
SELECT 5 AS kind, CAST(n.id AS BIGINT) AS thing, n.pupil, n.conversation AS conversation_id, n.review_on AS day_on, n.version, n.body_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN need n ON n.school = m.school AND n.pupil = m.pupil
  JOIN pupil u ON u.school = n.school AND u.id = n.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND n.state = 1 AND n.review_on <= :until
 ORDER BY day_on, thing LIMIT :most;

-- Reached or kept, and not celebrated yet.
-- lookback_celebrate_rows(school school_id, staff staff_id, since date, most int) many as lookback_due_rows
SELECT 1 AS kind, CAST(g.id AS BIGINT) AS thing, g.pupil, g.conversation AS conversation_id, g.ended_on AS day_on, g.version, g.body_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN goal g ON g.school = m.school AND g.pupil = m.pupil
  JOIN pupil u ON u.school = g.school AND u.id = g.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND g.state = 2 AND g.celebrated_at IS NULL AND g.ended_on >= :since
UNION ALL
SELECT 2 AS kind, CAST(a.id AS BIGINT) AS thing, a.pupil, a.conversation AS conversation_id, a.ended_on AS day_on, a.version, a.body_sealed AS body_sealed,
       u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM staff_function f
  JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
  JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
  JOIN agreement a ON a.school = m.school AND a.pupil = m.pupil
  JOIN pupil u ON u.school = a.school AND u.id = a.pupil
  JOIN dossier d ON d.school = u.school AND d.id = u.id
 WHERE f.school = :school AND f.staff = :staff AND f.role = 1
   AND a.state = 2 AND a.celebrated_at IS NULL AND a.ended_on >= :since
 ORDER BY day_on DESC, thing LIMIT :most;

-- Per group of the active year, without opening anything.
-- lookback_count_rows(school school_id, until date) many
SELECT m.teaching_group, COUNT(*) AS due
  FROM school_year y
  JOIN teaching_group t ON t.school = y.school AND t.school_year = y.id
  JOIN pupil_group m ON m.school = t.school AND m.teaching_group = t.id AND m.until_on IS NULL
  JOIN (
        SELECT g.pupil AS about FROM goal g WHERE g.school = :school AND g.state = 1 AND g.look_on <= :until
UNION ALL
        SELECT a.pupil AS about FROM agreement a WHERE a.school = :school AND a.state = 1 AND a.pupil IS NOT NULL AND a.look_on <= :until
UNION ALL
        SELECT p.pupil AS about FROM child_plan p WHERE p.school = :school AND p.state = 1 AND p.look_on <= :until
UNION ALL
        SELECT c.pupil AS about FROM conversation c WHERE c.school = :school AND c.state = 5 AND c.pupil IS NOT NULL AND c.look_on <= :until
UNION ALL
        SELECT n.pupil AS about FROM need n WHERE n.school = :school AND n.state = 1 AND n.review_on <= :until
       ) x ON x.about = m.pupil
 WHERE y.school = :school AND y.is_active = 1
 GROUP BY m.teaching_group;
