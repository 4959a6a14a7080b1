-- a(school school_id) many
WITH every AS (SELECT school, id FROM pupil)
SELECT id FROM every WHERE school = :school;

-- b(school school_id) many
WITH chosen (id, school) AS (SELECT school, id FROM pupil WHERE school = :school)
SELECT w.id FROM guardian w JOIN chosen c ON c.school = w.school;

-- The step walks into any school that has a group of the same id.
-- c(school school_id, root group_id) many
WITH RECURSIVE below (school, node) AS (
    SELECT school, id FROM teaching_group WHERE school = :school AND id = :root
    UNION ALL
    SELECT g.school, g.id FROM teaching_group g JOIN below b ON g.parent = b.node)
SELECT node AS node_id FROM below;

-- Tied at first, but each step goes to another school.
-- d(school school_id) many
WITH RECURSIVE next (school, node) AS (
    SELECT school, id FROM teaching_group WHERE school = :school
    UNION ALL
    SELECT n.school + 1, g.id FROM teaching_group g JOIN next n ON g.school = n.school)
SELECT node AS node_id FROM next;
