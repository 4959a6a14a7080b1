-- a(school school_id, default int, rows int) many
SELECT id FROM teaching_group WHERE school = :school AND grade IN (:default, :rows);
