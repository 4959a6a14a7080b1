-- a(school school_id) many
SELECT id FROM teaching_group
 WHERE school = :school
   AND grade = :grade;
