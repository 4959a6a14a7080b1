-- Tying a table to :school by joins, in every way that queryc understands.

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
