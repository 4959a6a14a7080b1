-- a(school school_id, pupil pupil_id, token text) exec
INSERT INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token)
ON CONFLICT (token) DO UPDATE SET pupil = excluded.pupil;

-- b(school school_id, pupil pupil_id, token text) exec
INSERT INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token)
ON CONFLICT (token) DO UPDATE SET pupil = excluded.pupil WHERE excluded.school = :school;

-- c(school school_id, pupil pupil_id, token text) exec
INSERT INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token)
ON CONFLICT (school, pupil) DO UPDATE SET school = excluded.school, token = excluded.token;

-- d(school school_id, pupil pupil_id, token text) exec
INSERT OR REPLACE INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token);

-- e(school school_id, pupil pupil_id, token text) exec
REPLACE INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token);
