-- The inner school is the inner table's own: this compares nothing with the pupil.
-- a(school school_id) many
SELECT p.id FROM pupil p
 WHERE p.school = :school AND EXISTS (SELECT 1 FROM observation WHERE school = school);
