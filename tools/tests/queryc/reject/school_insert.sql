-- a(id pupil_id, name sealed) exec
INSERT INTO pupil (id, name_sealed, is_active) VALUES (:id, :name, 1);

-- b(school school_id, other school_id, id pupil_id, name sealed) exec
INSERT INTO pupil (school, id, name_sealed, is_active)
VALUES (:school, :id, :name, 1), (:other, :id, :name, 1);

-- c(school school_id, at time) exec
INSERT INTO dossier_key (school, pupil, wrapped, made_at)
SELECT o.id, o.id, '', :at FROM observation o WHERE o.school = :school;

-- d(school school_id, id pupil_id, name sealed) exec
INSERT INTO pupil VALUES (:school, :id, NULL, :name, NULL, 1, NULL);

-- e(school school_id, id pupil_id) exec
INSERT INTO dossier_key (school, pupil, wrapped, made_at)
VALUES (:school, :id, '', (SELECT MAX(made_at) FROM dossier_key));
