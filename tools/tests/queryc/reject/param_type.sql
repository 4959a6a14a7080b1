-- a(school school_id, grade integer, chair chair_id) many
SELECT id FROM teaching_group WHERE school = :school AND grade = :grade AND id = :chair;
