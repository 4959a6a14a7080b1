-- guardian_insert(school school_id, id guardian_id, source_index bytes?, profile_sealed sealed, at time) exec
INSERT INTO guardian (school, id, source_index, profile_sealed, changed_at)
VALUES (:school, :id, :source_index, :profile_sealed, :at);

-- guardian_update(school school_id, id guardian_id, profile_sealed sealed, at time) exec
UPDATE guardian SET profile_sealed = :profile_sealed, changed_at = :at WHERE school = :school AND id = :id;

-- guardianship_insert(school school_id, pupil pupil_id, guardian guardian_id, has_authority bool, information int, reason_sealed sealed?, at time) exec
INSERT INTO guardianship (school, pupil, guardian, has_authority, information, reason_sealed, changed_at)
VALUES (:school, :pupil, :guardian, :has_authority, :information, :reason_sealed, :at);

-- guardianship_update(school school_id, pupil pupil_id, guardian guardian_id, has_authority bool, information int, reason_sealed sealed?, at time) exec
UPDATE guardianship SET has_authority = :has_authority, information = :information,
       reason_sealed = :reason_sealed, changed_at = :at
 WHERE school = :school AND pupil = :pupil AND guardian = :guardian;

-- guardianship_delete(school school_id, pupil pupil_id, guardian guardian_id) exec
DELETE FROM guardianship WHERE school = :school AND pupil = :pupil AND guardian = :guardian;

-- guardian_rows(school school_id, pupil pupil_id) many
SELECT g.id, g.profile_sealed, d.slot, d.key_wrapped, s.has_authority, s.information, s.reason_sealed
  FROM guardianship s
  JOIN guardian g ON g.school = s.school AND g.id = s.guardian
  JOIN dossier d ON d.school = g.school AND d.id = g.id
 WHERE s.school = :school AND s.pupil = :pupil ORDER BY g.id;

-- guardianship_delete_all(school school_id, guardian guardian_id) exec
DELETE FROM guardianship WHERE school = :school AND guardian = :guardian;

-- Who is guardian of nobody, and was not erased yet.
-- guardian_lone(school school_id) many
SELECT g.id FROM guardian g JOIN dossier d ON d.school = g.school AND d.id = g.id
 WHERE g.school = :school AND d.key_wrapped IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM guardianship s WHERE s.school = :school AND s.school = g.school AND s.guardian = g.id);

-- guardian_blank(school school_id, id guardian_id, nothing sealed, at time) exec
UPDATE guardian SET profile_sealed = :nothing, source_index = NULL, changed_at = :at WHERE school = :school AND id = :id;

-- guardian_everybody(school school_id) many
SELECT g.id, g.source_index, g.profile_sealed, d.slot, d.key_wrapped
  FROM guardian g JOIN dossier d ON d.school = g.school AND d.id = g.id
 WHERE g.school = :school AND d.key_wrapped IS NOT NULL;

-- guardianship_everybody(school school_id) many
SELECT s.guardian, s.pupil, s.information FROM guardianship s WHERE s.school = :school ORDER BY s.guardian, s.pupil;
