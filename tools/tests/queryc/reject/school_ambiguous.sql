-- a(school school_id) many
SELECT p.id FROM pupil p, teaching_group g WHERE school = :school AND g.school = p.school;
