-- What stands on the home page, in three lists: 1 what the actor promised, to pupils of a group they teach now or to
-- such a group itself; 2 what comes back up to :until of those pupils, by its
-- look-back day, of goals and plans without one by the end of their period; 3 what was reached or kept since :since and is not
-- celebrated yet. A pupil who is in two groups of one teacher comes once.
-- lookback_home_rows(school school_id, staff staff_id, who long, everywhere bool, until date, since date, most int) many
WITH mine AS NOT MATERIALIZED (
    SELECT m.school AS school, m.pupil AS pupil
      FROM staff_function f
     CROSS JOIN school_year y
     CROSS JOIN pupil_group m
     WHERE f.school = :school AND f.staff = :staff AND f.role = 1 AND y.school = f.school AND y.id = f.school_year AND y.is_active = 1
       AND m.school = f.school AND m.teaching_group = f.teaching_group AND m.until_on IS NULL
)
SELECT x.list, x.kind, x.thing, CAST(x.dossier AS BIGINT) AS dossier, x.about, x.conversation_id, x.day_on, x.version, x.body_sealed, u.colour, u.profile_sealed, d.slot, d.key_wrapped
  FROM (
    SELECT 1 AS list, 3 AS kind, CAST(t.id AS BIGINT) AS thing, t.school AS school, t.dossier AS dossier, t.pupil AS about,
           t.conversation AS conversation_id, COALESCE(t.due_on, t.look_on) AS day_on, t.version AS version, t.body_sealed AS body_sealed
      FROM thing_who w
     CROSS JOIN thing t
     WHERE t.school = w.school AND t.id = w.thing AND w.school = :school AND w.who = :who AND w.who_kind = 1
       AND (:everywhere = 1 OR EXISTS (
            SELECT 1 FROM pupil_group m
              JOIN staff_function f ON f.school = m.school AND f.teaching_group = m.teaching_group
              JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
             WHERE m.school = t.school AND m.pupil = t.pupil AND m.until_on IS NULL AND f.staff = :staff AND f.role = 1)
          OR EXISTS (
            SELECT 1 FROM group_dossier q
              JOIN staff_function f ON f.school = q.school AND f.teaching_group = q.teaching_group
              JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
             WHERE q.school = t.school AND q.dossier = t.dossier AND f.staff = :staff AND f.role = 1))
UNION ALL
    SELECT 2 AS list, t.kind AS kind, CAST(t.id AS BIGINT) AS thing, t.school AS school, t.dossier AS dossier, t.pupil AS about,
           t.conversation AS conversation_id, COALESCE(t.look_on, t.due_on) AS day_on, t.version AS version, t.body_sealed AS body_sealed
      FROM mine m
     CROSS JOIN thing t
     WHERE t.school = m.school AND t.dossier = m.pupil AND t.state = 1 AND (t.look_on <= :until OR (t.look_on IS NULL AND t.kind <> 3 AND t.due_on <= :until))
UNION ALL
    SELECT 3 AS list, t.kind AS kind, CAST(t.id AS BIGINT) AS thing, t.school AS school, t.dossier AS dossier, t.pupil AS about,
           t.conversation AS conversation_id, t.ended_on AS day_on, t.version AS version, t.body_sealed AS body_sealed
      FROM mine m
     CROSS JOIN thing t
     WHERE t.school = m.school AND t.dossier = m.pupil AND t.state = 2 AND t.kind IN (1, 3) AND t.celebrated_at IS NULL AND t.ended_on >= :since
UNION ALL
    SELECT 2 AS list, 5 AS kind, CAST(c.id AS BIGINT) AS thing, c.school AS school, c.dossier AS dossier, c.pupil AS about,
           c.id AS conversation_id, c.look_on AS day_on, c.version AS version, c.details_sealed AS body_sealed
      FROM mine m
     CROSS JOIN conversation c
     WHERE c.school = m.school AND c.pupil = m.pupil AND c.state = 5 AND c.look_on <= :until
  ) x
 CROSS JOIN dossier d
  LEFT JOIN pupil u ON u.school = x.school AND u.id = x.about
 WHERE x.school = :school AND d.school = x.school AND d.id = x.dossier
 ORDER BY x.list, COALESCE(x.day_on, '9999-12-31'), x.thing LIMIT :most;

-- Per group of the active year, without opening anything.
-- lookback_count_rows(school school_id, until date) many
SELECT m.teaching_group, COUNT(*) AS due
  FROM school_year y
  JOIN teaching_group t ON t.school = y.school AND t.school_year = y.id
  JOIN pupil_group m ON m.school = t.school AND m.teaching_group = t.id AND m.until_on IS NULL
  JOIN (
        SELECT t.pupil AS about FROM thing t WHERE t.school = :school AND t.state = 1 AND t.pupil IS NOT NULL
           AND (t.look_on <= :until OR (t.look_on IS NULL AND t.kind <> 3 AND t.due_on <= :until))
UNION ALL
        SELECT c.pupil AS about FROM conversation c WHERE c.school = :school AND c.state = 5 AND c.pupil IS NOT NULL AND c.look_on <= :until
       ) x ON x.about = m.pupil
 WHERE y.school = :school AND y.is_active = 1
 GROUP BY m.teaching_group;
