-- Exports read without asking for a right: the administrator of the machine has all of it anyway, and
-- every export is in the log.

-- export_guardians(school school_id, pupil pupil_id) many
SELECT g.id, g.profile_sealed, d.slot, d.key_wrapped, s.has_authority, s.information, s.reason_sealed
  FROM guardianship s
  JOIN guardian g ON g.school = s.school AND g.id = s.guardian
  JOIN dossier d ON d.school = g.school AND d.id = g.id
 WHERE s.school = :school AND s.pupil = :pupil ORDER BY g.id;

-- export_observations(school school_id, pupil pupil_id) many
SELECT o.id, o.author, o.kind, o.seen_on, o.made_at, o.changed_at, o.removed_at, o.body_sealed
  FROM observation o WHERE o.school = :school AND o.pupil = :pupil ORDER BY o.seen_on, o.made_at, o.id;

-- export_versions(school school_id, pupil pupil_id) many
SELECT v.observation, v.version, v.author, v.kind, v.made_at, v.body_sealed
  FROM observation_version v
  JOIN observation o ON o.school = v.school AND o.id = v.observation
 WHERE v.school = :school AND o.pupil = :pupil ORDER BY v.observation, v.version;

-- export_emergencies(school school_id, pupil pupil_id) many
SELECT e.id, e.staff, e.reason_sealed, e.made_at, e.ends_at
  FROM emergency e WHERE e.school = :school AND e.pupil = :pupil ORDER BY e.made_at, e.id;

-- export_staff(school school_id) many
SELECT s.id, s.left_on, s.profile_sealed, d.slot, d.key_wrapped
  FROM staff s JOIN dossier d ON d.school = s.school AND d.id = s.id
 WHERE s.school = :school ORDER BY s.id;

-- Everybody who was not erased, here or gone.
-- export_pupils(school school_id) many
SELECT p.id FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND d.key_wrapped IS NOT NULL ORDER BY p.id;

-- Groups that have a dossier of their own (K18).
-- export_group_dossier(school school_id, teaching_group group_id) one
SELECT g.dossier FROM group_dossier g WHERE g.school = :school AND g.teaching_group = :teaching_group;

-- export_audit(school school_id, pupil long) many
SELECT a.at AS noted_at, a.actor_kind, a.actor, a.action FROM audit a
 WHERE a.school = :school AND a.pupil = :pupil ORDER BY a.seq;

-- export_board(id school_id) one
SELECT b.id, b.name_sealed FROM board b JOIN school s ON s.board = b.id WHERE s.id = :id;
