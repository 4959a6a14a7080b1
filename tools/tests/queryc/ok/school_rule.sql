-- Every way to tie a table to :school that queryc understands.

-- rule_plain(school school_id) many
SELECT id, name FROM teaching_group WHERE school = :school ORDER BY name;

-- rule_turned(school school_id) many
SELECT g.id FROM teaching_group AS g WHERE (:school = g.school AND g.grade BETWEEN 1 AND 4);

-- A chain: guardian, pupil, group.
-- rule_chain(school school_id) many
SELECT w.id, g.name AS group_name
  FROM guardian w
  JOIN pupil p ON p.school = w.school AND p.id = w.pupil
  JOIN teaching_group g ON (g.school = p.school) AND g.id = p.teaching_group
 WHERE g.school = :school;

-- rule_comma(school school_id) many
SELECT p.id FROM pupil p, guardian w
 WHERE p.school = :school AND w.school = p.school AND w.pupil = p.id;

-- rule_left(school school_id) many
SELECT p.id, o.id AS observation, o.title
  FROM pupil p
  LEFT OUTER JOIN observation o ON o.school = p.school AND o.pupil = p.id
 WHERE p.school = :school AND (o.kind = 1 OR o.kind IS NULL OR o.kind = 2);

-- rule_right(school school_id) many
SELECT p.id, w.id AS guardian
  FROM guardian w RIGHT JOIN pupil p ON w.school = p.school AND w.pupil = p.id
 WHERE p.school = :school;

-- Nothing of the other side gets through where each is tied before they meet.
-- rule_full(school school_id) many
SELECT a.id AS one_pupil_id, b.id AS other_pupil_id
  FROM (SELECT id, teaching_group FROM pupil WHERE school = :school AND is_active = 1) a
  FULL JOIN (SELECT id, teaching_group FROM pupil WHERE school = :school AND is_active = 0) b
    ON a.teaching_group = b.teaching_group;

-- rule_nested_join(school school_id) many
SELECT g.id, w.id AS guardian
  FROM teaching_group g
  LEFT JOIN (pupil p JOIN guardian w ON w.school = p.school AND w.pupil = p.id)
    ON p.school = g.school AND p.teaching_group = g.id
 WHERE g.school = :school;

-- rule_exists(school school_id) many
SELECT p.id
  FROM pupil p
 WHERE p.school = :school
   AND NOT EXISTS (SELECT 1 FROM observation o
                    WHERE o.school = p.school AND o.pupil = p.id AND o.closed_at IS NULL)
   AND p.id IN (SELECT w.pupil FROM guardian w WHERE w.school = :school);

-- The inner "school" is that of the only table around it.
-- rule_scalar(school school_id) many
SELECT p.id,
       (SELECT COUNT(*) FROM observation WHERE school = p.school AND pupil = p.id) AS seen,
       (SELECT o.body_sealed FROM observation o WHERE o.school = p.school AND o.pupil = p.id
         ORDER BY o.seen_on DESC LIMIT 1) AS body_sealed,
       CASE WHEN p.left_on IS NOT DISTINCT FROM '2020-01-01' THEN 1 ELSE 0 END AS is_first
  FROM pupil p
 WHERE p.school = :school;

-- rule_derived(school school_id) many
SELECT p.id, s.times
  FROM pupil p
  JOIN (SELECT o.school, o.pupil, COUNT(*) AS times FROM observation o
         WHERE o.school = :school GROUP BY o.school, o.pupil HAVING COUNT(*) > 1) AS s
    ON s.school = p.school AND s.pupil = p.id;

-- rule_cte(school school_id, kind int) many
WITH chosen AS (SELECT school, pupil FROM observation WHERE school = :school AND kind = :kind),
     other (school, child) AS (SELECT c.school, c.pupil FROM chosen c)
SELECT p.id FROM other o JOIN pupil p ON p.school = o.school AND p.id = o.child;

-- A CTE may count on itself.
-- rule_recursive(school school_id, root group_id) many
WITH RECURSIVE below (school, node) AS (
    SELECT school, id FROM teaching_group WHERE school = :school AND id = :root
    UNION ALL
    SELECT g.school, g.id FROM teaching_group g JOIN below b ON g.school = b.school
                                                            AND g.parent = b.node)
SELECT g.id, g.name FROM teaching_group g JOIN below b ON b.school = g.school AND b.node = g.id;

-- rule_union(school school_id) many
SELECT id AS child_id, 1 AS kind FROM pupil WHERE school = :school
 UNION
SELECT pupil, 2 FROM guardian WHERE school = :school
 ORDER BY kind;

-- Of no school: words, boards and the list of schools themselves.
-- rule_none() many
SELECT s.id, s.name, b.name AS board_name FROM school s JOIN board b ON b.id = s.board
 WHERE EXISTS (SELECT 1 FROM word WHERE word.text = s.name);

-- rule_own_school(school school_id) one
SELECT name, brin FROM school WHERE id = :school;

-- rule_insert_select(school school_id, at time) exec
INSERT INTO dossier_key (school, pupil, wrapped, made_at)
SELECT p.school, p.id, '', :at FROM pupil p WHERE p.school = :school;

-- rule_upsert(school school_id, id observation_id, pupil pupil_id, body sealed, at time) exec
INSERT INTO observation (school, id, pupil, kind, title, seen_on, body_sealed, changed_at)
VALUES (:school, :id, :pupil, 0, '', '2024-01-01', :body, :at)
ON CONFLICT (school, id) DO UPDATE SET body_sealed = excluded.body_sealed,
                                       changed_at = excluded.changed_at
 WHERE observation.changed_at < excluded.changed_at;

-- The token is unique among all schools, so the row in the way may be of another.
-- rule_upsert_elsewhere(school school_id, pupil pupil_id, token text) exec
INSERT INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token)
ON CONFLICT (token) DO UPDATE SET pupil = excluded.pupil WHERE dossier_seal.school = :school;

-- rule_insert_quietly(school school_id, id guardian_id, pupil pupil_id, name sealed) one
INSERT INTO guardian (id, school, pupil, name_sealed) VALUES (:id, :school, :pupil, :name)
ON CONFLICT DO NOTHING RETURNING id, name_sealed;

-- rule_update_from(school school_id, grade int) exec
UPDATE pupil SET teaching_group = NULL, is_active = 0
  FROM teaching_group g
 WHERE g.school = pupil.school AND pupil.school = :school AND g.id = pupil.teaching_group
   AND g.grade = :grade;

-- rule_update_part(school school_id, id pupil_id) exec
UPDATE pupil AS p
   SET left_on = (SELECT MAX(o.seen_on) FROM observation o
                   WHERE o.school = p.school AND o.pupil = p.id)
 WHERE p.id = :id AND p.school = :school;

-- rule_delete(school school_id) many
DELETE FROM guardian
 WHERE school = :school
   AND pupil IN (SELECT p.id FROM pupil p WHERE p.school = guardian.school AND p.is_active = 0)
RETURNING id;

-- rule_delete_with(school school_id) exec
WITH gone AS (SELECT id FROM pupil WHERE school = :school AND is_active = 0)
DELETE FROM observation WHERE school = :school AND pupil IN (SELECT id FROM gone);
