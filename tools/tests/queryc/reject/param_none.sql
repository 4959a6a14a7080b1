-- a(school school_id, grade int?) many
SELECT id FROM teaching_group WHERE school = :school AND grade = :grade;
