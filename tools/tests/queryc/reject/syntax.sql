-- a(school school_id) many
SELECT id FROM pupil
 WHRE school = :school;
