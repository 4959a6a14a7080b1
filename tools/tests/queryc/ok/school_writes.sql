-- Writes that tie what they touch to :school.

-- rule_insert_select(school school_id, at time) exec
INSERT INTO dossier_key (school, pupil, wrapped, made_at)
SELECT p.school, p.id, '', :at FROM pupil p WHERE p.school = :school;

-- rule_upsert(school school_id, id observation_id, pupil pupil_id, body sealed, at time) exec
INSERT INTO observation (school, id, pupil, kind, title, seen_on, body_sealed, changed_at)
VALUES (:school, :id, :pupil, 0, '', '2024-01-01', :body, :at)
ON CONFLICT (school, id) DO UPDATE SET body_sealed = excluded.body_sealed,
                                       changed_at = excluded.changed_at
 WHERE observation.changed_at < excluded.changed_at;

-- The token is unique among all schools, so the row in the way may be of another.
-- rule_upsert_elsewhere(school school_id, pupil pupil_id, token text) exec
INSERT INTO dossier_seal (school, pupil, token) VALUES (:school, :pupil, :token)
ON CONFLICT (token) DO UPDATE SET pupil = excluded.pupil WHERE dossier_seal.school = :school;

-- rule_insert_quietly(school school_id, id guardian_id, pupil pupil_id, name sealed) one
INSERT INTO guardian (id, school, pupil, name_sealed) VALUES (:id, :school, :pupil, :name)
ON CONFLICT DO NOTHING RETURNING id, name_sealed;

-- rule_update_from(school school_id, grade int) exec
UPDATE pupil SET teaching_group = NULL, is_active = 0
  FROM teaching_group g
 WHERE g.school = pupil.school AND pupil.school = :school AND g.id = pupil.teaching_group
   AND g.grade = :grade;

-- rule_update_part(school school_id, id pupil_id) exec
UPDATE pupil AS p
   SET left_on = (SELECT MAX(o.seen_on) FROM observation o
                   WHERE o.school = p.school AND o.pupil = p.id)
 WHERE p.id = :id AND p.school = :school;

-- rule_delete(school school_id) many
DELETE FROM guardian
 WHERE school = :school
   AND pupil IN (SELECT p.id FROM pupil p WHERE p.school = guardian.school AND p.is_active = 0)
RETURNING id;

-- rule_delete_with(school school_id) exec
WITH gone AS (SELECT id FROM pupil WHERE school = :school AND is_active = 0)
DELETE FROM observation WHERE school = :school AND pupil IN (SELECT id FROM gone);
