-- badge_rows_in_group(school school_id, teaching_group group_id) many
SELECT m.pupil, b.made_at FROM pupil_group m JOIN badge b ON b.at_school = m.school AND b.of_pupil = m.pupil
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL AND b.revoked_at IS NULL;

-- picture_rows_in_group(school school_id, teaching_group group_id) many
SELECT m.pupil, c.code_sealed, c.tries, d.slot, d.key_wrapped
  FROM pupil_group m
  JOIN picture_code c ON c.school = m.school AND c.pupil = m.pupil
  JOIN dossier d ON d.school = m.school AND d.id = m.pupil
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL;

-- pupil_sessions_in_group(school school_id, teaching_group group_id, now time, idle_after time) many
SELECT m.pupil FROM pupil_group m JOIN session s ON s.at_school = m.school AND s.person = m.pupil
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.until_on IS NULL
   AND s.kind IN (2, 3) AND s.ends_at > :now AND s.seen_at > :idle_after;

-- pupil_in_group(school school_id, teaching_group group_id, pupil pupil_id) one
SELECT m.pupil FROM pupil_group m JOIN pupil p ON p.school = m.school AND p.id = m.pupil
 WHERE m.school = :school AND m.teaching_group = :teaching_group AND m.pupil = :pupil
   AND m.until_on IS NULL AND p.left_on IS NULL;

-- badge_add(token_hash bytes, at_school school_id, of_pupil long, at time) exec
INSERT INTO badge (token_hash, at_school, of_pupil, made_at, revoked_at) VALUES (:token_hash, :at_school, :of_pupil, :at, NULL);

-- badge_end(at_school school_id, of_pupil long) exec
DELETE FROM badge WHERE at_school = :at_school AND of_pupil = :of_pupil;

-- badge_end_sessions(at_school school_id, person long, kind int) exec
DELETE FROM session WHERE at_school = :at_school AND person = :person AND kind = :kind;

-- badge_row(token_hash bytes) one
SELECT b.at_school, b.of_pupil FROM badge b WHERE b.token_hash = :token_hash AND b.revoked_at IS NULL;

-- picture_row(school school_id, pupil pupil_id) one
SELECT c.salt, c.code_index, c.tries FROM picture_code c WHERE c.school = :school AND c.pupil = :pupil;

-- picture_delete(school school_id, pupil pupil_id) exec
DELETE FROM picture_code WHERE school = :school AND pupil = :pupil;

-- picture_add(school school_id, pupil pupil_id, salt bytes, code_index bytes, code_sealed sealed, at time) exec
INSERT INTO picture_code (school, pupil, salt, code_index, code_sealed, tries, changed_at)
VALUES (:school, :pupil, :salt, :code_index, :code_sealed, 0, :at);

-- picture_set_tries(school school_id, pupil pupil_id, tries int) exec
UPDATE picture_code SET tries = :tries WHERE school = :school AND pupil = :pupil;

-- class_device_add(id device_id, token_hash bytes, at_school school_id, at_group long, opened_by long, at time, ends_at time) exec
INSERT INTO class_device (id, token_hash, at_school, at_group, opened_by, made_at, ends_at)
VALUES (:id, :token_hash, :at_school, :at_group, :opened_by, :at, :ends_at);

-- class_device_row(token_hash bytes, now time) one
SELECT c.id AS device_number, c.at_school, c.at_group, c.opened_by, h.key_wrapped AS school_key_wrapped
  FROM class_device c JOIN school h ON h.id = c.at_school
 WHERE c.token_hash = :token_hash AND c.ends_at > :now;

-- class_device_end(token_hash bytes) exec
DELETE FROM class_device WHERE token_hash = :token_hash;
