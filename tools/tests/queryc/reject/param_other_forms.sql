-- a(school school_id) many
SELECT id FROM pupil WHERE school = $1;

-- b(school school_id) many
SELECT id FROM pupil WHERE school = ?;

-- c(school school_id) many
SELECT id FROM pupil WHERE school = :school::bigint;
