-- a(school school_id) many
SELECT p.id FROM pupil p NATURAL JOIN guardian w WHERE p.school = :school;

-- b(school school_id) many
SELECT p.id FROM pupil p JOIN guardian w USING (school) WHERE p.school = :school;
