-- What stands on the home page, in three lists: 1 what the actor promised, to pupils of a group they teach now or to
-- such a group itself; 2 what comes back up to :until of those pupils; 3 what was reached or kept since :since and is not
-- celebrated yet. A pupil who is in two groups of one teacher comes once.
-- lookback_home_rows(school school_id, staff staff_id, who long, everywhere bool, until date, since date, most int) many
WITH taught AS (
    SELECT f.school AS school, f.teaching_group AS teaching_group
      FROM staff_function f
      JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
     WHERE f.school = :school AND f.staff = :staff AND f.role = 1
), mine AS (
    SELECT DISTINCT m.school AS school, m.pupil AS about
      FROM taught t
      JOIN pupil_group m ON m.school = t.school AND m.teaching_group = t.teaching_group AND m.until_on IS NULL
), found AS (
    SELECT 1 AS list, 2 AS kind, CAST(a.id AS BIGINT) AS thing, a.school AS school, a.dossier AS dossier, a.pupil AS about,
           a.conversation AS conversation_id, COALESCE(a.due_on, a.look_on) AS day_on, a.version AS version, a.body_sealed AS body_sealed
      FROM agreement a
      LEFT JOIN mine b ON b.school = a.school AND b.about = a.pupil
     WHERE a.school = :school AND a.who = :who AND a.who_kind = 1 AND a.state = 1
       AND (:everywhere = 1 OR b.about IS NOT NULL OR EXISTS (
            SELECT 1 FROM group_dossier q
              JOIN taught t ON t.school = q.school AND t.teaching_group = q.teaching_group
             WHERE q.school = a.school AND q.dossier = a.dossier))
UNION ALL
    SELECT CASE WHEN g.state = 1 THEN 2 ELSE 3 END AS list, 1 AS kind, CAST(g.id AS BIGINT) AS thing, g.school AS school, g.pupil AS dossier, g.pupil AS about,
           g.conversation AS conversation_id, CASE WHEN g.state = 1 THEN g.look_on ELSE g.ended_on END AS day_on, g.version AS version, g.body_sealed AS body_sealed
      FROM mine b
      JOIN goal g ON g.school = b.school AND g.pupil = b.about
     WHERE (g.state = 1 AND g.look_on <= :until) OR (g.state = 2 AND g.celebrated_at IS NULL AND g.ended_on >= :since)
UNION ALL
    SELECT CASE WHEN a.state = 1 THEN 2 ELSE 3 END AS list, 2 AS kind, CAST(a.id AS BIGINT) AS thing, a.school AS school, a.dossier AS dossier, a.pupil AS about,
           a.conversation AS conversation_id, CASE WHEN a.state = 1 THEN a.look_on ELSE a.ended_on END AS day_on, a.version AS version, a.body_sealed AS body_sealed
      FROM mine b
      JOIN agreement a ON a.school = b.school AND a.pupil = b.about
     WHERE (a.state = 1 AND a.look_on <= :until) OR (a.state = 2 AND a.celebrated_at IS NULL AND a.ended_on >= :since)
UNION ALL
    SELECT 2 AS list, 3 AS kind, CAST(p.id AS BIGINT) AS thing, p.school AS school, p.pupil AS dossier, p.pupil AS about,
           p.conversation AS conversation_id, p.look_on AS day_on, p.version AS version, p.body_sealed AS body_sealed
      FROM mine b
      JOIN child_plan p ON p.school = b.school AND p.pupil = b.about
     WHERE p.state = 1 AND p.look_on <= :until
UNION ALL
    SELECT 2 AS list, 4 AS kind, CAST(c.id AS BIGINT) AS thing, c.school AS school, c.dossier AS dossier, c.pupil AS about,
           c.id AS conversation_id, c.look_on AS day_on, c.version AS version, c.details_sealed AS body_sealed
      FROM mine b
      JOIN conversation c ON c.school = b.school AND c.pupil = b.about
     WHERE c.state = 5 AND c.look_on <= :until
UNION ALL
    SELECT 2 AS list, 5 AS kind, CAST(n.id AS BIGINT) AS thing, n.school AS school, n.pupil AS dossier, n.pupil AS about,
           n.conversation AS conversation_id, n.review_on AS day_on, n.version AS version, n.body_sealed AS body_sealed
      FROM mine b
      JOIN need n ON n.school = b.school AND n.pupil = b.about
     WHERE n.state = 1 AND n.review_on <= :until
)
SELECT x.list, x.kind, x.thing, CAST(x.dossier AS BIGINT) AS dossier, x.about, x.conversation_id, x.day_on, x.version, x.body_sealed, u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM found x
  JOIN dossier d ON d.school = x.school AND d.id = x.dossier
  LEFT JOIN pupil u ON u.school = x.school AND u.id = x.about
 WHERE x.school = :school
 ORDER BY x.list, COALESCE(x.day_on, '9999-12-31'), x.thing LIMIT :most;

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
