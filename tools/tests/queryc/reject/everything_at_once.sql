-- a(school school_id, spare int) many
SELECT id, nme FROM pupil;

-- b(school school_id) some
SELECT id FROM pupil WHERE school = :scool;

SELECT 1;

-- c(school school_id) one
SELECT id, id, name_sealed AS name FROM pupil p WHERE school = :school;
