-- a(school school_id, other school_id) exec
UPDATE pupil SET school = :other WHERE school = :school;

-- b(school school_id) exec
UPDATE pupil SET is_active = 0 FROM teaching_group g WHERE g.school = :school
   AND g.id = pupil.teaching_group;

-- c(school school_id) exec
UPDATE pupil SET is_active = 0 FROM teaching_group g WHERE pupil.school = :school
   AND g.id = pupil.teaching_group;

-- d(school school_id) exec
UPDATE pupil SET left_on = (SELECT MAX(seen_on) FROM observation o WHERE o.pupil = pupil.id)
 WHERE school = :school;

-- e(school school_id) exec
UPDATE pupil SET (left_on, is_active) = ('2024-01-01', 0) WHERE school = :school;
