-- Statements about observations.
-- This comment belongs to the file; it mentions /* and */ to see that nothing breaks.

-- Newest first.
-- observation_of_pupil(school school_id, pupil pupil_id, most int) many
SELECT o.id, o.kind, o.title, o.remark, o.seen_on, o.body_sealed, o.changed_at, o.closed_at,
       o.weight, o.thumb
  FROM observation o
 WHERE o.school = :school AND o.pupil = :pupil
 -- The id only decides between equals.
 ORDER BY o.seen_on DESC, o.id LIMIT :most;

-- observation_latest(school school_id, pupil pupil_id) one as observation_of_pupil
SELECT id, kind, title, remark, seen_on, body_sealed, changed_at, closed_at, weight, thumb
  FROM observation WHERE school = :school AND pupil = :pupil AND title <> 'it''s "\?'
 ORDER BY seen_on DESC LIMIT 1;

-- observation_add(school school_id, id observation_id, pupil pupil_id, kind int, title text,
--                 remark text?, seen_on date, body sealed, at time, weight long, thumb bytes?) exec
INSERT INTO observation (school, id, pupil, kind, title, remark, seen_on, body_sealed, changed_at,
                         weight, thumb)
VALUES (:school, :id, :pupil, :kind, :title, :remark, :seen_on, :body, :at, :weight, :thumb);

-- observation_close(school school_id, id observation_id, at time) exec
UPDATE observation SET closed_at = :at WHERE school = :school AND id = :id;

-- observation_reopen(school school_id, id observation_id) one
UPDATE observation SET closed_at = NULL WHERE school = :school AND id = :id
RETURNING pupil, COALESCE(closed_at, 0) = 0 AS is_open;

-- observation_counts(school school_id, since date?) many
SELECT p.id, p.is_active, p.left_on, COUNT(o.id) AS observations, MAX(o.seen_on) AS last_on,
       MAX(o.title) AS last_title_text
  FROM pupil p
  LEFT JOIN observation o ON o.school = p.school AND o.pupil = p.id
                         AND (:since IS NULL OR o.seen_on >= :since)
 WHERE p.school = :school
 GROUP BY p.id, p.is_active, p.left_on
 ORDER BY p.id;

-- observation_total() one
SELECT COUNT(*) AS words FROM word;
