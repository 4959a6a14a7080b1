-- One row per function, longest held first; role 0 when it is of another year, and when there is
-- none at all.
-- actor_functions(school school_id, staff staff_id) many
SELECT CASE WHEN y.id IS NULL THEN 0 ELSE f.role END AS role, f.teaching_group, s.colour, s.profile_sealed,
       d.slot, d.key_wrapped, h.key_wrapped AS school_key_wrapped
  FROM staff s
  JOIN school h ON h.id = s.school
  JOIN dossier d ON d.school = s.school AND d.id = s.id
  LEFT JOIN staff_function f ON f.school = s.school AND f.staff = s.id
  LEFT JOIN school_year y ON y.school = f.school AND y.id = f.school_year AND y.is_active = 1
 WHERE s.school = :school AND s.id = :staff AND s.left_on IS NULL
 ORDER BY f.made_at, f.id;

-- A pupil who signs in: still here, and of which school key.
-- actor_pupil(school school_id, pupil pupil_id) one
SELECT p.id, h.key_wrapped AS school_key_wrapped
  FROM pupil p JOIN school h ON h.id = p.school
 WHERE p.school = :school AND p.id = :pupil AND p.left_on IS NULL;

-- Who came by a link that lives: what the tie with the pupil allows, and whether an external takes part.
-- actor_visitor(school school_id, visit long, now time) one
SELECT c.id, c.pupil, v.of_kind, v.of_person, v.purpose, COALESCE(g.information, 0) AS information,
       COALESCE(x.kind, 0) AS taking_part, h.key_wrapped AS school_key_wrapped
  FROM visit_link v
  JOIN school h ON h.id = v.at_school
  JOIN conversation c ON c.school = h.id AND c.id = v.of_conversation
  LEFT JOIN guardianship g ON g.school = c.school AND g.pupil = c.pupil AND g.guardian = v.of_person
  LEFT JOIN conversation_person x ON x.school = c.school AND x.conversation = c.id AND x.kind = 4 AND x.person = v.of_person
 WHERE c.school = :school AND v.at_school = :school AND v.id = :visit AND v.revoked_at IS NULL AND v.ends_at > :now;

-- The groups of the active year in which a pupil is now.
-- access_groups_of_pupil(school school_id, pupil pupil_id) many
SELECT m.teaching_group
  FROM pupil_group m
  JOIN teaching_group g ON g.school = m.school AND g.id = m.teaching_group
  JOIN school_year y ON y.school = g.school AND y.id = g.school_year
 WHERE m.school = :school AND m.pupil = :pupil AND m.until_on IS NULL AND y.is_active = 1;

-- Whose dossier was erased does not exist any more.
-- access_pupil_exists(school school_id, pupil pupil_id) one
SELECT p.id FROM pupil p JOIN dossier d ON d.school = p.school AND d.id = p.id
 WHERE p.school = :school AND p.id = :pupil AND d.key_wrapped IS NOT NULL;

-- Has this member of staff the pupil's dossier open by emergency access now?
-- access_emergency(school school_id, pupil pupil_id, staff staff_id, now time) many
SELECT e.id FROM emergency e
 WHERE e.school = :school AND e.pupil = :pupil AND e.staff = :staff AND e.ends_at > :now LIMIT 1;

-- access_group_exists(school school_id, teaching_group group_id) one
SELECT g.id FROM teaching_group g WHERE g.school = :school AND g.id = :teaching_group;

-- What a conversation is about, and whether somebody takes part (part NULL: no).
-- access_conversation(school school_id, conversation conversation_id, kind int, person long) one
SELECT c.pupil, c.teaching_group, c.state, p.part
  FROM conversation c
  LEFT JOIN conversation_person p
    ON p.school = c.school AND p.conversation = c.id AND p.kind = :kind AND p.person = :person
 WHERE c.school = :school AND c.id = :conversation;

-- Is there a conversation about this pupil in which somebody takes part?
-- access_talk_about(school school_id, pupil pupil_id, kind int, person long) many
SELECT c.id FROM conversation c
  JOIN conversation_person p ON p.school = c.school AND p.conversation = c.id
 WHERE c.school = :school AND c.pupil = :pupil AND p.kind = :kind AND p.person = :person LIMIT 1;

-- audit_head_of(school school_id) many
SELECT h.seq, h.hash, h.mac FROM audit_head h WHERE h.school = :school;

-- audit_school(school_number school_id) many
SELECT s.id FROM school s WHERE s.id = :school_number;

-- audit_add(school school_id, seq long, at time, actor_kind int, actor long, action int, pupil long, subject long, request long, hash bytes) exec
INSERT INTO audit (school, seq, at, actor_kind, actor, action, pupil, subject, request, hash)
VALUES (:school, :seq, :at, :actor_kind, :actor, :action, :pupil, :subject, :request, :hash);

-- audit_head_start(school school_id, seq long, hash bytes, mac bytes) exec
INSERT INTO audit_head (school, seq, hash, mac) VALUES (:school, :seq, :hash, :mac);

-- Moves the head only from where the caller read it: two writers cannot both be next.
-- audit_head_move(school school_id, seq long, hash bytes, mac bytes, from_seq long) exec
UPDATE audit_head SET seq = :seq, hash = :hash, mac = :mac WHERE school = :school AND seq = :from_seq;

-- audit_page(school school_id, after long, most int) many
SELECT a.seq, a.at AS noted_at, a.actor_kind, a.actor, a.action, a.pupil, a.subject, a.request, a.hash
  FROM audit a WHERE a.school = :school AND a.seq > :after ORDER BY a.seq LIMIT :most;

-- audit_hash_at(school school_id, seq long) many
SELECT a.hash FROM audit a WHERE a.school = :school AND a.seq = :seq;

-- Newest first, for the page "who looked".
-- audit_of_pupil(school school_id, pupil long, most int) many
SELECT a.seq, a.at AS noted_at, a.actor_kind, a.actor, a.action, a.subject
  FROM audit a WHERE a.school = :school AND a.pupil = :pupil ORDER BY a.seq DESC LIMIT :most;

-- audit_latest(school school_id, before long, low int, high int, most int) many
SELECT a.seq, a.at AS noted_at, a.actor_kind, a.actor, a.action, a.pupil, a.subject
  FROM audit a
 WHERE a.school = :school AND a.seq < :before AND a.action >= :low AND a.action <= :high
 ORDER BY a.seq DESC LIMIT :most;

-- audit_schools() many
SELECT s.id, s.key_wrapped FROM school s ORDER BY s.id;
