-- What stands on the home page, in three lists: 1 what the actor promised, to pupils of a group they teach now or to
-- such a group itself; 2 what comes back up to :until of those pupils, by its
-- look-back day, of goals and plans without one by the end of their period; 3 what was reached or kept since :since and is not
-- celebrated yet. A pupil who is in two groups of one teacher comes twice. In no order.
-- lookback_home_rows(school school_id, staff staff_id, who long, everywhere bool, until date, since date, most int) many
WITH mine AS NOT MATERIALIZED (
    SELECT m.school AS school, m.pupil AS pupil
      FROM staff_function f
     CROSS JOIN school_year y
     CROSS JOIN pupil_group m
     WHERE f.school = :school AND f.staff = :staff AND f.role = 1 AND y.school = f.school AND y.id = f.school_year AND y.is_active = 1
       AND m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
)
SELECT 1 AS list, 3 AS kind, CAST(t.id AS BIGINT) AS thing, CAST(t.dossier AS BIGINT) AS dossier, t.pupil AS about,
       t.conversation AS conversation_id, COALESCE(t.due_on, t.look_on) AS day_on, t.version AS version, t.body_sealed AS body_sealed
  FROM thing_who w
 CROSS JOIN thing t
 WHERE t.school = w.school AND t.id = w.thing AND w.school = :school AND w.who = :who AND w.who_kind = 1
   AND (:everywhere = 1 OR t.pupil IN (SELECT o.pupil FROM mine o)
      OR t.dossier IN (
        SELECT q.dossier FROM staff_function f
          JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
          JOIN group_dossier q ON q.school = f.school AND q.teaching_group = f.teaching_group
         WHERE f.school = :school AND f.staff = :staff AND f.role = 1))
UNION ALL
SELECT 2 AS list, t.kind AS kind, CAST(t.id AS BIGINT) AS thing, CAST(t.dossier AS BIGINT) AS dossier, t.pupil AS about,
       t.conversation AS conversation_id, COALESCE(t.look_on, t.due_on) AS day_on, t.version AS version, t.body_sealed AS body_sealed
  FROM mine m
 CROSS JOIN thing t
 WHERE t.school = m.school AND t.dossier = m.pupil AND t.state = 1 AND COALESCE(t.look_on, CASE WHEN t.kind <> 3 THEN t.due_on END) <= :until
UNION ALL
SELECT 3 AS list, t.kind AS kind, CAST(t.id AS BIGINT) AS thing, CAST(t.dossier AS BIGINT) AS dossier, t.pupil AS about,
       t.conversation AS conversation_id, t.ended_on AS day_on, t.version AS version, t.body_sealed AS body_sealed
  FROM mine m
 CROSS JOIN thing t
 WHERE t.school = m.school AND t.dossier = m.pupil AND t.state = 2 AND t.kind IN (1, 3) AND t.celebrated_at IS NULL AND t.ended_on >= :since
UNION ALL
SELECT 2 AS list, 5 AS kind, CAST(c.id AS BIGINT) AS thing, CAST(c.dossier AS BIGINT) AS dossier, c.pupil AS about,
       c.id AS conversation_id, c.look_on AS day_on, c.version AS version, c.details_sealed AS body_sealed
  FROM mine m
 CROSS JOIN conversation c
 WHERE c.school = m.school AND c.pupil = m.pupil AND c.state = 5 AND c.look_on <= :until
 LIMIT :most;

-- Name and key of everybody that those rows can be about: pupils somebody teaches, their groups, and those of their promises.
-- lookback_face_rows(school school_id, staff staff_id, who long, most int) many
SELECT CAST(d.id AS BIGINT) AS dossier, d.slot, d.key_wrapped, u.colour, u.profile_sealed, u.id AS pupil
  FROM (
    SELECT m.pupil AS dossier
      FROM staff_function f
      JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
      JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
     WHERE f.school = :school AND f.staff = :staff AND f.role = 1
UNION
    SELECT t.dossier AS dossier
      FROM thing_who w
      JOIN thing t ON t.school = w.school AND t.id = w.thing
     WHERE w.school = :school AND w.who = :who AND w.who_kind = 1
  ) x
 CROSS JOIN dossier d
  LEFT JOIN pupil u ON u.school = d.school AND u.id = d.id
 WHERE d.school = :school AND d.id = x.dossier LIMIT :most;

-- Per group of the active year, without opening anything.
-- lookback_count_rows(school school_id, until date) many
SELECT m.teaching_group, COUNT(*) AS due
  FROM school_year y
  JOIN teaching_group t ON t.school = y.school AND t.school_year = y.id
  JOIN pupil_group m ON m.school = t.school AND m.teaching_group = t.id AND m.until_on IS NULL
  JOIN (
        SELECT t.pupil AS about FROM thing t WHERE t.school = :school AND t.state = 1 AND t.pupil IS NOT NULL
           AND COALESCE(t.look_on, CASE WHEN t.kind <> 3 THEN t.due_on END) <= :until
UNION ALL
        SELECT c.pupil AS about FROM conversation c WHERE c.school = :school AND c.state = 5 AND c.pupil IS NOT NULL AND c.look_on <= :until
       ) x ON x.about = m.pupil
 WHERE y.school = :school AND y.is_active = 1
 GROUP BY m.teaching_group;
