-- a(school school_id, id pupil_id, name text) exec
INSERT INTO pupil (school, id, name_sealed, is_active) VALUES (:school, :id, :name, 1);

-- b(school school_id, id pupil_id, name bytes) exec
UPDATE pupil SET name_sealed = :name WHERE school = :school AND id = :id;

-- c(school school_id, id pupil_id) exec
UPDATE observation SET title = body_sealed WHERE school = :school AND pupil = :id;

-- d(school school_id) exec
INSERT INTO dossier_seal (school, pupil, token)
SELECT school, id, name_sealed FROM pupil WHERE school = :school;

-- e(school school_id) exec
INSERT INTO guardian (school, id, pupil, name_sealed)
SELECT school, id, pupil, title FROM observation WHERE school = :school;

-- f(school school_id, id pupil_id) exec
UPDATE pupil SET name_sealed = 'Jan' WHERE school = :school AND id = :id;
