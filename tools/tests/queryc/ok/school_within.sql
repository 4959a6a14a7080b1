-- Tables within other statements: subqueries, CTEs, arms of a UNION; and tables of no school.

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
